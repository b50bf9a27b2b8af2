"""Account books: columns without titles, the lines that make one entry, accounts of letters, « CBIO », of sections."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from kpa_model.files.book.cells import as_text, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.sales.accounts.analytic import Entry
from kpa_model.files.book.reading.sales.taxes import cents_in
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


def sales_account(text: str) -> str:
    """Return the account of sales that a text above its lines tells, as a ledger does; else an empty text.

    >>> sales_account("Compte 706000 - Prestations"), sales_account("grand livre 706"), sales_account("F706")
    ('706000', '706', '')
    """
    found = re.search(r"(?<![\w-])(70[1-9]\d{0,5})(?!\w)", text)
    return found[1] if found else ""


_SECTION = re.compile(
    r"(?:(?:compte|cpte)\W+(?:n\W+)?|(?=\d{3}\d*\W+[^\W\d]{2})(?!(?:19|20)\d\d\b))([1-7]\d{1,7})(?!\w)"
)


def section(text: str) -> str:
    """Return the account that a text opens, whatever its kind, above its lines; an empty text otherwise.

    >>> section("641 - Salaires"), section("Compte n° 613200"), section("2026 - novembre"), section("12 rue Verte")
    ('641', '613200', '', '')
    """
    found = _SECTION.match(same(text))
    return found[1] if found else sales_account(text)
