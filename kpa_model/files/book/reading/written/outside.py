"""What stands under a list, or outside of every table: « Reste à partager », « RÉCAP », a lone line. It is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, cell_at, same, shown
from kpa_model.files.book.dates import WEEKDAY
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import Sheet, cell_of
from kpa_model.files.book.reading.blocks import Block, is_day, no_figures, period_told
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


def without_recap(block: Block, findings: Findings) -> Block:
    """Return a table without what is written under its last day: a title alone, « RÉCAP », then labels and figures.

    Such a line fits no column: something else stands where a day should be, or a figure where there is none above.
    """
    days = [at for at, (_, cells) in enumerate(block.lines) if any(map(is_day, cells))]
    start = next((at for at in range(days[-1] + 1, len(block.lines)) if _alone(block.lines[at])), -1) if days else -1
    if start < 0:
        return block
    below, above = block.lines[start + 1 :], [cells for _, cells in block.lines[:start]]
    apart = below or block.lines[start][0] > block.lines[start - 1][0] + 1
    if not apart or not all(_alone(line) or _fits_nothing(line[1], above) for line in below):
        return block
    texts = [" ; ".join(filter(None, map(as_text, cells))) for _, cells in block.lines[start:]]
    tell = findings.left_out if any(not _alone(line) for line in below) else findings.heed
    tell(block.grid.place(block.lines[start][0]), f"{_under(texts)} sous le tableau. Ce n'est pas lu.")
    return replace(block, lines=block.lines[:start])


def _under(texts: Sequence[str]) -> str:
    told = listing([f"« {each} »" for each in texts], most=4)
    return f"{told} {'est écrit' if len(texts) == 1 else 'sont écrits'}"


def _alone(line: Line) -> bool:
    """Tell whether a line holds one text alone, no total: a title, or a remark."""
    filled = [each for each in line[1] if as_text(each)]
    return len(filled) == 1 and bool(_WORD.match(as_text(filled[0]))) and not says_total(filled)


_WORD = re.compile(r"[^\W\d_]{2}")


def _fits_nothing(cells: Sequence[Cell], above: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether a line is a label and a figure that no column of those above would hold."""
    filled = {at: each for at, each in enumerate(cells) if as_text(each)}
    first, *others = filled.values() or [""]
    if len(others) != 1 or not _WORD.match(as_text(first)) or WEEKDAY.match(as_text(first)) or no_figures(others):
        return False
    columns = {at: [each for row in above if as_text(each := cell_at(row, at))] for at in filled}
    dated = any(sum(map(is_day, column)) * 2 > len(column) for column in columns.values())
    return dated or no_figures(columns[max(filled)][1:])


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
