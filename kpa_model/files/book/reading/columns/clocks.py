"""Hours of the clock: which titles tell them, what a cell says of them, nights that they cross; UTC told in Paris."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from kpa_model.cooperative.calendar import PARIS
from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, cell_at, unguarded
from kpa_model.files.book.dates import read_date, read_hour
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import hours

if TYPE_CHECKING:
    from kpa_model.files.book.tables import Row

_FROM = pattern("clocks.from", "(^|.*[ _])(WORDS)([ _].*|$)", re.IGNORECASE)
_TO = pattern("clocks.to", "(^|.*[ _])(WORDS)([ _].*|$)", re.IGNORECASE)
_LINK = re.compile(r"(?<=\w) (de |à |d['’])(?=\w)", re.IGNORECASE)
"""Words of « Heure de fin », « Prise de poste », that say by themselves neither a start nor an end."""
DAY = 24 * 60


def of_a_clock(title: str) -> bool:
    """Tell whether a title says when work starts or ends, « De », « Fin »: it is no duration."""
    return starts(title) or ends(title)


def starts(title: str) -> bool:
    """Tell whether a title says when work starts: « De », « Arrivée »."""
    return bool(_FROM.match(_LINK.sub(" ", title)))


def ends(title: str) -> bool:
    """Tell whether a title says when work ends: « À », « Départ »."""
    return bool(_TO.match(_LINK.sub(" ", title)))


def clock(cell: Cell) -> int | None:
    """Return the minutes since midnight of an hour alone; None for anything else, even an instant."""
    if isinstance(cell, str):
        cell = re.sub(r"^(\d{1,2})\.(\d\d)$", r"\1:\2", cell.strip())
        if not re.fullmatch(r"\d{1,2} ?[h:] ?(\d\d)?(:\d\d)?( ?[ap]\.?m\.?)?", cell, re.IGNORECASE):
            return None
    minutes = None if isinstance(cell, datetime) else read_or_none(read_hour, cell)
    return minutes if minutes is not None and minutes <= DAY else None


LATE, NIGHT = 10 * 60, 14 * 60
"""Minutes: from ten hours on, an hour is one of the day, rather than of work; no night of work is longer than that."""


def on_a_clock(cells: Sequence[Cell]) -> bool:
    """Tell whether cells can all be hours of the day, written with their minutes: « 17:22 », never « 17 »."""
    return bool(cells) and all(isinstance(cell, str | time) and clock(cell) is not None for cell in cells)


def late(cells: Sequence[Cell]) -> bool:
    """Tell whether most cells say ten hours or more: hours of the day, rather than of work."""
    return 2 * sum((clock(cell) or 0) >= LATE for cell in cells) >= len(cells)


def to_the_minute(cells: Sequence[Cell]) -> bool:
    """Tell whether most cells are late hours told to the minute, « 18:41 »: nobody notes work so."""
    return on_a_clock(cells) and late(cells) and 2 * sum((clock(cell) or 0) % 5 > 0 for cell in cells) >= len(cells)


def read_or_none(reader: Callable[[Cell], Any], cell: Cell) -> Any:
    """Return what a cell says; None when it is empty, or says something else."""
    try:
        return reader(unguarded(cell)) if as_text(cell) else None
    except Refused:
        return None


def complete_time(row: Row, findings: Findings) -> None:
    """Give a typed line the minutes from its start to its end, its pause taken off; a longer pause is refused."""
    told = row.values
    if not {"debut", "fin"} <= told.keys() or "duree" in told:
        return
    worked, pause = (told["fin"] - told["debut"]) % DAY, told.get("pause", 0)
    told["duree"] = max(0, worked - pause)
    if row.columns.get("duree", -1) >= 0:
        findings.heed(row.place("duree"), "cette case est vide : le temps du début à la fin compte. Vérifiez-le.")
    if worked < pause:
        what = f"cette pause ({hours(round(pause))}) est plus longue que le travail ({hours(round(worked))})."
        findings.problem(row.place("pause"), what, "Corrigez la pause, ou les heures.")


_Spans = Iterable[tuple[int, int]]
"""Hours of the clock when work starts and ends, in minutes since midnight."""


def say_nights(block: Block, worked: Iterable[tuple[int, int, _Spans]], findings: Findings) -> None:
    """Tell the nights from a month to the next, counted the day they begin, and those when the clock changes.

    Args:
        block: the table.
        worked: the hours of the clock that each line tells, with the column where it is told.
        findings: where it is told.
    """
    leads = [column_of(title, dictionaries()["heures"]) if title else None for title in block.titles]
    at = next((rank for rank, lead in enumerate(leads) if lead is not None and lead.name == "date"), -1)
    cells = dict(block.lines)
    for number, rank, spans in worked:
        nights = [(start, end + DAY * (end < start)) for start, end in spans if 0 < end < start or start < _CHANGED]
        said = cell_at(cells[number], at) if at >= 0 else block.titles[rank]
        if not nights or not (day := read_or_none(read_date, said)):
            continue
        midnight = datetime(day.year, day.month, day.day)
        for start, end in nights:
            begin, stop = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
            for told in filter(None, (_over_months(begin, stop), clock_change(begin, stop))):
                findings.heed(block.grid.place(number, rank), told)


_CHANGED = 3 * 60
"""The clock changes before three in the morning."""


def _over_months(begin: datetime, stop: datetime) -> str:
    over = begin.month != stop.month
    return f"cette nuit finit le mois suivant. Toutes ses heures comptent le {begin:%d/%m/%Y}." if over else ""


def clock_change(begin: datetime, stop: datetime) -> str:
    """Return what to tell of work told by the clock while it changes in Paris; an empty text when it does not."""
    first, last = (each.replace(tzinfo=PARIS).utcoffset() for each in (begin, stop))
    if begin.tzinfo or first == last or stop - begin > timedelta(days=1):
        return ""
    more = "une heure de moins" if (last or timedelta()) > (first or timedelta()) else "une heure de plus"
    what = f"l'heure change dans la nuit du {stop:%d/%m/%Y} : ce travail a duré {more} que ce qui est compté."
    return f"{what} Vérifiez-le."


UTC_TITLE = re.compile(r"\bUTC\b")
_INSTANT = re.compile(r"(\d{1,4})[-/](\d{1,2})[-/](\d{2,4})[ T](\d{1,2}):(\d\d)(:\d\d)?.*")


def of_paris(titles: Sequence[str], lines: Sequence[Line]) -> list[Line]:
    """Turn instants of a column titled UTC into those of Paris: a payment of the evening may be of the next month."""
    ranks = {at for at, title in enumerate(titles) if UTC_TITLE.search(title)}
    return [
        (number, [_in_paris(cell) if at in ranks else cell for at, cell in enumerate(cells)]) for number, cells in lines
    ]


def _in_paris(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=UTC).astimezone(PARIS)
    if not (found := _INSTANT.fullmatch(as_text(cell))):
        return cell
    first, month, last, hour, minute = (int(each) for each in found.groups()[:5])
    year, day = (first, last) if first > 31 else (last, first)
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC).astimezone(PARIS)
    except ValueError:
        return cell
