"""What is typed on screen goes into the book at once: the same tables as a file gives, checked the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.orders import InvoiceLine
from kpa_model.cooperative.people import Member, Spell, Status
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import alone, book_place
from kpa_model.files.book.cells import same
from kpa_model.files.book.checks import check
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.tables import Held, Values
from kpa_model.files.book.writing import table_values
from kpa_model.files.importing.keeping import checked, rewritten, rows_of
from kpa_model.files.importing.merging import content, plain
from kpa_model.words import capital, count, euros, listing, uncapital

Changes = Mapping[str, tuple[Sequence[Values], Sequence[Values]]]
"""Table → lines to add, lines to take away."""


class Done(NamedTuple):
    """What typing did: the book, what it holds or not since, so as to undo it, and what is to be looked at."""

    book: OrderBook
    changes: Changes
    noticed: tuple[str, ...]


def start_book(name: str, people: Sequence[str], since: date, unpaid: Sequence[str] = ()) -> Path:
    """Make an empty book with its people, under a CAPE but for those who are not, and so receive no pay.

    Raises:
        UnreadableFile: nobody, two people of one name, somebody who is not in the list, or a name that cannot serve.
    """
    known = {same(who): who for who in people}
    if twice := [known[key] for key, many in Counter(map(same, people)).items() if many > 1]:
        what = f"{listing(twice)} : ce prénom est écrit deux fois."
        raise UnreadableFile(Problem("Les prénoms", what, "Ajoutez une initiale : Awa B., Awa D."))
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


def changed(folder: Path, make: Callable[[OrderBook], Changes]) -> Done:
    """Change a book held alone, or refuse it all.

    Raises:
        UnreadableFile: what the book would then hold is wrong, or a line to take away is not there any more, or serves.
    """
    with alone(folder):
        book = read_book(folder).book
        changes = make(book)
        tables = _plain_tables(book)
        heard = _heard(tables)
        before = {table: [*tables[table]] for table in changes}
        for table, (added, removed) in changes.items():
            _exchange(table, tables[table], added, removed)
        _nothing_orphan(tables, changes)
        made = _checked(book, tables, folder.name)
        rewritten(folder, made)
        after = _plain_tables(made)  # as kept: with the day an invoice is due, the cents of its VAT…
        done = {name: (_but(after[name], was), _but(was, after[name])) for name, was in before.items()}
        new = [text if many == 1 else f"{text} ({many} fois)" for text, many in (_heard(after) - heard).items()]
        return Done(made, done, (*map(capital, new), *_repeated(changes, after), *_added_to(changes, made)))


def _checked(book: OrderBook, tables: Held, name: str) -> OrderBook:
    """Return the book as it would be; a refusal tells what is wrong, and not all there is to know of the book."""
    try:
        return checked(book, tables, name)
    except UnreadableFile as error:
        raise UnreadableFile(*error.problems) from None


def _exchange(table: str, lines: list[Values], added: Sequence[Values], removed: Sequence[Values]) -> None:
    """Put lines at the place of others, and what is left after all. Raises UnreadableFile when one is not there."""
    left = [plain(table, each) for each in added]
    for each in removed:
        if (old := plain(table, each)) not in lines:
            todo = "Regardez la ligne telle qu'elle est, puis recommencez."
            raise UnreadableFile(Problem(dictionaries()[table].label, "cette ligne a changé depuis.", todo))
        at = lines.index(old)
        lines[at : at + 1] = [left.pop(0)] if left else []
    lines += left


def _heard(tables: Held) -> Counter[str]:
    """Return what the reader says of a book that holds: a day without any status, a rate that is not usual…"""
    findings = Findings()
    check(rows_of(tables), findings)
    return Counter(text for _, text in (*findings.heeded, *findings.notes))


def _repeated(changes: Changes, after: Held) -> list[str]:
    """Tell a line that the book holds twice since it was added."""
    added = [(table, plain(table, each)) for table, (lines, _) in changes.items() for each in lines]
    again = [table for table, each in added if table in _MAY_REPEAT and after[table].count(each) > 1]
    return ["La même ligne est déjà dans le carnet. Elle compte deux fois. Est-ce voulu ?"] if again else []


def _added_to(changes: Changes, book: OrderBook) -> list[str]:
    """Tell what an invoice is, now that it has one line more."""
    added, removed = changes.get("factures", ((), ()))
    for number in {each["facture"] for each in added} - {each["facture"] for each in removed}:
        lines = [line.before_tax for line in book.lines if line.invoice == number]
        if len(lines) > 1:
            return [
                f"La facture « {number} » a maintenant {len(lines)} lignes : {euros(sum(lines))} hors taxes en tout."
            ]
    return []


_MAY_REPEAT = ("achats", "encaissements")


def _plain_tables(book: OrderBook) -> dict[str, list[Values]]:
    return {name: [plain(name, each) for each in rows] for name, rows in table_values(book).items()}


def _but(lines: Sequence[Values], others: Sequence[Values]) -> list[Values]:
    """Return the lines that others do not have, each as many times as it has more."""
    left = Counter(map(content, others))
    return [each for each in lines if not left[key := content(each)] or left.subtract([key])]


_SERVES = {
    "personnes": ("personne", ("heures", "declarations")),
    "factures": ("facture", ("encaissements",)),
    "commandes": ("commande", ("factures", "achats", "heures")),
}


def _nothing_orphan(tables: Held, changes: Changes) -> None:
    """Refuse to take away who has hours, an invoice that is paid, an order that has invoices, purchases or hours."""
    for table in changes.keys() & _SERVES.keys():
        key, others = _SERVES[table]
        left = {each[key] for each in tables[table]}
        for number in {each[key] for each in changes[table][1]} - left:
            users = {name: sum(each.get(key) == number for each in tables[name]) for name in others}
            serves = {uncapital(dictionaries()[name].label): many for name, many in users.items() if many}
            if serves:
                told = listing([f"{label} ({count(many, 'ligne')})" for label, many in serves.items()])
                if table == "personnes":
                    where, does, todo = (
                        f"« {number} »",
                        "il y a encore des lignes à ce nom",
                        "Écrivez plutôt son dernier jour.",
                    )
                else:
                    where, does, todo = f"Numéro « {number} »", "il sert encore", "Retirez d'abord ces lignes."
                raise UnreadableFile(Problem(where, f"{does} dans {told}.", todo))


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
    """Return what adds an invoice or a line of one, or puts a line instead of another; a new order comes with it.

    Raises:
        UnreadableFile: another invoice has this number, on another day, or this one has this line.
    """
    number = values["facture"]
    there = [line for line in book.lines if line.invoice == number]
    if there and (instead_of or {}).get("facture") != number:
        _refuse_twice(there, values)
    order = values.get("commande") or (there[0].order if there else number)
    new = [{"commande": order, "date": values["date"], "libelle": values.get("libelle", "")}]
    known = any(each.number == order for each in book.orders)
    line = ([{**values, "commande": order}], [instead_of] if instead_of else [])
    return {"factures": line} if known else {"commandes": (new, []), "factures": line}


def _refuse_twice(there: Sequence[InvoiceLine], values: Values) -> None:
    """Refuse a line whose number is that of another invoice, or that its invoice has already."""
    where, day = f"Facture « {values['facture']} »", there[0].invoiced_on
    if day != values["date"]:
        todo = "Donnez-en un autre. Pour une ligne de plus de la même facture, écrivez la même date."
        raise UnreadableFile(Problem(where, f"ce numéro est déjà pris, le {day:%d/%m/%Y}.", todo))
    said = (values["montant_ht"], values["taux_tva"], values.get("libelle", ""))
    if said in [(line.before_tax, line.vat_rate, line.label) for line in there]:
        raise UnreadableFile(Problem(where, "cette ligne y est déjà.", "Dites ce qui est vendu, si c'est une autre."))


def person_changes(book: OrderBook, values: Values, instead_of: Values | None = None) -> Changes:
    """Return what adds a time of somebody in the group, or puts it instead of another; a new name is hers everywhere.

    Raises:
        UnreadableFile: somebody else has this name, or she has a status those days.
    """
    who, was = values["personne"], (instead_of or {}).get("personne")
    other = "Si c'est une autre personne, ajoutez une initiale."
    if was and any(same(member.name) == same(who) and member.name != was for member in book.members):
        raise UnreadableFile(Problem(f"« {who} »", "ce nom est déjà dans le carnet.", other))
    for each in _plain_tables(book)["personnes"]:
        another = same(each["personne"]) == same(was or who) and each != plain("personnes", instead_of or {})
        if another and each["du"] <= values.get("au", date.max) and values["du"] <= each.get("au", date.max):
            what = f"elle ou il a déjà un statut ces jours-là, depuis le {each['du']:%d/%m/%Y}."
            todo = f"Choisissez cette ligne, et écrivez son dernier jour. {other}"
            raise UnreadableFile(Problem(f"« {who} »", what, todo))
    line = ([values], [instead_of] if instead_of else [])
    if was in (None, who):
        return {"personnes": line}
    changes = {table: _renamed(lines, was, who) for table, lines in _plain_tables(book).items()}
    hers, before = changes["personnes"]
    hers[before.index(plain("personnes", instead_of or {}))] = values
    return {table: lines for table, lines in changes.items() if lines[1]}


def _renamed(lines: Sequence[Values], was: str, who: str) -> tuple[list[Values], list[Values]]:
    """Return the lines that name somebody, under her new name and as they are."""

    def hers(column: str, value: Any) -> Any:
        if column == "apportee_par":
            return tuple(who if name == was else name for name in value)
        return who if column == "personne" else value

    held = [each for each in lines if each.get("personne") == was or was in each.get("apportee_par", ())]
    return [{column: hers(column, value) for column, value in each.items()} for each in held], held
