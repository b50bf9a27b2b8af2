"""The maker: from an order of the book to a quote, from a quote to an invoice, in one click each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import ipywidgets as widgets

from kpa_model.declare.markup import Html, joined, table, tag
from kpa_model.errors import KpaError, Problem
from kpa_model.invoicing import from_order, numbering, own_names
from kpa_model.invoicing.document import Buyer, Document, DocumentKind, DocumentLine, WrongDocument, totals
from kpa_model.invoicing.forget import forget, forgettable, is_invoice
from kpa_model.invoicing.mentions import check
from kpa_model.invoicing.samples import USUAL_DELAYS
from kpa_model.story.invoicing import paper as invoice_paper
from kpa_model.story.invoicing.content import TITLES, remarks, sheet
from kpa_model.ui import pieces
from kpa_model.ui.screens.invoicing.lines import LinesEditor, WrongLine
from kpa_model.ui.screens.invoicing.names import NamesEditor
from kpa_model.ui.screens.invoicing.view import calendar_html, mentions_html, sheet_html
from kpa_model.ui.screens.share.one_order import order_options
from kpa_model.ui.state import Store, book_of
from kpa_model.words import count, euros

BUYERS = (
    (Buyer.PERSON, "Un particulier"),
    (Buyer.BUSINESS, "Une entreprise"),
    (Buyer.ASSOCIATION, "Une association"),
    (Buyer.PUBLIC, "Une collectivité"),
)
TURNS = (
    (DocumentKind.QUOTE, "Faire le devis"),
    (DocumentKind.INVOICE, "En faire la facture"),
    (DocumentKind.CREDIT_NOTE, "Faire un avoir"),
)
NOTHING = "rien"
SHOWN = 10
"""Numbers shown at most."""


class NoOrder(KpaError):
    """The book holds no order to make a document from."""


class CannotFollow(KpaError):
    """A document cannot follow from the one on the table."""


class OnTheTable:
    """The document on the table: what was made, and the mention forgotten on purpose, if any."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.today = date.today()
        self.document = self.quote()
        self.without = NOTHING

    @property
    def shown(self) -> Document:
        """The document as it is shown and printed."""
        return self.document if self.without == NOTHING else forget(self.document, self.without)

    def quote(self, buyer: Buyer | None = None) -> Document:
        """Return the quote of the chosen order."""
        book, state = book_of(self.store.state), self.store.state
        options = [number for number, _ in order_options(self.store)]
        if not options:
            todo = "Choisissez une autre coopérative, page Accueil."
            raise NoOrder(Problem("Devis et facture", "ce carnet n'a pas de commande facturée.", todo))
        number = state.order if state.order in options else options[0]
        order = next(each for each in book.orders if each.number == number)
        draft = own_names.draft(buyer or from_order.buyer_of(order), self.today)
        return from_order.quote_from_order(book, number, draft, self.today)

    def turn_into(self, kind: DocumentKind) -> None:
        """Make the invoice of the quote, or the credit note of the invoice; a quote starts again from the order."""
        buyer, before = self.document.customer.buyer, self.document
        if kind is DocumentKind.INVOICE and before.kind is DocumentKind.CREDIT_NOTE:
            raise CannotFollow(Problem("Facture", "un avoir ne devient pas une facture.", "Repartez du devis."))
        if kind is DocumentKind.CREDIT_NOTE and not (before.kind is DocumentKind.INVOICE and before.number):
            todo = "Faites la facture et donnez-lui un numéro. Ensuite, faites l'avoir."
            raise CannotFollow(Problem("Avoir", "il corrige une facture déjà numérotée, et il n'y en a pas ici.", todo))
        if kind is DocumentKind.QUOTE:
            self.document = self.quote(buyer)
        elif kind is DocumentKind.INVOICE:
            done = from_order.service_day(book_of(self.store.state), self.document.order)
            self.document = from_order.invoice_from_quote(self.document, self.today, USUAL_DELAYS[buyer], done)
        else:
            self.document = from_order.credit_note_from_invoice(self.document, self.today)
        self.without = NOTHING

    def change(self, **changes: object) -> None:
        """Change the draft; a document that has a number keeps it elsewhere, and this one becomes a new draft."""
        self.document = replace(self.document, **changes, number="")  # type: ignore[arg-type]

    def issue(self) -> None:
        """Give the document the next number of its series, once."""
        if not self.document.number:
            it, due = self.document, totals(self.document).with_tax
            if due < 0:
                todo = "Pour rendre de l'argent, faites un avoir sur la facture d'origine."
                raise WrongDocument(Problem("Total", f"il est négatif : {euros(due)}.", todo))
            entry = numbering.add_to_register(numbering.register_path(), it.kind, self.today, it.customer.name, due)
            self.document = replace(it, number=entry.number)


@pieces.framed
def quote_maker(store: Store) -> widgets.Widget:
    """Make a quote, an invoice, a credit note: preview, mentions, PDF and Factur-X."""
    return _Maker(store).widget()


class _Maker:
    """The screen of the maker: a desk, what shows its document, and what changes it."""

    def __init__(self, store: Store) -> None:
        self.store, self.desk, self._order = store, OnTheTable(store), ""
        self.picture, self.listed, self.said = pieces.html(), pieces.html(), pieces.html()
        self.buyer = pieces.choice(
            "Pour quel client", [(each.value, name) for each, name in BUYERS], BUYERS[0][0].value
        )
        self.forgotten = pieces.choice("Oublier une mention, pour voir", [(NOTHING, "Rien")], NOTHING)
        self.editor, self.names = LinesEditor(self._lines_changed), NamesEditor(self._names_changed)
        self.buyer.observe(lambda _: pieces.guarded(self.said, self._buyer_changed), "value")
        self.forgotten.observe(lambda _: pieces.guarded(self.said, self._forget), "value")

    def widget(self) -> widgets.Widget:
        """Return everything in reading order."""
        pieces.follow(self.store, self.picture, self._follow)
        orders = pieces.linked_choice(self.store, "Commande", "order", lambda: order_options(self.store))
        fold = pieces.folds({"Changer les lignes, ou faire une remise": self.editor.widget})
        turns = [pieces.button(label, partial(self._turn, kind), said=self.said) for kind, label in TURNS]
        printed = pieces.button("Donner un numéro et préparer", self._print, "kpa-primary", self.said)
        return pieces.column(
            pieces.row(orders, self.buyer), pieces.row(*turns), fold, self.names.widget, self.picture,
            pieces.row(self.forgotten, printed), self.said, self.listed, pieces.html(calendar_html()),
        )  # fmt: skip

    def _show(self) -> None:
        """Draw the document and its mentions; a draft is not blamed for the number it will get."""
        desk = self.desk
        known = [(NOTHING, "Rien"), *((each.key, each.name) for each in forgettable(desk.document, desk.today))]
        pieces.fill(self.forgotten, known)
        self.picture.value = sheet_html(sheet(desk.shown)) + pieces.sentences(remarks(desk.shown))
        numbered = desk.shown if desk.shown.number else replace(desk.shown, number=TITLES[desk.shown.kind])
        self.listed.value = mentions_html(check(numbered, desk.today), "Les mentions de ce document")

    def _restart(self) -> None:
        """Show another document, with its own lines and nothing forgotten."""
        self.said.value, self.forgotten.value = "", NOTHING
        self.editor.fill(self.desk.document.lines, self.desk.document.discount)
        self.names.fill(self.desk.document)
        self._show()

    def _turn(self, kind: DocumentKind) -> None:
        if kind is not DocumentKind.QUOTE:  # a quote starts again from the order, whatever is typed
            self._sound(*self.editor.read())
        self.desk.turn_into(kind)
        self._restart()

    def _follow(self) -> None:
        """Start again when the group chooses another order or another cooperative."""
        order = self.store.state.book + self.store.state.order
        if order != self._order:
            self._order = order
            self.desk.document, self.desk.without = self.desk.quote(), NOTHING
            self.buyer.value = self.desk.document.customer.buyer.value
            self._restart()

    def _lines_changed(self, lines: tuple[DocumentLine, ...], discount: int) -> None:
        self._sound(lines, discount)
        self.desk.change(lines=lines, discount=discount)
        self.said.value = ""
        self._show()

    def _sound(self, lines: tuple[DocumentLine, ...], discount: int) -> None:
        """Refuse lines that make no document, before they are kept or numbered."""
        if totals(replace(self.desk.document, lines=lines, discount=discount)).with_tax < 0:
            todo = "Vérifiez les quantités. Pour rendre de l'argent, faites un avoir."
            raise WrongLine(Problem("Total", "il est négatif.", todo))

    def _names_changed(self) -> None:
        """Put the names kept, or the invented ones again, on a new draft."""
        fresh = own_names.draft(self.desk.document.customer.buyer, self.desk.today)
        self.desk.change(host=fresh.host, cape_end=fresh.cape_end, customer=fresh.customer)
        self._restart()

    def _buyer_changed(self) -> None:
        if self.buyer.value != self.desk.document.customer.buyer.value:
            _change_buyer(self.desk, Buyer(self.buyer.value))
            self._restart()

    def _forget(self) -> None:
        self.desk.without = self.forgotten.value or NOTHING
        self.said.value = ""
        self._show()

    def _print(self) -> None:
        """Give the number, prepare the files, and tell the state of the register."""
        self._sound(*self.editor.read())
        self.desk.issue()
        self.said.value = pieces.live(_links(self.desk), pieces.sentences(_register_told())) + _register_table()
        self._show()


def _change_buyer(desk: OnTheTable, buyer: Buyer) -> None:
    """Put another invented customer, with the mentions this kind of customer needs."""
    fresh = own_names.draft(buyer, desk.today)
    names = ("customer", "terms", "penalty", "fixed_fee")
    desk.change(**{name: getattr(fresh, name) for name in names})
    if desk.document.kind is DocumentKind.INVOICE:
        quote = replace(desk.document, kind=DocumentKind.QUOTE)
        done, days = desk.document.done_on, USUAL_DELAYS[buyer]
        desk.document = from_order.invoice_from_quote(quote, desk.today, days, done)


def _links(desk: OnTheTable) -> Html:
    """Return where to take the files of the document as it is shown."""
    it, name = desk.shown, invoice_paper.file_name(desk.document)
    links = [pieces.download("Prendre le PDF", f"{name}.pdf", invoice_paper.document_paper(it), "application/pdf")]
    if is_invoice(it):
        made = invoice_paper.facturx_paper(it)
        links.append(pieces.download("Prendre la Factur-X", f"{name}_facturx.pdf", made, "application/pdf"))
    elif it.kind is not DocumentKind.QUOTE:
        links.append(tag("p", "Pour un particulier, la facture électronique n'est pas demandée."))
    return joined(*links, between=" ")


def _register_told() -> list[str]:
    entries = numbering.read_register(numbering.register_path())
    wrong = numbering.troubles(entries)
    return [f"Votre registre d'exercice tient {count(len(entries), 'document')}.", *(wrong or ["Il n'a pas de trou."])]


def _register_table() -> Html:
    """Return the last numbers given on this machine, newest first; nothing when there is none."""
    rows = [
        (each.number, f"{each.issued_on:%d/%m/%Y}", each.customer, euros(each.with_tax))
        for each in numbering.read_register(numbering.register_path())[: -SHOWN - 1 : -1]
    ]
    heads = ("Numéro", "Date", "Client", "TTC")
    told = table("Registre d'exercice", heads, rows, cls="kpa-table", kinds=(None, None, "num"))
    return tag("details", tag("summary", "Voir le registre"), told)
