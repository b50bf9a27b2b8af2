"""The balance of a file: each cell with a figure, each column of names, is read, told or asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from kpa_model.files.book.cells import Cell, as_text, bare, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, grids_of
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.tables import Row

_FIGURE = re.compile(
    r"[-+]?\d[\d\s]*([.,]\d+)? ?(€|h|min|eur|euros?|%)?|\d+ ?h ?\d{0,2}|\d+:\d\d(:\d\d)?", re.IGNORECASE
)
_NO_FIGURE = re.compile(r"0\d{8,}|(19|20)\d\d")
"""A number of phone, a year."""
_TOTAL = re.compile(r"(sous-?)?total\b(?!.*\b(ht|ttc)\b)|\bsomme\b|\btot\b", re.IGNORECASE)
"""What checks the figures beside it, or above, and is told when they deny it only."""
_WHOLE = re.compile(r"\b(ce tableau|cette feuille|cette liste|ces lignes)\b", re.IGNORECASE)
_LINES = re.compile(r"lignes? (\d+(?:(?:, | et |…)+\d+)*)|\((\d+(?:(?:, | et )\d+)*)\)")
_MOST = 0.5
Spot = tuple[int, int]


def lost(files: Iterable[GivenFile], tables: Mapping[str, Sequence[Row]], findings: Findings) -> list[str]:
    """Return the figures and the columns of names of files that were neither read nor told, each with its place.

    A total that agrees with the lines that it counts needs no word.

    Args:
        files: what was given.
        tables: the typed lines that were read, each at its place.
        findings: what was told.
    """
    rows = [row for group in tables.values() for row in group]
    people = {same(str(row.get("personne"))) for row in rows if row.get("personne")}
    titles = {title for each in dictionaries().values() for title in each.titles}
    grids = [grid for file in files for grid in grids_of(file, titles, Findings())]
    return [place for grid in grids for place in _of_grid(turned(grid), rows, people, findings)]


def turned(grid: Grid) -> Grid:
    """Return a grid, turned when its titles go down the first column: places are those of the turned one."""
    known = {title for each in dictionaries().values() for title in each.titles}
    down = {bare(as_text(cells[0])) for _, cells in grid.lines} & known
    if len(down) < 3 or len(down) <= max(len({*map(bare, map(as_text, cells))} & known) for _, cells in grid.lines):
        return grid
    wide, first = max(len(cells) for _, cells in grid.lines), grid.lines[0][0]
    columns = [[cells[at] if at < len(cells) else "" for _, cells in grid.lines] for at in range(wide)]
    return replace(grid, lines=tuple((first + at, cells) for at, cells in enumerate(columns)))


def _of_grid(grid: Grid, rows: Iterable[Row], people: Collection[str], findings: Findings) -> Iterator[str]:
    own = [row for row in rows if (row.grid.file, row.grid.sheet) == (grid.file, grid.sheet)]
    read = {(int(row.line), row.place(name).column) for row in own for name in row.values}
    told = _told(grid, read, findings)
    sums = {at for _, cells in grid.lines for at, cell in enumerate(cells) if at and _TOTAL.match(as_text(cell))}
    for number, cells in grid.lines:
        if any(_TOTAL.search(as_text(each)) for each in cells[:3]) and not any(line == number for line, _ in read):
            continue
        for at, cell in enumerate(cells):
            if is_figure(cell) and at not in sums and (number, at) not in read and not told(number, at):
                yield f"{grid.place(number, at)} : {as_text(cell)}"
    taken = {at for _, at in read}
    for at in range(max((len(cells) for _, cells in grid.lines), default=0)):
        column = [text for _, cells in grid.lines if at < len(cells) and (text := as_text(cells[at]))]
        named = sum(same(each) in people for each in column)
        if named > 1 and named > _MOST * len(column) and at not in taken and not told(0, at):
            yield f"{grid.place(0, at)} : {', '.join(column[:3])}"


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell is an amount, a duration, an hour of the day, any number but zero."""
    if isinstance(cell, bool | date):
        return False
    if isinstance(cell, int | float | timedelta | time):
        return not isinstance(cell, int | float) or cell != 0
    text = as_text(cell).strip()
    return bool(_FIGURE.fullmatch(text) and re.search("[1-9]", text) and not _NO_FIGURE.fullmatch(text))


def _told(grid: Grid, read: Collection[Spot], findings: Findings) -> Callable[[int, int], bool]:
    """Return what tells whether something was said of a cell: its place, its line, its column, its whole table."""
    said = [(place, text) for place, text in (*findings.notes, *findings.heeded, *findings.unread)]
    said += [(place, f"{what} {todo}") for place, what, todo in findings.problems]
    said += [(place, doubt.question) for place, doubt in findings.doubts]
    own = [(place, text) for place, text in said if place.within(grid.file, grid.sheet)]
    lines, columns = {int(place.line) for place, _ in own if place.column < 0} - {0}, {place.column for place, _ in own}
    spots = {(int(place.line), place.column) for place, _ in own if place.column >= 0}
    wholes = [int(place.line) for place, text in own if _WHOLE.search(text)]
    heads = set[Spot]()
    """Where the titles that are named stand: what is below them is told."""
    for text in (text for _, text in own):
        for found in _LINES.finditer(text):
            lines |= {int(each) for each in re.findall(r"\d+", found[1] or found[2])}
        for number, cells in grid.lines:
            heads |= {(int(number), at) for at, cell in enumerate(cells) if f"« {as_text(cell)} »" in text}
    return lambda number, at: (
        (number, at) in spots
        or number in lines
        or at in columns
        or any(start <= number for start in wholes)
        or any(head < number or not number for head, column in heads if column == at)
    )
