"""The analytic codes of an account book: lines that tell again by code what others tell, and whose each code is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpa_model.files.book.cells import as_text, bare
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.words import euros

CODES = "analytique"
_UNCODED = "sans code"
_KINDS = re.compile(r"(?P<general>g(en(erale?)?)?)|(?P<again>a(na(lytique)?)?)")


@dataclass(frozen=True)
class Entry:
    """One line of an account book, in cents: what it adds to its account, credits above zero."""

    line: int
    day: date
    account: str
    piece: str
    label: str
    analytic: str
    credit: int
    issued: date
    """The day written on the piece: an invoice may be booked later."""

    again: bool = False
    """Whether it tells again, by code, what the lines of its account already tell."""

    customer: str = ""
    letter: str = ""
    """What links a payment to its invoices, in the account of a customer."""

    journal: str = ""
    number: str = ""
    """That of the whole entry, in its journal."""

    @property
    def sold(self) -> bool:
        """Whether it is in an account of sales."""
        return self.account.startswith("70")


def kinds_at(lines: Sequence[Line]) -> int:
    """Return the column that tells general lines, « G », from those of analysis, « A »; −1 when there is none."""
    for at in range(max((len(cells) for _, cells in lines), default=0)):
        said = [text for _, cells in lines if at < len(cells) and (text := as_text(cells[at]))]
        kinds = [kind.lastgroup for text in said if (kind := _KINDS.fullmatch(bare(text)))]
        if len(set(kinds)) == 2 and len(said) - len(kinds) < 2:  # its title is no kind
            return at
    return -1


def told_again(text: str) -> bool:
    """Tell whether a cell says that its line is one of analysis.

    >>> told_again("A"), told_again("Analytique"), told_again("G"), told_again("")
    (True, True, False, False)
    """
    return (kind := _KINDS.fullmatch(bare(text))) is not None and kind.lastgroup == "again"


def once(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries of which none tells again what another tells: where lines repeat an account by code, these stay.

    A column may say which ones do; else a piece that balances without its coded lines, and not with them, proves it.
    What the codes of an account do not hold stays, without a code.
    """
    pieces: dict[str, list[Entry]] = defaultdict(list)
    for each in entries:
        pieces[each.piece].append(each)
    return [each for piece, group in pieces.items() for each in _once(group if piece else [], group)]


def _once(named: Sequence[Entry], group: Sequence[Entry]) -> list[Entry]:
    again = [each for each in group if each.again]
    coded = [each for each in named if each.analytic]
    plain = [each for each in named if not each.analytic]
    if not again and plain and not sum(each.credit for each in plain) and sum(each.credit for each in coded) != 0:
        again = coded
    kept = list(group)
    for account in dict.fromkeys(each.account for each in again):
        whole = [each for each in group if each.account == account and each not in again]
        rest = sum(each.credit for each in whole) - sum(each.credit for each in again if each.account == account)
        kept = [each for each in kept if each not in whole]
        if whole and rest:
            kept.append(replace(whole[0], analytic="", credit=rest))
    return kept


def own(entries: Sequence[Entry], grid: Grid, findings: Findings) -> list[Entry]:
    """Return the entries of the group: a journal with several analytic codes may be that of the whole CAE."""
    codes: dict[str, set[str]] = defaultdict(set)
    for each in entries:
        if each.sold and each.analytic:
            codes[each.piece].add(each.analytic)

    def code(entry: Entry) -> str:
        of_piece = codes.get(entry.piece, set())
        return entry.analytic or (next(iter(of_piece)) if len(of_piece) == 1 else _UNCODED)

    sums = _sums(entries, code)
    if len(sums.keys() - {_UNCODED}) < 2 or not findings.asking:
        return list(entries)
    mine, asked = (set(grid.answers.get(topic, "").split("|")) for topic in (CODES, f"{CODES}{ASKED}"))
    if new := [each for each in sums if each not in asked]:
        options = tuple((each, f"{each} : {sums[each]}") for each in new)
        question, todo = "Quels codes analytiques sont les vôtres ?", "Gardez seulement les lignes de votre groupe."
        findings.doubt(grid.place(), Doubt(CODES, question, options, todo, several=True, every="Tous ces codes"))
        mine |= set(new)
    others = [each for each in sums if each not in mine]
    for name in others:
        findings.heed(grid.place(), f"« {name} » n'est pas à vous : {sums[name]} hors taxes ne sont pas lus.")
    left = {each.piece for each in entries if each.sold and code(each) in others}
    kept = {each.piece for each in entries if each.sold and code(each) not in others}
    return [
        each
        for each in entries
        if each.piece not in left - kept and (code(each) if each.sold else each.analytic) not in others
    ]


def without_own_code(entries: Sequence[Entry], kept: Sequence[Entry]) -> list[Entry]:
    """Return entries without the code that all kept sales to several customers have: it names the group, no order."""
    codes = {each.analytic for each in kept if each.sold}
    customers = {each.customer or each.account for each in kept if each.account.startswith("411")}
    alone = codes if len(codes) == 1 < len(customers) else ()
    return [replace(each, analytic="") if each.analytic in alone else each for each in entries]


def _sums(entries: Iterable[Entry], code: Callable[[Entry], str]) -> dict[str, str]:
    """Return what each code sold, in words; or what it spent, when it sold nothing."""
    sold, spent = defaultdict[str, int](int), defaultdict[str, int](int)
    for each in entries:
        if each.sold:
            sold[code(each)] += each.credit
        elif each.analytic and each.account.startswith("6"):
            spent[each.analytic] -= each.credit
    costs = {name: f"{euros(cents)} de dépenses" for name, cents in spent.items() if name not in sold}
    return {name: euros(cents) for name, cents in sold.items()} | costs
