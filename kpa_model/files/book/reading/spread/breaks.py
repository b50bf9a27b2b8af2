"""A column of breaks beside a start and an end, whatever it is called: « Repas », « Midi », « Coupure »."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line, blanked
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns import numbers_alone
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import DAY, clock, late, of_a_clock, on_a_clock, read_or_none
from kpa_model.files.book.reading.columns.numbers_alone import bare_number
from kpa_model.files.book.reading.spread.people import TOTAL, timed
from kpa_model.files.book.reading.spread.titled_units import unit_of_title
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import hours, listing

_BREAK = pattern("breaks.break")
_ITS_HOUR = re.compile(
    r"\b(pauses?|repas|dejeuner|coupures?|interruptions?|lunch|dej|breaks?|meals?|diner|souper|gouter|collation"
    r"|casse[ -]croute|battements?|sieste|deductions?|a deduire)\b"
)
_SURELY = re.compile(r"\b(pauses?|coupures?|interruptions?|breaks?)\b")
"""« Déjeuner ; Dîner » may be parts of the work; « Pause ; Déjeuner » are breaks."""
_OTHERWISE = pattern("breaks.otherwise", r"\b(WORDS)\b")
"""Words beside that of a break: hours without it, meals that are sold or paid."""


def of_break(title: str) -> bool:
    """Tell whether a title speaks of a break, « Pause (min) », « Lunch break »."""
    return bool(_ITS_HOUR.search(same(title)) or _BREAK.fullmatch(bare(title)))


def break_at(block: Block) -> int:
    """Return the one column of how long breaks last; −1 when none is, or several."""
    return found[0] if len(found := _breaks(block)) == 1 else -1


def _breaks(block: Block) -> list[int]:
    named = [at for at, title in enumerate(block.titles) if title and _lasts(title) and block.column(at)]
    return [at for at in named if not (on_a_clock(cells := block.column(at)) and late(cells))]  # « 12:30 »: at noon


def one_break(block: Block, findings: Findings) -> Block:
    """Return a block whose breaks, in several columns beside a start and an end or spans, are one, « Pause »: told."""
    found = _breaks(block)
    sure = any(_SURELY.search(same(block.titles[at])) for at in found)
    units = [_unit(block, at) for at in found]
    if len(found) < 2 or not sure or not all(units) or not any(map(_of_work, block.titles)):
        return block
    reads = [partial(read_duration, unit=unit) for unit in units]
    lines: list[Line] = []
    for number, cells in block.lines:
        times = [read_or_none(read, cell_at(cells, at)) for read, at in zip(reads, found, strict=True)]
        made: dict[int, Cell] = dict.fromkeys(found, "")
        made[found[0]] = timedelta(minutes=float(sum(filter(None, times)))) if any(times) else ""
        lines.append((number, [made.get(at, cell) for at, cell in enumerate(cells)]))
    told = listing([f"« {block.titles[at]} »" for at in found])
    findings.heed(block.grid.place(block.head), f"{told} s'ajoutent : c'est la pause.")
    named = {at: "Pause" if at == found[0] else "" for at in found}
    return replace(block, titles=[named.get(at, title) for at, title in enumerate(block.titles)], lines=lines)


def _of_work(title: str) -> bool:
    """Tell whether a title says when work starts, or from when to when it goes."""
    return bool(title) and not of_break(title) and (of_a_clock(title) or bool(_SPANS.search(same(title))))


_SPANS = re.compile(r"\b(horaires?|creneaux?|plages?|shifts?|heures?)\b")


def _lasts(title: str) -> bool:
    return of_break(title) and not of_a_clock(title) and not _OTHERWISE.search(same(title)) and "€" not in title


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
    leads = [column_of(title, dictionaries()["heures"]) if title else None for title in block.titles]
    named = {each.name: at for at, each in enumerate(leads) if each is not None}
    at = break_at(block)
    if at < 0 or not {"debut", "fin"} <= named.keys():
        return block
    place, title, unit = block.grid.place(block.head), block.titles[at], _unit(block, at)
    if "pause" in named and (named["pause"] != at or unit != "min" or unit_of_title(title)):
        return block
    if not unit:
        findings.heed(place, _NO_TIME.format(title))
        return block
    if "pause" not in named and _whole(block, at, named["debut"], named["fin"]):
        findings.left_out(place, _KEPT.format(title))
        return replace(block, titles=blanked(block.titles, {at}))
    if "pause" not in named:
        findings.heed(place, f"« {title} » est une pause : elle est enlevée des heures.")
    pause = f"{title if 'pause' in named else 'pause'} (min)" if unit == "min" else "pause"
    return replace(block, titles=[pause if rank == at else each for rank, each in enumerate(block.titles)])


def _whole(block: Block, rest: int, start: int, end: int) -> bool:
    """Tell whether a total beside a start and an end says most works that have a break without taking it off."""
    breaks, total = paused(block), total_at(block, ())
    hours_told = {n: (clock(cell_at(cells, start)), clock(cell_at(cells, end))) for n, cells in block.lines}
    worked = {n: (b - a) % DAY for n, (a, b) in hours_told.items() if a is not None and b is not None and breaks.get(n)}
    both = said_beside(block, worked, total) if total != rest else []
    return 2 * sum(abs(minutes - said) <= 1 for _, minutes, said in both) > len(both)


def total_at(block: Block, but: Collection[int]) -> int:
    """Return the first column that holds the time of each line, except some; −1 when none does."""
    return next((at for at in range(len(block.titles)) if at not in but and is_length(block, at)), -1)


_NO_TIME = "« {} » n'est pas enlevé des heures. Si c'est une pause, écrivez par exemple 0:45."
Totals = Sequence[tuple[int, int, int]]
"""Lines that tell the time of their hours and a total: the number of each, and both, in minutes."""


def taken_off(block: Block, both: Totals, total: int, findings: Findings, several: bool = False) -> dict[int, int]:
    """Return the minutes of break to take off lines, by their numbers, and tell it; none when a total denies it.

    Args:
        block: the table.
        both: what its lines say.
        total: the column of the totals, or −1.
        findings: where it is told.
        several: whether the work of a day is told in parts, whose break may be left out already.
    """
    if (at := break_at(block)) < 0:
        return {}
    place, title, unit, breaks = block.grid.place(block.head), block.titles[at], _unit(block, at), paused(block)
    if not unit and not any(breaks.values()):
        findings.heed(place, _NO_TIME.format(title))
        return {}
    with_one = [(worked, said, breaks[number]) for number, worked, said in both if breaks.get(number)]
    proofs = [abs(worked - said - rest) <= 1 for worked, said, rest in with_one]
    whole = [abs(worked - said) <= 1 for worked, said, _ in with_one]
    if unit and 2 * sum(proofs) > len(proofs):
        findings.heed(place, f"« {title} » est enlevée des heures : « {block.titles[total]} » le prouve.")
        return breaks
    if unit and not several and 2 * sum(whole) <= len(whole):
        findings.heed(place, f"« {title} » est une pause : elle est enlevée des heures.")
        return breaks
    findings.left_out(place, _KEPT.format(title))
    return {}


_KEPT = "la colonne « {} » n'est pas enlevée des heures."


def say_rests(block: Block, spans: Collection[int], findings: Findings) -> None:
    """Tell the breaks that are not taken off, where the spans of several people stand on a line."""
    for at in _breaks(block) if len(spans) > 1 else ():
        if at not in spans and _unit(block, at):
            findings.left_out(block.grid.place(block.head), _KEPT.format(block.titles[at]))


def paused(block: Block) -> dict[int, int]:
    """Return the minutes of break of each line, by its number; nothing without a column of breaks."""
    if (at := break_at(block)) < 0:
        return {}
    unit = _unit(block, at)
    told = ((number, cell_at(cells, at)) for number, cells in block.lines)
    times = {number: cell for number, cell in told if unit or not bare_number(cell)}
    return {
        number: round(read_or_none(partial(read_duration, unit=unit or "h"), times[number]) or 0) for number in times
    }


def rested(block: Block, at: int, findings: Findings, several: bool) -> Block:
    """Return a block whose breaks, in their own column, are taken off the time of spans, in a column; it is told.

    A total, or a duration, beside them proves whether they are; one that the hours deny is told.
    """
    spent = {number: cell_at(cells, at) for number, cells in block.lines}
    worked = {number: round(cell.total_seconds() / 60) for number, cell in spent.items() if isinstance(cell, timedelta)}
    total, rest = total_at(block, {at}), -1
    both = said_beside(block, worked, total)
    if breaks := taken_off(block, both, total, findings, several):
        rest = break_at(block)
    lines: list[Line] = []
    for number, cells in block.lines:
        made: dict[int, Cell] = {rest: ""}
        if number not in worked and breaks.get(number):
            findings.left_out(block.grid.place(number, rest, block.titles[rest]), "cette pause n'est pas enlevée.")
        if number in worked and breaks.get(number):
            left = worked[number] - breaks[number]
            made[at] = timedelta(minutes=left) if left > 0 else f"{as_text(cell_at(cells, rest))} ?"
        lines.append((number, [made.get(each, cell) for each, cell in enumerate(cells)]))
    less = {number: minutes - breaks.get(number, 0) for number, minutes, _ in both}
    denied = {number: said for number, _, said in both if abs(said - less[number]) > 1}
    gone = {rest}
    if 2 * len(denied) < len(both) and TOTAL.match(block.titles[total]):
        gone.add(total)
        for number, said in denied.items():
            text = DENIED.format(hours(said), hours(less[number]))
            findings.heed(block.grid.place(number, total, block.titles[total]), text)
    return replace(block, titles=blanked(block.titles, gone), lines=lines)


DENIED = "ce total dit {}, et les heures de la ligne font {}. Les heures comptent."


def said_beside(block: Block, worked: Mapping[int, int | None], total: int) -> Totals:
    """Return the lines that tell a time of work and a total, whose column may be −1."""
    read = partial(read_duration, unit=unit_of_title(block.titles[total]) or "h")
    told = ((number, read_or_none(read, cell_at(cells, total))) for number, cells in block.lines if total >= 0)
    return [
        (number, minutes, round(said)) for number, said in told if said is not None and (minutes := worked.get(number))
    ]


def beside_spans(block: Block, at: int) -> bool:
    """Tell whether a column says of spans how long their breaks last, or what they make: its title is nobody's name."""
    return of_break(block.titles[at]) or is_length(block, at)


def is_length(block: Block, at: int) -> bool:
    """Tell whether a column holds the time of each line: a total, or a duration."""
    column = column_of(block.titles[at], dictionaries()["heures"])
    named = TOTAL.match(block.titles[at]) or (column is not None and column.name == "duree")
    return bool(named) and timed(block.column(at))


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


def _unit(block: Block, at: int) -> str:
    """Return the unit of the numbers alone of a column of breaks; nothing when its cells are perhaps no times.

    Nobody rests ten hours; « 1 » is an hour under « Pause » alone.
    """
    title, cells = block.titles[at], [cell for cell in block.column(at) if not absent(cell)]
    numbers = [numbers_alone.number(cell) for cell in cells if bare_number(cell)]
    if any(read_or_none(read_duration, cell) is None for cell in cells if re.search(r"\w", as_text(cell))):
        return ""
    if unit := unit_of_title(title):
        return unit
    if any(numbers) and all(each >= _LEAST or not each for each in numbers):
        return "min"
    known = column_of(title, dictionaries()["heures"])
    return "h" if not any(numbers) or (known is not None and known.name == "pause") else ""


_LEAST = 10
"""From this number on, one alone counts minutes of a break."""
