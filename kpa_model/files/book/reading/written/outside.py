"""What stands under a list of money, or outside of every table: « Reste à partager », a lone line. It is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpa_model.files.book.cells import Cell, as_text, same, shown
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import Sheet, cell_of
from kpa_model.files.book.reading.blocks import is_day, no_figures, period_told
from kpa_model.files.book.reading.spread.people import says_total
from kpa_model.files.book.reading.written.forms import ACCOUNT
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, listing


def say_outside(grid: Grid, lines: Sequence[Line], findings: Findings) -> None:
    """Tell which lines outside of the tables of a sheet may be facts; those with a day and a number, before agreeing.

    What a form or a bank says above its lines, a period, a balance, is no fact.
    """
    filled = [(number, [each for each in cells if as_text(each)]) for number, cells in lines]
    facts = [
        (number, cells)
        for number, cells in filled
        if sum(is_day(each) or not no_figures([each]) for each in cells) > 1
        and not (ACCOUNT.match(as_text(cells[0])) or says_total(cells) or period_told(cells))
    ]
    tell = findings.left_out if any(is_day(each) for _, cells in facts for each in cells) else findings.heed
    for number, cells in facts[:_TOLD]:
        told = listing([*map(as_text, cells)], most=4)
        tell(grid.place(number), f"cette ligne est hors des tableaux : elle n'est pas lue ({told}).")
    if len(facts) > _TOLD:
        more = count(len(facts) - _TOLD, "autre ligne", "autres lignes")
        tell(grid.place(), f"{more} avec des nombres, hors des tableaux : rien n'en est lu.")


_TOLD = 3
"""How many lines outside of every table are told one by one."""


_MONEY = ("factures", "achats", "encaissements")
_LEFT = pattern("outside.left", r"(WORDS)\b.*")


def but_left(sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """Return lines of money without those under them that have no day, and say what is left or shared; told.

    They stand apart, after a total or an empty line, or their words are where a day should be.
    """
    dated = [rank for rank, (_, cells) in enumerate(lines) if is_day(cell_of(sheet, cells, "date"))]
    if sheet.dictionary.table not in _MONEY or not dated:
        return [*lines]
    last = dated[-1]
    kept = [*lines[: last + 1]]
    for number, cells in lines[last + 1 :]:
        said, *others = [cell for cell in cells if as_text(cell)] or [""]
        apart = number > lines[last][0] + 1 or as_text(said) == as_text(cell_of(sheet, cells, "date"))
        if apart and others and _LEFT.fullmatch(same(as_text(said))) and all(map(_amount, others)):
            told = f"{shown(said)} ({listing([as_text(each) for each in others])})"
            what = "c'est ce qui reste ou se partage, pas une ligne de cette liste. Ce n'est pas lu."
            sheet.findings.heed(sheet.grid.place(number), f"{told} : {what}")
        else:
            kept.append((number, cells))
    return kept


def _amount(cell: Cell) -> bool:
    return bool(re.fullmatch(r"[-+\d\s.,€%]*\d[\d\s.,€%]*(eur(os?)?)?", as_text(cell).lower()))
