"""Days told without their year or their month: « Lundi 31/08 », « lun 1 », « 1, 2, 3… » under the name of a month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dates import WEEKDAY, WEEKDAYS, read_date, read_month
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.context import NAMES, Context
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.files.book.reading.spread.titled_units import day_order

_SAMPLE = 40
DAY_MONTH = re.compile(
    rf"(?:(?P<name>{WEEKDAY.pattern}) ?)?(?P<day>\d{{1,2}})"
    rf"(?:/(?P<month>\d{{1,2}})|(?:er)?[ -](?P<letters>{NAMES})\.?)",
    re.IGNORECASE,
)


YEARS = "annees"
_HALF_A_YEAR = 6


def days_of_year(block: Block, context: Context, findings: Findings) -> Block:
    """Return days with their year where cells only say « Lundi 31/08 »: the one year that is known, and fits; told.

    From December to January, the year may change: it is asked, unless a season is told, « 2025-2026 ».
    """
    at = short_days(block)
    block = _days_first(block, at)
    if (season := _season(block)) and (days := _of_season(block, at, season)):
        told = f"ces jours ne disent pas leur année. Ils vont de septembre {season} à juin {season + 1}."
        findings.heed(block.grid.place(block.head, at, block.titles[at]), told)
        return _with_days(block, at, days)
    years = set(years_around(block, at, context))
    cells = [text for cell in block.column(at) if DAY_MONTH.fullmatch(text := as_text(cell))] if at >= 0 else []
    found = {year: [_day_in(text, year) for text in cells] for year in years}
    fitting = [year for year, days in found.items() if cells and 2 * sum(day is not None for day in days) > len(days)]
    if len(fitting) != 1:
        return block
    year = fitting[0]
    days = [_day_in(as_text(cells[at]), year) if at < len(cells) else None for _, cells in block.lines]
    place = block.grid.place(block.head, at, block.titles[at])
    if _turn(days):
        if not (said := block.grid.answers.get(YEARS, "")):
            findings.doubt(place, _which_years(days))
        days = _followed(days, int(said)) if said.isdigit() else days
    elif not block.grid.answers.get("annee"):
        findings.heed(place, f"ces jours ne disent pas leur année. Ils sont lus en {year}.")
    return _with_days(block, at, days)


def _with_days(block: Block, at: int, days: Sequence[date | None]) -> Block:
    """Return a block with the day of each line in a column, where it is known."""
    lines = [
        (number, [*cells[:at], day or cells[at], *cells[at + 1 :]] if at < len(cells) else cells)
        for (number, cells), day in zip(block.lines, days, strict=True)
    ]
    return replace(block, lines=lines)


_SEASON = re.compile(r"(?<!\d)(20\d\d) ?[-–/_] ?(?:20)?(\d\d)(?!\d|[-/.])")
_SUMMER = (7, 8)


def _season(block: Block) -> int:
    """Return the first year of the season that is told around a table, « 2025-2026 »; 0 when there is none."""
    if block.grid.answers.get("annee"):
        return 0
    found = {
        int(year) for text in block.names for year, after in _SEASON.findall(text) if int(after) == int(year) % 100 + 1
    }
    return found.pop() if len(found) == 1 else 0


def _of_season(block: Block, at: int, start: int) -> list[date | None]:
    """Return the days of the lines of a season, from September to June; none when one is of the summer."""
    said = [as_text(cells[at]) if 0 <= at < len(cells) else "" for _, cells in block.lines]
    days = [max((_day_in(text, year) for year in (start, start + 1)), key=bool) for text in said]
    if not any(days) or any(day and day.month in _SUMMER for day in days):
        return []
    return [
        _day_in(text, start + (day.month < _SUMMER[0])) if day else None for text, day in zip(said, days, strict=True)
    ]


def _days_first(block: Block, at: int) -> Block:
    """Return a block whose days « 09/14 » are « 14/09 », where the title says that the month comes first."""
    if at < 0 or day_order(block.titles[at]) != "mois":
        return block

    def turned(cell: Cell) -> Cell:
        return re.sub(r"^(\d{1,2})/(\d{1,2})$", r"\2/\1", cell) if isinstance(cell, str) else cell

    lines = [(n, [turned(cell) if rank == at else cell for rank, cell in enumerate(cells)]) for n, cells in block.lines]
    return replace(block, lines=lines)


def _turn(days: Sequence[date | None]) -> int:
    """Return after which day the others, in one year, jump over half of it: December, then January; 0 when none."""
    known = enumerate(pairwise(day for day in days if day), 1)
    return next((at for at, (sooner, later) in known if abs(later.month - sooner.month) > _HALF_A_YEAR), 0)


def _followed(days: Sequence[date | None], year: int) -> list[date | None]:
    """Return days of which the first is in a year, and each other one in that which brings it nearest to the last."""
    found, before = list[date | None](), None
    for day in days:
        if day:
            near = before or _in(day, year)
            years = (near.year, near.year - 1, near.year + 1)
            before = min((_in(day, each) for each in years), key=lambda each: abs(each - near))
        found.append(before if day else None)
    return found


def _in(day: date, year: int) -> date:
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _which_years(days: Sequence[date | None]) -> Doubt:
    known, turn = [day for day in days if day], _turn(days)
    first, later = known[turn - 1], known[turn]

    def told(start: int) -> str:
        followed = [day for day in _followed(known, start) if day]
        return f"{followed[turn - 1]:%d/%m/%Y}, puis {followed[turn]:%d/%m/%Y}"

    starts = (first.year - 1, first.year) if first > later else (first.year, first.year + 1)
    options = (*((str(start), told(start)) for start in starts), ("meme", f"tous en {first.year}"))
    question = f"Le {first:%d/%m}, puis le {later:%d/%m} : de quelles années ?"
    return Doubt(YEARS, question, options, "Écrivez le jour, le mois et l'année, par exemple 28/02/2019.")


_PARTS = ({"annee", "an", "year"}, {"mois", "month"}, {"jour", "day", "j"})


def joined_days(block: Block, context: Context) -> Block:
    """Return one column of days where three say them, « Année ; Mois ; Jour »; or two, in the one year told around.

    A month may only be written on the first of its lines.
    """
    years, ranks = {*here(block, context).years}, [*map(block.titled, _PARTS)]
    year, month, day = ranks
    if min(month, day) < 0 or (year < 0 and (len(years) != 1 or bare(block.titles[day]) == "j")):  # « J » counts days
        return block
    lines, named = list[Line](), ""
    for number, cells in block.lines:
        told, text = as_text(cell_at(cells, day)), as_text(cell_at(cells, month))
        named = text or named
        whole = as_text(cell_at(cells, year)) if year >= 0 else str(min(years))
        if whole and named and _NUMBER_OF_DAY.fullmatch(told):
            cells = [*cells[:day], _joined(whole, named, told), *cells[day + 1 :]]
        lines.append((number, cells))
    titles = ["date" if at == day else "" if at in ranks else title for at, title in enumerate(block.titles)]
    return replace(block, lines=lines, titles=titles)


_NUMBER_OF_DAY = re.compile(rf"(?:{WEEKDAY.pattern}\.? ?)?(\d{{1,2}})(?:er|\.0)?", re.IGNORECASE)


def _joined(year: str, month: str, day: str) -> Cell:
    """Return the day of a year, a month, in letters or not, and a number; what they say together when it is none."""
    try:
        own = re.search(r"\d{4}", month)
        told = read_month(month if own else f"{month}/{year}" if month.isdecimal() else f"{month} {year}")
        return read_date(re.sub(r"(?:er|\.0)?$", f"/{told.first_day:%m/%Y}", day, count=1))
    except Refused:
        return f"{day} {month} {year}".strip()


OF_DAYS = {"jour", "jours", "date", "dates", "le", "j", "njour"}
_PARTS_OF_DAY = {"1/2", "1/3", "2/3", "1/4", "3/4"}


def short_days(block: Block) -> int:
    """Return the column of days without a year; −1 when there is none."""
    for at, title in enumerate(block.titles):
        if _numbering(title):
            continue
        sample = [text for cell in block.column(at)[:_SAMPLE] if not TOTAL.match(text := as_text(cell))]
        said = {text for text in sample if DAY_MONTH.fullmatch(text)}
        if said <= _PARTS_OF_DAY and bare(title) not in OF_DAYS:  # « 1/2 » is half a day
            continue
        short = sum(text in said for text in sample)
        if short and 10 * (short + sum(map(is_day, sample))) >= 7 * len(sample):
            return at
    return -1


def _numbering(title: str) -> bool:
    """Tell whether a title is that of numbers: « 3/10 » under « N° » is the third invoice of October, and no day."""
    known = (column_of(title, dictionaries()[table]) for table in ("factures", "commandes"))
    return bool(title) and any(each is not None and each.name in ("facture", "commande") for each in known)


def years_around(block: Block, at: int, context: Context) -> tuple[int, ...]:
    """Return the years that days without theirs may have: that of the others of their column, else those around."""
    own = {read_date(cell).year for cell in block.column(at) if is_day(cell)} if at >= 0 else set()
    return tuple(sorted(own)) or here(block, context).years


def _day_in(text: str, year: int) -> date | None:
    """Return a day in a year; None when it has no such day, or that another day of the week is said."""
    found = DAY_MONTH.fullmatch(text)
    if not found:
        return None
    try:
        named = read_month(f"{found['letters']} {year}").first_day.month if found["letters"] else 0
        day = date(year, named or int(found["month"]), int(found["day"]))
    except (ValueError, Refused):
        return None
    return None if found["name"] and same(found["name"])[:3] != same(WEEKDAYS[day.weekday()])[:3] else day


def here(block: Block, context: Context) -> Context:
    """Return what is known, with the years that the names of a table say."""
    if said := block.grid.answers.get("annee"):
        return replace(context, years=(int(said),))
    named = tuple(int(year) for text in block.names for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text))
    return replace(context, years=named) if named else context
