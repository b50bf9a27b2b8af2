"""From an hour to another, in one cell: « 9h-12h / 14h-17h30 »."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from kpa_model.files.book.cells import Cell, bare, cell_at
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.blocks import Block, known_titles
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import DAY, read_or_none, say_nights
from kpa_model.files.book.reading.spread.people import timed

_CLOCK = r"(\d{1,2}) ?(?:[h:] ?(\d\d)?)?"
_RANGE = re.compile(rf"(?:de )?{_CLOCK} ?(?:-|–|à|a|>|→) ?{_CLOCK}", re.IGNORECASE)
_AND = re.compile(r" ?(?:[/,;+&]| et | puis ) ?", re.IGNORECASE)
_PAUSE = re.compile(r" ?[(,]? ?(?:moins |dont |avec )?(?:une )?pause(?: de)? ?:? ?(\d[^()]*?)\)?$", re.IGNORECASE)


def ranges(block: Block, findings: Findings) -> Block:
    """Return durations where most cells of a column tell hours of the clock: « 9h-12h / 14h-17h30 ».

    What else such a column says is refused where it stands. « 9-12 » is one among others that say their unit.
    """
    clear = {at for at in range(len(block.titles)) if any(map(_says_unit, dict.fromkeys(block.column(at))))}
    near = {at for at, title in enumerate(block.titles) if clear and title and bare(title) not in known_titles()}
    found = [at for at in sorted(clear | near) if 2 * sum(map(bool, map(ranged, block.column(at)))) >= _many(block, at)]
    if not found:
        return block
    lines = [
        (number, [ranged(cell) or cell if at in found else cell for at, cell in enumerate(cells)])
        for number, cells in block.lines
    ]
    told = ((number, at, _spans(cell_at(cells, at))) for number, cells in block.lines for at in found)
    say_nights(block, told, findings)
    alone = len(found) == 1 and not any(timed(block.column(at)) for at in near - {*found})
    titles = ["duree" if alone and found == [rank] else title for rank, title in enumerate(block.titles)]
    return replace(block, titles=titles, lines=lines)


def _many(block: Block, at: int) -> int:
    return max(1, sum(not absent(cell) for cell in block.column(at)))


_UNIT = re.compile("[h:]", re.IGNORECASE)


def _says_unit(cell: Cell) -> bool:
    """Tell whether a cell says two hours of the clock with a unit: « 9h-12 », never « 9-12 », which may be a day."""
    return isinstance(cell, str) and bool(_UNIT.search(cell)) and ranged(cell) is not None


def ranged(cell: Cell) -> timedelta | None:
    """Return the time between the hours that a cell tells, its pause taken off; None when it tells something else."""
    spans = _spans(cell)
    rest = read_or_none(read_duration, found[1]) if spans and (found := _PAUSE.search(str(cell))) else 0
    if not spans or rest is None:
        return None
    minutes = sum((end - start) % DAY for start, end in spans)
    return timedelta(minutes=float(minutes - (rest or 0))) if minutes > (rest or 0) else None


def _spans(cell: Cell) -> list[tuple[int, int]]:
    """Return the hours of the clock that a cell tells, start and end; none when it tells something else."""
    if not isinstance(cell, str):
        return []
    parts = [_RANGE.fullmatch(part) for part in _AND.split(_PAUSE.sub("", cell).strip())]
    minutes = [[int(span[at]) * 60 + int(span[at + 1] or 0) for at in (1, 3)] for span in parts if span]
    found = [(start, end) for start, end in minutes if max(start, end) <= DAY]
    return found if len(found) == len(parts) else []
