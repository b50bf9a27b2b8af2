"""Days that go on from one sheet to the next, « 1 … 15 », « 16 … 31 »: the month that the first one says is theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import as_text
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.context import NOBODY
from kpa_model.words import month_name

_LEAST = 5
"""From this number of titles on, numbers that follow each other are days."""
_TOP = 6
_ANY_YEAR = replace(NOBODY, years=(2000,))


def with_month_before(grids: Sequence[Grid], findings: Findings) -> Iterator[Grid]:
    """Yield the sheets of a file, with the month of the one before where only their days say that they go on; told."""
    last, month, said = 0, None, ""
    for grid in grids:
        days, texts = _days(grid)
        if not (days and last) or days[0] != last + 1 or _ANY_YEAR.months_in([*texts, grid.sheet, grid.file]):
            month, said = _own(texts, grid), grid.sheet
        elif month is not None:
            told = f"le mois vient de la feuille « {said} » : {month_name(month.first_day)}. Ses jours continuent ici."
            findings.heed(grid.place(), told)
            grid = replace(grid, lines=((0, [month_name(month.first_day)]), *grid.lines))
        last = days[-1] if days else 0
        yield grid


def _own(texts: Sequence[str], grid: Grid) -> CalendarMonth | None:
    months = NOBODY.months_in([*texts, grid.sheet])
    return months[0] if len(months) == 1 else None


def _days(grid: Grid) -> tuple[list[int], list[str]]:
    """Return the numbers that follow each other on a line of titles, and the texts above; nothing without days."""
    texts = list[str]()
    for _, cells in grid.lines[:_TOP]:
        said = [text for cell in cells if (text := as_text(cell))]
        numbers = [int(text) for text in said if text.isdecimal()]
        row = all(after == before + 1 for before, after in pairwise(numbers))
        if len(numbers) >= _LEAST and row and 1 <= numbers[0] <= numbers[-1] <= 31:
            return numbers, texts
        texts += said
    return [], texts
