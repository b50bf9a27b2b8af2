"""Lines in another currency: read in the columns that say euros, where each amount has one; else left out, named."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from kpa_model.files.book.cells import as_text, bare, cell_at, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import layer, may_say
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, listing

MONEY = pattern("currencies.money")
"""Titles of columns, in their bare form, that say in which money a line is."""
_EUROS = {"", "eur", "euro", "euros", "€"}
_SUM = pattern("currencies.sum", r"\b(WORDS)\b")
_WORTH = pattern("currencies.worth", r"(WORDS)\b(?!.*\b(paye|recu|due?|paid|tva|vat|tax)\b)")
_RATED = re.compile(r"%|\b(taux|tx|rate|change|date|numero)\b")
_FOREIGN = pattern("currencies.foreign")
_CONVERTED = re.compile(r"\b(converted|convertie?s?|settled|settlement)\b")
"""What says that a column tells the same as another, in the money of the account: Stripe says « Converted »."""
_IN_EUROS = re.compile(r"€|\beur(os?)?\b|\b(devise|monnaie) de la societe\b|\bcompany currency\b|\bsign(ed|e)\b")
"""What says that an amount is in euros, whatever the currency of its line; Odoo says « Signed »."""


def in_euros(grid: Grid, titles: Sequence[str], lines: list[Line], findings: Findings) -> list[Line]:
    """Return lines in euros: those of another money take their amounts where titles say euros, or are left out. Told.

    Args:
        grid: where they are.
        titles: those of its columns.
        lines: those below the titles, not times of work.
        findings: where it is told.
    """
    at = next((at for at, title in enumerate(titles) if MONEY.fullmatch(bare(title))), -1)
    if at < 0:
        return lines
    foreign = {id(line): line for line in lines if same(as_text(cell_at(line[1], at))) not in _EUROS}
    change = _change(titles, [*foreign.values()], _converted(titles, at, lines))
    read = {key: _changed(line, change) for key, line in foreign.items() if _filled(line, change)}
    for some, tell, why in (
        ([line for key, line in foreign.items() if key in read], findings.heed, _READ),
        ([line for key, line in foreign.items() if key not in read], findings.left_out, _LEFT),
    ):
        if some:
            tell(grid.place(some[0][0], at, titles[at]), why.format(_told(titles, some, at)))
    return [read.get(id(line), line) for line in lines if id(line) in read or id(line) not in foreign]


_READ = "{} : les colonnes en euros sont lues, pas les autres."
_LEFT = "ce n'est pas en euros : {}. Écrivez le montant en euros."


def _converted(titles: Sequence[str], money: int, lines: Sequence[Line]) -> set[int]:
    """Return the columns that tell amounts again in euros: another currency beside says so, or lines in euros do."""
    said = [same(re.sub(r"[()\[\]_]", " ", title)) for title in titles]
    again = [at for at, title in enumerate(said) if _CONVERTED.search(title)]
    own = [at for at in again if MONEY.fullmatch(bare(_CONVERTED.sub("", said[at])))]
    whole = {bare(title): at for at, title in enumerate(said)}
    twins = {at: whole.get(bare(_CONVERTED.sub("", said[at])), -1) for at in again if at not in own}
    twins = {at: other for at, other in twins.items() if other >= 0}
    there = [cells for _, cells in lines if any(cents_in(cell_at(cells, at)) for at in twins)]
    if own:
        sure = all(same(as_text(cell_at(cells, own[0]))) in _EUROS - {""} for cells in there)
    else:
        plain = [cells for cells in there if same(as_text(cell_at(cells, money))) in _EUROS]
        told = [[[cents_in(cell_at(cells, each)) for each in pair] for pair in twins.items()] for cells in plain]
        sure = bool(plain) and all(one == other for pairs in told for one, other in pairs)
    return {*twins} if sure else set()


def _change(titles: Sequence[str], lines: Sequence[Line], converted: Collection[int] = ()) -> dict[int, int]:
    """Return where each amount of lines is in euros, −1 where it is nowhere; nothing when one may be in any money."""
    said = {at: same(re.sub(r"[()\[\]_]", " ", title)) for at, title in enumerate(titles)}
    money = [at for at in _sums(titles) if any(cents_in(cell_at(cells, at)) for _, cells in lines)]
    foreign = {at for at in money if _FOREIGN.search(said[at]) and not re.search("societe|company", said[at])}
    euros = {_plain(said[at]): at for at in money if at not in foreign and _IN_EUROS.search(said[at])}
    euros |= {_plain(said[at]): at for at in money if at in converted}
    worth = [
        at for at in euros.values() if _WORTH.match(said[at]) and len({layer(titles[each]) for each in money}) == 1
    ]
    other = worth[0] if len(euros) == len(worth) == 1 and len(money) == 2 else None  # « Montant », « Valeur EUR »
    change = {at: euros.get(_plain(said[at]), -1 if at in foreign else other) for at in money}
    known = {at: to for at, to in change.items() if to is not None}
    apart = any(at != to for at, to in known.items())  # else « (€) » and the currency of the line deny each other
    return known if euros and apart and len(known) == len(change) else {}


def _sums(titles: Sequence[str]) -> list[int]:
    """Return the columns whose titles are those of amounts."""
    said = [same(re.sub(r"[()\[\]_]", " ", title)) for title in titles]
    return [at for at, title in enumerate(said) if _SUM.search(title) and not _RATED.search(title)]


def _plain(title: str) -> str:
    """Return what an amount is, whatever its money."""
    return bare(_CONVERTED.sub("", _IN_EUROS.sub("", title)))


def _filled(line: Line, change: Mapping[int, int]) -> bool:
    return any(cents_in(cell_at(line[1], to)) for to in change.values() if to >= 0)


def _changed(line: Line, change: Mapping[int, int]) -> Line:
    cells = [cell_at(line[1], change[at]) if at in change else cell for at, cell in enumerate(line[1])]
    return line[0], cells


def _told(titles: Sequence[str], lines: Sequence[Line], at: int) -> str:
    """Return how many lines are in each money, which ones, and their amounts as written."""
    invoices, groups = dictionaries()["factures"], dict[str, list[str]]()
    number = next((rank for rank, title in enumerate(titles) if may_say(title, "facture", invoices)), -1)
    for _, cells in lines:
        name = as_text(cell_at(cells, number)) or next(filter(None, map(as_text, cells)), "")
        amount = next((as_text(cells[rank]) for rank in _sums(titles) if cents_in(cell_at(cells, rank))), "")
        money = as_text(cell_at(cells, at))
        groups.setdefault(money, []).append(f"« {name} », {amount} {money}" if amount else f"« {name} »")
    told = (
        f"{count(len(some), 'ligne')} en {money} ({listing(some, most=6)})" for money, some in sorted(groups.items())
    )
    return listing([*told])
