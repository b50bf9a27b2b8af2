"""Two to six rules on the same months: who gains, who loses, against today's rule."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.declare.markup import joined, tag
from kpa_model.story.paper import documents as paper
from kpa_model.story.pay.comparison import View, compare
from kpa_model.ui import pieces
from kpa_model.ui.library import read_named, settled_until
from kpa_model.ui.screens.share.one_pot import MOST, panel, rule_picker
from kpa_model.ui.screens.share.welcome import rule_options
from kpa_model.ui.state import SPANS, Store, book_of, rules_by_name
from kpa_model.words import count

PERIODS = [(span, "Ce mois seulement" if span == "1" else f"{span} mois") for span in SPANS]


@pieces.framed
def compare_rules(store: Store) -> widgets.Widget:
    """Put today's rule and others on the same months."""
    picture, said, names = pieces.html(), pieces.html(), pieces.with_names()

    def show() -> None:
        views = views_of(store)
        if len(views) < 2:
            picture.value = tag("p", "Choisissez au moins une autre règle que celle de départ.", cls="kpa-info")
            return
        top = max((person.cents for view in views for person in view.people), default=1)
        months = len(settled_until(book_of(store.state), views[0].rule, store.state.month)[-int(store.state.span) :])
        first = tag("p", f"Sur {count(months, 'mois', 'mois')}. Le trait montre la règle de départ.", cls="kpa-help")
        picture.value = joined(
            first, tag("div", [panel(view, top, changes=at > 0) for at, view in enumerate(views)], cls="kpa-panels")
        )

    def print_it() -> None:
        state = store.state
        from kpa_model.figures import paper as pen  # late: matplotlib takes half a second

        content = paper.comparison_paper(
            book_of(state), views_of(store), state.month, int(state.span), pen=pen, names=names.value,
            notes=read_named(state.book)[1],
        )  # fmt: skip
        said.value = pieces.live(pieces.download("Prendre le PDF", "comparaison.pdf", content, "application/pdf"))

    bar = pieces.month_bar(
        store,
        pieces.linked_choice(store, "Période", "span", lambda: PERIODS),
        pieces.linked_choice(store, "Règle de départ, à l'essai", "today", rule_options),
    )
    pieces.follow(store, picture, show)
    store.watch(lambda: setattr(said, "value", ""))
    printed = pieces.row(pieces.button("Préparer le PDF", print_it, said=said), names)
    return pieces.column(bar, rule_picker(store), printed, said, picture)


def views_of(store: Store) -> tuple[View, ...]:
    """Return today's rule first, then the chosen ones, over the chosen months."""
    state = store.state
    rules = rules_by_name(state)
    names = [state.today, *(name for name in state.compared if name != state.today)][:MOST]
    months = [settled_until(book_of(state), rules[name], state.month)[-int(state.span) :] for name in names]
    return compare(months)
