"""A name and an hour in each title, « Awa arrivée ; Awa départ »: the names stand above two titles that come again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.columns.clocks import ends, starts
from kpa_model.files.book.reading.spread.people import name_like
from kpa_model.files.book.spreadsheets import HEADED

_LEAST = 2
"""From this number of people on, each with a start and an end."""


def names_over(grid: Grid) -> Grid:
    """Return a grid whose titles name somebody and an hour of hers, on two lines: her name above, the hours below."""
    for rank, (number, cells) in enumerate(grid.lines[:HEADED]):
        titles = [as_text(each) for each in cells]
        found = {at: pair for at in range(len(titles) - 1) if (pair := _pair(titles[at : at + 2]))}
        names = [name for name, _ in found.values()]
        if (
            len(found) < _LEAST
            or len({*map(same, names)}) < len(names)
            or max(found, default=0) - min(found) < len(found)
        ):
            continue
        over: list[Cell] = [found[at][0] if at in found else "" for at in range(len(cells))]
        words = {each: word for at, (_, both) in found.items() for each, word in zip((at, at + 1), both, strict=True)}
        below: list[Cell] = [words.get(at, cell) for at, cell in enumerate(cells)]
        lines = (*grid.lines[:rank], (number - 1, over), (number, below), *grid.lines[rank + 1 :])
        return replace(grid, lines=lines)
    return grid


def _pair(titles: Sequence[str]) -> tuple[str, tuple[str, str]] | None:
    """Return whose start and end two titles are, with what stands beside her name in each; None for others."""
    for way in (_first, _last):
        (name, start), (other, end) = map(way, titles)
        if name and same(name) == same(other) and name_like(name) and starts(start) and ends(end):
            return name, (start, end)
    return None


def _first(title: str) -> tuple[str, str]:
    """Return the name that begins a title, and its last word."""
    found = re.fullmatch(r"(.+?)[ :_–-]+([^\W\d]+)", title)
    return (found[1], found[2]) if found else ("", "")


def _last(title: str) -> tuple[str, str]:
    """Return the name that ends a title, and its first word: « Début Awa », « Arrivée de Lou »."""
    found = re.fullmatch(r"([^\W\d]+)[ :_–-]+(?:de |d['’] ?)?(.+)", title)
    return (found[2], found[1]) if found else ("", "")
