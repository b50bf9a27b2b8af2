"""From an hour to another: in one cell, « 9h-12h / 14h-17h30 », or by two passages of a badge, « 09:00 ; Entrée »."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import read_date, read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block, is_day, known_titles
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import DAY, clock, of_a_clock, read_or_none, say_nights
from kpa_model.files.book.reading.spread.breaks import beside_spans, of_break, rested, say_rests
from kpa_model.files.book.reading.spread.people import timed
from kpa_model.words import listing

_CLOCK = r"(\d{1,2}) ?(?:[h:] ?(\d\d)?)?"
_RANGE = re.compile(rf"(?:de )?{_CLOCK} ?(?:-|–|à|a|>|→) ?{_CLOCK}", re.IGNORECASE)
_AND = re.compile(r"\s*\n\s*| ?(?:[/,;+&]| et | puis ) ?", re.IGNORECASE)
_PAUSE = re.compile(r" ?[(,]? ?(?:moins |dont |avec )?(?:une )?pause(?: de)? ?:? ?(\d[^()]*?)\)?$", re.IGNORECASE)


def ranges(block: Block, findings: Findings) -> Block:
    """Return durations where most cells of a column tell hours of the clock: « 9h-12h / 14h-17h30 ».

    What else such a column says is refused where it stands. « 9-12 » is one among others that say their unit.
    """
    clear = {at for at in range(len(block.titles)) if any(map(_says_unit, dict.fromkeys(block.column(at))))}
    clear |= {at for at, title in enumerate(block.titles) if _OF_CLOCKS.match(title) and _halves(block.column(at))}
    near = {at for at, title in enumerate(block.titles) if clear and title and bare(title) not in known_titles()}
    found = [at for at in sorted(clear | near) if 2 * sum(map(bool, map(ranged, block.column(at)))) >= _many(block, at)]
    if not found:
        return block
    block = _with_strokes(block, found, findings)
    lines = [
        (number, [ranged(cell) or cell if at in found else cell for at, cell in enumerate(cells)])
        for number, cells in block.lines
    ]
    rests = _rests(block, found)
    found = [at for at in found if at not in rests]
    told = ((number, at, _spans(cell_at(cells, at))) for number, cells in block.lines for at in found)
    say_nights(block, told, findings)
    others = (at for at in near - {*found} if not beside_spans(block, at))
    alone = len(found) == 1 and not any(timed(block.column(at)) for at in others)
    titles = ["duree" if alone and found == [rank] else title for rank, title in enumerate(block.titles)]
    made = replace(block, titles=titles, lines=lines)
    if not alone:
        say_rests(made, {*found}, findings)
        return made
    parts = (len(_spans(cell)) > 1 or _PAUSE.search(as_text(cell)) for cell in dict.fromkeys(block.column(found[0])))
    return rested(made, found[0], findings, several=any(parts))


def _rests(block: Block, found: Sequence[int]) -> list[int]:
    """Return the columns of spans that are those of breaks, « 12h-13h », beside the hours of the work."""
    rests = [at for at in found if of_break(block.titles[at])]
    work = [title for at, title in enumerate(block.titles) if title and not of_break(title) and of_a_clock(title)]
    return rests if work or len(rests) < len(found) else []


_STROKE = re.compile(rf"(?=.*[h:]){_CLOCK} ?/ ?{_CLOCK}", re.IGNORECASE)


def _with_strokes(block: Block, found: Sequence[int], findings: Findings) -> Block:
    """Return a block whose « 22h/7h », among spans, are spans too: it is told."""
    cells = dict.fromkeys(cell for at in found for cell in block.column(at) if isinstance(cell, str))
    spans: dict[Cell, str] = {cell: cell.replace("/", "-") for cell in cells if _STROKE.fullmatch(cell.strip())}
    if not spans:
        return block
    said = listing([f"« {cell} » est lu « {span} »" for cell, span in spans.items()], most=_SHOWN)
    findings.heed(block.grid.place(block.head), f"{said}.")
    lines: list[Line] = [
        (number, [spans.get(cell, cell) if at in found else cell for at, cell in enumerate(line)])
        for number, line in block.lines
    ]
    return replace(block, lines=lines)


_SHOWN = 4


def _many(block: Block, at: int) -> int:
    return max(1, sum(not absent(cell) for cell in block.column(at)))


_UNIT = re.compile("[h:]", re.IGNORECASE)
_OF_CLOCKS = re.compile(r"(heures? de travail|horaires?|plages?)\b", re.IGNORECASE)


def _halves(cells: Sequence[Cell]) -> bool:
    """Tell whether cells say several spans, « 9-12 14-17 »: without a unit, one may be a day."""
    return any(len(_spans(cell)) > 1 for cell in cells)


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
    return found if len(found) == len(parts) else _in_a_row(cell)


_TOKEN = re.compile(r"(\d{1,2})(?:[h:](\d\d)?)?", re.IGNORECASE)
_APART = re.compile(r" *(?:[-–/,;|+&>→]|\bà\b|\bet\b| ) *")


def _in_a_row(text: str) -> list[tuple[int, int]]:
    """Return two spans or more told by hours of the clock that follow one another.

    >>> _in_a_row("8h30 12h 14h 18h"), _in_a_row("9-12 14-17"), _in_a_row("12 9 14 17")
    ([(510, 720), (840, 1080)], [(540, 720), (840, 1020)], [])
    """
    tokens = [_TOKEN.fullmatch(each) for each in _APART.split(text.strip())]
    minutes = [int(each[1]) * 60 + int(each[2] or 0) for each in tokens if each]
    rising = all(before < after for before, after in pairwise(minutes))
    whole = len(minutes) == len(tokens) and len(minutes) in (4, 6) and rising and minutes[-1] <= DAY
    return [*zip(minutes[::2], minutes[1::2], strict=True)] if whole else []


_IN = {"entree", "entrees", "in", "arrivee", "debut", "e", "start", "clockin", "checkin", "prise", "prisedeposte"}
_OUT = {"sortie", "sorties", "out", "depart", "fin", "s", "end", "stop", "clockout", "checkout", "findeposte"}
_LONGEST = timedelta(hours=16)
"""No work goes on longer between two passages."""
Passage = tuple[datetime, bool, Line]


def with_passages(block: Block, findings: Findings) -> Block:
    """Return a block with a line for each work, from an entry to the next exit; a passage alone is told first."""
    ranks = range(len(block.titles))
    side = next((at for at in ranks if _sides(block.column(at))), -1)
    when = next((at for at in ranks if at != side and _clocks(block.column(at))), -1)
    day = next((at for at in ranks if at != when and (cells := block.column(at)) and all(map(is_day, cells))), -1)
    if min(side, when, day) < 0:
        return block
    hours = dictionaries()["heures"]
    who = next((at for at in ranks if block.titles[at] and may_say(block.titles[at], "personne", hours)), -1)
    passages: dict[str, list[Passage]] = defaultdict(list)
    for line in block.lines:
        cells = line[1]
        date, minutes = read_or_none(read_date, cell_at(cells, day)), clock(cell_at(cells, when))
        if date and minutes is not None:
            moment = datetime(date.year, date.month, date.day) + timedelta(minutes=minutes)
            passages[bare(as_text(cell_at(cells, who)))].append(
                (moment, bare(as_text(cell_at(cells, side))) in _IN, line)
            )
    lines, alone = list[Line](), list[Line]()
    for each in passages.values():
        _paired(sorted(each, key=lambda one: (one[0], one[1])), when, side, lines, alone)
    for number, cells in alone:
        told = f"« {as_text(cell_at(cells, side))} » à {as_text(cell_at(cells, when))} : l'autre passage manque."
        findings.left_out(block.grid.place(number), f"{told} Ce temps n'est pas lu.")
    findings.heed(block.grid.place(block.head), "le temps est celui de chaque entrée à la sortie qui suit.")
    titles = ["duree" if at == when else "" if at == side else title for at, title in enumerate(block.titles)]
    return replace(block, titles=titles, lines=sorted(lines, key=lambda line: line[0]))


def _sides(cells: Sequence[Cell]) -> bool:
    """Tell whether cells say entries and exits, and nothing else."""
    said = {bare(as_text(cell)) for cell in cells}
    return said <= _IN | _OUT and bool(said & _IN) and bool(said & _OUT)


def _clocks(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(clock(cell) is not None for cell in cells)


def _paired(passages: Sequence[Passage], when: int, side: int, lines: list[Line], alone: list[Line]) -> None:
    """Add the work of one person, in the order of time; and her passages without the other one."""
    came: Passage | None = None
    for each in passages:
        moment, enters, line = each
        if came and not enters and moment - came[0] <= _LONGEST:
            number, cells = came[2]
            made: dict[int, Cell] = {when: moment - came[0], side: ""}
            lines.append((number, [made.get(at, cell) for at, cell in enumerate(cells)]))
            came = None
            continue
        alone += [came[2]] if came else []
        alone += [] if enters else [line]
        came = each if enters else None
    alone += [came[2]] if came else []
