"""Lists that a program wrote by groups, « Buffet (2) » above its two lines: the sum of a group is no line; told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, read_number
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.words import listing

_GROUP = re.compile(r".+ \((\d+)\)")


def without_groups(grid: Grid, findings: Findings) -> Grid:
    """Return a grid without the lines that say how many lines follow and what they add up to, when they do."""
    heads = {at for at, (_, cells) in enumerate(grid.lines) if _many(cells)}
    gone = {at for at in heads if _adds_up(grid.lines, at, heads)}
    if not gone:
        return grid
    told = listing([f"« {_label(grid.lines[at][1])} »" for at in sorted(gone)], most=6)
    one = "est la somme de lignes écrites dessous : elle n'est"
    several = "sont les sommes de lignes écrites dessous : elles ne sont"
    findings.heed(grid.place(), f"{told} {one if len(gone) == 1 else several} pas lue{'s' * (len(gone) > 1)}.")
    return replace(grid, lines=tuple(line for at, line in enumerate(grid.lines) if at not in gone))


def _label(cells: Sequence[Cell]) -> str:
    return next((text for each in cells if (text := as_text(each))), "")


def _many(cells: Sequence[Cell]) -> int:
    """Return how many lines a group says that it has; 0 for any other line."""
    filled = [each for each in cells if as_text(each)]
    found = _GROUP.fullmatch(as_text(filled[0])) if len(filled) > 1 and isinstance(filled[0], str) else None
    return int(found[1]) if found and all(_value(each) is not None for each in filled[1:]) else 0


def _adds_up(lines: Sequence[Line], head: int, heads: set[int]) -> bool:
    """Tell whether the lines of a group come to each of its sums; groups inside it are no lines."""
    many = _many(lines[head][1])
    own = [cells for at, (_, cells) in enumerate(lines[head + 1 :], head + 1) if at not in heads][:many]
    start = next(at for at, each in enumerate(lines[head][1]) if as_text(each))
    sums = {at: _value(each) for at, each in enumerate(lines[head][1]) if at > start and as_text(each)}
    return len(own) == many and all(
        abs(sum(_value(cells[at]) or 0 for cells in own if at < len(cells)) - (said or 0)) < 0.02
        for at, said in sums.items()
    )


def _value(cell: Cell) -> float | None:
    for read in (read_number, read_duration):
        try:
            return float(read(cell)) if as_text(cell) else None
        except Refused:
            continue
    return None
