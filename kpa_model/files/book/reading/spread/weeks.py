"""Weeks → periods, with their year: « S36 », « 2026-W36 », « Semaine du 31/08 », « du 31/08 au 04/09 »."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, same
from kpa_model.files.book.dates import WEEKDAY, WEEKDAYS, Period, read_date
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.context import Context

_WORD = r"(?:semaines?|sem|week|wk|w|s)\b\.?"
TITLE = re.compile(r"(?:semaines?|sem\.?|weeks?|wk)\b|n° ?(?:de )?semaine", re.IGNORECASE)
_NUMBERS = (
    r"(?:semaines?|sem|week|wk|w|s)[. _-]{0,2}(?:n ?[°o]\.? ?)?(?P<week>\d{1,2})(?:[ ,/_-]+(?P<year>20\d\d))?",
    r"(?P<year>20\d\d)[ /_-]?(?:semaine|sem|week|wk|w|s)[. _-]{0,2}(?P<week>\d{1,2})",
)
_BARE = r"(?P<week>\d{1,2})(?:[ /-](?P<year>20\d\d))?"
_DAY = (
    r"(?:[^\W\d]{{3,8}}\.? )?(?P<d{0}>\d{{1,2}})(?:er)?[/. -](?P<m{0}>\d{{1,2}}|[^\W\d]{{3,9}})\.?"
    r"(?:[/. -](?P<y{0}>\d{{4}}|\d\d))?"
)
_FROM_TO = rf"(?:{_WORD} ?)?(?:du |de |of |from )?{_DAY.format(1)} ?(?:au|-|–|—|→|to) ?{_DAY.format(2)}"
_FROM = rf"{_WORD} ?(?:du |de |of |from )?{_DAY.format(1)}"
_STARTS = {"du", "le", "lundi", "debut", "semainedu", "debutsemaine", "debutdesemaine", "weekof", "weekstarting"}
_STARTS |= {"semaine"}
_LONGEST = 31
_SAMPLE = 60


class Said(NamedTuple):
    """A week as it is written: its number, or its first and last day; its year when it says it, else 0."""

    text: str
    number: int
    first: tuple[int, int]
    last: tuple[int, int]
    year: int

    @property
    def rank(self) -> float:
        """Return about which week of the year it is."""
        return self.number or (self.first[1] * 30.4 + self.first[0] - 30) / 7

    def of(self, year: int) -> Period | None:
        """Return its days in a year; None when that year has no such week."""
        try:
            if self.number:
                return Period.of_week(date.fromisocalendar(year, self.number, 1))
            first = date(year, self.first[1], self.first[0])
            last = date(year + (self.last < self.first and self.last[1] < self.first[1]), self.last[1], self.last[0])
        except ValueError:
            return None
        if first == last:
            return Period.of_week(first)
        return Period.between(first, last) if first < last <= first + timedelta(days=_LONGEST) else None


def said(cell: Cell, bare_numbers: bool = False) -> Said | None:
    """Return the week that a cell tells; None when it tells none. A number alone is one under the title « Semaine ».

    >>> said("sem. 36 2026").number, said("2026-W36").year, said("Semaine du 31/08").first
    (36, 2026, (31, 8))
    """
    text = re.sub(r" ?\([^)]*\)$", "", as_text(cell))
    return _said(text, lambda pattern: re.fullmatch(pattern, text, re.IGNORECASE), bare_numbers)


def said_in(texts: Iterable[str]) -> Said | None:
    """Return the week that a name of sheet, of file, or a text above a table speaks of: « Heures semaine 36 »."""

    def inside(text: str) -> Callable[[str], re.Match[str] | None]:
        return lambda pattern: re.search(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", text, re.IGNORECASE)

    return next((found for text in texts if (found := _said(text, inside(text)))), None)


def _said(text: str, match: Callable[[str], re.Match[str] | None], bare_numbers: bool = False) -> Said | None:
    for pattern in (*_NUMBERS, *([_BARE] if bare_numbers else [])):
        if (found := match(pattern)) and 1 <= int(found["week"]) <= 53:
            return Said(text, int(found["week"]), (0, 0), (0, 0), int(found["year"] or 0))
    if found := match(_FROM_TO):
        first, last = _day(found["d1"], found["m1"]), _day(found["d2"], found["m2"])
        own = _year(found["y1"]) or _year(found["y2"]) - bool(found["y2"] and first and last and last[1] < first[1])
        return Said(text, 0, first, last, max(own, 0)) if first and last else None
    if found := match(_FROM):
        first = _day(found["d1"], found["m1"])
        return Said(text, 0, first, first, _year(found["y1"])) if first else None
    return None


def _day(day: str, month: str) -> tuple[int, int] | None:
    try:
        read = read_date(f"{day}/{month}/2024" if month.isdigit() else f"{day} {month} 2024")
    except Refused:
        return None
    return read.day, read.month


def _year(text: str | None) -> int:
    return 0 if not text else int(text) + (2000 if len(text) == 2 else 0)


# --- the year ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Years:
    """What may tell the year of weeks: an answer, what is written above or in the names, the other dates."""

    answered: int
    named: frozenset[int]
    others: frozenset[int]

    @staticmethod
    def around(block: Block, context: Context) -> Years:
        """Return what is said around a block."""
        named = {int(each) for text in block.names for each in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)}
        return Years(int(block.grid.answers.get("annee", 0)), frozenset(named), frozenset(context.years))

    def first(self, turns: int) -> int:
        """Return the year of the first week, when weeks pass from one year to the next so many times; 0 if unknown."""
        if self.answered:
            return self.answered
        for years in (self.named, self.others):
            if years:
                low, high = min(years), max(years)
                fits = high - low == abs(turns) and len(years) == abs(turns) + 1
                return 0 if not fits else low if turns >= 0 else high
        return 0


def periods(told: Sequence[Said], years: Years) -> list[Period | None] | None:
    """Return the days of weeks written one after the other; None when nothing tells the year of those that need it."""
    turns, all_turns = 0, list[int]()
    for at, each in enumerate(told):
        step = each.rank - told[at - 1].rank if at else 0
        turns += 1 if step < -26 else -1 if step > 26 else 0
        all_turns.append(turns)
    if all(each.year for each in told):
        return [each.of(each.year) for each in told]
    start = years.first(turns)
    return [each.of(each.year or start + turn) for each, turn in zip(told, all_turns, strict=True)] if start else None


def ask_year(block: Block, first: str, context: Context, findings: Findings) -> None:
    """Ask the year of weeks or days that do not say it."""
    near = sorted(set(context.years)) or range(date.today().year - 2, date.today().year + 1)
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
    weeks = _labels(block)
    days = next((at for at in range(len(block.titles)) if at != weeks and _mostly(is_day, block, at)), -1)
    if days < 0 and weeks < 0:
        return block
    if days < 0:
        return _numbered(block, weeks, context, findings)
    named = bool(TITLE.match(block.titles[days].strip()))
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


def _numbered(block: Block, at: int, context: Context, findings: Findings) -> Block | None:
    cells, numbers = _cells(block, at), _says_weeks(block.titles[at])
    years = _cells(block, next((rank for rank, title in enumerate(block.titles) if bare(title) == "annee"), -1))
    found = [(week, as_text(year)) for each, year in zip(cells, years, strict=True) if (week := said(each, numbers))]
    told = [week._replace(year=int(year)) if re.fullmatch(r"20\d\d", year) else week for week, year in found]
    read = periods(told, Years.around(block, context))
    if read is None:
        ask_year(block, told[0].text, context, findings)
        return None
    rest = iter(read)
    return _changed(block, at, [(next(rest) if said(each, numbers) else None) for each in cells])


def _says_weeks(title: str) -> bool:
    """Tell whether numbers under a title are weeks: « Semaine », never « Sem 36 lun »."""
    return bool(TITLE.match(title.strip())) and not re.search(r"\d", title)


def _cells(block: Block, at: int) -> list[Cell]:
    return [cells[at] if 0 <= at < len(cells) else "" for _, cells in block.lines]


def _changed(block: Block, at: int, found: Iterable[Period | None]) -> Block:
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
    found = {at: each for at, title in enumerate(block.titles) if (each := said(title, at in numbers)) is not None}
    read = periods(list(found.values()), Years.around(block, context))
    if read is None:
        return None
    return {at: each for at, each in zip(found, read, strict=True) if each is not None}


def numbered_titles(block: Block) -> tuple[int, ...]:
    """Return the columns under « Semaine ; 36 ; 37 ; 38 »: weeks in their order, above times of people."""
    first = next((at for at, title in enumerate(block.titles) if title), -1)
    ranks = tuple(at for at, title in enumerate(block.titles) if re.fullmatch(_BARE, title) and at > first)
    weeks = [int(re.split(r"\D", block.titles[at])[0]) for at in ranks]
    named = first >= 0 and TITLE.match(block.titles[first].strip())
    in_order = all(after - before == 1 or after < before for before, after in pairwise(weeks))
    return ranks if named and len(ranks) > 1 and in_order and all(1 <= week <= 53 for week in weeks) else ()


def week_above(block: Block, context: Context) -> Period | None:
    """Return the week that a sheet is about, by its name or what is written above: its titles are names of days."""
    told = said_in(block.names)
    read = periods([told], Years.around(block, context)) if told else None
    return read[0] if read else None
