"""What a legend around a table says of its letters: « matin (M) = 9h-12h30 ; AM = 3h30 ». They are times, and told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from kpa_model.files.book.cells import Cell, as_text, cell_at, same, shown
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.ranges import ranged
from kpa_model.files.book.reading.dated.parts_of_days import parts_below
from kpa_model.files.book.reading.spread.codes import AWAY, DAY, HALF, LENGTH, SURE, parts_of
from kpa_model.files.book.reading.spread.people import timed
from kpa_model.files.book.reading.spread.titled_units import in_days
from kpa_model.words import hours, listing

_SIGN = re.compile(r" ?(?:=|→|->|:(?!\d)|\b(?:vaut|valent|comptent?|signifie|veut dire)\b) ?", re.IGNORECASE)
_NEXT = re.compile(
    r"[;\n•|]|(?:,| [/–-] | et )(?= ?[^\W\d][\w'’ -]{0,24}(?: ?\([^)]*\))? ?(?:=|→|->|:(?!\d)))"
    r"|(?<!\bou)(?<!\bet) (?=[^\W\d]{1,4} ?(?:=|→|->|:(?!\d)))"
)
"""Where a legend goes from a letter to the next one; a comma inside « 8h-12h, 14h-17h » is no end."""
_NAMES = re.compile(r"[(),/]| ou | et ")
_TIME = r"\d{1,3}(?:[.,]\d+)? ?(?:[h:] ?(?:\d\d)?|min)"
_SPAN = rf"{_TIME}(?: ?(?:-|–|à|>|→) ?{_TIME})?"
_TIMES = re.compile(rf"{_SPAN}(?: ?(?:/|,|\+|et|puis) ?{_SPAN})*", re.IGNORECASE)


def with_letters(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose letters are what a legend around its lines says, alone or « M + AM »; it is told.

    A letter that two legends say otherwise stays as it is.
    """
    legends = {text: said for text in (*_around(grid.lines), *grid.below) if (said := legend_said(text))}
    if not legends:
        return grid
    named = {name for said in legends.values() for name in said if name[:1].isalpha()} - _TICKS
    texts = {cell for _, cells in grid.lines for cell in cells if isinstance(cell, str)}
    there = {part for text in texts for part in parts_of(text, named)} & named
    meant = defaultdict[str, set[str]](set)
    for text, said in legends.items():
        for name in said.keys() & there:
            meant[name].add(said[name])
            findings.understood(grid.place(), shown(text))
    sure = {name: min(each) for name, each in meant.items() if len(each) == 1}
    days = {said for name, said in sure.items() if in_days(name)}
    sure = {name: said for name, said in sure.items() if not in_days(name)}
    if len(days) == 1 and min(days).isdigit():  # « J = 7h »: a half is then half of it
        grid = replace(grid, answers={LENGTH: min(days), **grid.answers})
    apart = [line for line in grid.lines if _of_legends(line, legends)]
    below = (*grid.below, *(text for _, cells in apart for cell in cells if (text := as_text(cell))))
    grid = replace(grid, lines=tuple(line for line in grid.lines if line not in apart), below=below)
    return _with_times(grid, sure, findings) if sure else grid


_TICKS = {"x", "v", "oui", "ok"}
"""What ticks stand for is read elsewhere, whatever sign each of them is."""


def _around(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the texts that may be a legend: alone on their line, or beside others, above others."""
    down = defaultdict[int, list[str]](list)
    for _, cells in lines:
        texts = {at: text for at, cell in enumerate(cells) if (text := as_text(cell))}
        for at, text in texts.items():
            down[at].append(text)
        if len(texts) == 1 or all(map(legend_said, texts.values())):
            yield from texts.values()
    for head, *under in down.values():
        if under and all(map(legend_said, under)):
            yield from (head, *under)


def _of_legends(line: Line, legends: Collection[str]) -> bool:
    """Tell whether a line is a legend cut into several cells, which no table holds."""
    texts = [text for cell in line[1] if (text := as_text(cell))]
    return len(texts) > 1 and all(text in legends for text in texts)


def legend_said(text: str) -> dict[str, str]:
    """Return what a legend says of each letter: its minutes, or what it counts.

    >>> legend_said("matin (M) = 9h-12h30 ; AM, aprèm : 3h30, RTT = repos")
    {'matin': '210', 'm': '210', 'am': '210', 'aprem': '210', 'rtt': 'absence'}
    >>> legend_said("J = jour (7 h) M = matin (3 h 30) abs = absence")
    {'j': '420', 'm': '210', 'abs': 'absence'}
    """
    found, before = dict[str, str](), ""
    for part in _NEXT.split(text) if _SIGN.search(text) else ():
        signs = [(0, 0), *(each.span() for each in _SIGN.finditer(part))]
        for (_, start), (end, after) in pairwise(signs):
            names = [same(each) for each in _NAMES.split(f"{before},{part[start:end]}") if each.strip()]
            if names and (what := _what(part[after:])):
                found |= dict.fromkeys(names, what)
        before = "" if len(signs) > 1 else part  # « AM, aprèm : 3h30 »
    return found


def _what(text: str) -> str:
    """Return the minutes that a text says, once or as often as one likes; else a part of a day, or an absence."""
    told = {_minutes(each[0]) for each in _TIMES.finditer(text)}
    if told:
        return str(told.pop() or "") if len(told) == 1 else ""
    word = re.split(r"[(,.]", text)[0].strip()
    return AWAY if absent(word) else SURE.get(re.sub(r"^(une?|la|le) ", "", same(word)), "")


def _minutes(text: str) -> int | None:
    span = ranged(text)
    return round(span.total_seconds() / 60) if span else read_or_none(read_duration, text)


def _with_times(grid: Grid, sure: Mapping[str, str], findings: Findings) -> Grid:
    """Return a grid whose letters are times, or days, in the columns that hold little else."""
    told = dict[str, str]()

    def known(cell: Cell) -> bool:
        return isinstance(cell, str) and sure.keys() >= {*parts_of(cell, sure)}

    def time(cell: Cell) -> Cell:
        if (
            not isinstance(cell, str)
            or not known(cell)
            or (made := _sum([sure[p] for p in parts_of(cell, sure)])) == ""
        ):
            return cell
        told[as_text(cell)] = hours(round(made.total_seconds() / 60)) if isinstance(made, timedelta) else as_text(made)
        return made

    wide = max(len(cells) for _, cells in grid.lines)
    ranks = {at for at in range(wide) if of_times([cell_at(cells, at) for _, cells in grid.lines], known)}
    titles, _ = parts_below(grid.lines)
    lines = [
        (number, [time(cell) if at in ranks and number != titles else cell for at, cell in enumerate(cells)])
        for number, cells in grid.lines
    ]
    if told:
        said = listing([f"« {text} » compte {made}" for text, made in told.items()], most=8)
        findings.heed(grid.place(), f"d'après la légende, {said}.")
    return replace(grid, lines=(*lines,))


def _sum(said: Sequence[str]) -> Cell:
    """Return the time of some letters together, their days, or an absence; nothing for a time beside a half."""
    minutes, days = (sum(int(each) for each in said if each.isdigit()), sum(_DAYS.get(each, 0.0) for each in said))
    if minutes and days:
        return ""
    return timedelta(minutes=minutes) if minutes else f"{days:g} j".replace(".", ",") if days else "absence"


_DAYS = {DAY: 1.0, HALF: 0.5}


def of_times(cells: Sequence[Cell], known: Callable[[Cell], object]) -> bool:
    """Tell whether a column holds what is known, and it and times at least half of it, under no title of another thing.

    A title, and one above it, may be among the cells.
    """
    filled = [cell for cell in cells if as_text(cell)]
    read = [isinstance(cell, str) and bool(known(cell)) for cell in filled]
    if not any(read):
        return False
    above = [as_text(cell) for cell in filled[: read.index(True)]]
    leads = [lead for text in above for each in dictionaries().values() if (lead := column_of(text, each))]
    many = sum(told or timed([cell]) or bool(ranged(cell)) for told, cell in zip(read, filled, strict=True))
    return 2 * many >= len(filled) - min(len(above), 2) and all(lead.name == "duree" for lead in leads)
