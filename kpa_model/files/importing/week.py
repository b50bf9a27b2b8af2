"""A week of hours told together, put in the group's own book: seen as a difference, kept as one import, undoable.

What a person tells of a week replaces what the book held of her for that week. Told again, it changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.work import Slot
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import alone
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.tables import Values
from kpa_model.files.book.writing import csv_text, table_values
from kpa_model.files.importing.keeping import checked, rewritten
from kpa_model.files.importing.merging import TableChange, plain
from kpa_model.files.importing.past import imports_in

TABLE = "heures"
ToldWeek = Mapping[str, Mapping[Slot, int]]
"""Member → slot → minutes, for who confirmed; the slots of a week over two months are cut where a month ends."""


@dataclass(frozen=True)
class SlotChange:
    """What one person's time for one kind of work and one order was in the book, and is now, in minutes."""

    member: str
    kind: str
    order: str
    before: int
    after: int


@dataclass(frozen=True)
class WeekChange:
    """What a week told together changes in a book."""

    monday: date
    slots: tuple[SlotChange, ...] = ()
    lines: TableChange = field(default_factory=TableChange)

    @property
    def fingerprint(self) -> str:
        """Return what tells whether the difference is still the one that was seen."""
        return hashlib.sha256(repr((self.monday, self.slots, self.lines)).encode()).hexdigest()[:16]

    @property
    def file_name(self) -> str:
        """Return the name under which the week is kept among the imports."""
        return f"nos_heures_{self.monday.isoformat()}.csv"


def week_change(book: OrderBook, monday: date, told: ToldWeek) -> WeekChange:
    """Return what is new and what goes; where a person's total is the same, her lines stay as detailed as they are."""
    held = [plain(TABLE, each) for each in table_values(book)[TABLE]]
    added: list[Values] = []
    removed: list[Values] = []
    slots: dict[tuple[str, str, str], list[int]] = {}
    for member, mine in told.items():
        there = _held(held, member, monday)
        for slot in dict.fromkeys((*mine, *there)):
            lines, minutes = there.get(slot, []), mine.get(slot, 0)
            before = sum(each["duree"] for each in lines)
            pair = slots.setdefault((member, *slot[2:]), [0, 0])
            pair[0] += before
            pair[1] += minutes
            if before != minutes:
                removed += lines
                added += _spread(member, slot, minutes)
    changed = tuple(SlotChange(*key, *pair) for key, pair in slots.items() if pair[0] != pair[1])
    return WeekChange(monday, changed, TableChange(tuple(added), tuple(removed)))


def put_week(folder: Path, monday: date, told: ToldWeek, seen: str, now: datetime) -> WeekChange:
    """Put a week in a book as one import; `seen` is the fingerprint of the difference that was read.

    Raises:
        UnreadableFile: the difference is another one by now, or the book would not hold.
    """
    with alone(folder):
        book = read_book(folder).book
        change = week_change(book, monday, told)
        if not (change.lines.added or change.lines.removed):
            return change  # pressed twice, or in two windows: it is there already
        if change.fingerprint != seen:
            todo = "Relisez la différence, puis recommencez."
            raise UnreadableFile(Problem("Nos heures", "les heures ou le carnet ont changé depuis.", todo))
        tables = {name: [plain(name, each) for each in lines] for name, lines in table_values(book).items()}
        for each in change.lines.removed:
            tables[TABLE].remove(dict(each))
        tables[TABLE] += [dict(each) for each in change.lines.added]
        kept = GivenFile(change.file_name, csv_text(dictionaries()[TABLE], map(dict, change.lines.added)).encode())
        rewritten(folder, checked(book, tables, folder.name), {TABLE: change.lines}, [kept], now)
    return change


def last_is(folder: Path, monday: date) -> str:
    """Return when this week was put in the book, if it is the last import there; nothing otherwise."""
    kept = imports_in(folder)
    return kept[-1].when if kept and kept[-1].files == (WeekChange(monday).file_name,) else ""


def _held(lines: list[dict[str, Any]], member: str, monday: date) -> dict[Slot, list[dict[str, Any]]]:
    """Return what a book holds of somebody for a week, slot by slot."""
    found: dict[Slot, list[dict[str, Any]]] = {}
    for each in lines:
        if each["personne"] == member and monday <= each["date"] <= monday + timedelta(days=6):
            slot = (*part_of(monday, each["date"]), str(each["genre"]), each.get("commande", ""))
            found.setdefault(slot, []).append(each)
    return found


def part_of(monday: date, day: date) -> tuple[date, date]:
    """Return the first and the last day of a week that are in the month of a day."""
    days = [each for at in range(7) if (each := monday + timedelta(days=at)).month == day.month]
    return days[0], days[-1]


def _spread(member: str, slot: Slot, minutes: int) -> list[Values]:
    """Return the time of a slot over its days, from Monday to Friday, to the minute; the first days hold the rest."""
    first, last, kind, order = slot
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    days = [each for each in days if each.weekday() < 5] or days
    share, rest = divmod(minutes, len(days))
    line = {"personne": member, "genre": kind, "commande": order}
    told = [{**line, "date": each, "duree": share + (at < rest)} for at, each in enumerate(days)]
    return [plain(TABLE, each) for each in told if each["duree"]]
