"""Where a person is on the pathway: what is behind, what comes next, what is late.

Nothing here reads a clock: the day is given. A pause moves what comes after it, except contracts, which go on by law.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kpa_model.assessment.kept import TimeOff
from kpa_model.assessment.pathway.stages import INTERVIEWS, Appointment, Meeting, Pathway, Stage

NEAR = 15
"""An interview held so many days before or after an appointment is that appointment."""


@dataclass(frozen=True)
class Held:
    """An interview that took place."""

    kind: Meeting
    on: date


class When(StrEnum):
    """Where an event stands, seen from today."""

    DONE = "fait"
    LATE = "en retard"
    NEXT = "à venir"
    WAITING = "en pause"


@dataclass(frozen=True)
class TimelineEvent:
    """One thing on the timeline: `due` is its day, `done` the day it was done, if it was."""

    key: str
    title: str
    kind: Meeting
    due: date
    when: When
    done: date | None = None
    sentence: str = ""


@dataclass(frozen=True)
class Timeline:
    """A person's pathway on a given day. `events` are in the order of their days."""

    entry: date
    today: date
    month: int
    stage: Stage
    events: tuple[TimelineEvent, ...]
    paused: bool = False
    finished: bool = False

    @property
    def late(self) -> tuple[TimelineEvent, ...]:
        """What should have been done."""
        return tuple(each for each in self.events if each.when is When.LATE)

    @property
    def coming(self) -> tuple[TimelineEvent, ...]:
        """What is ahead, nearest first."""
        return tuple(each for each in self.events if each.when in (When.NEXT, When.WAITING))

    @property
    def next_interview(self) -> TimelineEvent | None:
        """The interview to prepare: the oldest late one, else the nearest."""
        return next((each for each in (*self.late, *self.coming) if each.kind in INTERVIEWS), None)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later; the last day of the month when it has no such day.

    >>> add_months(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> int:
    """Return the whole months from a day to another, 0 when it is before."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return max(0, months - (add_months(first, months) > last))


def timeline(
    pathway: Pathway,
    entry: date,
    today: date,
    held: Sequence[Held] = (),
    pauses: Sequence[TimeOff] = (),
    done: Mapping[str, date] | None = None,
    contract: Sequence[TimelineEvent] = (),
) -> Timeline:
    """Return a person's timeline.

    1. Each appointment falls at its month after entry, moved by the pauses before it, except contracts.
    2. A special interview is done when one of its kind was held; a contract or a mark when it is in `done`.
    3. Between them, an interview comes at least every so many months after the last one, as the stage says. One that
       would fall a few days before a special interview, or after the end, is left out.

    Args:
        pathway: what the group wrote.
        entry: day of entry.
        today: day from which one looks.
        held: interviews that took place, any order; those after today are left out.
        pauses: time off, any order.
        done: key of a contract or of a mark → day it was done.
        contract: what the person's own contract says (see `contract`); it takes the place of the pathway's contracts.
    """
    past = sorted((each for each in held if each.on <= today), key=lambda each: each.on)
    away = _merged(pauses, today)
    paused = any(each.end is None and each.start <= today for each in pauses)
    fixed = [
        each
        for each in _fixed(pathway, entry, today, past, away, done or {})
        if not (contract and each.kind is Meeting.CONTRACT)
    ]
    waiting = When.WAITING if paused else When.NEXT
    fixed = [_waiting(each, paused) for each in fixed]
    regular = [*_past_interviews(past, fixed), *_regular(pathway, entry, today, past, fixed, away, waiting)]
    worked = today - timedelta(days=sum((end - start).days for start, end in away if start < today))
    month = months_between(entry, max(worked, entry))
    order = {each.key: rank for rank, each in enumerate(pathway.appointments)}
    events = tuple(
        sorted([*contract, *fixed, *regular], key=lambda each: (each.done or each.due, order.get(each.key, -1)))
    )
    return Timeline(entry, today, month, pathway.stage_at(month), events, paused, month >= pathway.end)


def _merged(pauses: Sequence[TimeOff], today: date) -> list[tuple[date, date]]:
    """Return the pauses as days of start and of return, without overlap; one that lasts ends today for now."""
    merged: list[tuple[date, date]] = []
    for each in sorted(pauses, key=lambda each: each.start):
        start, end = each.start, each.end or max(today, each.start)
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged


def _moved(day: date, away: Sequence[tuple[date, date]], since: date = date.min) -> date:
    """Return a day moved by every pause that begins before it (and, when given, ends after `since`)."""
    for start, end in away:
        if start <= day and end > since:
            day += end - max(start, since)
    return day


def _fixed(
    pathway: Pathway,
    entry: date,
    today: date,
    past: Sequence[Held],
    away: Sequence[tuple[date, date]],
    done: Mapping[str, date],
) -> list[TimelineEvent]:
    """Return the appointments, each with its day and whether it is done."""
    free = list(past)
    events = []
    for each in pathway.appointments:
        raw = add_months(entry, each.month)
        due = raw if each.kind is Meeting.CONTRACT else _moved(raw, away)
        on = _taken(each, due, free) if each.kind in INTERVIEWS else done.get(each.key)
        on = on if on and on <= today else None
        when = When.DONE if on else When.LATE if due < today else When.NEXT
        events.append(TimelineEvent(each.key, each.title, each.kind, due, when, on, each.sentence))
    return events


def _taken(appointment: Appointment, due: date, free: list[Held]) -> date | None:
    """Return the day of the interview that was this appointment, which serves once.

    A review or a take-off interview is the first of its kind. An ordinary one must be the first of all, for the welcome
    (month 0), or be near its day.
    """
    special = appointment.kind in (Meeting.REVIEW, Meeting.TAKE_OFF)
    for at, each in enumerate(free):
        near = abs((each.on - due).days) <= NEAR
        if each.kind is appointment.kind and (special or near or (appointment.month == 0 and at == 0)):
            return free.pop(at).on
    return None


def _waiting(event: TimelineEvent, paused: bool) -> TimelineEvent:
    """Nothing is late during a pause, except contracts."""
    if not paused or event.when is When.DONE or event.kind is Meeting.CONTRACT:
        return event
    return TimelineEvent(event.key, event.title, event.kind, event.due, When.WAITING, None, event.sentence)


def _past_interviews(past: Sequence[Held], fixed: Sequence[TimelineEvent]) -> list[TimelineEvent]:
    """Return the interviews held besides appointments, numbered from the first."""
    taken = [(each.kind, each.done) for each in fixed if each.done]
    events = []
    for at, each in enumerate(past, start=1):
        if (each.kind, each.on) in taken:
            taken.remove((each.kind, each.on))
        else:
            events.append(TimelineEvent(f"entretien_{at}", "Entretien", each.kind, each.on, When.DONE, each.on))
    return events


def _regular(
    pathway: Pathway,
    entry: date,
    today: date,
    past: Sequence[Held],
    fixed: Sequence[TimelineEvent],
    away: Sequence[tuple[date, date]],
    waiting: When,
) -> list[TimelineEvent]:
    """Return the ordinary interviews still to come, from the last one held to the end of the pathway."""
    meetings = sorted(each.due for each in fixed if each.kind in INTERVIEWS and not each.done)
    end = _moved(add_months(entry, pathway.end), away)
    last = past[-1].on if past else entry
    events: list[TimelineEvent] = []
    number = len(past) + sum(day <= last for day in meetings)  # those not held yet keep their number
    while True:
        number += 1
        before = sum((min(stop, last) - start).days for start, stop in away if start < last)
        every = pathway.stage_at(months_between(entry, max(last - timedelta(days=before), entry))).every
        raw = add_months(last, every)
        due = _moved(raw, away, last)
        if due > end + timedelta(days=NEAR):
            return events
        special = next((day for day in meetings if last < day <= due + timedelta(days=NEAR)), None)
        if special:
            last = special
            continue
        when = waiting if waiting is When.WAITING or due >= today else When.LATE
        events.append(TimelineEvent(f"entretien_{number}", "Entretien", Meeting.INTERVIEW, due, when))
        last = due
        if when is When.LATE:  # one late interview is enough: the next one is counted from the day it will be held
            last = today
