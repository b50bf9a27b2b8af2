"""A calendar file (`.ics`) → a grid, an event on each line, as a calendar kept as a table: hours are those of Paris.

Each day of what comes again is a line. What is still to come is no work yet: it is left out, and told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from kpa_model.cooperative.calendar import PARIS
from kpa_model.files.book.cells import Cell
from kpa_model.files.book.encodings import decoded
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import MOST_LINES, Grid, Line
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.where import Place
from kpa_model.words import listing

_TITLES = ("Objet", "Début", "Fin", "Journée entière", "Participants", "Catégories", "Statut")
_STATES = {"CANCELLED": "annulé", "TENTATIVE": "prévu"}
_NOT_THERE = {"DECLINED", "ROOM", "RESOURCE"}
"""What says of somebody invited that she did not come, or is a place or a thing."""
_ALWAYS, _SHOWN = 4, 6


def grid_of_ics(file: GivenFile, findings: Findings) -> Grid | None:
    """Return the events of a calendar until now; None, told, when a file holds none or cannot be read."""
    from icalendar import Calendar

    place, now = Place(file.name), datetime.now(PARIS)
    if (text := decoded(file, findings)) is None:
        return None
    try:
        calendar = Calendar.from_ical(text)
        written: list[Any] = calendar.walk("VEVENT")
        dated = [each for each in written if "DTSTART" in each]
        events = sorted(_until(now, calendar, dated), key=lambda each: _instant(each.start))
        lines: list[Line] = [(rank, _cells(each)) for rank, each in enumerate(events, 2)]
    except (ValueError, AttributeError, KeyError, OverflowError):
        todo = "Exportez-le de nouveau, en .ics ou en CSV."
        findings.left_out(place, f"cet agenda ne se comprend pas. Il n'est pas lu. {todo}")
        return None
    _say_left(findings.left_out, place, "sans jour", [each for each in written if "DTSTART" not in each])
    _say_left(findings.heed, place, "à venir", [each for each in dated if _instant(each.start) > now])
    if len(lines) >= MOST_LINES:
        todo = "Exportez-en une année seulement."
        findings.problem(place, f"cet agenda a plus de {MOST_LINES} événements jusqu'à aujourd'hui.", todo)
        return None
    if not lines:
        findings.left_out(place, "cet agenda n'a aucun événement passé. Rien n'y est lu.")
        return None
    kept = [at for at in range(len(_TITLES)) if at < _ALWAYS or any(cells[at] for _, cells in lines)]
    head: Line = (1, [_TITLES[at] for at in kept])
    return Grid(file.name, "", (head, *((number, [cells[at] for at in kept]) for number, cells in lines)))


def _until(now: datetime, calendar: Any, dated: Sequence[Any]) -> Iterator[Any]:
    """Yield the events of a calendar until now; those that come again, each time."""
    again = {str(each.get("UID")) for each in dated if "RRULE" in each or "RDATE" in each}
    yield from (each for each in dated if str(each.get("UID")) not in again and _instant(each.start) <= now)
    if again:
        from recurring_ical_events import of  # only here: most calendars do without

        series = [each for each in dated if str(each.get("UID")) in again]
        others = [each for each in calendar.subcomponents if each.name != "VEVENT"]
        calendar.subcomponents = [*others, *series]  # the others only make it slow
        yield from of(calendar).between(min(_instant(each.start) for each in series), now)


def _say_left(tell: Callable[[Place, str], None], place: Place, why: str, events: Sequence[Any]) -> None:
    names = listing([*dict.fromkeys(f"« {_text(each, 'SUMMARY')} »" for each in events)], most=_SHOWN)
    many = f"{len(events)} événements {why} ne sont pas lus" if len(events) > 1 else f"1 événement {why} n'est pas lu"
    if events:
        tell(place, f"{many} : {names}.")


def _cells(event: Any) -> list[Cell]:
    """Return what a line says of an event; nothing for an end that is not told."""
    whole = not isinstance(event.start, datetime)
    end = "" if not whole and event.end == event.start else _written(event.end)
    invited = [each for each in _several(event.get("ATTENDEE")) if not _NOT_THERE & {*map(str, each.params.values())}]
    people = ", ".join(dict.fromkeys(map(_name, [*_several(event.get("ORGANIZER")), *invited])))
    words = ", ".join(str(word) for each in _several(event.get("CATEGORIES")) for word in each.cats)
    state = _STATES.get(_text(event, "STATUS").upper(), "")
    return [_text(event, "SUMMARY"), _written(event.start), end, "oui" if whole else "non", people, words, state]


def _text(event: Any, name: str) -> str:
    return " ".join(str(event.get(name, "")).split())


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(address: Any) -> str:
    """Return who an address is of: the name beside it, else itself."""
    return str(address.params.get("CN") or address.to_ical().decode().split(":", 1)[-1])


def _instant(when: date) -> datetime:
    """Return the instant when a day, or an hour, begins; an hour without a place is one of Paris."""
    if not isinstance(when, datetime):
        return datetime(when.year, when.month, when.day, tzinfo=PARIS)
    return when.astimezone(PARIS) if when.tzinfo else when.replace(tzinfo=PARIS)


def _written(when: date) -> str:
    return _instant(when).isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()
