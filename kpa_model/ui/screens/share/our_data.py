"""Our own figures: give files, read every problem at once, see what was understood, then keep them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from kpa_model import places
from kpa_model.cooperative.book import Basis
from kpa_model.cooperative.chain import MonthMoney
from kpa_model.declare.markup import items, joined, table, tag, wide
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book import book_reader, books
from kpa_model.story.pay.chain import book_told
from kpa_model.ui import pieces
from kpa_model.ui.library import chain_in
from kpa_model.ui.state import Store, book_of
from kpa_model.words import euros, month_name

ACCEPTED = ".csv,.txt,.tsv,.xlsx,.xls,.ods,.zip,.yaml,.yml"


@pieces.framed
def our_data(store: Store) -> widgets.Widget:
    """Give one workbook, or several tables; nothing is kept before the person says so."""
    upload = widgets.FileUpload(accept=ACCEPTED, multiple=True, description="Choisir des fichiers")
    name = widgets.Text(description="Nom à donner", placeholder="Notre coopérative 2026")
    said, kept = pieces.html(), pieces.html()
    given: list[tuple[str, bytes]] = []

    def read(change: dict[str, Any]) -> None:
        given[:] = [(each["name"], bytes(each["content"])) for each in change["new"]]
        kept.value = said.value = ""
        if given:
            pieces.guarded(said, lambda: setattr(said, "value", _understood(given)))

    def keep() -> None:
        if not given:
            raise UnreadableFile(
                Problem("Vos fichiers", "rien n'a été choisi.", "Choisissez d'abord un classeur ou des tableaux.")
            )
        target = _with_folder(given, lambda folder: books.import_book(folder, name.value))
        store.open_book(target.name)
        kept.value = pieces.live(tag("p", f"« {target.name} » est enregistrée, et choisie.", cls="kpa-success"))

    upload.observe(read, "value")
    return pieces.column(
        _model(), upload, said, pieces.row(name, pieces.button("Enregistrer", keep, "kpa-primary", kept)), kept
    )


def _model() -> widgets.HTML:
    """Return the link to an empty workbook with the right tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "modele_kpa.xlsx"
        books.write_xlsx_template(path)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        link = pieces.download("Prendre un classeur vide, prêt à remplir", path.name, path.read_bytes(), kind)
    return pieces.html(tag("p", link))


def _with_folder(given: Sequence[tuple[str, bytes]], act: Callable[[Path], Path]) -> Path:
    """Put the files in a folder of their own, do something with it, and leave nothing behind."""
    with tempfile.TemporaryDirectory(dir=places.personal(), prefix=".lecture-") as hidden:
        folder = Path(hidden) / "vos fichiers"  # the name that messages show
        folder.mkdir()
        for name, content in given:
            (folder / Path(name).name).write_bytes(content)
        return act(folder / Path(given[0][0]).name if len(given) == 1 else folder)


def _understood(given: Sequence[tuple[str, bytes]]) -> str:
    """Return what was read, in French; raises with every problem at once."""
    found: list[book_reader.Reading] = []

    def read(path: Path) -> Path:
        found.append(book_reader.read_book(path))
        return path

    _with_folder(given, read)
    book, notes = found[0].book, found[0].notes
    counts, sold = book_told(book)
    listed = items(notes)
    more = joined(tag("p", "À vérifier :"), listed) if listed else ""
    return pieces.live(
        tag(
            "div",
            tag("p", tag("strong", "Tout est lu."), " ", ", ".join(counts), ". ", sold),
            more,
            tag("p", "Regardez si ces nombres sont les vôtres. Puis donnez un nom, et enregistrez."),
            cls="kpa-success",
        )
    )


BASES = [(Basis.INVOICED, "la facture"), (Basis.RECEIVED, "le paiement")]


@pieces.framed
def our_months(store: Store) -> widgets.Widget:
    """Show every month of the cooperative: from sales to margin, and what is not paid yet."""
    months = pieces.html()
    date = pieces.choice("Une vente compte le jour de", BASES, book_of(store.state).cooperative.basis)

    def show() -> None:
        book = book_of(store.state)
        date.value = book.cooperative.basis
        titles = ("Mois", "Ventes TTC", "TVA", "Ventes HT", "Achats et frais", "Marge", "Pas encore payé")
        caption, rows = f"{book.cooperative.name}, mois par mois", [_month_row(money) for money in chain_in(book)]
        told = table(caption, titles, rows, cls="kpa-table", kinds=["kpa-amount"] * 6)
        months.value = wide(told, "Tableau des mois")

    date.observe(lambda change: store.update(basis=str(change["new"])), "value")
    pieces.follow(store, months, show)
    return pieces.column(pieces.row(date), months)


def _month_row(money: MonthMoney) -> tuple[str, ...]:
    amounts = (money.with_tax, money.vat, money.sales, money.direct_costs, money.margin, money.unpaid)
    return (month_name(money.month.first_day), *map(euros, amounts))
