"""Our own figures: give files, read every problem at once, see what was understood, then keep them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import ipywidgets as widgets

from kpa_model.cooperative.book import Basis
from kpa_model.cooperative.chain import MonthMoney
from kpa_model.declare.markup import joined, table, tag, wide
from kpa_model.files.book import books
from kpa_model.ui import pieces
from kpa_model.ui.library import chain_in
from kpa_model.ui.screens.share.first_names import our_first_names
from kpa_model.ui.screens.share.importing import OurFiles
from kpa_model.ui.state import Store, book_of
from kpa_model.words import euros, month_name


@pieces.framed
def our_data(store: Store) -> widgets.Widget:
    """Give any files; nothing is kept before the person says so."""
    return pieces.column(OurFiles(store).widget(), _model(), our_first_names(store))


def _model() -> widgets.HTML:
    """Return the link to an empty workbook with the right tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "modele_kpa.xlsx"
        books.write_xlsx_template(path)
        link = pieces.download("Prendre un classeur vide, prêt à remplir", path.name, path.read_bytes(), pieces.XLSX)
    return pieces.html(tag("p", link))


BASES = [(Basis.INVOICED, "la facture"), (Basis.RECEIVED, "le paiement")]


@pieces.framed
def our_months(store: Store) -> widgets.Widget:
    """Show every month of the cooperative: from sales to margin, and what is not paid yet."""
    months = pieces.html()
    date = pieces.choice("Une vente compte le jour de", BASES, book_of(store.state).cooperative.basis)

    def show() -> None:
        book = book_of(store.state)
        date.value = book.cooperative.basis
        titles = (
            "Mois",
            "Ventes TTC",
            "TVA",
            "Ventes HT",
            "Achats et frais",
            "Marge",
            "Pas encore payé à la fin du mois",
        )
        caption, rows = f"{book.cooperative.name}, mois par mois", [_month_row(money) for money in chain_in(book)]
        told = table(caption, titles, rows, cls="kpa-table kpa-slip", kinds=["kpa-amount"] * 6, blocks=True)
        example = "Ceci est un exemple inventé. Donnez vos fichiers, plus haut, pour voir vos propres mois."
        shown = wide(told, "Tableau des mois")
        if book.cooperative.fictional:  # never beside the group's own figures as if it were theirs
            folded = tag("details", tag("summary", "Voir les mois de l'exemple"), shown)
            shown = joined(tag("p", example, cls="kpa-info"), folded)
        elif store.bringing:
            before = f"Vos fichiers, plus haut, vont dans un nouveau carnet. Ici, c'est « {book.cooperative.name} »."
            folded = tag("details", tag("summary", f"Voir les mois de « {book.cooperative.name} »"), shown)
            shown = joined(tag("p", before, cls="kpa-info"), folded)
        months.value = shown

    date.observe(lambda change: store.update(basis=str(change["new"])), "value")
    pieces.follow(store, months, show)
    ours = pieces.known(store, lambda state: not (book_of(state).cooperative.fictional or store.bringing))
    return pieces.column(pieces.row(date), ours, months)


def _month_row(money: MonthMoney) -> tuple[str, ...]:
    amounts = (money.with_tax, money.vat, money.sales, money.direct_costs, money.margin, money.unpaid)
    return (month_name(money.month.first_day), *map(euros, amounts))
