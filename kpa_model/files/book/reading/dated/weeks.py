"""Weeks as they are written, with their year: « S36 », « 2026-W36 », « Semaine du 31/08 », « du 31/08 au 04/09 »."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare
from kpa_model.files.book.dates import WEEKDAY, Period, read_date
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.words import listing, month_name

_LETTERS = "(?:semaines?|sem|week|wk|w|s)"
_WORD = rf"{_LETTERS}\b\.?"
TITLE = re.compile(r"(?:semaines?|sem\.?|weeks?|wk)\b|n° ?(?:de )?semaine", re.IGNORECASE)
_NUMBERS = (
    r"(?:semaines?|sem|week|wk|w|s)[. _-]{0,2}(?:n ?[°o]\.? ?)?(?P<week>\d{1,2})(?:[ ,/_-]+(?P<year>20\d\d))?",
    r"(?P<year>20\d\d)[ /_-]?(?:semaine|sem|week|wk|w|s)[. _-]{0,2}(?P<week>\d{1,2})",
)
_RANKED = r"(?P<week>\d{1,2})(?:er|[èe]re|e|[èe]me|nde?) semaine(?P<year>)"
BARE = r"(?P<week>\d{1,2})(?:[ /-](?P<year>20\d\d))?"
_DAY = (
    r"(?:[^\W\d]{{3,8}}\.? )?(?P<d{0}>\d{{1,2}})(?:er)?[/. -](?P<m{0}>\d{{1,2}}|[^\W\d]{{3,9}})\.?"
    r"(?:[/. -](?P<y{0}>\d{{4}}|\d\d))?"
)
_FROM_TO = rf"(?:{_WORD} ?)?(?:du |de |of |from )?{_DAY.format(1)} ?(?:au|-|–|—|→|to) ?{_DAY.format(2)}"
_DAY_TO = (
    rf"(?:{_WORD} ?)?(?:du |de |of |from )?(?P<d1>\d{{1,2}})(?:er)?"
    rf"(?: (?:au|to) |(?: ?[-–—→] ?)(?=\d{{1,2}}(?:er)? [^\W\d])){_DAY.format(2)}"
)
"""« du 12 au 18 octobre »: the month is said once."""
_FROM = rf"{_WORD} ?(?:du |de |of |from )?{_DAY.format(1)}"
_RANGES = (_FROM_TO, _DAY_TO)
_LONGEST = 31
_SEVERAL = re.compile(
    rf"{_LETTERS}[. _-]{{0,2}}(\d{{1,2}}) ?(?:-|–|à|au?|et|,|_) ?(?:{_LETTERS}[. _-]{{0,2}})?(\d{{1,2}})(?![\d/.])",
    re.IGNORECASE,
)
_HALF_YEAR = re.compile(r"(?<![^\W\d_])s[12][ _-]?20\d\d(?!\d)|(?<!\d)20\d\d[ _-]?s[12](?!\d)", re.IGNORECASE)


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
    return _said_alone(as_text(cell), bare_numbers)


@lru_cache(maxsize=4096)
def _said_alone(cell: str, bare_numbers: bool) -> Said | None:
    text = re.sub(r" ?\([^)]*\)$", "", cell)
    patterns = (*_NUMBERS, _RANKED, *([BARE] if bare_numbers else []), *_RANGES, _FROM)
    return _said(text, lambda pattern: re.fullmatch(pattern, text, re.IGNORECASE), patterns)


def said_in(texts: Iterable[str]) -> Said | None:
    """Return the week that a name of sheet, of file, or a text above a table speaks of: « Heures semaine 36 »."""
    return next(all_said(texts), None)


def all_said(texts: Iterable[str]) -> Iterator[Said]:
    """Yield the weeks that texts speak of, one text after the other; several in one, « S40-S44 », are not one of them.

    « S2 2026 » is half a year.
    """
    for text in texts:
        several = any(int(found[2]) > int(found[1]) for found in _SEVERAL.finditer(text)) or _HALF_YEAR.search(text)

        def inside(pattern: str, text: str = text) -> re.Match[str] | None:
            return re.search(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", text, re.IGNORECASE)

        ways = ([] if several else [*_NUMBERS], [*_RANGES, _FROM])
        yield from (found for patterns in ways if (found := _said(text, inside, patterns)))


def _said(text: str, match: Callable[[str], re.Match[str] | None], patterns: Iterable[str]) -> Said | None:
    for pattern in patterns:
        if (found := match(pattern)) is None:
            continue
        if pattern in (*_RANGES, _FROM):
            parts = found.groupdict()
            first = _day(found["d1"], parts.get("m1") or found["m2"])
            last = _day(found["d2"], found["m2"]) if pattern in _RANGES else first
            ends = _year(found["y2"]) if pattern in _RANGES else 0
            own = _year(parts.get("y1")) or ends - bool(ends and first and last and last[1] < first[1])
            return Said(text, 0, first, last, max(own, 0)) if first and last else None
        if 1 <= int(found["week"]) <= 53:
            return Said(text, int(found["week"]), (0, 0), (0, 0), int(found["year"] or 0))
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


_LEAST = 3
"""From this number of names of days on, titles are those of one week."""


def one_week(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return a table of days that are only named, with its one week; None once it is asked: title and sheet say two.

    A title is forgotten when last week's sheet is copied.
    """
    named = sum(WEEKDAY.fullmatch(title.strip()) is not None for title in block.titles)
    if named < _LEAST or any(map(TITLE.match, block.titles)):  # each line says its week
        return block
    weeks: dict[date, str] = {}
    for each in all_said((*block.above, block.grid.sheet)):
        if read := (periods([each], Years.around(block, context)) or [None])[0]:
            weeks.setdefault(read - timedelta(days=read.weekday()), each.text)
    if len(weeks) < 2:
        return block
    topic = f"mois.semaine.{bare(block.grid.file)}{bare(block.grid.sheet)}"
    options = {
        f"{monday:%d/%m/%Y}": f"du {monday:%d/%m/%Y} au {monday + timedelta(days=6):%d/%m/%Y}" for monday in weeks
    }
    if (said := block.grid.answers.get(topic, "")) in options:
        return replace(block, above=(f"semaine du {said}", *block.above))
    texts = [f"« {text} »" for text in dict.fromkeys(weeks.values())]
    question = f"{listing(texts)} : de quelle semaine sont ces heures ?"
    findings.doubt(
        block.grid.place(block.head), Doubt(topic, question, (*options.items(),), "Écrivez la même semaine partout.")
    )
    return None


def week_above(block: Block, context: Context) -> Period | None:
    """Return the week that a sheet is about, by its name or what is written above: its titles are names of days."""
    told = said_in(block.names)
    week = (periods([told], Years.around(block, context)) or [None])[0] if told else None
    return week if week and ((week.last or week) - week).days < _DAYS_OF_WEEK else None


OVER, _CUT, _WHOLE = "semaine.cheval", "couper", "titre"
_DAYS_OF_WEEK = 7


def of_its_month(block: Block, at: int, context: Context, findings: Findings) -> Block | None:
    """Return hours by week whose first or last week stays in the month that is told around, if the group says so.

    None once it is asked; the answer holds for the next months. Nothing is asked where no one month is told.
    """
    months = context.months_in(block.names)
    month = months[0] if len(months) == 1 and findings.asking else None
    periods = {cell for cell in block.column(at) if isinstance(cell, Period)} if month and at >= 0 else set[Period]()
    weeks = {each for each in periods if _over(each)}
    if month is None or not weeks or not all(month in map(CalendarMonth.of, each.worked) for each in periods):
        return block
    said, first = block.grid.answers.get(OVER, ""), min(weeks)
    if not said:
        one, other = (month_name(each.first_day) for each in _over(first))
        question = f"La semaine du {first:%d/%m/%Y} est à cheval sur {one} et {other}. Où vont ses heures ?"
        told = month_name(month.first_day)
        options = ((_CUT, "à chaque mois, selon ses jours"), (_WHOLE, f"toutes en {told}, comme le dit le titre"))
        findings.doubt(block.grid.place(block.head), Doubt(OVER, question, options, "Écrivez les jours."))
        return None
    if said != _WHOLE:
        return block
    parts = {each: [day for day in each.worked if CalendarMonth.of(day) == month] for each in weeks}
    kept: dict[Cell, Period] = {each: Period.between(days[0], days[-1]) for each, days in parts.items()}
    lines = [
        (number, [*cells[:at], kept.get(cells[at], cells[at]), *cells[at + 1 :]] if at < len(cells) else cells)
        for number, cells in block.lines
    ]
    days = listing([f"{each:%d/%m/%Y}" for each in sorted(weeks)])
    findings.heed(
        block.grid.place(block.head), f"semaine du {days} : toutes ses heures sont en {month_name(month.first_day)}."
    )
    return replace(block, lines=lines)


def _over(week: Period) -> list[CalendarMonth]:
    """Return the two months of a week that goes over them; nothing for any other period."""
    months = sorted({CalendarMonth.of(day) for day in week.worked})
    return months if len(months) == 2 and ((week.last or week) - week).days < _DAYS_OF_WEEK else []
