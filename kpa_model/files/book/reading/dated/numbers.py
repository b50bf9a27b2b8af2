"""Days told by their number, « lun 28, mar 29, mer 30, jeu 1 »: their months, by the week above, or by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dates import WEEKDAY, WEEKDAYS, Period, misnamed, read_month
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, is_day, known_titles
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.dated.weekdays import untitled_days
from kpa_model.files.book.reading.dated.weeks import Years, all_said
from kpa_model.files.book.reading.spread.days import OF_DAYS, here
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.files.book.reading.spread.weeks import numbered_titles
from kpa_model.words import month_name

_TOLD = re.compile(r"(?:le )?(?:(?P<name>[^\W\d]{1,9})\.? ?)?(?P<day>\d{1,2})(?:er|\.0)?", re.IGNORECASE)
NUMBERED = re.compile(rf"(?:le )?(?:{WEEKDAY.pattern}\.? )?(\d{{1,2}})(?:er|\.0)?", re.IGNORECASE)
_LEAST = 3
"""From this number of names on, single letters are those of days: « L 28, M 29, M 30 »."""
_MANY = 4
"""From this number of titles on, numbers alone may be days."""
_OFFERED = 2


class _Day(NamedTuple):
    text: str
    name: str
    number: int

    def names(self, day: date) -> bool:
        """Tell whether its name, if it has one, is that of a day."""
        return same(WEEKDAYS[day.weekday()]).startswith(self.name)


_Dates = Mapping[int, date]


# --- titles -----------------------------------------------------------------------------------------------------------


def with_months(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return a block whose titles, days only named or numbered, are known; None once their month is asked.

    A week that is told holds them all, else they start in a month that is told, or end in it. Nothing else fits, or
    several months do: it is asked.
    """
    told = day_titles(block)
    over = _over(told)
    named = any(day.name for day in told.values())
    if len(told) < 2 or not (named or len(told) > _MANY):
        return block
    weeks, months = [*_weeks(block, context)], (around := here(block, context)).months_in(block.names)
    ways = _distinct(_of_week(told, week) for week in weeks)
    if not ways and (named or over):
        ways = _distinct(_of_month(told, start) for month in months for start in _starts(month, over))
        if not (weeks or months) and all(day.name for day in told.values()):  # their names leave few months of a year
            months = [m for y in around.years for at in range(12) if _of_month(told, m := CalendarMonth(12 * y + at))]
        if not ways and not (weeks or months):
            return block
    elif len(ways) != 1:
        return block
    if len(ways) != 1:
        start = told_month(block.grid.answers.get(_topic(block), ""))
        if start is None:
            findings.doubt(block.grid.place(block.head), _which(_topic(block), told, _near(weeks, months)))
            return None
        ways = [_of_month(told, start, named=False)]
    return replace(block, heads=[ways[0].get(at, head) for at, head in enumerate(block.heads)])


def say_misnamed(block: Block, days: Mapping[int, Cell], findings: Findings) -> None:
    """Refuse the columns whose title names another day of the week than that of their day, « lun 28 » on a Wednesday.

    What the group answered about the sheet wins.
    """
    if _topic(block) in block.grid.answers:
        return
    for at, day in days.items():
        title = block.titles[at]
        if isinstance(day, date) and not isinstance(day, Period) and misnamed(title, day):
            told = f"« {title} » : le {day:%d/%m/%Y} est un {WEEKDAYS[day.weekday()].casefold()}."
            todo = "Corrigez ce titre, ou le mois écrit au-dessus."
            findings.problem(block.grid.place(block.head, at, title), told, todo)


def _topic(block: Block) -> str:
    return f"{month_topic(block)}{bare(block.grid.sheet)}"


def day_titles(block: Block) -> dict[int, _Day]:
    """Return the columns whose titles are a number of day, and perhaps a name of day."""
    weeks = numbered_titles(block)
    found = {
        at: _Day(title, same(each["name"] or ""), int(each["day"]))
        for at, title in enumerate(block.titles)
        if at not in weeks
        and not isinstance(cell_at(block.heads, at), date)
        and (each := _TOLD.fullmatch(title.strip()))
    }
    days = [same(each) for each in WEEKDAYS]
    found = {
        at: day
        for at, day in found.items()
        if 1 <= day.number <= 31 and any(each.startswith(day.name) for each in days)
    }
    names = {day.name for day in found.values() if day.name}
    return found if len(names) >= _LEAST or all(len(name) > 2 for name in names) else {}


def _over(told: Mapping[int, _Day]) -> bool:
    """Tell whether days start again once at the first ones, after the end of a month."""
    return sum(after.number < before.number for before, after in pairwise(told.values())) == 1


def _near(weeks: Sequence[Period], months: Sequence[CalendarMonth]) -> list[CalendarMonth]:
    return [*map(CalendarMonth.of, weeks), *months]


def _weeks(block: Block, context: Context) -> Iterator[Period]:
    """Yield the weeks that are told around a table, in each year that may be theirs."""
    years = Years.around(block, context)
    around = [years.answered] if years.answered else sorted(years.named or years.others)
    for week in all_said(block.names):
        yield from (days for year in ([week.year] if week.year else around) if (days := week.of(year)))


def _of_week(told: Mapping[int, _Day], week: Period) -> _Dates:
    """Return the days of a week that are told; nothing when one of them is not in it."""
    first = date(week.year, week.month, week.day)
    first -= timedelta(days=first.weekday() if (week.last or first) - first < timedelta(days=6) else 0)
    last = max(week.last or first, first + timedelta(days=6))
    days = {day.day: day for step in range((last - first).days + 1) if (day := first + timedelta(days=step))}
    found = {at: days[day.number] for at, day in told.items() if day.number in days}
    return _named(told, found) if len(found) == len(told) else {}


def _starts(month: CalendarMonth, over: bool) -> tuple[CalendarMonth, ...]:
    """Return the months in which days may start, when they go over a month that is told, or stay in it."""
    return (month + -1, month) if over else (month,)


def _of_month(told: Mapping[int, _Day], start: CalendarMonth, named: bool = True) -> _Dates:
    """Return the days that start in a month, and go on in the next one after its end; nothing when one cannot be."""
    found, month, before = dict[int, date](), start, 0
    for at, day in told.items():
        if day.number < before:
            month = month + 1
        before = day.number
        if day.number <= month.last_day.day:
            found[at] = month.first_day.replace(day=day.number)
    return _named(told, found) if named else found


def _named(told: Mapping[int, _Day], found: _Dates) -> _Dates:
    """Return days that are as they are named, and that follow each other over two months if they are not all named.

    Those that a month has not, « 31 » in April, are no days; over two months, all are needed.
    """
    days, named = [*found.values()], all(day.name for day in told.values())
    if not days or not all(told[at].names(day) for at, day in found.items()):
        return {}
    if len({(day.year, day.month) for day in days}) == 1:
        return found
    follow = named or max(days) - min(days) < timedelta(days=len(days))
    return found if follow and len(found) == len(told) else {}


def _distinct(ways: Iterable[_Dates]) -> list[_Dates]:
    """Return each way to read the days once, without those that fail."""
    found = list[_Dates]()
    for way in ways:
        if way and way not in found:
            found.append(way)
    return found


def _which(topic: str, told: Mapping[int, _Day], near: list[CalendarMonth]) -> Doubt:
    """Return what to ask of days that no month around fits, or several do: those that fit come first."""
    first = next(iter(told.values()))
    months = [near[0] + step for step in sorted(range(-12, 13), key=abs)]
    fitting = [month for month in months if _of_month(told, month)]
    options = [(str(month), month_name(month.first_day)) for month in fitting[:_OFFERED]]
    false = [month for month in near if month not in fitting][:1]
    options += [(str(month), f"{month_name(month.first_day)} : les noms des jours sont faux") for month in false]
    last = [*told.values()][-1]
    question = f"« {first.text} », puis « {last.text} » : de quel mois est le premier de ces jours ?"
    todo = "Écrivez les jours avec leur mois et leur année, par exemple 28/02/2019."
    return Doubt(topic, question, tuple(options), todo, typed="Le mois, par exemple mars 2026")


# --- lines ------------------------------------------------------------------------------------------------------------


def days_of_month(block: Block, context: Context) -> Block:
    """Return days where a column only says « 1, 2, 3… » or « lun 1 », in the week or month of the sheet, or above."""
    said = told_month(block.grid.answers.get(_topic_of(block, context), ""))
    at, lines = numbered(block)
    told = {rank: _Day(each[0], same(each[1] or ""), int(each[2])) for rank, each in enumerate(lines) if each}
    if not told:
        return block
    weeks = [] if said else _distinct(_of_week(told, week) for week in _weeks(block, context))
    days = weeks[0] if len(weeks) == 1 else _of_lines(told, said, context.month_in(block.names))
    if not days:
        return block
    rows = [
        (number, [*cells[:at], days[rank], *cells[at + 1 :]] if rank in days else cells)
        for rank, (number, cells) in enumerate(block.lines)
    ]
    return replace(block, lines=rows, titles=["date" if rank == at else t for rank, t in enumerate(block.titles)])


def _of_lines(told: Mapping[int, _Day], said: CalendarMonth | None, around: CalendarMonth | None) -> _Dates:
    """Return the days of lines in the month that somebody said, or that is told around and that they prove.

    Days that are all named may go over two months: each one before the first of them is in the second month.
    """
    numbers, first = [day.number for day in told.values()], next(iter(told.values())).number
    named = all(day.name for day in told.values())
    found = list[_Dates]()
    for start in [said] if said else _starts(around, named and min(numbers) < first) if around else ():
        months = {at: start + (named and day.number < first) for at, day in told.items()}
        whole = all(day.number <= months[at].last_day.day for at, day in told.items())
        days = {at: months[at].first_day.replace(day=day.number) for at, day in told.items()} if whole else {}
        found.append({at: day for at, day in days.items() if told[at].names(day)})
    right = [days for days in found if said or len(days) == len(told)]
    return right[0] if len(right) == 1 and (said or named or _in_a_row(numbers)) else {}


def ask_month(block: Block, context: Context, findings: Findings) -> bool:
    """Ask the month of days that are only numbers, beside hours, when nothing settles it; tell whether it did."""
    at, told = numbered(block)
    timed = any(
        each and each.name == "duree" for each in (column_of(t, dictionaries()["heures"]) for t in block.titles)
    )
    if (
        at < 0
        or not timed
        or not findings.asking
        or told_month(block.grid.answers.get(topic := _topic_of(block, context), ""))
    ):
        return False
    near = context.month_in(block.names)
    options = ((str(near), month_name(near.first_day)),) if near else ()
    first = next(each for each in told if each)
    question = f"« {first[0]} », dans la colonne « {block.titles[at]} » : le {first[first.re.groups]} de quel mois ?"
    todo = "Écrivez les jours avec leur mois et leur année, par exemple 28/02/2019."
    doubt = Doubt(topic, question, options, todo, typed="Le mois, par exemple mars 2026")
    findings.doubt(block.grid.place(block.head, at, block.titles[at]), doubt)
    return True


def _topic_of(block: Block, context: Context) -> str:
    """Return what the month of days that are only numbers is asked under: one for each month above tables."""
    own = context.month_in(block.above)
    return month_topic(block) + (bare(str(own)) if own else "")


def month_topic(block: Block) -> str:
    """Return what the month of a table is asked under: that of one file alone."""
    return f"mois.{bare(block.grid.file)}"


def told_month(said: str) -> CalendarMonth | None:
    """Return the month that somebody typed; None when it is not one."""
    try:
        return read_month(said)
    except Refused:
        return None


def numbered(block: Block) -> tuple[int, list[re.Match[str] | None]]:
    """Return the column whose cells are all numbers of days, and what each line says there; −1 without any."""
    untitled = 0 if untitled_days(block.titles, block.column(0), known_titles()) else -1
    across = sum(is_day(title) or bool(NUMBERED.fullmatch(title.strip())) for title in block.titles) > 2
    named = [at for at, title in enumerate(block.titles) if bare(title) in OF_DAYS and block.column(at)]
    at = next(iter(() if across else named), untitled)  # « Jours » counts days that are titles
    texts = [as_text(cells[at]) if 0 <= at < len(cells) else "" for _, cells in block.lines]
    told = [None if TOTAL.match(text) else NUMBERED.fullmatch(text) for text in texts]
    said = sum(bool(text) and not TOTAL.match(text) for text in texts)
    days = [int(each[each.re.groups]) for each in told if each]
    if not days or len(days) < said or not 1 <= min(days) <= max(days) <= 31:
        return -1, [None] * len(texts)
    return at, told


def _in_a_row(numbers: Sequence[int]) -> bool:
    """Tell whether numbers go on like the days of one month, three at least."""
    return len(numbers) > 2 and all(before <= after for before, after in pairwise(numbers))
