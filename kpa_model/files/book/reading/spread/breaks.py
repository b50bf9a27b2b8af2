"""A column of breaks beside a start and an end, whatever it is called: « Repas », « Midi », « Coupure »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from functools import partial

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import DAY, clock, of_a_clock, on_a_clock, read_or_none
from kpa_model.files.book.reading.spread.titled_units import unit_of_title
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing

_BREAK = pattern("breaks.break")
_ITS_HOUR = re.compile(r"\b(pauses?|repas|dejeuner|coupures?|interruptions?|lunch|dej|breaks?)\b")


def of_break(title: str) -> bool:
    """Tell whether a title speaks of a break, « Pause (min) », « Lunch break »."""
    return bool(_ITS_HOUR.search(same(title)))


def hours_of_break(titles: Sequence[str]) -> list[int]:
    """Return the columns of when work starts and ends, then of its break, « Début pause ; Fin pause »; else none."""
    own = [at for at, title in enumerate(titles) if title and of_break(title)]
    work = [at for at, title in enumerate(titles) if at not in own and title and of_a_clock(title)]
    told = any(of_a_clock(titles[at]) for at in own)
    return [*work, *own] if told and len(own) == len(work) == 2 else []


def with_break(block: Block, findings: Findings) -> Block:
    """Return a block whose break bears its title, where work is told by its start and its end; it is told.

    « 1 » under « Repas » may be a meal: a cell has to say a time, or minutes.
    """
    block = _lasting(block, findings)
    leads = {each.name for title in block.titles if title and (each := column_of(title, dictionaries()["heures"]))}
    if not {"debut", "fin"} <= leads or "pause" in leads:
        return block
    called = [at for at, title in enumerate(block.titles) if _BREAK.fullmatch(bare(title)) and block.column(at)]
    if len(called) != 1:
        return block
    place, title = block.grid.place(block.head), block.titles[called[0]]
    if not all(map(_says_time, block.column(called[0]))):
        findings.heed(place, f"« {title} » n'est pas enlevé des heures. Si c'est une pause, écrivez par exemple 0:45.")
        return block
    findings.heed(place, f"« {title} » est une pause : elle est enlevée des heures.")
    unit = " (min)" if all(map(_minutes, block.column(called[0]))) else ""
    return replace(block, titles=[f"pause{unit}" if at == called[0] else each for at, each in enumerate(block.titles)])


Totals = Sequence[tuple[int, int, float]]
"""Lines that tell the time of their hours and a total: the number of each, and both, in minutes."""


def taken_off(block: Block, both: Totals, total: int, findings: Findings) -> dict[int, int]:
    """Return the minutes of break to take off lines, by their numbers, where the totals prove it; else it is told.

    Args:
        block: the table.
        both: what its lines say.
        total: the column of the totals, or −1.
        findings: where it is told.
    """
    breaks, place = paused(block), block.grid.place(block.head)
    if not breaks:
        return {}
    title = block.titles[_pause(block)]
    proofs = [breaks[number] > 0 and abs(worked - said - breaks[number]) <= 1 for number, worked, said in both]
    if 2 * sum(proofs) > len(proofs):
        findings.heed(place, f"« {title} » est enlevée des heures : « {block.titles[total]} » le prouve.")
        return breaks
    findings.left_out(place, f"la colonne « {title} » n'est pas enlevée des heures.")
    return {}


def _pause(block: Block) -> int:
    return next((at for at, title in enumerate(block.titles) if bare(title).startswith("pause")), -1)


def paused(block: Block) -> dict[int, int]:
    """Return the minutes of break of each line, by its number; nothing without a column of breaks."""
    if (at := _pause(block)) < 0:
        return {}
    read = partial(read_duration, unit=unit_of_title(block.titles[at]) or "h")
    return {number: round(read_or_none(read, cell_at(cells, at)) or 0) for number, cells in block.lines}


def _lasting(block: Block, findings: Findings) -> Block:
    """Return a block whose break lasts, where its two hours are told beside those of the work; it is told."""
    ranks = hours_of_break(block.titles)
    if not ranks or not all(on_a_clock([cell for cell in block.column(at) if not absent(cell)]) for at in ranks):
        return block
    pause, back = ranks[2:]
    told = listing([f"« {block.titles[at]} »" for at in (pause, back)])
    findings.heed(block.grid.place(block.head), f"{told} disent une pause : elle est enlevée des heures.")
    named = dict(zip(ranks, ("debut", "fin", "pause", ""), strict=True))
    lines: list[Line] = []
    for number, cells in block.lines:
        length = _length(*(cell_at(cells, at) for at in ranks))
        lines.append((number, [{pause: length, back: ""}.get(at, each) for at, each in enumerate(cells)]))
    return replace(block, titles=[named.get(at, each) for at, each in enumerate(block.titles)], lines=lines)


def _length(start: Cell, end: Cell, pause: Cell, back: Cell) -> Cell:
    """Return how long a break lasts; when it is not inside the work, or one hour lacks, what refuses it."""
    if not (as_text(pause) or as_text(back)):
        return ""
    hours = [clock(each) for each in (start, pause, back, end)]
    told = [hour for hour in hours if hour is not None]
    since = [(hour - told[0]) % DAY for hour in told]
    if len(told) < len(hours) or since != sorted(since):
        return f"{as_text(pause) or '?'} ? {as_text(back) or '?'}"
    return timedelta(minutes=since[2] - since[1])


def _says_time(cell: Cell) -> bool:
    """Tell whether a cell is a time by itself, or too many minutes to be meals."""
    return isinstance(cell, time | timedelta) or bool(re.search(r"\d ?(h|:|m)", as_text(cell))) or _minutes(cell)


def _minutes(cell: Cell) -> bool:
    """Tell whether a cell is a bare number of minutes."""
    return bool(re.fullmatch(r"\d{2,3}", as_text(cell))) and int(as_text(cell)) >= 10
