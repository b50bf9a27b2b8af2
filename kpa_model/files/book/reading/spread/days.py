"""Days told without their year or their month: « Lundi 31/08 », « lun 1 », « 1, 2, 3… » under the name of a month."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from kpa_model.files.book.cells import as_text, bare, same
from kpa_model.files.book.dates import WEEKDAY, WEEKDAYS
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.spread.people import TOTAL

_SAMPLE = 40
DAY_MONTH = re.compile(rf"(?:(?P<name>{WEEKDAY.pattern}) ?)?(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})", re.IGNORECASE)


def days_of_year(block: Block, context: Context) -> Block:
    """Return days with their year where cells only say « Lundi 31/08 »: the one year that is known, and fits."""
    at = short_days(block)
    years = set(here(block, context).years)
    cells = [text for cell in block.column(at) if not TOTAL.match(text := as_text(cell))] if at >= 0 else []
    found = {year: [_day_in(text, year) for text in cells] for year in years}
    fitting = [year for year, days in found.items() if cells and 2 * sum(day is not None for day in days) > len(days)]
    if len(fitting) != 1:
        return block
    lines = [
        (
            number,
            [*cells[:at], _day_in(as_text(cells[at]), fitting[0]) or cells[at], *cells[at + 1 :]]
            if at < len(cells)
            else cells,
        )
        for number, cells in block.lines
    ]
    return replace(block, lines=lines)


_NUMBERED = re.compile(rf"(?:{WEEKDAY.pattern}\.? )?(\d{{1,2}})(?:er|\.0)?", re.IGNORECASE)
_OF_DAYS = {"jour", "jours", "date", "dates", "le", "j", "njour"}


def days_of_month(block: Block, context: Context) -> Block:
    """Return days where a column only says « 1, 2, 3… » or « lun 1 », in the month of the sheet, of its file, above."""
    month = context.month_in(block.names)
    at = next((at for at, title in enumerate(block.titles) if bare(title) in _OF_DAYS and block.column(at)), -1)
    if month is None or at < 0:
        return block
    texts = [as_text(cells[at]) if at < len(cells) else "" for _, cells in block.lines]
    told = [None if TOTAL.match(text) else _NUMBERED.fullmatch(text) for text in texts]
    numbers = [int(each[each.re.groups]) for each in told if each]
    said = sum(bool(text) and not TOTAL.match(text) for text in texts)
    in_order = all(before <= after for before, after in pairwise(numbers))
    if len(numbers) < max(3, said) or not in_order or not 1 <= numbers[0] <= numbers[-1] <= month.last_day.day:
        return block
    first = month.first_day
    lines = [
        (
            number,
            [*cells[:at], date(first.year, first.month, int(each[each.re.groups])), *cells[at + 1 :]]
            if each
            else cells,
        )
        for (number, cells), each in zip(block.lines, told, strict=True)
    ]
    return replace(block, lines=lines, titles=["date" if rank == at else t for rank, t in enumerate(block.titles)])


def short_days(block: Block) -> int:
    """Return the column of days without a year; −1 when there is none."""
    for at in range(len(block.titles)):
        sample = [text for cell in block.column(at)[:_SAMPLE] if not TOTAL.match(text := as_text(cell))]
        if sample and 10 * sum(map(bool, map(DAY_MONTH.fullmatch, sample))) >= 7 * len(sample):
            return at
    return -1


def _day_in(text: str, year: int) -> date | None:
    """Return a day in a year; None when it has no such day, or that another day of the week is said."""
    found = DAY_MONTH.fullmatch(text)
    if not found:
        return None
    try:
        day = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return None if found["name"] and same(found["name"])[:3] != same(WEEKDAYS[day.weekday()])[:3] else day


def here(block: Block, context: Context) -> Context:
    """Return what is known, with the years that the names of a table say."""
    named = tuple(int(year) for text in block.names for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text))
    return replace(context, years=named) if named else context
