"""Weeks → periods: those that a column tells, those that two days tell, and those that are titles of columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from kpa_model.cooperative import calendar
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dates import WEEKDAY, WEEKDAYS, Period, read_date
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import blanked
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.clocks import ends, of_a_clock, starts
from kpa_model.files.book.reading.columns.titles import tells_time
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.dated.moments import apart_from_work, of_somebody
from kpa_model.files.book.reading.dated.weeks import BARE, TITLE, Said, Years, periods, said
from kpa_model.files.book.reading.spread.days import here
from kpa_model.files.book.reading.spread.people import may_be_named, timed
from kpa_model.files.book.reading.spread.spans import money
from kpa_model.files.book.vocabulary import word_set
from kpa_model.words import month_name

_STARTS = word_set("spread.weeks.starts")
_FIRST, _LAST = (re.compile(rf"(.*\W)?{word}(\W.*)?", re.IGNORECASE) for word in ("du", "au"))
_SAMPLE = 60


def ask_year(block: Block, first: str, context: Context, findings: Findings) -> None:
    """Ask the year of weeks or days that do not say it."""
    near = sorted(set(here(block, context).years)) or range((now := calendar.today().year) - 2, now + 1)
    years = [*near, max(near) + 1]
    fitting = [year for year in years if _on_weekday(first, block, year)]
    options = tuple((str(year), str(year)) for year in fitting or years)
    question = f"« {first} » : de quelle année ?"
    todo = "Écrivez l'année dans le nom de la feuille."
    findings.doubt(block.grid.place(block.head), Doubt("annee", question, options, todo))


def _on_weekday(text: str, block: Block, year: int) -> bool:
    """Tell whether « Sam 7 » is a Saturday in that year, in the month that the sheet tells; yes when nothing says."""
    named, number = WEEKDAY.match(text), re.search(r"\d{1,2}", text)
    month = Context({}, {}, {}, (year,)).month_in(block.names)
    if not named or not number or month is None or not 1 <= int(number[0]) <= month.last_day.day:
        return True
    day = month.first_day.replace(day=int(number[0]))
    return same(WEEKDAYS[day.weekday()]).startswith(same(named[1])[:3])


# --- a column of weeks ------------------------------------------------------------------------------------------------


def with_weeks(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return the block whose weeks are periods; the block itself when it has none; None once a question is asked."""
    if (told := _from_to(block)) is not None:
        return told
    weeks = _labels(block)
    free = [at for at in range(len(block.titles)) if at != weeks and not apart_from_work(block, at)]
    days = next((at for at in free if _mostly(is_day, block, at)), -1)
    if days < 0 and weeks < 0:
        return block
    if days < 0:
        return _numbered(block, weeks, context, findings)
    named = bool(TITLE.match(block.titles[days].strip()))
    if weeks >= 0 and not _of_these_weeks(block, days, weeks):
        return block  # « S1 » is a number, not the week of its day
    if (weeks < 0 and not named) or not _one_a_week(block, days):
        return block
    if not named and bare(block.titles[days]) not in _STARTS:
        answer = block.grid.answers.get("semaine", "")
        if not answer:
            _ask_whole(block, days, weeks, findings)
            return None
        if answer == "jour":
            return block
    return _changed(block, days, [_week_of(cell, block.titles[days]) for cell in _cells(block, days)])


def _from_to(block: Block) -> Block | None:
    """Return a block of times whose lines tell their first and last days, « Du ; Au », as periods; None for another.

    A last day before the first one is refused where it stands. Hours of the clock, a third day, an amount deny it.
    """
    days = [at for at in range(len(block.titles)) if _mostly(is_day, block, at) and not of_somebody(block, at)]
    others = [(at, title) for at, title in enumerate(block.titles) if at not in days]
    hours = any(tells_time(title) or (may_be_named(block, at) and timed(block.column(at))) for at, title in others)
    if len(days) != 2 or not hours or any(of_a_clock(title) for _, title in others) or money(block):
        return None
    (first, last), cells = days, [*block.column(days[0]), *block.column(days[1])]
    named = _FIRST.fullmatch(block.titles[first]) or starts(block.titles[first])
    named = named and (_LAST.fullmatch(block.titles[last]) or ends(block.titles[last]))
    if not named or any(re.search(r"\d ?[:hT]\d", as_text(each)) for each in cells):
        return None
    titles = blanked(block.titles, {last})
    alone = replace(block, titles=titles, lines=[(number, blanked(line, [last])) for number, line in block.lines])
    told = [_between(cell_at(line, first), cell_at(line, last)) for _, line in block.lines]
    return _changed(alone, first, told)


def _between(first: Cell, last: Cell) -> Cell:
    """Return the period between two cells; the first one when they are not two days, both when they are reversed."""
    if not is_day(first) or not is_day(last) or read_date(first) == read_date(last):
        return first
    start, end = read_date(first), read_date(last)
    return Period.between(start, end) if start < end else f"du {as_text(first)} au {as_text(last)}"


def _of_these_weeks(block: Block, days: int, weeks: int) -> bool:
    """Tell whether days are, mostly, in the weeks that a column numbers beside them, by any way to count them."""
    numbered = _says_weeks(block.titles[weeks])
    pairs = zip(_cells(block, days), _cells(block, weeks), strict=True)
    both = [(read_date(day), week) for day, cell in pairs if is_day(day) and (week := said(cell, numbered))]
    near = sum(abs(day.isocalendar().week - week.number) <= 1 for day, week in both if week.number)
    return not any(week.number for _, week in both) or 2 * near >= len(both)


def _numbered(block: Block, at: int, context: Context, findings: Findings) -> Block | None:
    cells, numbers = _cells(block, at), _says_weeks(block.titles[at])
    years = _cells(block, next((rank for rank, title in enumerate(block.titles) if bare(title) == "annee"), -1))
    found = [(week, as_text(year)) for each, year in zip(cells, years, strict=True) if (week := said(each, numbers))]
    told = [week._replace(year=int(year)) if re.fullmatch(r"20\d\d", year) else week for week, year in found]
    read = periods(told, Years.around(block, context))
    if read is None:
        ask_year(block, told[0].text, context, findings)
        return None
    own = _of_month(block, told, read, context, findings)
    if own is None:
        return None
    read = own or read
    rest = iter(read)
    return _changed(block, at, [(next(rest) if said(each, numbers) else None) for each in cells])


OF_MONTH, _MONTH, _YEAR = "semaine.mois", "mois", "annee"
_MOST = 6
"""No month has more weeks."""


def _of_month(
    block: Block, told: Sequence[Said], read: Sequence[Period | None], context: Context, findings: Findings
) -> list[Period | None] | None:
    """Return the whole month around for weeks that only count its own, « Semaine 2 » under « mai 2026 ».

    Nothing when they are those of the year; None once it is asked, because those of the year are of other months.
    """
    month, weeks = context.month_in(block.names), [each for each in read if each]
    small = all(0 < each.number <= _MOST and not each.year for each in told)
    if month is None or not (weeks and small and findings.asking):
        return []
    if all(month in map(CalendarMonth.of, week.worked) for week in weeks):
        return []
    said, named = block.grid.answers.get(OF_MONTH, ""), month_name(month.first_day)
    if not said:
        question = f"« {told[0].text} », sous « {named} » : est-ce une semaine de ce mois, ou de l'année ?"
        of_month = f"de ce mois : ses heures sont en {named}, sans leur jour"
        options = ((_MONTH, of_month), (_YEAR, f"de l'année : {weeks[0].told}"))
        todo = "Écrivez « Semaine du », et son premier jour."
        findings.doubt(block.grid.place(block.head), Doubt(OF_MONTH, question, options, todo))
        return None
    return [Period.of_month(month)] * len(read) if said == _MONTH else []


def _says_weeks(title: str) -> bool:
    """Tell whether numbers under a title are weeks: « Semaine », never « Sem 36 lun »."""
    return bool(TITLE.match(title.strip())) and not re.search(r"\d", title)


def _cells(block: Block, at: int) -> list[Cell]:
    return [cells[at] if 0 <= at < len(cells) else "" for _, cells in block.lines]


def _changed(block: Block, at: int, found: Iterable[Cell | None]) -> Block:
    lines = [
        (number, [*cells[:at], each, *cells[at + 1 :]] if each else cells)
        for (number, cells), each in zip(block.lines, found, strict=True)
    ]
    return replace(block, lines=lines, weeks=at)


def _labels(block: Block) -> int:
    """Return the rank of the column that tells weeks; −1 when there is none."""

    def tells(title: str) -> Callable[[Cell], bool]:
        numbers = _says_weeks(title)
        return lambda cell: said(cell, numbers) is not None

    ranks = range(len(block.titles))
    return next((at for at in ranks if _mostly(tells(block.titles[at]), block, at)), -1)


def _mostly(holds: Callable[[Cell], bool], block: Block, at: int) -> bool:
    column = block.column(at)
    sample = column[:: max(1, len(column) // _SAMPLE)]
    cells = [each for each in sample if not re.match(r"(sous|total|cumul)", as_text(each), re.IGNORECASE)]
    return bool(cells) and sum(map(holds, cells)) >= 0.7 * len(cells)


def _one_a_week(block: Block, at: int) -> bool:
    """Tell whether no week has two different days: else they are days of work."""
    days = {read_date(cell) for cell in block.column(at) if is_day(cell)}
    return len({day.isocalendar()[:2] for day in days}) == len(days)


def _week_of(cell: Cell, title: str) -> Period | None:
    """Return the week of a day; a Sunday starts its week, unless the title says that it ends it."""
    if not is_day(cell):
        return None
    day = read_date(cell)
    ends = re.search(r"fin|end|\bau\b|jusqu", title, re.IGNORECASE)
    return Period.of_week(day if ends or day.weekday() != 6 else day + timedelta(days=1))


def _ask_whole(block: Block, days: int, weeks: int, findings: Findings) -> None:
    number, cells = next(line for line in block.lines if days < len(line[1]) and is_day(line[1][days]))
    week = as_text(cells[weeks]) if weeks < len(cells) else ""
    question = f"« {week} » et « {as_text(cells[days])} » : cette ligne compte-t-elle toute la semaine, ou ce jour-là ?"
    options = (("semaine", "toute la semaine"), ("jour", "ce jour-là"))
    todo = "Donnez à la colonne le titre « Semaine du », ou supprimez la colonne des semaines."
    findings.doubt(block.grid.place(number, days, block.titles[days]), Doubt("semaine", question, options, todo))


# --- titles that are weeks --------------------------------------------------------------------------------------------


def titled_weeks(block: Block, context: Context) -> dict[int, Period] | None:
    """Return the columns whose titles are weeks; None when only their year is not known."""
    numbers = numbered_titles(block)
    told = [(at, said(title, at in numbers)) for at, title in enumerate(block.titles)]
    found = {at: each for at, each in told if each is not None and not isinstance(cell_at(block.heads, at), date)}
    read = periods(list(found.values()), Years.around(block, context))
    if read is None:
        return None
    return {at: each for at, each in zip(found, read, strict=True) if each is not None}


def titled_in_month(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return a block whose titles are the month around when they only count its weeks; None once it is asked."""
    numbers = numbered_titles(block)
    told = {at: week for at, title in enumerate(block.titles) if (week := said(title, at in numbers))}
    read = periods([*told.values()], Years.around(block, context))
    own = _of_month(block, [*told.values()], read, context, findings) if read and len(told) > 1 else []
    if own is None:
        return None
    months = dict(zip(told, own, strict=False))
    return replace(block, heads=[months.get(at) or head for at, head in enumerate(block.heads)])


def numbered_titles(block: Block) -> tuple[int, ...]:
    """Return the columns under « Semaine ; 36 ; 37 ; 38 »: weeks in their order, above times of people."""
    first = next((at for at, title in enumerate(block.titles) if title), -1)
    ranks = tuple(at for at, title in enumerate(block.titles) if re.fullmatch(BARE, title) and at > first)
    weeks = [int(re.split(r"\D", block.titles[at])[0]) for at in ranks]
    named = first >= 0 and TITLE.match(block.titles[first].strip())
    in_order = all(after - before == 1 or after < before for before, after in pairwise(weeks))
    return ranks if named and len(ranks) > 1 and in_order and all(1 <= week <= 53 for week in weeks) else ()
