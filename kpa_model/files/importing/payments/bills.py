"""The invoices that may be paid, and what the label of a sum says of them: a number, a customer."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kpa_model.files.book.cells import same
from kpa_model.files.book.closest import words
from kpa_model.files.book.tables import Held, Row, Tables
from kpa_model.files.importing.naming import customer_of
from kpa_model.files.importing.paid import amount_said
from kpa_model.files.importing.received import CENT, due_now, habits
from kpa_model.words import listing

_LITTLE = {"les", "des", "mme", "monsieur", "madame", "sarl", "sas", "eurl", "scop", "scic"}
"""Words that a bank leaves out of a name."""
YEAR = re.compile(r" \((?:19|20)\d\d\)$")
"""What tells apart invoices whose numbers begin again each year."""


@dataclass
class Bills:
    """The invoices that may be paid: what each asks, what is left of it, whose it is, and from which day."""

    due: Mapping[str, int]
    left: dict[str, int]
    customers: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    paid: set[str] = field(default_factory=set)
    """Those that a list says to be paid, whatever brought the money."""
    partly: set[str] = field(default_factory=set)
    """Those that a list says to be paid in part, and does not say how much."""
    again: set[str] = field(default_factory=set)
    """Those that the book holds as paid: a statement may tell their payment again."""
    habits: Mapping[str, int] = field(default_factory=dict)
    """How many cents a payment of each may be from what it asks, as its VAT is rounded."""

    def asks(self, number: str, amount: int, left: bool = True) -> bool:
        """Tell whether a sum is what an invoice asks, or what is `left` of it, to the cents of habit."""
        return abs((self.left if left else self.due).get(number, 0) - amount) <= self.habits.get(number, CENT)

    def numbered(self, row: Row) -> list[str]:
        """Return the invoices whose number a label says; « 12 » alone may be a day."""
        label = f" {label_of(row)} "
        said: dict[str, list[str]] = defaultdict(list)
        for number, plain in self._plain:
            if plain in label:
                said[plain].append(number)
        found = [each[0] if len(each) == 1 else self._of_its_year(row, each) for each in said.values()]
        return [number for number in found if len(number) > 2 or re.search(r"[^\W\d]\d", number)]

    @cached_property
    def _plain(self) -> list[tuple[str, str]]:
        """Return each invoice, and the words of its number as a label may say them, without its year."""
        return [(number, f" {words(YEAR.sub('', number))} ") for number in self.due]

    def _of_its_year(self, row: Row, numbers: Sequence[str]) -> str:
        """Return which of « F1 » and « F1 (2026) » is paid: the year said, the one that waits for it, or the last."""
        day = row.get("date")
        made = sorted((n for n in numbers if self.days.get(n, day) <= day), key=lambda n: self.days.get(n, day))
        dated = [n for n in numbers if YEAR.search(n) and f" {words(n)} " in f" {label_of(row)} "]
        asking = [n for n in made if self.asks(n, row.get("montant_ttc"))]
        return (dated or asking or made[::-1] or numbers)[0]

    def of_amount(self, row: Row) -> list[str]:
        """Return the invoices of an amount: those that wait for it, else those whose payment may be told again."""
        amount = row.get("montant_ttc")
        waiting = [number for number in self.left if self.asks(number, amount)]
        return waiting or [number for number in self.again if self.asks(number, amount, left=False)]

    def named(self, label: str, numbers: Sequence[str]) -> list[str]:
        """Return those whose customer a label names, every word of it."""
        said = set(label.split())
        return [number for number in numbers if (name := name_words(self.customers.get(number, ""))) and name <= said]

    def nearest(self, label: str, numbers: list[str]) -> list[str]:
        """Return the one whose customer shares with a label a word of its own; all of them otherwise."""
        said = set(label.split())
        shared = {number: name_words(self.customers.get(number, "")) & said for number in numbers}
        common = set.intersection(*shared.values()) if shared else set()
        own = [number for number, words in shared.items() if words - common]
        return own if len(own) == 1 else numbers

    def waiting(self, label: str, numbers: list[str]) -> list[str]:
        """Return the one that no list says to be paid, or whose last figures a label says; all of them otherwise."""
        said = {int(each) for each in re.findall(r"\d{1,6}", label)}
        figures = {number: re.findall(r"\d+", number)[-1:] for number in numbers}
        for some in (
            [number for number in numbers if number not in self.paid],
            [number for number, last in figures.items() if {int(each) for each in last} & said],
        ):
            if len(some) == 1:
                return some
        return numbers

    def waiting_of(self, row: Row) -> list[str]:
        """Return what the customer that a label names has to pay that day, credit notes too; nothing when two may be.

        A word of her name that no other customer has is enough.
        """
        said, day = set(label_of(row).split()), row.get("date")
        whole = [key for key, (name, _) in self._names.items() if name and name <= said]
        whose = whole if len(whole) == 1 else [key for key, (_, own) in self._names.items() if own & said]
        return [
            number
            for number, cents in self.left.items()
            if cents and [same(self.customers.get(number, ""))] == whose and self.days.get(number, day) <= day
        ]

    @cached_property
    def _names(self) -> dict[str, tuple[set[str], set[str]]]:
        """Return the words of the name of each customer, and those that no other one has."""
        words = {same(each): name_words(each) for each in {*self.customers.values()}}
        times = Counter(word for name in words.values() for word in name)
        return {key: (name, {word for word in name if times[word] == 1}) for key, name in words.items()}

    def called(self, *numbers: str) -> str:
        """Return invoices of one customer, and her name where their numbers do not say it."""
        customer = self.customers.get(numbers[0], "")
        said = listing([f"« {number} »" for number in numbers])
        return f"{said} ({customer})" if customer and same(customer) not in same(numbers[0]) else said

    def settle(self, *parts: tuple[str, int]) -> None:
        """Take what a sum pays off what is left of each of its invoices."""
        for number, amount in parts:
            self.left[number] -= amount
            self.again.discard(number)

    def reopen(self, *parts: tuple[str, int]) -> None:
        """Put back on what is left of invoices what a payment that was sent back had taken off."""
        for number, amount in parts:
            self.left[number] = max(self.left.get(number, 0) + amount, min(amount, self.due.get(number, 0)))


def bills_of(tables: Tables, held: Held) -> Bills:
    """Return the invoices that files and a book hold, with what is left of each."""
    due = due_now(tables, held)
    given = [row.values for row in tables.get("factures", ())]
    bills = Bills(due, dict(due), habits={**habits(held.get("factures", ())), **habits(given)})
    for each in (*held.get("encaissements", ()), *(row.values for row in tables.get("encaissements", ()))):
        if each.get("facture") in bills.left:
            bills.left[each["facture"]] -= each.get("montant_ttc") or 0
    bills.again |= {each["facture"] for each in held.get("encaissements", ()) if each.get("facture") in due}
    lists: dict[str, list[Row]] = defaultdict(list)
    for row in tables.get("factures", ()):
        if row.get("facture") and row.get("montant_ht") is not None and row.get("taux_tva") is not None:
            lists[row.get("facture")].append(row)
    came = {number: amount_said(rows) for number, rows in lists.items()}
    bills.paid |= {number for number, amount in came.items() if amount}
    bills.partly |= {number for number, amount in came.items() if amount is None}
    ordered = (*held.get("commandes", ()), *(row.values for row in tables.get("commandes", ())))
    orders = {each.get("commande"): each.get("libelle", "") for each in ordered}
    theirs = {each.get("commande"): customer_of(each) for each in ordered}
    for each in (*held.get("factures", ()), *(row.values for row in tables.get("factures", ()))):
        number, day = each.get("facture", ""), each.get("date")
        order = each.get("commande")
        said = each.get("client") or theirs.get(order) or each.get("libelle") or orders.get(order) or order
        bills.customers[number] = str(said or "")
        if day:
            bills.days[number] = min(day, bills.days.get(number, day))
    return bills


def label_of(row: Row) -> str:
    """Return the words of the label of a sum."""
    return words(row.get("libelle", ""))


def name_words(text: str) -> set[str]:
    """Return the words that make a name: « Mme Le Guen » is « guen »."""
    return {word for word in words(text).split() if len(word) > 2 and word.isalpha() and word not in _LITTLE}
