"""Our own figures: give files, read every problem at once, see what was understood, then keep them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from kpa_model import places
from kpa_model.cooperative.book import Basis
from kpa_model.cooperative.chain import MonthMoney
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
        kept.value = pieces.live(f'<p class="kpa-success">« {escape(target.name)} » est enregistrée, et choisie.</p>')

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
    return pieces.html(f"<p>{link}</p>")


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
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    more = f"<p>À vérifier :</p><ul>{items}</ul>" if items else ""
    return pieces.live(
        f'<div class="kpa-success"><p><strong>Tout est lu.</strong> {", ".join(counts)}. {sold}</p>{more}'
        "<p>Regardez si ces nombres sont les vôtres. Puis donnez un nom, et enregistrez.</p></div>"
    )


BASES = [(Basis.INVOICED, "la facture"), (Basis.RECEIVED, "le paiement")]


@pieces.framed
def our_months(store: Store) -> widgets.Widget:
    """Show every month of the cooperative: from sales to margin, and what is not paid yet."""
    table = pieces.html()
    date = pieces.choice("Une vente compte le jour de", BASES, book_of(store.state).cooperative.basis)

    def show() -> None:
        book = book_of(store.state)
        date.value = book.cooperative.basis
        rows = "".join(_month_row(money) for money in chain_in(book))
        titles = ("Ventes TTC", "TVA", "Ventes HT", "Achats et frais", "Marge", "Pas encore payé")
        head = "".join(f'<th scope="col" class="num">{title}</th>' for title in titles)
        table.value = (
            '<div class="kpa-scroll" tabindex="0" role="region" aria-label="Tableau des mois">'
            f'<table class="kpa-table"><caption>{escape(book.cooperative.name)}, mois par mois</caption>'
            f'<thead><tr><th scope="col">Mois</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        )

    date.observe(lambda change: store.update(basis=str(change["new"])), "value")
    pieces.follow(store, table, show)
    return pieces.column(pieces.row(date), table)


def _month_row(money: MonthMoney) -> str:
    amounts = (money.with_tax, money.vat, money.sales, money.direct_costs, money.margin, money.unpaid)
    cells = "".join(f'<td class="kpa-amount">{euros(amount)}</td>' for amount in amounts)
    return f'<tr><th scope="row">{month_name(money.month.first_day)}</th>{cells}</tr>'
