"""The lines of a wide table that hold facts, and its totals, which are kept as a check: what they deny is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, unguarded
from kpa_model.files.book.dates import Period, read_duration
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line, first_text
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.spread.people import TOTAL, says_total, timed
from kpa_model.files.book.reading.spread.titled_units import in_days
from kpa_model.files.book.where import Place
from kpa_model.words import hours, listing, month_names

_PART = re.compile(
    rf"^sous|^ss?[/. -]|\b(s\d+|sem\.?|semaine|quinzaine|mois|{'|'.join(month_names())})\b", re.IGNORECASE
)
_OF_ALL = {"total", "totaux", "totalgeneral", "totalglobal", "totaldesheures", "totalheures", "grandtotal", "somme"}
"""What a total of every line is called."""
_TOLD = 3
"""How many totals that are denied are told one by one; more are told together."""

_NOTHING = {"", "-", "–", "—", "x", "/"}
_ZERO = re.compile(r"(?:pt)?0[0:.,\s]*(?:(?:hrs?|h(?:eures?)?|m(?:n|in(?:utes?)?)?|s|j(?:ours?)?)[0:.,\s]*)*")
"""No time, however it is written: « 0 », « 00:00:00 », « 0 h 00 min »."""

Denied = tuple[Place, str]
"""A total that its cells deny: where it stands, and what it says."""


def facts(block: Block, values: Collection[int], totals: Collection[int], findings: Findings) -> Iterator[Line]:
    """Yield the lines that are neither totals nor titles again; then tell the totals that their cells deny.

    Args:
        block: the table.
        values: the columns of times.
        totals: the columns of totals.
        findings: where what is denied goes.
    """
    whole, part = Counter[int](), Counter[int]()
    denied: list[Denied] = []
    titles = [bare(each) for each in block.titles]
    again = Counter(bare(first_text(cells)) for _, cells in block.lines)  # « Total » after each month
    day = int(block.grid.answers.get("duree.journee", 0))
    for number, written in block.lines:
        cells = [_in_hours(cell, day) for cell in written]
        first = first_text(cells)
        if TOTAL.match(first):
            of_part = (
                _PART.search(first) or bare(first) not in _OF_ALL or again[bare(first)] > 1
            )  # « Total Bruno », under « Total Awa »
            denied += _below(block, (number, cells), whole, part if of_part else whole)
            part.clear()
        elif [bare(as_text(each)) for each in cells] != titles[: len(cells)]:
            for at in values:
                if at < len(cells) and not nothing(cells[at]):
                    whole[at] += _length(cells[at]) or 0  # type: ignore[assignment]
                    part[at] += _length(cells[at]) or 0  # type: ignore[assignment]
            denied += _beside(block, (number, cells), values, totals)
            yield number, written
    unsure = not day and any(in_days(cell) for at in values for cell in block.column(at))
    if block.grid.answers.get("duree.unite", "h") == "h" and not unsure:  # in another unit, these sums say nothing
        _tell(denied, findings)


def _in_hours(cell: Cell, day: int) -> Cell:
    """Return the time of a cell that says days, once the minutes of one are known."""
    told = in_days(cell) if day else None
    return timedelta(minutes=float(told[0] * day + told[1])) if told else cell


def needed(block: Block, values: Collection[int], totals: Collection[int]) -> list[int]:
    """Return the columns of times that the totals of the lines need beside those that are read; none when none proves.

    Args:
        block: the table.
        values: the columns of times that are read.
        totals: the columns of totals.
    """
    left = [at for at in range(len(block.titles)) if at not in {*values, *totals} and timed(block.column(at))]
    lines = [cells for _, cells in block.lines if not says_total(cells)]
    for more in ([], *([at] for at in left), left):
        for total in totals:
            told = [(_said(cells, total), _summed(cells, {*values, *more})) for cells in lines]
            proved = [abs(said - made) <= 1 for said, made in told if said is not None]
            if proved and all(proved):
                return more
    return []


_PROVED = 8
"""Among so many columns at most, those that make the totals are looked for."""


def proved(block: Block, free: Collection[int], totals: Collection[int]) -> list[int]:
    """Return the columns of times that make the total of every line, two at least; none when several ways do.

    Args:
        block: the table.
        free: the columns of times that may be added up.
        totals: the columns of totals.
    """
    lines = [cells for _, cells in block.lines if not says_total(cells)]
    if not 1 < len(free) <= _PROVED or not totals or len(lines) < 2:
        return []
    for total in totals:
        said = [_said(cells, total) for cells in lines]
        parts = {at: [_said(cells, at) or Fraction(0) for cells in lines] for at in free}
        if any(each is None for each in said):
            continue
        found = [
            list(ranks)
            for many in range(2, len(free) + 1)
            for ranks in combinations(sorted(free), many)
            if all(abs(_made(parts, ranks, row) - (said[row] or Fraction(0))) <= 1 for row in range(len(lines)))
        ]
        if len(found) == 1:
            return found[0]
    return []


def _made(parts: Mapping[int, Sequence[Fraction]], ranks: Collection[int], row: int) -> Fraction:
    return sum((parts[at][row] for at in ranks), Fraction(0))


def right(block: Block, values: Collection[int], totals: Collection[int]) -> bool:
    """Tell whether the totals of the lines, two at least, are those of some columns."""
    lines = [cells for _, cells in block.lines if not says_total(cells)]
    told = [(_said(cells, total), _summed(cells, values)) for total in totals for cells in lines]
    agreed = [abs(said - made) <= 1 for said, made in told if said is not None]
    return len(agreed) > 1 and all(agreed)


def mostly_right(block: Block, values: Collection[int], totals: Collection[int]) -> bool:
    """Tell whether one column of totals is that of some columns, on half of its lines at least."""
    for total in totals:
        told = [(_said(cells, total), _summed(cells, values)) for _, cells in block.lines]
        agreed = [abs(said - made) <= 1 for said, made in told if said is not None]
        if 2 * sum(agreed) >= len(agreed) > 0:
            return True
    return False


def beyond(block: Block, values: Collection[int], totals: Collection[int]) -> list[int]:
    """Return the one column without which every total of a line is right; nothing when none, or several, are so."""
    if len(values) < 2 or right(block, values, totals):
        return []
    found = [at for at in values if right(block, [each for each in values if each != at], totals)]
    return found if len(found) == 1 else []


def _summed(cells: Sequence[Cell], ranks: Collection[int]) -> Fraction:
    return sum((_said(cells, at) or Fraction(0) for at in ranks), Fraction(0))


def nothing(cell: Cell) -> bool:
    """Tell whether a cell holds no time: empty, a dash, an absence, zero."""
    text = as_text(cell).casefold()
    return text in _NOTHING or cell == 0 or bool(_ZERO.fullmatch(text)) or absent(cell)


def _length(cell: Cell) -> Fraction | None:
    try:
        return Fraction(read_duration(unguarded(cell)))
    except Refused:
        return None


def _said(cells: Sequence[Cell], at: int) -> Fraction | None:
    return _length(cells[at]) if at < len(cells) and as_text(cells[at]) else None


def _below(block: Block, line: Line, whole: Counter[int], since: Counter[int]) -> Iterator[Denied]:
    """Yield the totals of a line that the cells above deny: since the line of totals before, and from the start."""
    number, cells = line
    for at, every in whole.items():
        said = _said(cells, at)
        if said is not None and abs(said - since[at]) > 1 and abs(said - every) > 1:
            yield _denied(block, number, at, cells[at], Fraction(since[at] or every))


def _beside(block: Block, line: Line, values: Collection[int], totals: Collection[int]) -> Iterator[Denied]:
    """Yield the totals of a line that the cells before deny: since the total before it, and all those of the line."""
    number, cells = line
    told = {at: _said(cells, at) or Fraction(0) for at in values}
    last = -1
    for at in sorted(at for at in totals if not _COUNTED_DAYS.fullmatch(block.titles[at])):
        every = sum(told.values(), Fraction(0))
        since = sum((told[each] for each in told if last < each < at), Fraction(0))
        last = at
        said = _said(cells, at)
        if said is not None and abs(said - since) > 1 and abs(said - every) > 1:
            yield _denied(block, number, at, cells[at], every)


_COUNTED_DAYS = re.compile(r"((nb|nbre|nombre)\.? )?(de )?(jours?|journées?)", re.IGNORECASE)


def _denied(block: Block, number: int, at: int, cell: Cell, exact: Fraction) -> Denied:
    text = f"ce total dit « {as_text(cell)} », et les cases font {hours(int(exact))}. Les cases comptent."
    return block.grid.place(number, at, block.titles[at]), text


def _tell(denied: Sequence[Denied], findings: Findings) -> None:
    if len(denied) <= _TOLD:
        for place, text in denied:
            findings.heed(place, text)
        return
    place, text = denied[0]
    findings.heed(place, f"{text} {len(denied) - 1} autres totaux de ce tableau ne disent pas ce que font leurs cases.")


# --- sums of weeks, of months -----------------------------------------------------------------------------------------


def sums_of_days(block: Block, dated: Mapping[int, date]) -> list[int]:
    """Return the columns that are sums of others: « Semaine 41 » after its days, « octobre » after its weeks.

    Args:
        block: the table.
        dated: the day or the period of each column of times, by rank.
    """
    left, found = dict(dated), list[int]()
    for at in sorted(left, key=lambda each: _span(left[each])):
        if any(mostly_right(block, some, (at,)) for some in _covered(left, at) if some):
            found.append(at)
            del left[at]
    return found


def say_periods(block: Block, values: Mapping[int, Cell], totals: Sequence[int], findings: Findings) -> None:
    """Tell the periods that are sums of their days, and those that count beside them."""
    if summed := [f"« {block.titles[at]} »" for at in totals if not TOTAL.match(block.titles[at])]:
        what = f"{listing(summed, most=_TOLD)} : la somme des jours. Elle n'est pas comptée en plus."
        findings.note(block.grid.place(block.head), what)
    dated = {at: day for at, day in values.items() if isinstance(day, date)}
    held = {at for at in dated if any(not nothing(cell) for cell in block.column(at))}
    both = [at for at in sorted(held) if {*_covered(dated, at)[1]} & held]
    if both:
        names = listing([f"« {block.titles[at]} »" for at in both], most=_TOLD)
        what = f"{names}, à côté de ses jours : toutes ces heures comptent. Si c'est un total, retirez la colonne."
        findings.heed(block.grid.place(block.head, both[0], block.titles[both[0]]), what)


def _covered(dated: Mapping[int, date], at: int) -> tuple[list[int], list[int]]:
    """Return the shorter periods, and the days, that a period meets, then those that it holds whole."""
    first, last = dated[at], _last_day(dated[at])
    shorter = {other: day for other, day in dated.items() if _span(day) < _span(first)}
    met = [other for other, day in shorter.items() if day <= last and _last_day(day) >= first]
    return met, [other for other in met if dated[other] >= first and _last_day(dated[other]) <= last]


def _last_day(day: date) -> date:
    return (day.last or day) if isinstance(day, Period) else day


def _span(day: date) -> int:
    return (_last_day(day) - day).days
