"""Which hours name a customer of the invoices: in a column of customers, of orders or of tasks, whole or short."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.tables import Row
from kpa_model.words import hours

_SHORT, _PROJECT, _CUSTOMER = "client.memes", "commande.projet", "client"
_SEVERAL = re.compile(r"[|=/;,+&]| et ")
"""What may stand between two customers, or in an answer."""
Named = tuple[Row, str]
"""A line of hours, and the customer it names."""


@dataclass(frozen=True)
class _Answered:
    """Which short names were asked about, and the customer that each one is, as the group said."""

    asked: frozenset[str]
    told: Mapping[str, str]

    @classmethod
    def of(cls, row: Row) -> Self:
        asked, told = (row.grid.answers.get(topic, "").split("|") for topic in (f"{_SHORT}{ASKED}", _SHORT))
        return cls(
            frozenset(each.split("=", 1)[0] for each in asked), dict(each.split("=", 1) for each in told if each)
        )

    def may_be(self, name: str, customers: Mapping[str, str]) -> bool:
        """Tell whether a name is one of a customer, or may be until it is asked."""
        if same(name) in customers or name in self.told:
            return True
        return name not in self.asked and bool(_whole(name, customers))


def named(
    rows: Iterable[Row], customers: Mapping[str, str], orders: Collection[str], findings: Findings
) -> Iterator[list[Named]]:
    """Yield, for each table, the hours that name a customer, or what may be one, and no known order.

    Args:
        rows: hours.
        customers: the name of each customer, by what its spellings share.
        orders: the orders that are known, by what their spellings share.
        findings: where short names are asked about, and projects that no invoice names.
    """
    tables: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.get("commande") or same(row.get("commande")) not in orders:
            tables[row.grid.file, row.grid.sheet].append(row)
    for group in tables.values():
        if said := [*_said(group, customers), *_beside(group, customers, findings)]:
            whole = _whole_names(said, customers, findings)
            kept = {id(row): whole.get(name, name) for row, name in said}
            yield [(row, kept[id(row)]) for row in group if id(row) in kept]


def _said(group: Sequence[Row], customers: Mapping[str, str]) -> Iterator[Named]:
    """Yield the hours of a table that name a customer in the place of an order, beside none, or as their task.

    What stands there is a customer when half of the names, at least, are.
    """
    answered = _Answered.of(group[0])
    called, tasks = ({row.get(column, "") for row in group} - {""} for column in ("commande", "tache"))
    mostly = 2 * sum(answered.may_be(each, customers) for each in called) >= len(called)
    worked = 2 * sum(same(each) in customers for each in tasks) >= len(tasks)
    for row in group:
        order, task = row.get("commande", ""), row.get("tache", "")
        if order and (mostly or same(order) in customers):
            yield row, order
        elif not order and (name := row.get("client", "")):
            yield row, name
        elif not order and worked and same(task) in customers:
            yield row, task


def _beside(group: Sequence[Row], customers: Mapping[str, str], findings: Findings) -> Iterator[Named]:
    """Yield the hours whose project has no invoice and whose customer has one, when the group says so; it is asked."""
    told = {id(row) for row, _ in _said(group, customers)}
    rows = [row for row in group if id(row) not in told and same(row.get("client", "")) in customers]
    if not rows:
        return
    first, answer = rows[0], rows[0].grid.answers.get(_PROJECT, "")
    if answer == _CUSTOMER:
        yield from ((row, row.get("client")) for row in rows)
    elif not answer:
        much = hours(round(sum(row.get("duree") or 0 for row in rows)))
        what = f"« {first.get('commande')} » n'est sur aucune facture ; son client, « {first.get('client')} », en a une"
        question = f"{what}. Mener ces heures ({much}) à la facture de leur client ?"
        options = ((_CUSTOMER, "oui, à la facture du client"), ("projet", "non : ce sont d'autres commandes"))
        todo = "Écrivez le nom du projet dans la colonne « commande » des factures."
        findings.doubt(first.place("commande"), Doubt(_PROJECT, question, options, todo))


def _whole_names(said: Sequence[Named], customers: Mapping[str, str], findings: Findings) -> Mapping[str, str]:
    """Return the customers that names written short are, « Lycée », as the group said; new ones are asked together."""
    answered = _Answered.of(said[0][0])
    names = {name: row for row, name in said if same(name) not in customers and not _SEVERAL.search(name)}
    pairs = {each: full for each in sorted(names.keys() - answered.asked) if (full := _whole(each, customers))}
    if pairs:
        options = tuple((f"{name}={full}", f"« {name} » est « {full} »") for name, full in pairs.items())
        one = len(options) == 1
        question = "Est-ce le même client ?" if one else "Est-ce que ce sont les mêmes clients ?"
        todo, every = "Écrivez chaque client sous un seul nom.", "Oui" if one else "Oui, tous"
        doubt = Doubt(_SHORT, question, options, todo, several=True, every=every)
        findings.doubt(names[min(pairs)].place(), doubt)
    return answered.told


def _whole(name: str, customers: Mapping[str, str]) -> str:
    """Return the one customer whose words hold all those of a name, or the other way; an empty text otherwise.

    >>> known = {"a": "Lycée Jean Moulin", "b": "Mairie d'Azé", "c": "Mairie de Vez"}
    >>> _whole("Lycée", known), _whole("Mairie", known)
    ('Lycée Jean Moulin', '')
    """
    mine, others = _words(name), {each: _words(each) for each in customers.values()}
    found = [each for each, theirs in others.items() if mine and theirs and (mine <= theirs or theirs <= mine)]
    return found[0] if len(found) == 1 else ""


def _words(name: str) -> set[str]:
    return {word for word in re.findall(r"\w+", same(name)) if len(word) > 2}
