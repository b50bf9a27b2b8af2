"""Cells that say « the same as above »: « // », « idem ». They are read so, and it is told."""

from __future__ import annotations

import re
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, cell_at, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.reading.blocks import rank_of_titles
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, listing

_DITTO = pattern("ditto.ditto")


_FIGURE = re.compile(r"\d")


def with_dittos(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose cells that say « // » say what the nearest filled one above says, totals left aside.

    In a book that is kept, an invoice may be called so.
    """
    if not findings.asking:
        return grid
    head = rank_of_titles(grid.lines)
    above, worked = dict[int, Cell](), dict[int, Cell]()
    lines, read = list[Line](), dict[str, list[int]]()
    for number, cells in grid.lines[head + 1 :]:
        first = next((text for each in cells if (text := as_text(each))), "")
        row = list(cells)
        for at, cell in enumerate(cells):
            told = worked if _FIGURE.search(as_text(cell_at(cells, at + 1))) else above
            if _says_same(cell) and at in told:
                row[at] = told[at]
                read.setdefault(as_text(cell), []).append(int(number))
            elif as_text(cell) and not TOTAL.match(first):
                above[at] = cell
                if not absent(cell):  # « idem » below a day off, beside hours, is the work of the day before
                    worked[at] = cell
        lines.append((number, row))
    if not read:
        return grid
    numbers = sorted({number for own in read.values() for number in own})
    what = "est lue comme celle du dessus" if sum(map(len, read.values())) == 1 else "sont lues comme celles du dessus"
    many = count(sum(map(len, read.values())), "case", "cases")
    where = f"ligne{'s' if len(numbers) > 1 else ''} {listing([str(each) for each in numbers], most=8)}"
    findings.heed(grid.place(), f"{listing([f'« {each} »' for each in read])} : {many} {what} ({where}).")
    return replace(grid, lines=(*grid.lines[: head + 1], *lines))


def _says_same(cell: Cell) -> bool:
    return isinstance(cell, str) and _DITTO.fullmatch(same(cell)) is not None
