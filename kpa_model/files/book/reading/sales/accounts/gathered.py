"""Which lines of an account book make one entry; which accounts, made of letters, « CBIO », are those of a customer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.sales.accounts.analytic import Entry
from kpa_model.words import listing

Key = tuple[object, ...]
MONEY, CUSTOMER = re.compile("5[134]"), re.compile("411")
"""Accounts of banks and tills; of customers."""
_PLAIN = re.compile("4[02-5]|41[2-9]|[1-367]")
"""Accounts that say what a sum is: no other one waits for an explanation."""


class Gathered:
    """The entries of an account book, whatever its pieces say: the lines of one may have several."""

    def __init__(self, every: Iterable[Entry]) -> None:
        """Gather the lines of a book."""
        self._key: dict[Entry, Key] = {}
        self._of: dict[Key, list[Entry]] = defaultdict(list)
        self._sold: dict[str, int] = defaultdict(int)
        lines = sorted(every, key=lambda each: each.line)
        numbered: dict[Key, list[Entry]] = defaultdict(list)
        for each in lines:
            numbered["number", each.journal, each.number, each.day].append(each)
            self._sold[each.piece or each.label] += each.credit if each.sold else 0
        for key, group in numbered.items():
            if key[2] and _balances(group):
                self._keep(key, group)
        left = sorted((each for each in lines if each not in self._key), key=lambda each: (each.journal, each.day))
        for _, day in groupby(left, key=lambda each: (each.journal, each.day)):
            for run in _runs([*day]):
                self._keep(("run", run[0].line), run)
        self._balanced = {*self._of}
        for each in left:
            if each not in self._key:
                self._keep(("piece", each.piece, each.day), [each])

    def _keep(self, key: Key, group: Sequence[Entry]) -> None:
        self._key |= dict.fromkeys(group, key)
        self._of[key] += group

    def entry(self, each: Entry) -> list[Entry]:
        """Return the lines of the entry of one."""
        return self._of[self._key[each]]

    def entries(self) -> list[list[Entry]]:
        """Return the lines of each entry."""
        return [*self._of.values()]

    def keys(self, each: Entry) -> set[Key]:
        """Return what a line shares with the money of its entry: its sum that day too, when its entry says nothing."""
        keys = {self._key[each], ("piece", each.piece, each.day)}
        return keys if self.explained(each) else keys | {("sum", each.day, abs(each.credit))}

    def explained(self, each: Entry) -> bool:
        """Tell whether an entry is whole, and the accounts beside customers and money say what its sums are."""
        others = (one.account for one in self.entry(each) if not CUSTOMER.match(one.account))
        plain = all(MONEY.match(account) or _PLAIN.match(account) for account in others)
        return plain and self._key[each] in self._balanced

    def credited(self, each: Entry) -> bool:
        """Tell whether a line is of a credit note."""
        return self._sold[each.piece or each.label] < 0

    def sells(self, each: Entry) -> bool:
        """Tell whether something is sold in the entry of a line."""
        return any(one.sold for one in self.entry(each))


def _balances(group: Sequence[Entry]) -> bool:
    return len({each.account[:2] for each in group}) > 1 and not sum(each.credit for each in group)


def _runs(lines: Sequence[Entry]) -> list[list[Entry]]:
    """Return lines cut where they balance; those after the last cut are in none.

    Two lines of one account cancel each other by chance: they are no entry.
    """
    found, run = list[list[Entry]](), list[Entry]()
    for each in lines:
        run.append(each)
        if _balances(run):
            found.append(run)
            run = []
    return found


LETTERED = re.compile(r"(?=[^A-Za-z]?[A-Za-z])[A-Za-z09][\w.-]{1,15}")
"""An account that no plan of accounts numbers: « CBIO », « FLOGICIEL », « 9MAIRIE »."""
_CUSTOMER, _SUPPLIER = "411", "401"
_BOUGHT = re.compile("6[0-2]|2")


def proved(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries whose accounts of letters are numbered: 411 where something is sold, 401 where it is bought.

    An entry that balances proves it; one proof is good for all the lines of an account. Without any, or when two deny
    each other, an account keeps its letters: its money is told, never read.
    """
    if not any(map(lettered, entries)):
        return [*entries]
    found: dict[str, set[str]] = defaultdict(set)
    for group in Gathered(entries).entries():
        own = {each.account for each in group if lettered(each)}
        if own and not sum(each.credit for each in group):
            sold, bought = any(each.sold for each in group), any(_BOUGHT.match(each.account) for each in group)
            for account in own if sold or bought else ():
                found[account].add(_CUSTOMER if sold else _SUPPLIER)
    sure = {account: kinds.pop() for account, kinds in found.items() if len(kinds) == 1}
    return [
        replace(each, account=f"{sure[each.account]}{each.account}", customer=each.customer or each.account)
        if each.account in sure
        else each
        for each in entries
    ]


def lettered(entry: Entry) -> bool:
    """Tell whether an entry is in an account of letters."""
    return bool(LETTERED.fullmatch(entry.account))


def say_unproved(entries: Sequence[Entry], grid: Grid, findings: Findings) -> None:
    """Tell the accounts of letters that nothing proves to be those of customers or suppliers."""
    if left := dict.fromkeys(each.account for each in entries if lettered(each)):
        names = listing([f"« {each} »" for each in left], most=6)
        what = "rien ici ne dit si c'est un client ou un fournisseur"
        findings.heed(grid.place(), f"{names} : {what}. Ce qui y est écrit ne paie aucune facture.")
