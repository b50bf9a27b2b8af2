"""Days that may have their month first where no column of days is: « 9/15 » as a title, or without its year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kpa_model.files.book.cells import Cell, as_text
from kpa_model.files.book.dates import WEEKDAY
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.habits import in_english
from kpa_model.files.book.reading.spread.days import short_days
from kpa_model.words import day as told_day

_NAME = rf"(?:{WEEKDAY.pattern}|mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_DAY = re.compile(
    rf"(?P<before>(?:{_NAME}\.?,? )?)(?P<one>\d{{1,2}})(?P<by>[/.-])(?P<two>\d{{1,2}})"
    r"(?P<end>(?:[/.-](?:\d{4}|\d\d))?)",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? \d", re.IGNORECASE)
_LEAST, _MONTH = 3, 31
"""From this number of days on, those that are within a month of days in one order only are asked about."""
_LEAP = 2024
TITLES, CELLS = "titres.ordre", "jours.ordre"


def days_first(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return a table whose days have their month last, in its titles and its short days; None once it is asked.

    « 9/15 » can only be the 15th of September: it is told. « 9/1, 9/2, 9/3 » are asked about.
    """
    heads = [as_text(cell) for cell in (*block.titles, *block.over) if isinstance(cell, str)]
    titled = [text for text in dict.fromkeys(heads) if _DAY.fullmatch(text)]
    texts = {text for _, cells in block.lines for cell in cells if isinstance(cell, str) and (text := as_text(cell))}
    english = in_english([text for text in block.titles if text not in titled], texts)
    at = short_days(block)
    short = [text for cell in block.column(at) if _DAY.fullmatch(text := as_text(cell))] if at >= 0 else []
    for topic, days, rank in ((TITLES, titled, -1), (CELLS, short, at)):
        order = _order(days, english, context, block) if len(days) > 1 else ""
        said = block.grid.answers.get(topic, "") if order == "?" else order
        place = block.grid.place(block.head, rank, block.titles[rank] if rank >= 0 else "")
        if not said and order:
            question = f"« {days[0]} » : le jour vient-il avant le mois, ou après ?"
            options = (("jour", _told(days[0], False)), ("mois", _told(days[0], True)))
            findings.doubt(place, Doubt(topic, question, options, "Écrivez le jour avant le mois, par exemple 28/02."))
            if findings.asking:
                return None
        if said == "mois" and all(_day(text, True) for text in days):
            if order == "mois":
                proof = next((text for text in days if not _day(text, False)), days[0])
                findings.heed(place, f"le mois est écrit avant le jour : « {proof} » est le {_told(proof, True)}.")
            block = _turned(block, rank)
    return block


def _order(days: Sequence[str], english: bool, context: Context, block: Block) -> str:
    """Return `mois` when days can only have their month first, `?` when they may; an empty text otherwise."""
    last, first = ([_day(text, way) for text in days] for way in (False, True))
    if None in first:
        return ""
    if None in last:
        return "mois"
    if (month := context.month_in(block.names)) is not None:
        fits = [all(day and day.month == month.first_day.month for day in way) for way in (last, first)]
        if fits[0] != fits[1]:
            return "mois" if fits[1] else ""
    spans = [max(known) - min(known) for way in (first, last) if (known := [day for day in way if day])]
    near = len(days) >= _LEAST and spans[0].days <= _MONTH < spans[1].days
    return "?" if near or english or any(map(_ENGLISH.match, days)) else ""


def _day(text: str, month_first: bool) -> date | None:
    """Return the day that a text may be, in a leap year; None when there is no such day."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    day, month = (found["two"], found["one"]) if month_first else (found["one"], found["two"])
    try:
        return date(_LEAP, int(month), int(day))
    except ValueError:
        return None


def _told(text: str, month_first: bool) -> str:
    day = _day(text, month_first)
    return told_day(day).removesuffix(f" {_LEAP}") if day else text


def _turned(block: Block, at: int) -> Block:
    """Return a table whose titles, or the short days of a column, have their day first."""
    if at >= 0:
        lines = [(n, [_last(cell) if rank == at else cell for rank, cell in enumerate(row)]) for n, row in block.lines]
        return replace(block, lines=lines)
    titles = [as_text(_last(title)) for title in block.titles]
    return replace(block, titles=titles, heads=[*map(_last, block.heads)], over=(*map(_last, block.over),))


def _last(cell: Cell) -> Cell:
    found = _DAY.fullmatch(as_text(cell)) if isinstance(cell, str) else None
    return f"{found['before']}{found['two']}{found['by']}{found['one']}{found['end']}" if found else cell
