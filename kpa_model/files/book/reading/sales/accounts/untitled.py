"""Account books without titles: where the day, the account and the amounts stand, by what their lines prove."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from kpa_model.files.book.cells import as_text
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.sales.accounts.gathered import LETTERED
from kpa_model.files.book.reading.sales.taxes import cents_in

_USUAL = {"41", "70", "51", "44"}
"""How accounts of customers, sales, banks and VAT start: a column without any is not one of accounts."""


def untitled(grid: Grid) -> dict[str, int] | None:
    """Find the columns of a journal without titles: a day, an account, two amounts of which one is empty."""
    lines = [cells for _, cells in grid.lines[:60]]
    wide = max((len(cells) for cells in lines), default=0)
    columns = [[as_text(cells[at]) if at < len(cells) else "" for cells in lines] for at in range(wide)]
    accounts = [at for at in range(wide) if _of_accounts(columns[at]) and _all_accounts(columns[at])]
    days = [at for at in range(wide) if _mostly(columns[at], DAY) and at not in accounts]
    money = [at for at in range(wide) if _mostly(columns[at], _MONEY) and at not in (*accounts, *days)]
    pairs = [(a, b) for a in money for b in money if a < b and _one_side(columns[a], columns[b])]
    if not accounts or not days or len(pairs) != 1:
        return None
    debit, credit = pairs[0]
    texts = [at for at in range(wide) if at not in (*accounts[:1], *days[:1], debit, credit)]
    pieces = [at for at in texts if all(columns[at]) and not _unbalanced(columns, at, debit, credit)]
    pieces = [at for at in pieces if len(set(columns[at])) > 1]
    if not pieces:
        return _running({"day": days[0], "account": accounts[0], "debit": debit, "credit": credit}, columns, texts)
    piece = max(pieces, key=lambda at: sum(any(letter.isdigit() for letter in text) for text in columns[at]))
    found = {"day": days[0], "account": accounts[0], "debit": debit, "credit": credit, "piece": piece}
    if labels := [at for at in texts if at != piece and any(" " in text for text in columns[at])]:
        found["label"] = labels[0]
    others = [at for at in texts if at not in found.values() and at not in money and len(set(columns[at])) > 1]
    codes = [at for at in others if _mostly(columns[at], r"[\w-]{1,12}")]
    return {**found, "analytic": codes[0]} if codes else found


def _running(found: dict[str, int], columns: list[list[str]], texts: list[int]) -> dict[str, int] | None:
    """Return the columns of a ledger whose lines have no piece, when a running balance proves them; else None."""
    moves = [cents_in(a) - cents_in(b) for a, b in zip(columns[found["debit"]], columns[found["credit"]], strict=True)]
    sold = [-move for move, account in zip(moves, columns[found["account"]], strict=True) if account.startswith("70")]
    balances = [at for at in texts if _mostly(columns[at], _MONEY)]
    steps = [[after - before for before, after in pairwise(map(cents_in, columns[at]))] for at in balances]
    labels = [at for at in texts if at not in balances and any(map(str.isalpha, "".join(columns[at])))]
    proved = any(each in (moves[1:], [-move for move in moves[1:]]) for each in steps) and len(moves) > 2
    return {**found, "label": labels[0]} if proved and labels and sum(sold) > 0 else None


_ACCOUNT = r"[1-7]\d{2,9}|411\w+|401\w+"
_LEAST = 3
"""One account in so many is a number, at least, in a journal where customers have accounts of letters."""
DAY = r"\d{5,6}|\d{8}|\d\d?/\d\d?/\d{2,4}|\d{4}-\d\d-\d\d"
_MONEY = r"-?[\d ]*\d([.,]\d{1,2})?"


def _mostly(column: list[str], pattern: str) -> bool:
    filled = [text for text in column if text]
    return len(filled) > 1 and sum(bool(re.fullmatch(pattern, text)) for text in filled) >= 0.95 * len(filled)


def _of_accounts(column: list[str]) -> bool:
    """Tell whether a column holds accounts, those of customers made of letters perhaps: « CBIO »."""
    numbered = sum(bool(re.fullmatch(_ACCOUNT, text)) for text in column)
    return _mostly(column, rf"{_ACCOUNT}|{LETTERED.pattern}") and _LEAST * numbered >= len(column)


def _all_accounts(column: list[str]) -> bool:
    return all(column) and any(text[:2] in _USUAL for text in column)


def _one_side(debits: list[str], credits: list[str]) -> bool:
    """Tell whether each line has an amount on one side, and on one only."""
    return all(bool(cents_in(a)) != bool(cents_in(b)) for a, b in zip(debits, credits, strict=True))


def _unbalanced(columns: list[list[str]], at: int, debit: int, credit: int) -> int:
    sums: dict[str, int] = defaultdict(int)
    for piece, out, into in zip(columns[at], columns[debit], columns[credit], strict=True):
        sums[piece] += cents_in(out) - cents_in(into)
    return sum(bool(value) for value in sums.values())
