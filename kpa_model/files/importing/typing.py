"""What is typed on screen goes into the book at once: the same tables as a file gives, checked the same way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.people import Member, Spell, Status
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import alone, book_place
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.writing import table_values
from kpa_model.files.importing.keeping import checked, rewritten
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
        UnreadableFile: what the book would then hold is wrong, or a line to take away is not there any more.
    """
    with alone(folder):
        return _put(folder, {table: ([*added], [*removed])})


def _put(folder: Path, changes: Mapping[str, tuple[Sequence[Values], Sequence[Values]]]) -> OrderBook:
    book = read_book(folder).book
    tables = {name: [plain(name, each) for each in rows] for name, rows in table_values(book).items()}
    for table, (added, removed) in changes.items():
        for each in removed:
            if plain(table, each) not in tables[table]:
                what, todo = "cette ligne a changé depuis.", "Regardez la ligne telle qu'elle est, puis recommencez."
                raise UnreadableFile(Problem(dictionaries()[table].label, what, todo))
            tables[table].remove(plain(table, each))
        tables[table] += [plain(table, each) for each in added]
    changed = checked(book, tables, folder.name)
    rewritten(folder, changed)
    return changed


def put_hours(folder: Path, who: str, day: date, kind: str, order: str, minutes: int) -> OrderBook:
    """Say how long somebody worked one day, for a kind and an order: it replaces what was said before; 0 removes it."""
    key = {"personne": who, "date": day, "genre": kind, "commande": order}
    with alone(folder):
        held = table_values(read_book(folder).book)["heures"]
        before = [each for each in held if all((each.get(name) or "") == value for name, value in key.items())]
        return _put(folder, {"heures": ([{**key, "duree": minutes}] if minutes else [], before)})


def put_invoice(folder: Path, values: dict[str, Any], instead_of: Values | None = None) -> OrderBook:
    """Add an invoice, or put it instead of one of its lines, and its order when it has none yet."""
    with alone(folder):
        book, number = read_book(folder).book, values["facture"]
        if any(line.invoice == number for line in book.lines) and (instead_of or {}).get("facture") != number:
            raise UnreadableFile(Problem(f"Facture « {number} »", "ce numéro est déjà pris.", "Donnez-en un autre."))
        order = values.get("commande") or number
        new = [{"commande": order, "date": values["date"], "libelle": values.get("libelle", "")}]
        known = any(each.number == order for each in book.orders)
        gone = [instead_of] if instead_of else []
        changes = {"commandes": ([] if known else new, []), "factures": ([{**values, "commande": order}], gone)}
        return _put(folder, changes)
