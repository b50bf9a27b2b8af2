"""Which hours name a customer of the invoices: in a column of customers, of orders or of tasks, whole or short."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import ASKED, Doubt, Findings, Place
from kpa_model.files.book.tables import Row
from kpa_model.words import hours

_SHORT, _PROJECT, _CUSTOMER = "client.memes", "commande.projet", "client"
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
    rows: Sequence[Row], customers: Mapping[str, str], orders: Collection[str], asking: BookDoubts
) -> Iterator[Named]:
    """Yield the hours that name a customer, or what may be one, and no known order.

    Args:
        rows: hours.
        customers: the name of each customer, by what its spellings share.
        orders: the orders that are known, by what their spellings share.
        asking: where short names are asked about, and projects that no invoice names.
    """
    tables: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.get("commande") or same(row.get("commande")) not in orders:
            tables[row.grid.file, row.grid.sheet].append(row)
    known = _Customers(customers, asking.answers)
    said = {id(row): name for group in tables.values() for row, name in _said(group, known)}
    rest = [row for group in tables.values() for row in group if id(row) not in said]
    said |= {id(row): row.get("client") for row in _beside(rest, customers, asking)}
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
        return _whole(name, self.names.values())

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


def _beside(rows: Sequence[Row], customers: Mapping[str, str], asking: BookDoubts) -> list[Row]:
    """Return the hours whose project has no invoice and whose customer has one, when the group says so; it is asked."""
    rows = [row for row in rows if same(row.get("client", "")) in customers]
    answer = asking.answers.get(_PROJECT, "")
    if rows and not answer:
        first, much = rows[0], hours(round(sum(row.get("duree") or 0 for row in rows)))
        what = f"« {first.get('commande')} » n'est sur aucune facture ; son client, « {first.get('client')} », en a une"
        question = f"{what}. Mener ces heures ({much}) à la facture de leur client ?"
        options = ((_CUSTOMER, "oui, à la facture du client"), ("projet", "non : ce sont d'autres commandes"))
        todo = "Écrivez le nom du projet dans la colonne « commande » des factures."
        asking.ask(Doubt(_PROJECT, question, options, todo))
    return rows if answer == _CUSTOMER else []


def _whole(name: str, customers: Collection[str]) -> str:
    """Return the one customer whose words hold all those of a name, or the other way; an empty text otherwise.

    >>> known = ["Lycée Jean Moulin", "Mairie d'Azé", "Mairie de Vez"]
    >>> _whole("Lycée", known), _whole("Mairie", known)
    ('Lycée Jean Moulin', '')
    """
    mine, others = _words(name), {each: _words(each) for each in customers}
    found = [each for each, theirs in others.items() if mine and theirs and (mine <= theirs or theirs <= mine)]
    return found[0] if len(found) == 1 else ""


def _words(name: str) -> set[str]:
    return {word for word in re.findall(r"\w+", same(name)) if len(word) > 2}
