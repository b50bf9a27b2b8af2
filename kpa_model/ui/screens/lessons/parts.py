"""What the live screens of the course share: sliders in a column, and a picture with words that follow them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

import ipywidgets as widgets

from kpa_model.benefits.in_hand import known_day
from kpa_model.benefits.layers import Band, Rates, band
from kpa_model.declare.markup import tag
from kpa_model.story.lessons.exercise_figures import outside_figures
from kpa_model.ui import pieces
from kpa_model.words import euros


def slider(label: str, value: int, low: int, high: int, step: int = 1) -> widgets.IntSlider:
    """Return a slider of whole numbers."""
    return widgets.IntSlider(description=label, value=value, min=low, max=high, step=step, continuous_update=True)


def cents_slider(label: str, value: int, low: int, high: int, step: int) -> widgets.SelectionSlider:
    """Return a slider of whole cents, shown in euros as people write them."""
    options = [(euros(each), each) for each in range(low, high + 1, step)]
    return widgets.SelectionSlider(description=label, options=options, value=value, continuous_update=True)


def live(sliders: Sequence[widgets.Widget], draw: Callable[..., str]) -> widgets.Widget:
    """Return the sliders, then what `draw` says of their values; redrawn at each move."""
    picture = pieces.html()

    def show(_: object = None) -> None:
        pieces.guarded(picture, lambda: setattr(picture, "value", draw(*(each.value for each in sliders))))

    for each in sliders:
        each.observe(show, "value")
    show()
    both = widgets.HBox([pieces.column(*sliders), pieces.column(picture)])
    both.add_class("kpa-two")
    both.add_class("kpa-lesson")
    return both


def said(*sentences: str, more: str = "") -> str:
    """Return sentences read again when they change, then a picture."""
    return pieces.live(pieces.sentences(sentences)) + more


def outside_figures_today() -> dict[str, Fraction]:
    """Return the outside figures of today, exact."""
    return outside_figures(date.today())


def figures() -> dict[str, float]:
    """Return the outside figures of today, as numbers for sliders."""
    return {name: float(value) for name, value in outside_figures_today().items()}


def pay_band() -> Band:
    """Return the published cases for pay, today: without relief, with it, and without complementary pension."""
    return band(known_day(date.today())[0])


def hourly_cost(rates: Rates | None = None) -> int:
    """Return what an hour at the SMIC costs, in cents: without relief, unless other rates are given."""
    return int((rates or pay_band().low).cost(round(100 * figures()["smic_horaire"])))


def unpensioned_told(of_hour: Callable[[int], int]) -> list[str]:
    """Say an amount again, from what an hour costs without complementary pension, where a text says it."""
    alone = pay_band().unpensioned
    if alone is None:
        return []
    return [
        f"Sans retraite complémentaire : {euros(of_hour(hourly_cost(alone)))}.",
        "Une circulaire Agirc-Arrco de 2007 le dit du CAPE. À vérifier avec la CAE.",
    ]


INDICATIVE = tag("p", "Indicatif, à vérifier avec la CAE.", cls="kpa-help")
TO_CHECK = tag("p", "Les taux sont indicatifs, à vérifier avec la CAE.", cls="kpa-help")
