"""The dates of a pathway as a calendar file (iCalendar, RFC 5545), for any phone or computer.

An event keeps its identity when its day moves: importing the file again moves it instead of doubling it. The file holds
no name: it may end up in a shared calendar.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from kpa_model.assessment.pathway.stages import Meeting
from kpa_model.assessment.timeline import Timeline, TimelineEvent, When

_BEFORE = timedelta(days=7)
_BEFORE_CONTRACT = timedelta(days=60)
"""A renewal is written, sent and signed before the end: one week would be too late."""


def as_calendar(line: Timeline, identity: str) -> bytes:
    """Return the `.ics` file of what is still to come or late: whole days, in French.

    A reminder comes one week before, two months before for a contract.

    Args:
        line: the timeline of one person.
        identity: a random text that is the person's own, and stays the same; it cannot be found back in the file.
    """
    made = Calendar()
    made.add("prodid", "-//Cahier KPA//Mon parcours//FR")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Mon parcours")
    for event in line.events:
        if event.when is not When.DONE:
            made.add_component(_entry(event, identity, line.today))
    return bytes(made.to_ical())


def _entry(event: TimelineEvent, identity: str, today: date) -> Entry:
    shown = max(event.due, today)  # what is late is to be done now
    made = Entry()
    made.add("uid", f"{hashlib.sha256(f'{identity} {event.key}'.encode()).hexdigest()[:32]}@cahier-kpa.invalid")
    made.add("dtstamp", datetime.combine(today, time(), UTC))
    made.add("sequence", (today - date(2020, 1, 1)).days)
    made.add("summary", event.title, {"LANGUAGE": "fr"})
    if event.sentence:
        made.add("description", event.sentence, {"LANGUAGE": "fr"})
    made.add("dtstart", shown)
    made.add("dtend", shown + timedelta(days=1))
    made.add("transp", "TRANSPARENT")
    made.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    alarm.add("trigger", -(_BEFORE_CONTRACT if event.kind is Meeting.CONTRACT else _BEFORE))
    made.add_component(alarm)
    return made
