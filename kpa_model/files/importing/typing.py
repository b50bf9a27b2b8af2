"""What is typed on screen goes into the book at once: the same tables as a file gives, checked the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.people import Member, Spell, Status
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.book_reader import finished, read_book
from kpa_model.files.book.books import book_place
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.tables import Row
from kpa_model.files.book.writing import cooperative_values, table_values
from kpa_model.files.importing.keeping import rewritten
from kpa_model.files.importing.merging import Values, plain


def start_book(name: str, people: Sequence[str], since: date) -> Path:
    """Make an empty book with its people, all under a CAPE: each status can be changed in the table of people.

    Raises:
        UnreadableFile: nobody, or a name that cannot serve.
    """
    if not people:
        todo = "Écrivez les prénoms, séparés par des virgules."
        raise UnreadableFile(Problem("Les personnes", "il n'y en a aucune.", todo))
    place = book_place(name)
    if place.exists():
        what = "un carnet porte déjà ce nom."
        raise UnreadableFile(Problem(f"Carnet « {place.name} »", what, "Choisissez un autre nom."))
    members = tuple(Member(who, (Spell(Status.CAPE, since),)) for who in dict.fromkeys(people))
    rewritten(place, OrderBook(Cooperative(place.name, fictional=False), members))
    return place


def put(folder: Path, table: str, added: Iterable[Values], removed: Iterable[Values] = ()) -> OrderBook:
    """Add lines to a table of a book and take others away, or refuse it all; return the book.

    Raises:
        UnreadableFile: what the book would then hold is wrong.
    """
    book = read_book(folder).book
    held = table_values(book)
    tables: dict[str, list[Values]] = {name: [plain(name, each) for each in rows] for name, rows in held.items()}
    for each in removed:
        tables[table].remove(plain(table, each))
    tables[table] += [plain(table, each) for each in added]
    typed = Grid("", "", ())
    rows = {name: [Row(typed, 0, {}, (), dict(each)) for each in lines] for name, lines in tables.items()}
    changed = finished(cooperative_values(book.cooperative), rows, folder.name, Findings()).book
    rewritten(folder, changed)
    return changed


def put_hours(folder: Path, who: str, day: date, kind: str, order: str, minutes: int) -> OrderBook:
    """Say how long somebody worked one day, for a kind and an order: it replaces what was said before; 0 removes it."""
    key = {"personne": who, "date": day, "genre": kind, "commande": order}
    held = table_values(read_book(folder).book)["heures"]
    before = [each for each in held if all((each.get(name) or "") == value for name, value in key.items())]
    return put(folder, "heures", [{**key, "duree": minutes}] if minutes else [], before)


def put_invoice(folder: Path, values: dict[str, Any]) -> OrderBook:
    """Add an invoice, and its order when it has none yet."""
    book = read_book(folder).book
    number = values["facture"]
    if any(line.invoice == number for line in book.lines):
        raise UnreadableFile(Problem(f"Facture « {number} »", "ce numéro est déjà pris.", "Donnez-en un autre."))
    order = values.get("commande") or number
    if all(each.number != order for each in book.orders):
        put(folder, "commandes", [{"commande": order, "date": values["date"], "libelle": values.get("libelle", "")}])
    return put(folder, "factures", [{**values, "commande": order}])
