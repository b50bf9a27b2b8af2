"""Know a rule before the vote: what it holds, the smallest example against it, who can play it; one sheet to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from kpa_model.declare import drawn
from kpa_model.declare.markup import tag
from kpa_model.ui import pieces
from kpa_model.ui.library import months_in, read_named
from kpa_model.ui.state import Store, book_of, rules_by_name
from kpa_model.words import slug

if TYPE_CHECKING:
    from kpa_model.audit.audit import Audit

BUSY = pieces.live(tag("p", "Nous essayons la règle sur chaque mois…", cls="kpa-help"))

FIRST = tag("p", "Choisissez une règle, puis éprouvez-la : la réponse vient ici.", cls="kpa-help")


@pieces.framed
def try_rule(store: Store) -> widgets.Widget:
    """Audit a rule on all the months of the book, tell it, and put it on one sheet."""
    shown, said, kept = pieces.html(FIRST), pieces.html(), list["Audit"]()

    def found() -> Audit:
        from kpa_model.audit.audit import audit

        state = store.state
        rule, book = rules_by_name(state)[state.told], book_of(state)
        months = months_in(book)
        if not kept or kept[0].rule != rule or kept[0].months != tuple(month.label for month in months):
            kept[:] = [audit(rule, months, book)]
        return kept[0]

    def tell() -> None:
        from kpa_model.story.audit.told import page

        shown.value = BUSY
        shown.value = pieces.live(drawn.page(page(found())))

    def put_on_paper() -> None:
        from kpa_model.story.audit.paper import audit_paper

        one = found()
        book, notes = read_named(store.state.book)
        content, name = audit_paper(book, one, notes), f"epreuve_{slug(one.rule.title)}.pdf"
        said.value = pieces.live(pieces.download("Prendre la feuille", name, content, "application/pdf"))

    def forget() -> None:
        shown.value, said.value = FIRST, ""

    store.watch(forget)
    bar = pieces.row(
        pieces.linked_choice(store, "Règle à éprouver", "told", lambda: rule_titles(store)),
        pieces.button("Éprouver cette règle", tell, "kpa-primary", shown),
        pieces.button("Préparer la feuille à imprimer", put_on_paper, said=said),
        pieces.known(store),
    )
    return pieces.column(bar, said, shown)


def rule_titles(store: Store) -> list[tuple[str, str]]:
    """Return (name, title) of each rule, ours first."""
    rules = rules_by_name(store.state)
    return [
        (name, rule.title if at else f"{rule.title} (notre règle)") for at, (name, rule) in enumerate(rules.items())
    ]
