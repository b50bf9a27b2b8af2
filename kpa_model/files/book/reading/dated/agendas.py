"""A calendar file (`.ics`) → a grid, an event on each line, as a calendar kept as a table: hours are those of Paris.

Each day of what comes again is a line. What is still to come is no work yet: it is left out, and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice, takewhile
from typing import Any

from kpa_model.files.book.cells import Cell
from kpa_model.files.book.dates import PARIS
from kpa_model.files.book.encodings import decoded
from kpa_model.files.book.findings import Findings, Place
from kpa_model.files.book.grids import MOST_LINES, Grid, Line
from kpa_model.files.book.sources import GivenFile
from kpa_model.words import count, listing

_TITLES = ("Objet", "Début", "Fin", "Journée entière", "Organisateur", "Participants", "Catégories", "Statut")
_STATES = {"CANCELLED": "annulé", "TENTATIVE": "prévu"}
_ALWAYS, _SHOWN = 4, 6


def grid_of_ics(file: GivenFile, findings: Findings) -> Grid | None:
    """Return the events of a calendar until now; None, told, when a file holds none or cannot be read."""
    from icalendar import Calendar

    place, now = Place(file.name), datetime.now(PARIS)
    if (text := decoded(file, findings)) is None:
        return None
    try:
        calendar = Calendar.from_ical(text)
        found: list[Any] = calendar.walk("VEVENT")
        written = sorted(found, key=lambda each: _instant(each.start))
        events = islice(_until(now, calendar, written), MOST_LINES)
        lines: list[Line] = [(rank, _cells(each)) for rank, each in enumerate(events, 2)]
    except (ValueError, AttributeError, KeyError, OverflowError):
        todo = "Exportez-le de nouveau, en .ics ou en CSV."
        findings.left_out(place, f"cet agenda ne se comprend pas. Il n'est pas lu. {todo}")
        return None
    if later := [each for each in written if _instant(each.start) > now]:
        names = listing([*dict.fromkeys(f"« {_text(each, 'SUMMARY')} »" for each in later)], most=_SHOWN)
        one, several = "événement à venir n'est pas lu", "événements à venir ne sont pas lus"
        findings.heed(place, f"{count(len(later), one, several)} : {names}.")
    if not lines:
        findings.left_out(place, "cet agenda n'a aucun événement passé. Rien n'y est lu.")
        return None
    kept = [at for at in range(len(_TITLES)) if at < _ALWAYS or any(cells[at] for _, cells in lines)]
    head: Line = (1, [_TITLES[at] for at in kept])
    return Grid(file.name, "", (head, *((number, [cells[at] for at in kept]) for number, cells in lines)))


def _until(now: datetime, calendar: Any, written: Sequence[Any]) -> Iterator[Any]:
    """Yield the events of a calendar until now, in their order; those that come again, each time."""
    events: Iterable[Any] = written
    if any("RRULE" in each or "RDATE" in each for each in written):
        from recurring_ical_events import of  # only here: most calendars do without

        events = of(calendar).after(_instant(written[0].start))
    yield from takewhile(lambda each: _instant(each.start) <= now, events)


def _cells(event: Any) -> list[Cell]:
    """Return what a line says of an event; nothing for an end that is not told."""
    whole = not isinstance(event.start, datetime)
    end = "" if not whole and event.end == event.start else _written(event.end)
    people = (_name(event.get("ORGANIZER")), ", ".join(map(_name, _several(event.get("ATTENDEE")))))
    words = ", ".join(str(word) for each in _several(event.get("CATEGORIES")) for word in each.cats)
    state = _STATES.get(_text(event, "STATUS").upper(), "")
    return [_text(event, "SUMMARY"), _written(event.start), end, "oui" if whole else "non", *people, words, state]


def _text(event: Any, name: str) -> str:
    return " ".join(str(event.get(name, "")).split())


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(address: Any) -> str:
    """Return who an address is of: the name beside it, else itself."""
    return "" if address is None else str(address.params.get("CN") or address.to_ical().decode().split(":", 1)[-1])


def _instant(when: date) -> datetime:
    """Return the instant when a day, or an hour, begins; an hour without a place is one of Paris."""
    if not isinstance(when, datetime):
        return datetime(when.year, when.month, when.day, tzinfo=PARIS)
    return when.astimezone(PARIS) if when.tzinfo else when.replace(tzinfo=PARIS)


def _written(when: date) -> str:
    return _instant(when).isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()
