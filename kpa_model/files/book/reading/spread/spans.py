"""Times of work told over several columns or days: a morning and an afternoon, a whole week, a whole month."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import Period, read_date, read_duration, read_month
from kpa_model.files.book.dictionaries import Column, dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line, blanked
from kpa_model.files.book.inside.beside import UNCOMPUTED
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import (
    DAY,
    clock,
    of_a_clock,
    read_or_none,
    say_nights,
    starts,
)
from kpa_model.files.book.reading.columns.numbers_alone import pointed
from kpa_model.files.book.reading.context import NAMES, Context, named_as
from kpa_model.files.book.reading.dated.moments import apart_from_work
from kpa_model.files.book.reading.dated.months import with_years
from kpa_model.files.book.reading.dated.weeks import TITLE
from kpa_model.files.book.reading.sales.weights import says_money
from kpa_model.files.book.reading.spread.breaks import (
    DENIED,
    Totals,
    break_at,
    paused,
    said_beside,
    taken_off,
    total_at,
)
from kpa_model.files.book.reading.spread.days import DAY_MONTH, here, short_days, years_around
from kpa_model.files.book.reading.spread.kinds import kind_said
from kpa_model.files.book.reading.spread.people import TOTAL, says_total
from kpa_model.files.book.reading.spread.titled_units import unit_of_title
from kpa_model.words import hours, listing

_MONTH = re.compile(rf"(?:{NAMES})\.?(?:[ _/-]?(?:20)?\d\d)?", re.IGNORECASE)


# --- a morning and an afternoon ---------------------------------------------------------------------------------------


def half_days(block: Block, findings: Findings) -> Block:
    """Return one duration where hours of the clock are written in several pairs: « Matin de, à ; après-midi de, à »."""
    pairs = _pairs(block)
    clocks = [at for pair in pairs for at in pair]
    told = [(number, pair[1], _told(cells, [pair])) for number, cells in block.lines for pair in pairs]
    say_nights(block, told, findings)
    total = total_at(block, clocks)
    plain = len(pairs) == 1 and all(_columns(block.titles[at]) for at in clocks) and not _dotted(block, clocks)
    if not pairs or (plain and not _summed(block, pairs, total)):
        return block
    into, unit = (total, unit_of_title(block.titles[total])) if total >= 0 else (clocks[0], "")
    own = partial(read_duration, unit=unit or "h")
    breaks = taken_off(block, _both(block, pairs, total), total, findings, several=len(pairs) > 1)
    lines: list[Line] = []
    for number, cells in block.lines:
        row = [*cells, *[""] * (into + 1 - len(cells))]
        if not says_total(cells):  # « Total » may be written among the hours
            row = ["" if at in clocks else cell for at, cell in enumerate(row)]
            worked = _worked(cells, pairs)
            spent = worked - breaks.get(number, 0) if worked else worked
            row[into] = _length(block, number, cells, clocks, spent, total, own, findings)
        lines.append((number, row))
    named, gone = f"duree ({unit})" if unit else "duree", {*clocks, *([break_at(block)] if breaks else [])}
    titles = [named if at == into else "" if at in gone else title for at, title in enumerate(block.titles)]
    place = block.grid.place(block.head)
    findings.note(place, f"la durée vient de {listing([f'« {block.titles[at]} »' for at in clocks])}.")
    if left := [
        title for at, title in enumerate(titles) if title and of_a_clock(title) and any(map(clock, block.column(at)))
    ]:
        findings.left_out(place, f"{listing([f'« {title} »' for title in left])} : ces heures ne sont pas lues.")
    return replace(block, titles=titles, lines=lines)


def _both(block: Block, pairs: Sequence[tuple[int, int]], total: int) -> Totals:
    """Return the lines that tell the time of their pairs and a total."""
    return said_beside(block, {number: _worked(cells, pairs) for number, cells in block.lines}, total)


def _length(
    block: Block,
    number: int,
    cells: Sequence[Cell],
    clocks: Sequence[int],
    worked: int | None,
    total: int,
    read: Callable[[Cell], Any],
    findings: Findings,
) -> Cell:
    """Return the time of a line: that of its pairs; its own total when an hour lacks. What they deny is told."""
    own = cell_at(cells, total)
    own = "" if own == UNCOMPUTED else own  # the hours of the line are enough, and nothing sums none
    if (worked is None and not as_text(own)) or (worked or 0) < 0:  # an hour lacks, or its break is longer: refused
        return " ".join(as_text(cell_at(cells, at)) or "?" for at in clocks)
    if not worked:
        away = (cell for at in clocks if _away(cell := cell_at(cells, at)) and cell)
        return own if as_text(own) else next(away, "")
    said = read_or_none(read, own)
    if said is not None and abs(said - worked) > 1 and read_or_none(pointed, own) != worked:
        text = DENIED.format(hours(round(said)), hours(worked))
        findings.heed(block.grid.place(number, total, block.titles[total]), text)
    return timedelta(minutes=worked)


def _pairs(block: Block) -> list[tuple[int, int]]:
    """Return the columns of each start and each end, in their order."""
    clocks = [at for at, title in enumerate(block.titles) if of_a_clock(title) and _hours(block, at)]
    if _dotted(block, clocks) and not any(_of_a_clock(cell) for at in clocks for cell in block.column(at)):
        return []  # 9.50 may be half past nine
    found: list[tuple[int, int]] = []
    start = -1
    for at in clocks:
        if starts(block.titles[at]):
            start = at
        elif start >= 0:
            found, start = [*found, (start, at)], -1
    return found


def _hours(block: Block, at: int) -> bool:
    """Tell whether the cells of a column are hours of the clock; words among them, totals and absences, are none."""
    cells = [cell for cell in block.column(at) if re.search(r"\d", as_text(cell)) and not absent(cell)]
    return bool(cells) and sum(clock(cell) is not None for cell in cells) >= 0.8 * len(cells)


def _away(cell: Cell) -> bool:
    """Tell whether a cell says that nobody worked: a word of absence, a dash, nothing."""
    return absent(cell) or not re.search(r"\w", as_text(cell))


def _dotted(block: Block, clocks: Sequence[int]) -> bool:
    """Tell whether hours of the clock are written with a point: « 12.30 »."""
    return any(isinstance(cell, str) and "." in cell and not absent(cell) for at in clocks for cell in block.column(at))


def _of_a_clock(cell: Cell) -> bool:
    """Tell whether the minutes of an hour can only be those of a clock: a decimal hour is told by quarters."""
    return (clock(cell) or 0) % 60 not in (0, 25, 50)


def _worked(cells: Sequence[Cell], pairs: Sequence[tuple[int, int]]) -> int | None:
    """Return the minutes of a line; None when one of its hours lacks the other one of its pair, or cannot be read."""
    hours_told = [[clock(cell_at(cells, at)) for at in pair] for pair in pairs]
    unread = (cell_at(cells, at) for pair in pairs for at in pair if clock(cell_at(cells, at)) is None)
    if not all(map(_away, unread)) or any((start is None) != (end is None) for start, end in hours_told):
        return None
    return sum((end - start) % DAY for start, end in _told(cells, pairs))


def _told(cells: Sequence[Cell], pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the start and the end of each pair of a line that tells both."""
    both = ((clock(cell_at(cells, start)), clock(cell_at(cells, end))) for start, end in pairs)
    return [(start, end) for start, end in both if start is not None and end is not None]


def _summed(block: Block, pairs: Sequence[tuple[int, int]], total: int) -> bool:
    """Tell whether a column titled as a total says, on most lines, the time from start to end: it is no money.

    A break may be taken off. « Total heures » needs no proof.
    """
    title = block.titles[total] if total >= 0 else ""
    if column_of(title, dictionaries()["heures"]) is not None or not TOTAL.match(title):
        return False
    breaks, both = paused(block), _both(block, pairs, total)
    told = [abs(said - worked + breaks.get(number, 0)) <= 1 for number, worked, said in both]
    return bool(told) and 2 * sum(told) >= len(told)


# --- a whole month ----------------------------------------------------------------------------------------------------


def whole_months(block: Block, context: Context) -> Block:
    """Return hours of months, told without a day, as those of whole months: a line, or a column, for each person."""
    known = dictionaries()["heures"]
    at = _months_at(block)
    told = {column.name for title in blanked(block.titles, {at}) if (column := column_of(title, known))}
    if at < 0 or "date" in told or ("duree" in told and "personne" not in told) or money(block):
        return block
    kinds = (kind_said([title], known.column("genre").choices, block.grid) for title in block.titles)
    named = block.grid.answers.get("table") or named_as(block.grid, dictionaries())
    timed = "duree" in told or "colonne.duree" in block.grid.answers or named == "heures"
    if "personne" in told and not timed and not any(kinds):
        return block
    return _by_month(block, at, context) or block


_LETTERS = re.compile(r"[^\W\d]{2}")


def months_of_lines(block: Block, context: Context) -> Block | None:
    """Return facts with a column of months as of whole months; None without one, or for sums that nobody named yet."""
    at = _months_at(block)
    texts = [block.column(rank) for rank in range(len(block.titles)) if rank != at]
    said = any(2 * sum(bool(_LETTERS.search(str(cell))) for cell in cells) > len(block.lines) for cells in texts)
    return _by_month(block, at, context) if at >= 0 and (said or block.grid.answers.get("table")) else None


def _by_month(block: Block, at: int, context: Context) -> Block | None:
    around = _around(block, at, context)
    months = [_month(cell, around) for cell in with_years(block.titles, block.lines, at)]
    lines = [
        (number, [*cells[:at], month, *cells[at + 1 :]] if month else cells)
        for (number, cells), month in zip(block.lines, months, strict=True)
    ]
    named = blanked(block.titles, {at} if any(each.kind == "duree" for each in _columns(block.titles[at])) else ())
    return replace(block, titles=named, lines=lines, weeks=at) if any(months) else None


def money(block: Block) -> bool:
    """Tell whether a title leads to an amount: « Total » alone may be one of hours."""
    titles = [title for title in block.titles if bare(title) != "total"]
    return any(each.kind == "euros" for title in titles for each in _columns(title))


def _columns(title: str) -> list[Column]:
    return [found for each in dictionaries().values() if (found := column_of(title, each))]


def _months_at(block: Block) -> int:
    """Return the column of months: its title says so, or no name nor money, and most cells are: others are refused."""
    named = [at for at, title in enumerate(block.titles) if bare(title) == "mois"]
    return next((at for at in (*named, *range(len(block.titles))) if at in named or _may_be_months(block, at)), -1)


def _may_be_months(block: Block, at: int) -> bool:
    cells = [each for each in block.column(at) if not TOTAL.match(as_text(each))]
    other = says_money(block.titles[at]) or any(each.kind in ("nom", "texte") for each in _columns(block.titles[at]))
    months = 2 * sum(bool(_MONTH.fullmatch(as_text(each))) and not is_day(each) for each in cells) > len(cells)
    return months and not other and not apart_from_work(block, at)


def _around(block: Block, at: int, context: Context) -> Context:
    """Return what is known around a column of months: the year of its own title is theirs."""
    own = tuple(map(int, re.findall(r"(?<!\d)20\d\d(?!\d)", block.titles[at])))
    return replace(context, years=own) if own else here(block, context)


def without_year(block: Block, context: Context) -> str:
    """Return the first month or day of a column whose year nothing tells; an empty text when there is none."""
    if (days := short_days(block)) >= 0 and len({*years_around(block, days, context)}) != 1:
        return next(text for cell in block.column(days) if DAY_MONTH.fullmatch(text := as_text(cell)))
    at = _months_at(block)
    if at < 0 or block.weeks >= 0:
        return ""
    around, cells = _around(block, at, context), map(as_text, with_years(block.titles, block.lines, at))
    return next((each for each in cells if _MONTH.fullmatch(each) and around.month_in([each]) is None), "")


def _month(cell: Cell, context: Context) -> Period | None:
    text = as_text(cell)
    found = read_or_none(read_month, cell) or (context.month_in([text]) if _MONTH.fullmatch(text) else None)
    return Period.of_month(found) if found else None


TOPIC, _WEEKS = "colonnes.semaines", "semaines"
_LEAST = 3
"""From this number of Mondays on, titles may be weeks that nothing says."""


def days_under_weeks(block: Block) -> bool:
    """Tell whether titles that are days are said to be weeks, by what is written around them, or by the group."""
    texts = (*block.above, *block.names, *(as_text(each) for each in block.heads))
    told = any(TITLE.search(text) for text in texts) or block.grid.answers.get(TOPIC) == _WEEKS
    return told and _a_week_apart(block)


def ask_mondays(block: Block, findings: Findings) -> bool:
    """Ask whether titles that are all Mondays are days or weeks; tell whether it did."""
    days = [*_days(block)]
    if len(days) < _LEAST or any(day.weekday() for day in days) or not _a_week_apart(block):
        return False
    if days_under_weeks(block) or TOPIC in block.grid.answers or not findings.asking:
        return False
    question = f"Les colonnes sont des lundis ({days[0]:%d/%m}, {days[1]:%d/%m}…). Sont-ce des jours, ou des semaines ?"
    options = ((_WEEKS, "des semaines entières"), ("jours", "ces jours-là"))
    findings.doubt(block.grid.place(block.head), Doubt(TOPIC, question, options, "Écrivez « Semaine du » au-dessus."))
    return True


def _a_week_apart(block: Block) -> bool:
    return {(after - before).days for before, after in pairwise(_days(block))} == {7}


def _days(block: Block) -> Iterator[date]:
    return (read_date(head) for head in block.heads if is_day(head))
