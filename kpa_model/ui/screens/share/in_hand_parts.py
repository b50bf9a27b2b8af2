"""Pieces that the screens about what stays in hand share: date of the amounts, legend, limits, alarms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import ipywidgets as widgets

from kpa_model.benefits.in_hand import known_day
from kpa_model.benefits.situations import TYPICAL, Situation
from kpa_model.declare.markup import Html, items, joined, tag
from kpa_model.declare.unit import EURO
from kpa_model.errors import KpaError, Problem
from kpa_model.story.pay import in_hand as told
from kpa_model.ui import pieces
from kpa_model.words import month_name

LEGEND = (
    ("kpa-fill", "reste en main"),
    ("kpa-hatch", "repris par des aides qui baissent"),
    ("kpa-more", "en plus, par la prime d'activité"),
)
PURSE = (("kpa-fill", "aides"), ("kpa-dots", "paie nette"))


class WrongAmount(KpaError):
    """What was typed is not an amount."""


def day_choice() -> tuple[widgets.Dropdown, str]:
    """Return the choice of the date of the amounts, and a warning when today's are not known."""
    day, warning = known_day(date.today())
    past = [date(year, 6, 1) for year in range(day.year, 2017, -1) if date(year, 6, 1) < day]
    first = f"{month_name(day)}, les derniers connus" if warning else f"{month_name(day)}, aujourd'hui"
    options = [(first.capitalize(), day), *((month_name(each).capitalize(), each) for each in past)]
    return widgets.Dropdown(description="Montants de", options=options, value=day), warning


def situation_choice(situations: Sequence[Situation] = TYPICAL) -> widgets.Dropdown:
    """Return the choice of a typical situation."""
    return pieces.choice("Situation type", [(each.name, each.label) for each in situations], situations[0].name)


def amount_slider(label: str, value: int, most: int, step: int = 5) -> widgets.IntSlider:
    """Return a slider of whole euros."""
    return widgets.IntSlider(description=label, value=value, min=0, max=most, step=step, continuous_update=True)


def amount_text(label: str) -> widgets.Text:
    """Return a place to type an amount."""
    return widgets.Text(description=label, placeholder="0 €")


def typed_cents(box: widgets.Text) -> int:
    """Return the amount typed, zero when empty. Raises WrongAmount, which does not repeat what was typed."""
    if not box.value.strip():
        return 0
    try:
        found = EURO.exact(box.value)
    except ValueError:
        found = -1
    if not 0 <= found <= 10_000_00:
        todo = "Écrivez un nombre jusqu'à 10 000, par exemple 120,50."
        raise WrongAmount(Problem(f"« {box.description} »", "ce n'est pas un montant possible.", todo))
    return found


def redrawn(box: widgets.HTML, draw: Callable[[], None], *inputs: widgets.Widget) -> None:
    """Draw now, and at each change of an input; an error is framed in `box`, and goes nowhere else."""
    for each in inputs:
        each.observe(lambda _: pieces.guarded(box, draw), "value")
    pieces.guarded(box, draw)


def paragraphs(said: Sequence[str]) -> Html:
    """Return French sentences as short paragraphs."""
    return joined([tag("p", each) for each in said])


def legend(shown: Sequence[tuple[str, str]] = LEGEND) -> Html:
    """Return what the parts of a bar mean."""
    return items((tag("span", cls=kind) + label for kind, label in shown), cls="kpa-legend")


def alarm(said: Sequence[str]) -> str:
    """Return a red frame with its sign; nothing when there is nothing to say."""
    return tag("div", paragraphs(said), cls="kpa-warning kpa-alarm", role="alert") if said else ""


def warned(warning: str) -> str:
    """Return a framed warning; nothing when there is none."""
    return tag("div", paragraphs([warning]), cls="kpa-warning") if warning else ""


def limits(kind: str, more: Sequence[str] = ()) -> Html:
    """Return what a screen does not count, and whom to ask."""
    who = "la CAE" if kind == "layers" else "la CAF, France Travail ou la CAE"
    return tag(
        "div",
        tag("p", tag("strong", told.INDICATIVE), f" Demandez à {who}."),
        tag("details", tag("summary", "Ce que cet écran ne compte pas"), items((*more, *told.NOT_MODELLED[kind]))),
        cls="kpa-limits",
    )
