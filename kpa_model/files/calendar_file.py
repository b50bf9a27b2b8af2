"""A date as a calendar file (`.ics`) that any phone or computer opens."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta

PRODUCT = "-//kpa_model//cahier participatif//FR"


def whole_day(when: date, title: str, about: str, made_on: date, days_before: int = 7) -> bytes:
    """Return a calendar with one event of a whole day, and a reminder some days before.

    Args:
        when: the day.
        title: what the calendar shows.
        about: more words.
        made_on: day when the event was decided; with the same arguments, the same bytes.
        days_before: when the reminder comes.
    """
    # Imported late: only an export needs it.
    from icalendar import Alarm, Calendar, Event

    event = Event()
    event.add("uid", f"{hashlib.sha256(f'{when}{title}{about}'.encode()).hexdigest()[:32]}@kpa_model")
    event.add("dtstamp", datetime.combine(made_on, time(12), UTC))
    event.add("dtstart", when)
    event.add("dtend", when + timedelta(days=1))
    event.add("summary", title)
    event.add("description", about)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-days_before))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
