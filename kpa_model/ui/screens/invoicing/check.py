"""Check a text: which mentions its words seem to say, which they do not. Nothing typed here is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import ipywidgets as widgets

from kpa_model.declare.markup import tag
from kpa_model.errors import KpaError, Problem
from kpa_model.invoicing import from_order
from kpa_model.invoicing.document import Buyer, Document, DocumentKind
from kpa_model.invoicing.forget import with_holes
from kpa_model.invoicing.mentions import check_text
from kpa_model.invoicing.numbering import written
from kpa_model.invoicing.samples import USUAL_DELAYS, sample_draft
from kpa_model.story.invoicing.content import TITLES, as_text, sheet
from kpa_model.ui import pieces
from kpa_model.ui.screens.invoicing.maker import BUYERS, OnTheTable
from kpa_model.ui.screens.invoicing.view import mentions_html
from kpa_model.ui.state import Store

ONLY_WORDS = tag(
    "p",
    "Le cahier cherche des mots. Il ne sait pas si ce qui est écrit est juste. Ce texte n'est gardé nulle part.",
    cls="kpa-info",
)
LONGEST, HOLES = 20_000, 4


class NothingToCheck(KpaError):
    """No text yet."""


@pieces.framed
def document_check(store: Store) -> widgets.Widget:
    """Paste a text, or take an example with holes; see what is missing and why it matters."""
    seed = [0]
    kind = pieces.choice(
        "Ce document est", [(each.value, title) for each, title in TITLES.items()], DocumentKind.INVOICE.value
    )
    buyer = pieces.choice("Pour", [(each.value, label.lower()) for each, label in BUYERS], Buyer.BUSINESS.value)
    area = widgets.Textarea(description="Le texte", placeholder="Collez ici le texte d'un devis ou d'une facture.")
    area.add_class("kpa-paste")
    listed = pieces.html()

    def forget() -> None:
        listed.value = pieces.live(tag("p", "Cherchez d'abord ensemble. Puis vérifiez.") if area.value.strip() else "")

    def show() -> None:
        if not area.value.strip():
            todo = "Collez un texte, ou prenez un exemple à trous."
            raise NothingToCheck(Problem("Vérification", "il n'y a pas encore de texte.", todo))
        who = Buyer(buyer.value).is_professional
        checked = check_text(area.value[:LONGEST], DocumentKind(kind.value), who, date.today())
        listed.value = mentions_html(checked, "Ce que disent les mots", "mots trouvés", "mots non trouvés")

    def example() -> None:
        seed[0] += 1
        area.value = example_text(store, DocumentKind(kind.value), Buyer(buyer.value), seed[0])

    for each in (kind, buyer, area):
        each.observe(lambda _: forget(), "value")
    buttons = pieces.row(
        pieces.button("Prendre un exemple à trous", example, said=listed),
        pieces.button("Vérifier ce texte", show, "kpa-primary", listed),
        pieces.button("Effacer", lambda: setattr(area, "value", ""), said=listed),
    )
    return pieces.column(pieces.html(ONLY_WORDS), pieces.row(kind, buyer), area, buttons, listed)


def example_text(store: Store, kind: DocumentKind, buyer: Buyer, seed: int) -> str:
    """Return the text of an invented document in which some mentions are missing."""
    today = date.today()
    document = whole(OnTheTable(store).quote(buyer), kind, today)
    return as_text(sheet(with_holes(document, HOLES, seed, today)[0]))


def whole(quote: Document, kind: DocumentKind, today: date) -> Document:
    """Return a complete document of a kind, with a number, from a quote."""
    draft = sample_draft(quote.customer.buyer, today)
    document = replace(quote, host=draft.host, customer=draft.customer, cape_end=draft.cape_end)
    if kind is not DocumentKind.QUOTE:
        document = from_order.invoice_from_quote(document, today, USUAL_DELAYS[quote.customer.buyer])
        document = replace(document, number=written(DocumentKind.INVOICE, today.year, 1))
    if kind is DocumentKind.CREDIT_NOTE:
        document = from_order.credit_note_from_invoice(document, today)
    return replace(document, number=written(kind, today.year, 1))
