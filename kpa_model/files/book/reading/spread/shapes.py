"""Wide tables → one line per fact: one column per person, per day, per week or per month; totals kept as a check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, same, unguarded
from kpa_model.files.book.dates import WEEKDAY, WEEKDAYS, Period, read_date, read_duration, read_month
from kpa_model.files.book.dictionaries import Dictionary, dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import LaidLine, Line
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.habits import unit_of_title
from kpa_model.files.book.reading.laying import whose
from kpa_model.files.book.reading.spread import people
from kpa_model.files.book.reading.spread.kinds import kind_said
from kpa_model.files.book.reading.spread.weeks import (
    Years,
    days_under_weeks,
    numbered_titles,
    periods,
    said,
    titled_weeks,
    week_above,
)
from kpa_model.words import hours, month_names


@dataclass(frozen=True)
class Wide:
    """What the columns of a wide table say: each rank with its value, a person or one or several days."""

    what: str
    """`personne`, `date`, or `tache`."""
    values: dict[int, Cell]
    totals: tuple[int, ...]


def wide(block: Block, hours: Dictionary, context: Context) -> Wide | None:
    """Return how a table of hours is spread over columns; None when it has one line per fact."""
    totals = tuple(at for at, title in enumerate(block.titles) if _is_sum(title, hours))
    free = [
        at
        for at, title in enumerate(block.titles)
        if at not in totals and title and block.column(at) and (column_of(title, hours) is None or is_day_title(title))
    ]
    told = people.chosen(block)
    known = [at for at in free if context.is_person(block.titles[at]) and people.timed(block.column(at))]
    if told or len(known) >= 2 or (known and len(free) == len(known)):
        others = [at for at in free if people.name_like(block.titles[at]) and people.timed(block.column(at))]
        return _of_people(block, sorted({*known, *(told or others)}), totals)
    weeks = titled_weeks(block, context) or {}
    dated = {
        at: day
        for at in free
        if (day := weeks.get(at) or _day_of(block, at, context)) and people.timed(block.column(at))
    }
    if len(dated) >= 2:
        return Wide("date", {**dated}, totals)
    weekdays = {at: block.titles[at] for at in free if WEEKDAY.fullmatch(block.titles[at].strip())}
    if block.weeks >= 0 and len(weekdays) > 2:
        return Wide("date", {**weekdays}, totals)
    if sum(WEEKDAY.match(block.titles[at]) is not None for at in free) >= 2:
        return None  # days of a week that nothing tells: « Sam » alone may be somebody
    timed = [at for at in free if people.timed(block.column(at))]
    kinds = [at for at in range(len(block.titles)) if at not in totals and _is_kind(block, at, hours)]
    if kinds:
        tasks = Wide("tache", {at: block.titles[at] for at in sorted({*timed, *kinds})}, totals)
        return tasks if len(tasks.values) > 1 and _has_person(block, hours, context) else None
    met = people.met(block, free, context)
    return _of_people(block, met, totals) if met else None


def _is_kind(block: Block, at: int, hours: Dictionary) -> bool:
    """Tell whether a column holds the time of one kind of work: « Réunion », « Prestation »."""
    said = kind_said([block.titles[at]], hours.column("genre").choices, block.grid)
    return bool(said) and people.timed(block.column(at))


def _is_sum(title: str, hours: Dictionary) -> bool:
    """Tell whether a title is that of a total, beside columns of people or days: « Total », « Nb jours »."""
    column = column_of(title, hours)
    return bool(people.TOTAL.match(title)) or (column is not None and column.name == "duree")


def _has_person(block: Block, hours: Dictionary, context: Context) -> bool:
    """Tell whether something else than columns says who did the hours: a column, what is written around."""
    leads = [column_of(title, hours) for title in block.titles]
    return any(each is not None and each.name == "personne" for each in leads) or bool(whose(block, context))


def _of_people(block: Block, ranks: Sequence[int], totals: tuple[int, ...]) -> Wide:
    return Wide("personne", {at: block.titles[at] for at in ranks}, totals)


def lacks_year(block: Block, hours: Dictionary, context: Context) -> str:
    """Return the first title that would be a day or a week, if only the year were known; an empty text when none."""
    if len([each for each in block.titles if said(each)]) >= 2 and titled_weeks(block, context) is None:
        return next(each for each in block.titles if said(each))
    if len(set(context.years)) == 1:
        return ""
    guessed = wide(block, hours, replace(context, years=(2024,)))
    return block.titles[min(guessed.values)] if guessed is not None and guessed.what == "date" else ""


def is_day_title(title: str) -> bool:
    """Tell whether a title is the name of a day, of a week, or a day: « Lun », « S12 », « 05/01 »."""
    return bool(re.match(r"\d{1,2}([/ .-]|$)", title) or WEEKDAY.match(title)) or said(title) is not None


# --- days of columns --------------------------------------------------------------------------------------------------


def _day_of(block: Block, at: int, context: Context) -> date | None:
    """Return the day a column stands for, or the period: a week, a month."""
    head, title = block.heads[at] if at < len(block.heads) else "", block.titles[at]
    month = context.month_in(block.names)
    if isinstance(head, datetime | date):
        day = head.date() if isinstance(head, datetime) else head
        if days_under_weeks(block):
            return Period.of_week(day)
        return Period.of_month(CalendarMonth.of(day)) if _all_first_days(block) else day
    if WEEKDAY.fullmatch(title.strip()) and (week := week_above(block, context)):
        return _in_week(week, title)
    if (found := re.fullmatch(rf"(.+) ({WEEKDAY.pattern})", title, re.IGNORECASE)) and (named := said(found[1])):
        read = periods([named], Years.around(block, context))
        return _in_week(read[0], found[2]) if read and read[0] else None
    if (told := _whole_day(title) or _short_day(title, month, context)) is not None:
        return told
    if not re.search(r"\d\D+\d", title) or re.search(r"[^\W\d]{3}", title):
        try:
            return Period.of_month(
                read_month(title if re.search(r"\d", title) else f"{title} {_year_of(block, context)}")
            )
        except Refused:
            return None
    return None


_RANKS = {same(day)[:3]: rank for rank, day in enumerate(WEEKDAYS)}


def _in_week(week: date, weekday: str) -> date:
    """Return the day of a week by its name."""
    return date(week.year, week.month, week.day) + timedelta(_RANKS[same(weekday)[:3]])


def _whole_day(title: str) -> date | None:
    try:
        return read_date(title) if re.search(r"\d", title) else None
    except Refused:
        return None


def _all_first_days(block: Block) -> bool:
    days = [each for each in block.heads if isinstance(each, datetime | date)]
    return len(days) > 1 and all(each.day == 1 for each in days)


def _short_day(title: str, month: CalendarMonth | None, context: Context) -> date | None:
    """Return the day of « 05/01 », « lun. 5 » or « 5 », whose month or year stands elsewhere."""
    text = re.sub(r"^[^\W\d]{1,9}\.? ?", "", title.strip())
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})", text):
        years = {month.first_day.year} if month else set(context.years)
        return _whole_day(f"{found[1]}/{found[2]}/{years.pop()}") if len(years) == 1 else None
    if month and re.fullmatch(r"\d{1,2}", text) and 1 <= int(text) <= month.last_day.day:
        return date(month.first_day.year, month.first_day.month, int(text))
    return None


def _year_above(block: Block) -> int:
    found = [int(year) for text in block.names for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)]
    return found[0] if len(set(found)) == 1 else 0


def _year_of(block: Block, context: Context) -> int | str:
    return _year_above(block) or (context.years[0] if len(context.years) == 1 else "")


# --- laying out again -------------------------------------------------------------------------------------------------


def laid_long(block: Block, spread: Wide, findings: Findings) -> Block:
    """Return a block with one fact on each line; lines of totals leave, and what they say is checked."""
    gone = {*spread.values, *spread.totals, *([block.weeks] if _by_weekday(spread) else [])}
    kept = [at for at in range(len(block.titles)) if at not in gone]
    who = _untold_people(block, kept) if spread.what == "date" else -1
    titles = ["personne" if at == who else block.titles[at] for at in kept]
    titles = [*titles, spread.what, _unit_title(block, spread.totals)]
    lines: list[Line] = []
    sums: dict[int, Fraction] = {}
    part: dict[int, Fraction] = {}
    for number, cells in block.lines:
        first = next((as_text(each) for each in cells if as_text(each)), "")
        if people.TOTAL.match(first):
            _check_totals(block, (number, cells), sums, part if _PART.search(first) else sums, findings)
            part = {}
            continue
        if [bare(as_text(each)) for each in cells] == [bare(each) for each in block.titles[: len(cells)]]:
            continue
        _add(block, spread, kept, (number, cells), lines, (sums, part))
        _check_row(block, spread, number, cells, findings)
    weeks = kept.index(block.weeks) if block.weeks in kept else -1
    return replace(block, titles=titles, lines=lines, heads=list(titles), weeks=weeks)


def _untold_people(block: Block, kept: Sequence[int]) -> int:
    """Return the column of people that no title names: under « Semaine ; 36 ; 37 », or without a title; else −1."""
    if numbered_titles(block):
        return next(at for at, title in enumerate(block.titles) if title)
    leads = [column_of(block.titles[at], dictionaries()["heures"]) for at in kept]
    if any(each is not None and each.name == "personne" for each in leads):
        return -1
    blank = [at for at in kept if not block.titles[at] and at != block.weeks]
    return next((at for at in blank if people.names(block.column(at))), -1)


def _unit_title(block: Block, totals: Sequence[int]) -> str:
    units = {unit_of_title(text) for text in (*block.above, *block.titles)} - {"", "j"}
    units |= {"j"} & {unit_of_title(block.titles[at]) for at in totals}
    return f"duree ({units.pop()})" if len(units) == 1 else "duree"


def _add(
    block: Block,
    spread: Wide,
    kept: Sequence[int],
    line: Line,
    lines: list[Line],
    sums: Sequence[dict[int, Fraction]],
) -> None:
    number, cells = line
    own = [cells[at] if at < len(cells) else "" for at in kept]
    for at, value in spread.values.items():
        cell = cells[at] if at < len(cells) else ""
        if (
            as_text(cell) in {"", "-", "x", "/"}
            or people.absent(cell)
            or cell == 0
            or as_text(cell) in {"0", "0:00", "00:00", "0h", "0,00"}
        ):
            continue
        for each in sums:
            each[at] = each.get(at, Fraction(0)) + (_length(cell) or 0)
        if _by_weekday(spread):
            week = cells[block.weeks] if block.weeks < len(cells) else ""
            value = _in_week(week, str(value)) if isinstance(week, Period) else ""
        columns = (*kept, at, at)
        heads = tuple(block.titles[each] for each in columns)
        lines.append((LaidLine(number, columns, heads), [*own, value, cell]))


def _by_weekday(spread: Wide) -> bool:
    """Tell whether columns are days of the week that each line tells."""
    return spread.what == "date" and all(isinstance(each, str) for each in spread.values.values())


def _length(cell: Cell) -> Fraction | None:
    try:
        return Fraction(read_duration(unguarded(cell)))
    except Refused:
        return None


_PART = re.compile(rf"^sous|\b(s\d+|sem\.?|semaine|quinzaine|mois|{'|'.join(month_names())})\b", re.IGNORECASE)


def _check_totals(
    block: Block, line: Line, sums: dict[int, Fraction], said_of: dict[int, Fraction], findings: Findings
) -> None:
    """Tell a line of totals that the cells above it deny: since the line of totals before, or from the start."""
    number, cells = line
    for at, whole in sums.items():
        exact = said_of.get(at, Fraction(0))
        said = _length(cells[at]) if at < len(cells) and as_text(cells[at]) else None
        if said is not None and abs(said - exact) > 1 and abs(said - whole) > 1:
            _deny(block, number, at, exact, cells[at], findings)


def _check_row(block: Block, spread: Wide, number: int, cells: Sequence[Cell], findings: Findings) -> None:
    """Tell a total at the end of a line that its cells deny."""
    filled = [cells[at] for at in spread.values if at < len(cells) and as_text(cells[at])]
    exact = sum((_length(cell) or Fraction(0) for cell in filled), Fraction(0))
    for at in spread.totals:
        said = _length(cells[at]) if at < len(cells) and as_text(cells[at]) else None
        if said is not None and abs(said - exact) > 1:
            _deny(block, number, at, exact, cells[at], findings)


def _deny(block: Block, number: int, at: int, exact: Fraction, cell: Cell, findings: Findings) -> None:
    text = f"ce total dit « {as_text(cell)} », et les cases font {hours(int(exact))}. Les cases comptent."
    findings.heed(block.grid.place(number, at, block.titles[at]), text)
