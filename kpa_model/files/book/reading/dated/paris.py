"""Instants told in UTC: they are days and hours in Paris."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from kpa_model.files.book.cells import Cell, as_text
from kpa_model.files.book.dates import PARIS
from kpa_model.files.book.grids import Line

UTC_TITLE = re.compile(r"\bUTC\b")
_INSTANT = re.compile(r"(\d{1,4})[-/](\d{1,2})[-/](\d{2,4})[ T](\d{1,2}):(\d\d)(:\d\d)?.*")


def of_paris(titles: Sequence[str], lines: Sequence[Line]) -> list[Line]:
    """Turn instants of a column titled UTC into those of Paris: a payment of the evening may be of the next month."""
    ranks = {at for at, title in enumerate(titles) if UTC_TITLE.search(title)}
    return [
        (number, [_in_paris(cell) if at in ranks else cell for at, cell in enumerate(cells)]) for number, cells in lines
    ]


def _in_paris(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=UTC).astimezone(PARIS)
    if not (found := _INSTANT.fullmatch(as_text(cell))):
        return cell
    first, month, last, hour, minute = (int(each) for each in found.groups()[:5])
    year, day = (first, last) if first > 31 else (last, first)
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC).astimezone(PARIS)
    except ValueError:
        return cell
