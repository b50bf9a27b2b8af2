"""What is typed on screen goes into the book at once: the same tables as a file gives, checked the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.people import Member, Spell, Status
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import alone, book_place
from kpa_model.files.book.cells import same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.writing import table_values
from kpa_model.files.importing.keeping import checked, rewritten
from kpa_model.files.importing.merging import Values, content, plain
from kpa_model.words import count, listing, uncapital

Changes = Mapping[str, tuple[Sequence[Values], Sequence[Values]]]
"""Table → lines to add, lines to take away."""


def start_book(name: str, people: Sequence[str], since: date, unpaid: Sequence[str] = ()) -> Path:
    """Make an empty book with its people, under a CAPE but for those who are not, and so receive no pay.

    Raises:
        UnreadableFile: nobody, somebody who is not in the list, or a name that cannot serve.
    """
    known = {same(who): who for who in people}
    if strange := [who for who in unpaid if same(who) not in known]:
        what = f"{listing(strange)} : pas dans la liste des prénoms."
        raise UnreadableFile(Problem("Sans CAPE", what, "Écrivez les mêmes prénoms, ou laissez cette case vide."))
    if not people:
        todo = "Écrivez les prénoms, séparés par des virgules."
        raise UnreadableFile(Problem("Les personnes", "il n'y en a aucune.", todo))
    place = book_place(name)
    if place.exists():
        what = "un carnet porte déjà ce nom."
        raise UnreadableFile(Problem(f"Carnet « {place.name} »", what, "Choisissez un autre nom."))
    outside = {same(who) for who in unpaid}
    members = tuple(
        Member(who, (Spell(Status.VOLUNTEER if key in outside else Status.CAPE, since),)) for key, who in known.items()
    )
    rewritten(place, OrderBook(Cooperative(place.name, fictional=False), members))
    return place


def put(folder: Path, table: str, added: Iterable[Values], removed: Iterable[Values] = ()) -> OrderBook:
    """Add lines to a table of a book and take others away, or refuse it all; return the book.

    Raises:
        UnreadableFile: what the book would then hold is wrong, or a line to take away is not there any more.
    """
    return changed(folder, lambda _: {table: ([*added], [*removed])})[0]


def changed(folder: Path, make: Callable[[OrderBook], Changes]) -> tuple[OrderBook, Changes]:
    """Change a book held alone, or refuse it all; return the book and what it now holds or not, so as to undo it.

    Raises:
        UnreadableFile: what the book would then hold is wrong, or a line to take away is not there any more, or serves.
    """
    with alone(folder):
        book = read_book(folder).book
        changes = make(book)
        tables = _plain_tables(book)
        before = {table: [*tables[table]] for table in changes}
        for table, (added, removed) in changes.items():
            for each in removed:
                if plain(table, each) not in tables[table]:
                    what, todo = (
                        "cette ligne a changé depuis.",
                        "Regardez la ligne telle qu'elle est, puis recommencez.",
                    )
                    raise UnreadableFile(Problem(dictionaries()[table].label, what, todo))
                tables[table].remove(plain(table, each))
            tables[table] += [plain(table, each) for each in added]
        _nothing_orphan(tables, changes)
        made = checked(book, tables, folder.name)
        rewritten(folder, made)
        after = _plain_tables(made)  # as kept: with the day an invoice is due, the cents of its VAT…
        return made, {name: (_but(after[name], was), _but(was, after[name])) for name, was in before.items()}


def _plain_tables(book: OrderBook) -> dict[str, list[Values]]:
    return {name: [plain(name, each) for each in rows] for name, rows in table_values(book).items()}


def _but(lines: Sequence[Values], others: Sequence[Values]) -> list[Values]:
    """Return the lines that others do not have, each as many times as it has more."""
    left = Counter(map(content, others))
    return [each for each in lines if not left[key := content(each)] or left.subtract([key])]


_SERVES = {"factures": ("facture", ("encaissements",)), "commandes": ("commande", ("factures", "achats", "heures"))}


def _nothing_orphan(tables: Mapping[str, Sequence[Values]], changes: Changes) -> None:
    """Refuse to take away an invoice that is paid, or an order that has invoices, purchases or hours."""
    for table in changes.keys() & _SERVES.keys():
        key, others = _SERVES[table]
        left = {each[key] for each in tables[table]}
        for number in {each[key] for each in changes[table][1]} - left:
            users = {name: sum(each.get(key) == number for each in tables[name]) for name in others}
            serves = {uncapital(dictionaries()[name].label): many for name, many in users.items() if many}
            if serves:
                told = listing([f"{label} ({count(many, 'ligne')})" for label, many in serves.items()])
                what, todo = f"il sert encore dans {told}.", "Retirez d'abord ces lignes."
                raise UnreadableFile(Problem(f"Numéro « {number} »", what, todo))


def turned(changes: Changes) -> Changes:
    """Return what undoes some changes."""
    return {table: (removed, added) for table, (added, removed) in changes.items()}


def hours_changes(book: OrderBook, who: str, day: date, kind: str, order: str, minutes: int) -> Changes:
    """Return what says how long somebody worked one day, for a kind and an order, instead of what was said before."""
    key = {"personne": who, "date": day, "genre": kind, "commande": order}
    held = table_values(book)["heures"]
    before = [each for each in held if all((each.get(name) or "") == value for name, value in key.items())]
    return {"heures": ([{**key, "duree": minutes}] if minutes else [], before)}


def invoice_changes(book: OrderBook, values: Values, instead_of: Values | None = None) -> Changes:
    """Return what adds an invoice, or puts it instead of one of its lines; its order comes with it, if it is new.

    Raises:
        UnreadableFile: another invoice has this number.
    """
    number = values["facture"]
    if any(line.invoice == number for line in book.lines) and (instead_of or {}).get("facture") != number:
        raise UnreadableFile(Problem(f"Facture « {number} »", "ce numéro est déjà pris.", "Donnez-en un autre."))
    order = values.get("commande") or number
    new = [{"commande": order, "date": values["date"], "libelle": values.get("libelle", "")}]
    known = any(each.number == order for each in book.orders)
    line = ([{**values, "commande": order}], [instead_of] if instead_of else [])
    return {"factures": line} if known else {"commandes": (new, []), "factures": line}
