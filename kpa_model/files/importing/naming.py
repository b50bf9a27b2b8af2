"""Who the customers of the invoices are, and which hours name one: in a column of customers, of orders or of tasks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.reading.context import COURTESY
from kpa_model.files.book.reading.spread.kinds import OWN
from kpa_model.files.book.tables import Held, Row, Tables
from kpa_model.files.book.where import Place
from kpa_model.words import hours, listing

_SHORT, _PROJECT, _CUSTOMER = "client.memes", "commande.projet", "client"
Ways = Callable[[Sequence["Named"]], Mapping[str, str]]
"""How hours may go to one of several invoices of their customer, in words; nothing when they need not choose."""
_SEVERAL = re.compile(r"[|=/;,+&]| et ")
"""What may stand between two customers, or in an answer."""
Named = tuple[Row, str]
"""A line of hours, and the customer it names."""


@dataclass(frozen=True)
class BookDoubts:
    """What was answered about a book, what it is called, and where questions go."""

    answers: Mapping[str, str]
    name: str
    findings: Findings

    def ask(self, doubt: Doubt) -> None:
        """Ask once for all the files."""
        self.findings.doubt(Place(self.name), doubt)


def named(
    rows: Sequence[Row], customers: Mapping[str, str], orders: Collection[str], asking: BookDoubts, ways: Ways
) -> Iterator[Named]:
    """Yield the hours that name a customer, or what may be one, and no known order: one decision for the same titles.

    Args:
        rows: hours.
        customers: the name of each customer, by what its spellings share.
        orders: the orders that are known, by what their spellings share.
        asking: where short names are asked about, and projects that no invoice names.
        ways: which invoice of a customer hours may go to; it is asked along with their projects.
    """
    tables: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.get("commande") or same(row.get("commande")) not in orders:
            tables[tuple(row.titles)].append(row)
    known = _Customers(customers, asking.answers)
    said = {id(row): name for group in tables.values() for row, name in _said(group, known)}
    rest = [row for group in tables.values() for row in group if id(row) not in said]
    said |= {id(row): row.get("client") for row in _beside(rest, customers, asking, ways)}
    known.ask(sorted({*said.values()}), asking)
    yield from ((row, known.told.get(said[id(row)], said[id(row)])) for row in rows if id(row) in said)


class _Customers:
    """The customers of the invoices, and those that short names are, as the group said."""

    def __init__(self, names: Mapping[str, str], answers: Mapping[str, str]) -> None:
        asked, told = (answers.get(topic, "").split("|") for topic in (f"{_SHORT}{ASKED}", _SHORT))
        self.names, self.told = names, dict(each.split("=", 1) for each in told if each)
        self.asked = {each.split("=", 1)[0] for each in asked}

    def may_be(self, name: str) -> bool:
        """Tell whether a name is one of a customer, or may be until it is asked."""
        return same(name) in self.names or name in self.told or bool(self.whole(name))

    def whole(self, name: str) -> str:
        """Return the customer that a short name may be, while nobody said it; an empty text otherwise."""
        if name in self.asked or same(name) in self.names or _SEVERAL.search(name):
            return ""
        return whole_of(name, self.names.values())

    def ask(self, names: Sequence[str], asking: BookDoubts) -> None:
        """Ask together which customers short names are."""
        pairs = [(name, full) for name in names if (full := self.whole(name))]
        if pairs:
            options = tuple((f"{name}={full}", f"« {name} » est « {full} »") for name, full in pairs)
            one = len(options) == 1
            question = "Est-ce le même client ?" if one else "Est-ce que ce sont les mêmes clients ?"
            todo, every = "Écrivez chaque client sous un seul nom.", "Oui" if one else "Oui, tous"
            asking.ask(Doubt(_SHORT, question, options, todo, several=True, every=every))


def _said(group: Sequence[Row], known: _Customers) -> Iterator[Named]:
    """Yield the hours of a table that name a customer in the place of an order, beside none, or as their task.

    What stands there is a customer when half of the names, at least, are.
    """
    called, tasks = ({row.get(column, "") for row in group} - {""} for column in ("commande", "tache"))
    mostly = 2 * sum(map(known.may_be, called)) >= len(called)
    worked = 2 * sum(same(each) in known.names for each in tasks) >= len(tasks)
    for row in group:
        order, task = row.get("commande", ""), row.get("tache", "")
        if order and (mostly or same(order) in known.names):
            yield row, order
        elif not order and (name := row.get("client", "")):
            yield row, name
        elif not order and worked and same(task) in known.names:
            yield row, task


def _beside(rows: Sequence[Row], customers: Mapping[str, str], asking: BookDoubts, ways: Ways) -> list[Row]:
    """Return the hours whose project has no invoice and whose customer has one, when the group says so; it is asked."""
    rows = [row for row in rows if same(row.get("client", "")) in customers]
    answer = asking.answers.get(_PROJECT, "")
    if rows and not answer:
        projects = listing([f"« {each} »" for each in dict.fromkeys(row.get("commande") for row in rows)], most=3)
        many = len({same(row.get("commande")) for row in rows}) > 1
        much = hours(round(sum(row.get("duree") or 0 for row in rows)))
        what = f"{projects} : pas de facture à {'ces noms' if many else 'ce nom'}."
        whose = "de leur client" if many else f"de « {rows[0].get('client')} »"
        question = f"{what} Leurs {much} vont-elles à la facture {whose} ?"
        if not many:
            question = f"{what} Ses {much} vont-elles à la facture {whose} ?"
        fit = ways([(row, row.get("client")) for row in rows])
        more = "oui ; s'il en a plusieurs, "
        led = [(f"{_CUSTOMER}.{way}", f"{more}{told}" if told else "oui") for way, told in fit.items()]
        options = (*(led or [(_CUSTOMER, "oui")]), ("projet", "non : ce sont d'autres commandes"))
        todo = "Écrivez le nom du projet dans la colonne « commande » des factures."
        asking.ask(Doubt(_PROJECT, question, options, todo))
    return rows if answer.split(".")[0] == _CUSTOMER else []


def way_of(answers: Mapping[str, str]) -> str:
    """Return to which invoice hours go when a customer has several, as answered along with projects."""
    return answers.get(_PROJECT, "").partition(".")[2]


def whole_of(name: str, customers: Collection[str]) -> str:
    """Return the one customer whose words hold all those of a name, or the other way; an empty text otherwise.

    >>> known = ["Lycée Jean Moulin", "Mairie d'Azé", "Mairie de Vez"]
    >>> whole_of("Lycée", known), whole_of("Mairie", known)
    ('Lycée Jean Moulin', '')
    """
    mine, others = words_of(name), {each: words_of(each) for each in customers}
    found = [each for each, theirs in others.items() if mine and theirs and (mine <= theirs or theirs <= mine)]
    return found[0] if len(found) == 1 else ""


def words_of(name: str) -> set[str]:
    """Return the words that make a name: « chez Mme Ferrand » is « ferrand »."""
    return {word for word in re.findall(r"\w+", same(name)) if len(word) > 2 and word not in _LITTLE}


_LITTLE = {*COURTESY, "chez", "pour", "famille", "les", "des"}


# --- the customers of the invoices ------------------------------------------------------------------------------------


def of_sale(row: Row) -> bool:
    """Tell whether hours may be for a customer: they are no life of the group."""
    return row.get("genre") not in OWN


@dataclass(frozen=True, order=True)
class Bill:
    """An invoice of a customer: its day, its number, its order."""

    day: date
    number: str
    order: str

    @property
    def month(self) -> CalendarMonth:
        """Return the month of its day."""
        return CalendarMonth.of(self.day)


@dataclass
class KnownCustomer:
    """What was asked of a group for one customer: her invoices by day, and her orders that have none yet."""

    name: str
    bills: list[Bill] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    _near: dict[CalendarMonth, list[Bill]] = field(default_factory=dict)

    def near(self, month: CalendarMonth) -> list[Bill]:
        """Return her invoices of a month and of the next one, by day."""
        if month not in self._near:
            self._near[month] = sorted(each for each in self.bills if each.month in (month, month + 1))
        return self._near[month]


def customer_of(order: Mapping[str, Any]) -> str:
    """Return the name of the customer of an order; an empty text when only her kind is known, « association »."""
    said = str(order.get("client") or "")
    return said if said not in dictionaries()["commandes"].column("client").choices else ""


def customers_of(tables: Tables, held: Held) -> dict[str, KnownCustomer]:
    """Return each customer by what the spellings of her name share."""
    found: dict[str, KnownCustomer] = {}
    bills = list(_bills(tables, held))
    for name, bill, _ in bills:
        if name:
            found.setdefault(same(name), KnownCustomer(name)).bills.append(bill)
    billed = {same(bill.order) for _, bill, _ in bills} | _in_less(_lines(tables, held))
    for key, (order, name) in _orders(tables, held).items():
        if key not in billed:
            found.setdefault(same(name), KnownCustomer(name)).pending.append(order)
    return found


def _orders(tables: Tables, held: Held) -> dict[str, tuple[str, str]]:
    """Return each order of the lists and its customer, by what the spellings of its name share."""
    listed = [*held.get("commandes", ()), *(row.values for row in tables.get("commandes", ()))]
    named = ((str(each["commande"]), customer_of(each)) for each in listed if each.get("commande"))
    return {same(order): (order, name) for order, name in named if name}


def _lines(tables: Tables, held: Held) -> list[Mapping[str, Any]]:
    """Return the lines of the invoices that have an order and a day; those given again take the place of the held."""
    given = [row.values for row in tables.get("factures", ())]
    mine = {same(str(each.get("facture", ""))) for each in given}
    before = (each for each in held.get("factures", ()) if same(str(each.get("facture", ""))) not in mine)
    return [each for each in (*given, *before) if each.get("facture") and each.get("commande") and each.get("date")]


def _in_less(lines: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the orders whose sales are below zero, credit notes among them: no work is for them."""
    sold = Counter[str]()
    for each in lines:
        sold[same(str(each["commande"]))] += each.get("montant_ht") or 0
    return {order for order, cents in sold.items() if cents < 0}


def _bills(tables: Tables, held: Held) -> Iterator[tuple[str, Bill, set[str]]]:
    """Yield each invoice with its customer, if it says one, and the words of its labels; nothing below zero."""
    lines, whole = defaultdict[str, list[Mapping[str, Any]]](list), _lines(tables, held)
    for each in whole:
        lines[same(str(each["facture"]))].append(each)
    whose, aside = _orders(tables, held), _in_less(whole)
    for group in lines.values():
        order, day = str(group[0]["commande"]), min(each["date"] for each in group)
        name = next((str(each["client"]) for each in group if each.get("client")), whose.get(same(order), ("", ""))[1])
        if sum(each.get("montant_ht") or 0 for each in group) > 0 and same(order) not in aside:
            labels = words_of(" ".join(str(each.get("libelle") or "") for each in group))
            yield name, Bill(day, str(group[0]["facture"]), order), labels


def called_alike(worked: Iterable[Row], tables: Tables, held: Held, orders: Collection[str]) -> Iterator[Named]:
    """Yield the hours whose project is the label of one near invoice of their customer, « Logo », and its order."""
    labels: dict[str, list[tuple[Bill, set[str]]]] = defaultdict(list)
    for name, bill, said in _bills(tables, held):
        if name and said:
            labels[same(name)].append((bill, said))
    for row in worked:
        project, hers = str(row.get("commande") or ""), labels.get(same(str(row.get("client") or "")), ())
        if not project or not hers or not row.get("date") or same(project) in orders:
            continue
        month, words = CalendarMonth.of(row.get("date")), words_of(project)
        near = [(bill, said) for bill, said in hers if bill.month in (month, month + 1)]
        fit = {bill.order for bill, said in near if words and (words <= said or said <= words)}
        if len(fit) == 1:
            yield row, fit.pop()


def of_labels(
    worked: Iterable[Row],
    tables: Tables,
    held: Held,
    known: Mapping[str, KnownCustomer],
    orders: Collection[str],
) -> dict[str, KnownCustomer]:
    """Return the customers of sold hours that only labels of invoices name, « Repas Mme Ferrand » for « Ferrand »."""
    bills = [(bill, labels) for name, bill, labels in _bills(tables, held) if not name and labels]
    said = {name for row in worked if of_sale(row) and (name := row.get("client") or row.get("commande") or "")}
    names = [each.name for each in known.values()]
    found: dict[str, KnownCustomer] = {}
    for name in said if bills else ():
        words, key = words_of(name), same(name)
        hers = [bill for bill, labels in bills if words and words <= labels]
        if hers and key not in known and key not in orders and not whole_of(name, names):
            found[key] = KnownCustomer(name, hers)
    return found
