"""Hours of the clock: which titles tell them, what a cell says of them, and the nights that they cross."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, cell_at, unguarded
from kpa_model.files.book.dates import read_date, read_hour
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block

_FROM = re.compile(r"(^|.* )(de|d[ée]but|arriv[ée]e?|entr[ée]e|embauche|from|start|in)( .*|$)", re.IGNORECASE)
_TO = re.compile(r"(^|.* )([àa]|fin|d[ée]part|parti|sortie|d[ée]bauche|to|end|out)( .*|$)", re.IGNORECASE)
DAY = 24 * 60


def of_a_clock(title: str) -> bool:
    """Tell whether a title says when work starts or ends, « De », « Fin »: it is no duration."""
    return starts(title) or ends(title)


def starts(title: str) -> bool:
    """Tell whether a title says when work starts: « De », « Arrivée »."""
    return bool(_FROM.match(title))


def ends(title: str) -> bool:
    """Tell whether a title says when work ends: « À », « Départ »."""
    return bool(_TO.match(title))


def clock(cell: Cell) -> int | None:
    """Return the minutes since midnight of an hour alone; None for anything else, even an instant."""
    if isinstance(cell, str):
        cell = re.sub(r"^(\d{1,2})\.(\d\d)$", r"\1:\2", cell.strip())
        if not re.fullmatch(r"\d{1,2} ?[h:] ?(\d\d)?(:\d\d)?", cell, re.IGNORECASE):
            return None
    minutes = None if isinstance(cell, datetime) else read_or_none(read_hour, cell)
    return minutes if minutes is not None and minutes <= DAY else None


def read_or_none(reader: Callable[[Cell], Any], cell: Cell) -> Any:
    """Return what a cell says; None when it is empty, or says something else."""
    try:
        return reader(unguarded(cell)) if as_text(cell) else None
    except Refused:
        return None


def nightly(spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether work goes on past midnight: it ends before the hour when it starts."""
    return any(0 < end < start for start, end in spans)


def say_nights(block: Block, over: Collection[tuple[int, int]], findings: Findings) -> None:
    """Tell which of these lines and columns are nights from a month to the next: they count the day they begin."""
    leads = [column_of(title, dictionaries()["heures"]) if title else None for title in block.titles]
    at = next((rank for rank, lead in enumerate(leads) if lead is not None and lead.name == "date"), -1)
    cells = dict(block.lines)
    for number, rank in sorted(over):
        day = read_or_none(read_date, cell_at(cells[number], at) if at >= 0 else block.titles[rank])
        if day and (told := _night_over_months(day)):
            findings.heed(block.grid.place(number, rank), told)


def _night_over_months(day: date) -> str:
    """Return what is said of a night that begins on the last day of a month; an empty text on another day."""
    last = (day + timedelta(days=1)).month != day.month
    return f"cette nuit finit le mois suivant. Toutes ses heures comptent le {day:%d/%m/%Y}." if last else ""
