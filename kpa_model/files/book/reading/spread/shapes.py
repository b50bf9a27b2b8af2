"""Wide tables → one line per fact: one column per person, per day, per week or per month; totals kept as a check."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, Euros, as_text, bare, same
from kpa_model.files.book.dates import WEEKDAY, WEEKDAYS, Period, read_month
from kpa_model.files.book.dictionaries import Dictionary, dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line, laid_again
from kpa_model.files.book.matching import column_of, layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.dated.of_titles import counted, short_day, whole_day
from kpa_model.files.book.reading.dated.weekdays import MOMENTS
from kpa_model.files.book.reading.dated.weeks import Years, periods, said, week_above
from kpa_model.files.book.reading.spread import people, sums
from kpa_model.files.book.reading.spread.heading import is_day_title, stands_alone
from kpa_model.files.book.reading.spread.kinds import columns_of_kinds
from kpa_model.files.book.reading.spread.spans import days_under_weeks
from kpa_model.files.book.reading.spread.sums import facts, mostly_right, nothing, proved
from kpa_model.files.book.reading.spread.titled_units import no_time, unit_of_title
from kpa_model.files.book.reading.spread.units import unit_title
from kpa_model.files.book.reading.spread.weeks import numbered_titles, titled_weeks
from kpa_model.files.book.reading.whose import whose

_KNOWN = 0.3
"""From this part of times on, the column of somebody, known or beside others, holds her hours: the rest is refused."""


@dataclass(frozen=True)
class Wide:
    """What the columns of a wide table say: each rank with its value, a person or one or several days."""

    what: str
    """`personne`, `date`, `tache` or `commande`."""
    values: dict[int, Cell]
    totals: tuple[int, ...]
    who: int = -1
    """The column of people that no title names; −1 when a title does, or nothing."""


def wide(block: Block, hours: Dictionary, context: Context) -> Wide | None:
    """Return how a table of hours is spread over columns; None when it has one line per fact."""
    totals = tuple(
        at for at, title in enumerate(block.titles) if _is_sum(title, hours) and not people.names(block.column(at))
    )
    free = [at for at in range(len(block.titles)) if at not in totals and _may_be_spread(block, at, hours)]
    told, called = people.chosen(block), people.called(block.titles)
    known = [at for at in free if context.is_person(called[at]) and people.works(block, at, _KNOWN)]
    others = [at for at in free if people.name_like(block.titles[at]) and people.works(block, at, _KNOWN)]
    others = people.steady(block, others)
    if not told and (sold := _for_customers(block, known, others, totals, context)):
        return sold
    somebody = _has_person(block, hours, context)
    if told or len(known) > 1 or (known and (len(free) == 1 or not (somebody or people.beside(block, known, free)))):
        return of_people(block, sorted({*known, *(told or others)}), totals)
    weekdays = {at: block.titles[at] for at in free if WEEKDAY.fullmatch(block.titles[at].strip())}
    if block.weeks >= 0 and weekdays and len([each for each in block.titles if WEEKDAY.fullmatch(each.strip())]) > 2:
        return Wide("date", {**weekdays}, totals)  # the week of each line wins over that of the sheet or of the file
    weeks = titled_weeks(block, context) or {}
    dated = {at: day for at in free if (day := weeks.get(at) or _day_of(block, at, context))}
    least = 1 if len(dated) == 1 and stands_alone(block, min(dated), hours, context) else 2
    if sum(people.timed(cells) or in_euros(cells) for cells in map(block.column, dated)) >= least:
        return _of_days(block, dated, totals)  # the others are days too, whatever they hold
    timed = [at for at in free if people.timed(block.column(at)) and not no_time(block, at)]
    kinds = columns_of_kinds(block, totals, hours)
    times = [at for at in counted(block) if at in timed and at not in kinds and context.month_in(block.names)]
    kinds += times
    untold = sum(WEEKDAY.match(block.titles[at]) is not None for at in free) >= 2  # « Sam » alone may be somebody
    who = -1 if somebody or not times else untold_people(block, range(len(block.titles)))
    if untold or _line_by_line(block, {*timed, *kinds}, totals, somebody):
        return None
    if kinds or (set(timed) <= set(block.under) and somebody):
        tasks = Wide("tache", {at: block.titles[at] for at in sorted({*timed, *kinds})}, totals, who)
        return tasks if len(tasks.values) >= (1 if block.under else 2) and (somebody or who >= 0) else None
    if (made := proved(block, timed, totals)) and (found := _proved(block, made, hours, totals, context)):
        return found
    met = people.met(block, free, context)
    if whose(block, context):  # the sheet is somebody's: what stands over its columns may be what she did
        nobody = people.TOPIC in block.grid.answers and len(timed) > 1
        return Wide("tache", {at: block.titles[at] for at in timed}, totals) if nobody else None
    return of_people(block, sorted({*met, *others}), totals) if met else None


def _may_be_spread(block: Block, at: int, hours: Dictionary) -> bool:
    """Tell whether the title of a column that holds something may be a person, a day, a task: it leads to no field."""
    title, lead = block.titles[at], column_of(block.titles[at], hours)
    unled = lead is None or is_day_title(title) or people.may_be_named(block, at) or _half_told(block, at, hours)
    return bool(title and block.column(at)) and unled


def _half_told(block: Block, at: int, hours: Dictionary) -> bool:
    """Tell whether a title below another one leads to an end where nothing is a start: « A » is then no « à »."""
    leads = {rank: lead.name for rank, each in enumerate(block.titles) if (lead := column_of(each, hours))}
    return at in block.under and leads.get(at) == "fin" and "debut" not in leads.values()


def _line_by_line(block: Block, others: Collection[int], totals: Sequence[int], whose_are_told: bool) -> bool:
    """Tell whether each line is the time of somebody on a day, which other columns do not make: flags, rates."""
    hours = dictionaries()["heures"]
    leads = {found.name: title for title in block.titles if (found := column_of(title, hours))}
    timed = "duree" in leads and not people.TOTAL.match(leads["duree"])
    facts_there = "date" in leads and whose_are_told and (timed or {"debut", "fin"} <= leads.keys())
    return facts_there and not mostly_right(block, others, totals)


def _for_customers(
    block: Block, known: Sequence[int], named: Sequence[int], totals: tuple[int, ...], context: Context
) -> Wide | None:
    """Return a table whose columns are customers of the invoices, beside a column of people without a title."""
    sold = {at for at in (*known, *named) if same(block.titles[at]) in context.customers}
    if not sold or (known and not sold & {*known}) or untold_people(block, range(len(block.titles))) < 0:
        return None  # nobody, or somebody else, is known under these titles
    return Wide("commande", {at: block.titles[at] for at in named}, totals)


def in_euros(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(isinstance(each, Euros) or as_text(each).endswith("€") for each in cells)


def _proved(
    block: Block, made: Sequence[int], hours: Dictionary, totals: tuple[int, ...], context: Context
) -> Wide | None:
    """Return what the columns are that make the totals: tasks beside a column of people, else people when names fit.

    What stands over the columns of a sheet that is somebody's may be what she did: it is asked.
    """
    leads = [column_of(title, hours) for title in block.titles]
    if any(each is not None and each.name == "personne" for each in leads):
        return Wide("tache", {at: block.titles[at] for at in made}, totals)
    called = all(people.name_like(block.titles[at]) for at in made) and not whose(block, context)
    return of_people(block, made, totals) if called else None


def _is_sum(title: str, hours: Dictionary) -> bool:
    """Tell whether a title is that of a total, beside columns of people or days: « Total », « Nb jours »."""
    column = column_of(title, hours)
    return bool(people.TOTAL.match(title) and not layer(title) and "€" not in title) or (
        column is not None and column.name == "duree"
    )


def _has_person(block: Block, hours: Dictionary, context: Context) -> bool:
    """Tell whether something else than columns says who did the hours: a column, what is written around."""
    leads = [column_of(title, hours) for title in block.titles]
    return any(each is not None and each.name == "personne" for each in leads) or bool(whose(block, context))


def of_people(block: Block, ranks: Sequence[int], totals: tuple[int, ...]) -> Wide:
    called = people.called(block.titles)
    return Wide("personne", {at: called[at] for at in ranks}, totals)


def _of_days(block: Block, dated: dict[int, date], totals: tuple[int, ...]) -> Wide:
    summed = sums.sums_of_days(block, dated)
    return Wide("date", {at: day for at, day in dated.items() if at not in summed}, (*totals, *summed))


def lacks_year(block: Block, hours: Dictionary, context: Context) -> str:
    """Return the first title that would be a day or a week, if only the year were known; an empty text when none."""
    if len([each for each in block.titles if said(each)]) >= 2 and titled_weeks(block, context) is None:
        return next(each for each in block.titles if said(each))
    if len(set(context.years)) == 1:
        return ""
    guessed = wide(block, hours, replace(context, years=(2024,)))
    return block.titles[min(guessed.values)] if guessed is not None and guessed.what == "date" else ""


# --- days of columns --------------------------------------------------------------------------------------------------


def _day_of(block: Block, at: int, context: Context) -> date | None:
    """Return the day a column stands for, or the period: a week, a month."""
    head, title = block.heads[at] if at < len(block.heads) else "", _IN_BRACKETS.sub(r"\1", block.titles[at])
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
    if (whole := whole_day(title)) and days_under_weeks(block):
        return Period.of_week(whole)
    if (told := whole or short_day(block, at, title, month, context)) is not None:
        return told
    if not re.search(r"\d\D+\d", title) or re.search(r"[^\W\d]{3}|^(0?\d|1[0-2])[-/.]20\d\d$", title):
        try:
            return Period.of_month(
                read_month(title if re.search(r"\d", title) else f"{title} {_year_of(block, context)}")
            )
        except Refused:
            return None
    return None


_IN_BRACKETS = re.compile(r"^.*\((\d{1,2}/\d{1,2}(?:/\d{2,4})?)\)$")  # « Séance 1 (05/05) »
_RANKS = {same(day)[:3]: rank for rank, day in enumerate(WEEKDAYS)}


def _in_week(week: date, weekday: str) -> date:
    """Return the day of a week by its name; the week may be told from another day than its Monday."""
    return date(week.year, week.month, week.day) + timedelta(_RANKS[same(weekday)[:3]] - week.weekday())


def _all_first_days(block: Block) -> bool:
    days = [each for each in block.heads if isinstance(each, datetime | date)]
    return len(days) > 1 and all(each.day == 1 for each in days)


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
    who = untold_people(block, kept) if spread.what in ("date", "commande") else spread.who
    if who < 0 and spread.what == "date" and (untold := [at for at in kept if _texts_alone(block, at)]):
        told = f"la colonne de « {as_text(block.column(untold[0])[0])} » n'a pas de titre : elle n'est pas lue."
        todo = "Si elle dit qui a travaillé, écrivez « Prénom » au-dessus."
        findings.left_out(block.grid.place(block.head, untold[0]), f"{told} {todo}")
    if spread.what == "date":
        sums.say_periods(block, spread.values, spread.totals, findings)
    titles = ["personne" if at == who else block.titles[at] or _moments(block, at) for at in kept]
    titles = [*titles, spread.what, unit_title(block, [*spread.values], spread.totals, findings)]
    lines: list[Line] = []
    for number, cells in facts(block, spread.values, spread.totals, findings):
        _add(block, spread, kept, (number, cells), lines)
    weeks = kept.index(block.weeks) if block.weeks in kept else -1
    return replace(block, titles=titles, lines=lines, heads=list(titles), weeks=weeks)


def _texts_alone(block: Block, at: int) -> bool:
    """Tell whether a column without a title holds texts, several of them, which are no parts of a day."""
    if _moments(block, at):
        return False
    cells = block.column(at)
    return not block.titles[at] and len(cells) > 1 and all(re.search(r"[^\W\d]{2}", as_text(cell)) for cell in cells)


def _moments(block: Block, at: int) -> str:
    """Return the title of a column that says which part of a day each line is, « matin », else an empty text."""
    texts = [text for cell in block.column(at) if not people.TOTAL.match(text := as_text(cell))]
    return "note" if texts and all(bare(text) in MOMENTS for text in texts) else ""


def untold_people(block: Block, kept: Sequence[int]) -> int:
    """Return the column of people that no title names: under « Semaine ; 36 ; 37 », or without a title; else −1."""
    if numbered_titles(block):
        return next(at for at, title in enumerate(block.titles) if title)
    leads = [column_of(block.titles[at], dictionaries()["heures"]) for at in kept]
    if any(each is not None and each.name == "personne" for each in leads):
        return -1
    blank = [at for at in kept if (not block.titles[at] or unit_of_title(block.titles[at])) and at != block.weeks]
    return next((at for at in blank if people.mostly_names(block.column(at))), -1)


def _add(
    block: Block,
    spread: Wide,
    kept: Sequence[int],
    line: Line,
    lines: list[Line],
) -> None:
    number, cells = line
    own = [cells[at] if at < len(cells) else "" for at in kept]
    for at, value in spread.values.items():
        cell = cells[at] if at < len(cells) else ""
        if nothing(cell):
            continue
        if _by_weekday(spread):
            week = cells[block.weeks] if block.weeks < len(cells) else ""
            value = _in_week(week, str(value)) if isinstance(week, Period) else ""
        columns = (*kept, at, at)
        lines.append((laid_again(number, columns, block.titles), [*own, value, cell]))


def _by_weekday(spread: Wide) -> bool:
    """Tell whether columns are days of the week that each line tells."""
    return spread.what == "date" and all(isinstance(each, str) for each in spread.values.values())
