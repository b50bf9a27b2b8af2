"""Names of months that stand alone above days: their years, when they are not all written."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise

from kpa_model.cooperative import calendar
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import read_month
from kpa_model.files.book.findings import Doubt
from kpa_model.files.book.grids import Line
from kpa_model.files.book.reading.context import NAMES

YEAR = "annee"
_MONTH = re.compile(
    rf"(?:{NAMES})\.?(?:[ _/-]?(?:20)?\d\d)?|(?:0?[1-9]|1[0-2])[-/.]20\d\d|20\d\d-(?:0[1-9]|1[0-2])", re.IGNORECASE
)


def says_month(cell: Cell) -> bool:
    """Tell whether a cell is a month and nothing else: « mai », « mai 2026 », « 05/2026 », or its first day."""
    return cell.day == 1 if isinstance(cell, date) else bool(_MONTH.fullmatch(as_text(cell)))


def with_years(titles: Sequence[str], lines: Sequence[Line], at: int) -> list[Cell]:
    """Return the months of a column, each with its year when another column, « Année », tells it."""
    year = next((rank for rank, title in enumerate(titles) if bare(title) in _YEARS and rank != at), -1)
    return [_with_year(cell_at(cells, at), as_text(cell_at(cells, year)) if year >= 0 else "") for _, cells in lines]


_YEARS = {"annee", "an", "year", "exercice", "anneecivile"}


def _with_year(cell: Cell, year: str) -> Cell:
    """Return a month with its year: « 10 », « octobre »; what is no such month as it is."""
    text = as_text(cell).strip(" .")
    if not re.fullmatch(r"20\d\d", year) or not re.fullmatch(rf"0?[1-9]|1[0-2]|(?:{NAMES})", text, re.IGNORECASE):
        return cell
    return f"{text.zfill(2)}/{year}" if text.isdigit() else f"{text} {year}"


def in_order(cells: Sequence[Cell], years: Collection[int], answered: str) -> list[CalendarMonth]:
    """Return the months that cells name one after the other; nothing when their year lacks, or two would do.

    One without its year is the nearest to that before it: January comes after December. Without any year, the first
    one is in that which was answered, else in the only one that is told around, when they do not go over two.

    >>> [str(month) for month in in_order(["Novembre", "Janvier 2026", "Février"], (), "")]
    ['2025-11', '2026-01', '2026-02']
    """
    told = [read_month(cell) if re.search(r"\d", as_text(cell)) else None for cell in cells]
    start = next((at for at, month in enumerate(told) if month), 0)
    if not (first := told[start] if told else None):
        ranks = [_rank(cell) for cell in cells]
        turns = any(abs(after - before) > 6 for before, after in pairwise(ranks))
        year = int(answered) if answered else min(years, default=0) if len({*years}) == 1 + turns else 0
        first = CalendarMonth(year * 12 + ranks[0]) if year else None
    if first is None:
        return []
    found = [first]
    for cell, month in zip(cells[start + 1 :], told[start + 1 :], strict=True):
        found.append(month or _near(found[-1], cell))
    for cell in reversed(cells[:start]):
        found.insert(0, _near(found[0], cell))
    return found


def _rank(cell: Cell) -> int:
    return read_month(f"{as_text(cell).rstrip('.')} 2024").index % 12


def _near(month: CalendarMonth, cell: Cell) -> CalendarMonth:
    ways = (CalendarMonth((month.year + step) * 12 + _rank(cell)) for step in (0, 1, -1))
    return min(ways, key=lambda each: abs(each.index - month.index))


def which_year(cell: Cell, years: Collection[int]) -> Doubt:
    """Return what to ask of a first month whose year lacks."""
    near = {*years} or {*range((now := calendar.today().year) - 2, now + 1)}
    options = tuple((str(year), str(year)) for year in (*sorted(near), max(near) + 1, min(near) - 1))
    return Doubt(YEAR, f"« {as_text(cell)} » : de quelle année ?", options, "Écrivez l'année à côté du mois.")
