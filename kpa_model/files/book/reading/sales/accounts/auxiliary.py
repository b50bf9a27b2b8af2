"""Accounts of one customer or one supplier, made of letters, « CBIO »: what they stand beside proves what they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.sales.accounts.analytic import Entry
from kpa_model.files.book.reading.sales.accounts.gathered import Gathered
from kpa_model.words import listing

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
