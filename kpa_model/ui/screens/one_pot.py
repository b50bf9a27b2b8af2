"""One pot shared several ways, side by side on one scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import ipywidgets as widgets

from kpa_model.figures.bars import Bar, bars
from kpa_model.pay.rule import PayRule
from kpa_model.story.comparison import Figure, View, compare
from kpa_model.ui import pieces
from kpa_model.ui.state import OURS, Store, rules_by_name, settled_until

MOST = 6


@pieces.framed
def one_pot(store: Store) -> widgets.Widget:
    """Share the pot of the month by each chosen rule."""
    picture = pieces.html()

    def show() -> None:
        state = store.state
        rules = rules_by_name(state)
        months = [settled_until(state.book, rules[name], state.month)[-1:] for name in state.compared]
        if not months:
            picture.value = '<p class="kpa-info">Choisissez une règle ou plusieurs.</p>'
            return
        views = compare(months)
        top = max((person.cents for view in views for person in view.people), default=1)
        picture.value = '<div class="kpa-panels">' + "".join(panel(view, top) for view in views) + "</div>"

    store.watch(show)
    return pieces.column(pieces.month_bar(store), rule_chips(store), picture)


def rule_chips(store: Store) -> widgets.VBox:
    """Return one button per rule, to put up to six of them side by side; the choice is kept in the state."""
    box, said = widgets.HBox(), pieces.html(kind="kpa-help")
    box.add_class("kpa-chips")
    made: dict[str, widgets.ToggleButton] = {}

    def change(name: str) -> Callable[[dict[str, bool]], None]:
        def keep(event: dict[str, bool]) -> None:
            chosen = [each for each in store.state.compared if each != name] + ([name] if event["new"] else [])
            if len(chosen) > MOST:
                made[name].value = False
                said.value = pieces.live(f"{MOST} règles au plus. Retirez-en une d'abord.")
                return
            said.value = ""
            if (name in store.state.compared) != event["new"]:
                store.update(compared=tuple(each for each in made if each in chosen))

        return keep

    def show() -> None:
        rules = rules_by_name(store.state)
        if list(made) != list(rules):
            made.clear()
            for name, rule in rules.items():
                chip = widgets.ToggleButton(description=chip_title(name, rule), value=name in store.state.compared)
                chip.observe(change(name), "value")
                made[name] = chip
            box.children = tuple(made.values())
        for name, chip in made.items():
            chip.value = name in store.state.compared
            title = chip_title(name, rules[name])
            if chip.description != title:
                chip.description = title

    store.watch(show)
    group = pieces.column(pieces.html("<p>Règles à regarder, six au plus :</p>"), box, said)
    return group


def chip_title(name: str, rule: PayRule) -> str:
    """Return the title of a rule on its button."""
    return f"{rule.title} (en cours)" if name == OURS else rule.title


def panel(view: View, top: int, *, changes: bool = False) -> str:
    """Return one rule as a card: its sentence, a bar per person, its figures, its broken promises."""
    rows = [Bar(each.name, each.cents, each.change if changes else None, each.minutes) for each in view.people]
    said = pieces.sentences(view.sentences, "kpa-step-says") if changes else ""
    return (
        f'<section class="kpa-card kpa-panel"><h3>{escape(view.rule.title)}</h3>'
        f'<p class="kpa-step-says">{escape(view.rule.sentence)}</p>{said}{broken(view)}'
        f'{bars("Coût total par personne", rows, top=top, total="Ensemble")}{figures(view)}</section>'
    )


def broken(view: View) -> str:
    """Return the promises that are not kept, framed."""
    items = "".join(f"<li>{escape(each)}</li>" for each in view.broken)
    return f'<div class="kpa-warning"><p><strong>Promesse non tenue</strong></p><ul>{items}</ul></div>' if items else ""


def figures(view: View) -> str:
    """Return the few figures of a rule, and the indices behind a fold."""
    fold = f"<details><summary>Indices d'inégalité</summary>{_figures(view.indices)}</details>"
    return _figures(view.figures) + fold


def _figures(shown: Sequence[Figure]) -> str:
    items = "".join(
        f'<dt>{escape(each.label)} <span class="kpa-small">{escape(each.about)}</span></dt><dd>{escape(each.value)}</dd>'
        for each in shown
    )
    return f'<dl class="kpa-figures">{items}</dl>'
