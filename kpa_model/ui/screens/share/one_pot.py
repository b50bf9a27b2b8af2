"""One pot shared several ways, side by side on one scale."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from kpa_model.declare.markup import Html, items, joined, tag
from kpa_model.figures.bars import AmountBar, bars
from kpa_model.pay.rule import PayRule
from kpa_model.story.pay.comparison import View, compare
from kpa_model.story.years.report import figure_list
from kpa_model.ui import pieces
from kpa_model.ui.library import settled_until
from kpa_model.ui.screens.share.balance import balance
from kpa_model.ui.state import OURS, Store, book_of, rules_by_name

MOST = 6


@pieces.framed
def one_pot(store: Store) -> widgets.Widget:
    """Share the pot of the month by each chosen rule."""
    picture = pieces.html()

    def show() -> None:
        state = store.state
        rules = rules_by_name(state)
        months = [settled_until(book_of(state), rules[name], state.month)[-1:] for name in state.compared]
        if not months:
            picture.value = tag("p", "Choisissez une règle ou plusieurs.", cls="kpa-info")
            return
        views = compare(months)
        top = max((person.cents for view in views for person in view.people), default=1)
        shown = [rules[name] for name in state.compared]
        panels = tag("div", [panel(view, top) for view in views], cls="kpa-panels")
        lacking = pieces.lacking(shown, months[0][-1].month)
        picture.value = joined(lacking, panels, pieces.borrowed_scale(store, shown))

    pieces.follow(store, picture, show)
    return pieces.column(pieces.month_bar(store), rule_picker(store), picture)


def rule_picker(store: Store) -> widgets.VBox:
    """Return the chosen rules, each with a button to remove it, and a list to add others, six at most."""
    box, said = widgets.HBox(), pieces.html(kind="kpa-help")
    box.add_class("kpa-chips")
    others = widgets.Dropdown(description="Règle à ajouter")

    def remove(name: str) -> Callable[[], None]:
        return lambda: store.update(compared=tuple(each for each in store.state.compared if each != name))

    def add() -> None:
        if len(store.state.compared) >= MOST:
            said.value = pieces.live(f"{MOST} règles au plus. Retirez-en une d'abord.")
        elif others.value:
            said.value = ""
            store.update(compared=(*store.state.compared, others.value))

    def show() -> None:
        rules = rules_by_name(store.state)
        chips = []
        for name in store.state.compared:
            title = chip_title(name, rules[name])
            chip = pieces.button(f"✕ {title}", remove(name))
            chip.tooltip = f"Retirer {title}"
            chips.append(chip)
        box.children = chips
        left = [(name, chip_title(name, rule)) for name, rule in rules.items() if name not in store.state.compared]
        pieces.fill(others, left)

    store.watch(show)
    return pieces.column(pieces.row(others, pieces.button("Ajouter cette règle", add)), said, box)


def chip_title(name: str, rule: PayRule) -> str:
    """Return the title of a rule on its button."""
    return f"{rule.title} (en préparation)" if name == OURS else rule.title


def panel(view: View, top: int, *, changes: bool = False) -> Html:
    """Return one rule as a card: its sentence, a bar per person, its figures, its broken promises."""
    rows = [AmountBar(each.name, each.cents, each.change if changes else None, each.minutes) for each in view.people]
    said = pieces.sentences(view.sentences, "kpa-step-says") if changes else ""
    return tag(
        "section",
        tag("h3", view.rule.title),
        tag("p", view.rule.sentence, cls="kpa-step-says"),
        said,
        broken(view),
        bars("Coût total par personne", rows, top=top, total="Ensemble"),
        balance(view.balance),
        figures(view),
        cls="kpa-card kpa-panel",
    )


def broken(view: View) -> Html:
    """Return the promises that are not kept, framed."""
    title = tag("p", tag("strong", "Promesse non tenue"))
    return tag("div", title, items(view.broken), cls="kpa-warning") if view.broken else Html()


def figures(view: View) -> Html:
    """Return the few figures of a rule, and the indices behind a fold."""
    fold = tag("details", tag("summary", "Indices d'inégalité"), figure_list(view.indices))
    return figure_list(view.figures) + fold
