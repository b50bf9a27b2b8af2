"""The unit of times written as bare numbers, where the hours of the clock, or another time, of their lines prove it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from kpa_model.files.book import dates
from kpa_model.files.book.cells import Cell, cell_at
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import DAY, ends, read_or_none, starts
from kpa_model.files.book.reading.columns.times import bare_number, pointed
from kpa_model.files.book.reading.spread.titled_units import unit_of_title
from kpa_model.words import listing

_UNITS: Mapping[str, tuple[str, Callable[[Cell], Any]]] = {
    "min": ("des minutes", lambda cell: dates.read_duration(cell, "min")),
    "h": ("des heures", dates.read_duration),
    "s": ("des secondes", lambda cell: dates.read_duration(cell, "s")),
    "h,min": ("des heures et des minutes", pointed),
}
_BREAK = Fraction(1, 2)
"""The part of the time between a start and an end that may be a break."""
_Pairs = Sequence[tuple[Cell, int | Fraction]]
"""Bare numbers, and the minutes that their lines say elsewhere."""


def with_proved_unit(block: Block, findings: Findings) -> Block:
    """Return a block whose bare times bear their unit in their title, when every line that says its time proves it."""
    hours = dictionaries()["heures"]
    times = [at for at, title in enumerate(block.titles) if may_say(title, "duree", hours) and not unit_of_title(title)]
    titles = list(block.titles)
    for at in times:
        if not (cells := block.column(at)) or not all(map(bare_number, cells)):
            continue
        for others, told in _references(block, at):
            pairs = [
                (cell, minutes)
                for (_, line), minutes in zip(block.lines, told, strict=True)
                if minutes and bare_number(cell := cell_at(line, at))
            ]
            if unit := _proved(pairs):
                titles[at] = f"{block.titles[at]} ({unit})"
                proof = listing([f"« {block.titles[each]} »" for each in others])
                text = f"« {block.titles[at]} » compte {_UNITS[unit][0]}, comme {proof} le montrent."
                findings.note(block.grid.place(block.head, at, block.titles[at]), text)
                break
    return replace(block, titles=titles)


def _references(block: Block, but: int) -> Iterator[tuple[list[int], list[int | Fraction | None]]]:
    """Yield what tells the minutes of each line beside a column: a start and an end, or a time with its unit."""
    clocks = [
        (at, told)
        for at, title in enumerate(block.titles)
        if at != but and (starts(title) or ends(title)) and any(told := _minutes(block, at, dates.read_hour))
    ]
    for start, begins in clocks:
        for end, stops in clocks:
            if starts(block.titles[start]) and ends(block.titles[end]) and start != end:
                both = zip(begins, stops, strict=True)
                yield [start, end], [None if a is None or b is None else (b - a) % DAY for a, b in both]
    for at, title in enumerate(block.titles):
        unit = unit_of_title(title) if title and at != but else "-"
        if unit in ("", *dates.UNITS) and any(told := _minutes(block, at, partial(_clear, unit=unit))):
            yield [at], told


def _clear(cell: Cell, unit: str) -> Any:
    """Read a time that says its unit, by itself or by its title."""
    return dates.read_duration(cell, unit or "h") if unit or not bare_number(cell) else None


def _minutes(block: Block, at: int, read: Callable[[Cell], Any]) -> list[Any]:
    """Return the minutes that a column says on each line; nothing when one of its cells says something else."""
    told = [read_or_none(read, cell_at(cells, at)) for _, cells in block.lines]
    return told if sum(each is not None for each in told) == len(block.column(at)) else [None] * len(told)


def _proved(pairs: _Pairs) -> str:
    """Return the one unit in which numbers are the minutes of their lines, to the minute, or breaks left out."""
    for same in (lambda own, all_of: abs(own - all_of) <= 1, lambda own, all_of: all_of * _BREAK <= own <= all_of):
        fit = [
            unit
            for unit, (_, read) in _UNITS.items()
            if all(same(read_or_none(read, cell) or 0, minutes) for cell, minutes in pairs)
        ]
        if pairs and fit:
            return fit[0] if len(fit) == 1 or {*fit} == {"h", "h,min"} else ""
    return ""
