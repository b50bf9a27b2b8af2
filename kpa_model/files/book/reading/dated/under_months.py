"""Days on a second line of titles, below their months, « mai 2026 : 28, 29 », below « lundi » or « S41 »."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import Cell, as_text
from kpa_model.files.book.dates import WEEKDAY
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.dated.months import YEAR, in_order, says_month, which_year
from kpa_model.files.book.reading.dated.numbers import day_titles
from kpa_model.files.book.reading.dated.weeks import said
from kpa_model.files.book.reading.spread.days import here
from kpa_model.words import month_name

_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?|\d{1,2}(?:er)? [^\W\d]{3,9}\.?")
_NEAR = 1.5
"""Weeks between a number and its days, at most."""


def under_months(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return a block whose days, below the names of their months, are whole days; None once their year is asked.

    A day that its month has not is refused where it holds something.
    """
    block = _with_days_below(block)
    lower = [as_text(each) for each in block.heads]
    told = day_titles(replace(block, titles=lower)) if block.over else {}
    groups = _groups(block.over, {at: day.number for at, day in told.items()})
    if not groups:
        return block
    years = here(block, context).years
    months = in_order([cell for cell, _ in groups], years, block.grid.answers.get(YEAR, ""))
    if not months:
        findings.doubt(block.grid.place(block.head), which_year(groups[0][0], years))
        return None
    titles = [text or ("" if says_month(over) else as_text(over)) for text, over in zip(lower, block.over, strict=True)]
    heads = list[Cell](titles)
    for (_, ranks), month in zip(groups, months, strict=True):
        for at in ranks:
            titles[at] = f"{lower[at]} {month_name(month.first_day)}"
            _number(block, at, told[at].number, month, heads, findings)
    return replace(block, heads=heads, titles=titles, over=())


def _with_days_below(block: Block) -> Block:
    """Return a block whose first line, when it only says the days of the titles above it, is one with them.

    « lundi » above « 12/10 », « S41 » above « 05/10 au 11/10 »; a week that is not theirs stays, and is refused.
    """
    below = block.lines[0][1] if block.lines else []
    told = {at: text for at, cell in enumerate(below) if (text := as_text(cell))}
    whole = {at: _together(title, told[at]) for at, title in enumerate(block.titles) if at in told}
    if len(told) < 2 or len(whole) < len(told) or not all(whole.values()):
        return block
    titles = [whole.get(at, title) for at, title in enumerate(block.titles)]
    heads = [whole.get(at, head) for at, head in enumerate(block.heads)]
    return replace(block, titles=titles, heads=heads, lines=block.lines[1:])


def _together(title: str, below: str) -> str:
    """Return a day of the week or a week, with the day or the days that stand below; an empty text for others.

    >>> _together("lundi", "12/10/2026"), _together("S41", "05/10 au 11/10"), _together("S41", "5")
    ('lundi 12/10/2026', '05/10 au 11/10', '')
    """
    if WEEKDAY.fullmatch(title.strip()):
        return f"{title} {below}" if _DAY.fullmatch(below) else ""
    week, days = said(title), said(f"semaine du {below}" if _DAY.fullmatch(below) else below)
    return days.text if week and week.number and days and abs(week.rank - days.rank) <= _NEAR else ""


def _number(block: Block, at: int, number: int, month: CalendarMonth, heads: list[Cell], findings: Findings) -> None:
    """Write the day of a column; one that its month has not is refused where it holds something."""
    if number <= month.last_day.day:
        heads[at] = month.first_day.replace(day=number)
    elif block.column(at):
        what = f"le {number} n'existe pas en {month_name(month.first_day)}."
        findings.problem(block.grid.place(block.head, at), what, "Corrigez ce titre, ou le mois écrit au-dessus.")


def _groups(over: Sequence[Cell], numbers: Mapping[int, int]) -> list[tuple[Cell, list[int]]]:
    """Return each month with the columns of its days; nothing when a day is under none.

    A month written in the middle of its days has those that follow each other.
    """
    if all(says_month(over[at]) for at in numbers):
        return [(cell, [*ranks]) for cell, ranks in groupby(numbers, key=lambda at: over[at])]
    runs: list[list[int]] = []
    for at, number in numbers.items():
        if not runs or number <= numbers[runs[-1][-1]]:
            runs.append([])
        runs[-1].append(at)
    labels = [[*dict.fromkeys(as_text(over[at]) for at in ranks if says_month(over[at]))] for ranks in runs]
    sure = all(labels) and len({text for each in labels for text in each}) == len(runs)
    return [(each[-1], ranks) for each, ranks in zip(labels, runs, strict=True)] if sure else []
