"""Which cooperative, which month: where every workshop starts."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.declare.markup import Html, definitions, items, joined, tag
from kpa_model.figures.bars import waterfall
from kpa_model.story.pay.chain import LAYERS, chain_rows, month_sentences
from kpa_model.ui import pieces
from kpa_model.ui.library import chain_in, library, read_named, settled_until
from kpa_model.ui.state import Store, book_of
from kpa_model.words import month_name


@pieces.framed
def choose_book(store: Store) -> widgets.Widget:
    """Choose the cooperative, and read what it is."""
    about = pieces.html()
    known, chosen = dict(pieces.book_options()), store.state.book
    broken = {} if chosen in known else {chosen: f"{chosen} (à corriger)"}
    made = pieces.choice("Coopérative", list({**known, **broken}.items()), chosen)

    def show() -> None:
        book, notes = read_named(store.state.book)
        source, fold = book.cooperative.source, tag("summary", f"{len(notes)} remarques de lecture")
        about.value = joined(
            tag("p", book.cooperative.about),
            tag("p", f"Source : {source}", cls="kpa-help") if source else None,
            tag("details", fold, items(notes)) if notes else None,
        )

    def change(event: dict[str, str]) -> None:
        store.open_book(event["new"])

    made.observe(change, "value")
    pieces.follow(store, about, show)
    return pieces.column(made, about)


def rule_options() -> list[tuple[str, str]]:
    """Return (name, title) of each rule of the library."""
    return [(name, rule.title) for name, rule in library().items()]


@pieces.framed
def month_told(store: Store) -> widgets.Widget:
    """Tell one month: the way of the money under today's rule."""
    picture = pieces.html()

    def show() -> None:
        state = store.state
        money = next(each for each in chain_in(book_of(state)) if str(each.month) == state.month)
        settled = settled_until(book_of(state), library()[state.today], state.month)[-1]
        title = f"Le chemin de l'argent, {month_name(CalendarMonth.parse(state.month).first_day)}"
        basis = book_of(state).cooperative.basis
        picture.value = (
            pieces.live(pieces.sentences(month_sentences(money, settled, basis)))
            + waterfall(title, chain_rows(money, settled, basis))
            + layers_help()
        )

    bar = pieces.month_bar(store, pieces.linked_choice(store, "Règle de départ, à l'essai", "today", rule_options))
    pieces.follow(store, picture, show)
    return pieces.column(bar, picture)


def layers_help() -> Html:
    """Return the folded meaning of each layer of money."""
    title = tag("summary", "Que veulent dire TTC, HT, marge, coût total ?")
    return tag("details", title, definitions(LAYERS.items()))
