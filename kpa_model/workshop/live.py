"""Where a live workshop stands, told from its log alone: the same events always give the same state.

`apply(live, event)` takes one event; `fold(events)` takes them all. Nothing here reads a clock, draws a number or knows
a screen. The order of the log decides: an answer written after the closing does not count, and `taken` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

from kpa_model.workshop.activity import HOST, Answer, Room
from kpa_model.workshop.event import SEAT, Event
from kpa_model.workshop.proposal import Proposal, from_data
from kpa_model.workshop.seat import PAPER, PHONE, Asked, Person

MOST_PEOPLE = 400


@dataclass(frozen=True)
class Live:
    """The state of a workshop.

    Args:
        seq: rank of the last event.
        taken: whether the last event counted.
        opened: payload of the opening: title, script, facts, code.
        people: id → person, in the order they came; who was forgotten is not there.
        seats: how many people ever came; the seat of who left or was forgotten stays empty.
        step, round: where the group is; empty before the beginning.
        asked: (step, round) → what was asked and answered, for the rounds begun so far.
        skipped: steps that the group left out.
        texts: what the group wrote together, name → text (its decision, its record…).
        proposals: what was proposed to the group, one after the other.
        entry: whether new people may come in.
        until: when the timer rings, or nothing.
        ended: whether the workshop is over.
    """

    seq: int = 0
    taken: bool = True
    opened: Mapping[str, Any] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    seats: int = 0
    step: str = ""
    round: str = ""
    asked: Mapping[tuple[str, str], Asked] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    texts: Mapping[str, Any] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    entry: bool = True
    until: datetime | None = None
    ended: bool = False

    @property
    def now(self) -> Asked | None:
        """Return the round under way, or None when nothing is asked."""
        return self.asked.get((self.step, self.round))

    @property
    def facts(self) -> Mapping[str, Any]:
        """Return what the workbook gave at the opening."""
        facts = self.opened.get("facts")
        return facts if isinstance(facts, Mapping) else {}

    @property
    def proposal(self) -> Proposal:
        """Return what is proposed now; it says nothing when nothing is."""
        return self.proposals[-1] if self.proposals else Proposal()

    def room(self, step: str) -> Room:
        """Return what the activity of a step may look at."""
        rounds = {round_: each for (key, round_), each in self.asked.items() if key == step}
        return Room(
            people={person.id: person.name for person in self.people.values()},
            answers={key: self._present(each) for key, each in rounds.items()},
            facts=self.facts,
            shown=frozenset(key for key, each in rounds.items() if each.shown),
            seats={person.id: person.seat for person in self.people.values()},
            proposals=self.proposals,
            heard={key: each.heard for key, each in rounds.items()},
            withdrawn=frozenset(key for key, each in rounds.items() if each.withdrawn),
            ranks={key: each.ranks for key, each in rounds.items()},
            alone=frozenset(person.id for person in self.people.values() if person.by == PHONE),
        )

    def _present(self, asked: Asked) -> Mapping[str, Answer]:
        here = {person: answer for person, answer in asked.answers.items() if person in self.people}
        return {**here, HOST: asked.host} if asked.host else here


def fold(events: Iterable[Event]) -> Live:
    """Return the state after all these events."""
    return reduce(apply, events, Live())


def apply(live: Live, event: Event) -> Live:
    """Return the state after one more event. An event that means nothing here changes nothing but the rank."""
    change = _CHANGES.get(event.kind)
    changed = change(live, event) if change else None
    if changed is None:
        return replace(live, seq=event.seq, taken=False)
    return replace(changed, seq=event.seq, taken=True)


def _opened(live: Live, event: Event) -> Live | None:
    return replace(live, opened=event.payload) if not live.opened else None


def _changes(name: str) -> Callable[[Live, Event], Live | None]:
    """Return what changes one text of the opening: the code to come in, the script."""

    def change(live: Live, event: Event) -> Live | None:
        text = event.payload.get(name)
        return replace(live, opened={**live.opened, name: text}) if live.opened and isinstance(text, str) else None

    return change


def _joined(live: Live, event: Event) -> Live | None:
    name, by = event.payload.get("name"), event.payload.get("by", PHONE)
    if not event.person or event.person == HOST or event.person in live.people or not isinstance(name, str) or not name:
        return None
    if len(live.people) >= MOST_PEOPLE or live.ended or (not live.entry and by != PAPER):
        return None
    person = Person(event.person, name, str(by), live.seats)
    return replace(live, people={**live.people, event.person: person}, seats=live.seats + 1)


def _replaced(live: Live, event: Event) -> Live | None:
    """Somebody goes on with another phone: only the way she answers changes."""
    if event.person not in live.people:
        return None
    person = replace(live.people[event.person], by=str(event.payload.get("by", PHONE)))
    return replace(live, people={**live.people, event.person: person})


def _left(live: Live, event: Event) -> Live | None:
    """Who leaves keeps no seat; her answers are no longer counted."""
    if event.person not in live.people:
        return None
    return replace(live, people={key: each for key, each in live.people.items() if key != event.person})


def _erased(live: Live, event: Event) -> Live | None:
    """Who is forgotten leaves an empty seat: the others keep theirs."""
    return replace(live, seats=live.seats + 1) if event.round == SEAT else None


def _moved(live: Live, event: Event) -> Live | None:
    """The group goes somewhere else: what it leaves waits, what it meets is as it was left.

    A question met for the first time is open, unless the facilitator explains first (`opens`); one that is open for a
    few days stays open.
    """
    here, there = (live.step, live.round), (event.step, event.round)
    if live.ended or not event.step or here == there:
        return None
    asked = dict(live.asked)
    if here in asked and asked[here].open and not asked[here].until:
        asked[here] = replace(asked[here], open=False, waits=True)
    if event.round:
        found = asked.get(there, Asked(open=event.payload.get("opens") is not False))
        asked[there] = replace(found, open=found.open or found.waits, waits=False)
    skipped = live.skipped - {event.step}
    if event.payload.get("skips"):
        skipped |= {live.step}
    return replace(live, step=event.step, round=event.round, asked=asked, skipped=skipped, until=None)


def _answered(live: Live, event: Event) -> Live | None:
    """An answer counts while its round is open; paper may still be typed in until the reveal."""
    asked, answer = live.asked.get((event.step, event.round)), event.payload.get("answer")
    if asked is None or event.person not in live.people or not isinstance(answer, Mapping):
        return None
    if not (asked.takes(event.at) or (event.payload.get("by") == PAPER and not asked.shown)):
        return None
    answers = {**asked.answers, event.person: answer}
    heard, ranks = {**asked.heard, event.person: len(live.proposals)}, {**asked.ranks, event.person: event.seq}
    return _with(live, event, replace(asked, answers=answers, heard=heard, ranks=ranks))


def _lasting(live: Live, event: Event) -> Live | None:
    """A question is open until the end of a day, met by the group or not yet: people answer from home."""
    asked, until = live.asked.get((event.step, event.round), Asked()), event.payload.get("until")
    if asked.shown or not isinstance(until, str) or not event.step or not event.round:
        return None
    ends = str(event.payload.get("ends") or "")
    return _with(live, event, replace(asked, open=True, waits=False, until=until, ends=ends))


def _hosted(live: Live, event: Event) -> Live | None:
    asked, answer = live.asked.get((event.step, event.round)), event.payload.get("answer")
    if asked is None or not isinstance(answer, Mapping):
        return None
    return _with(live, event, replace(asked, host=answer))


def _closed(live: Live, event: Event) -> Live | None:
    asked = live.asked.get((event.step, event.round))
    return _with(live, event, asked.shut()) if asked and asked.open else None


def _reopened(live: Live, event: Event) -> Live | None:
    """Answering again hides the results again."""
    asked = live.asked.get((event.step, event.round))
    if asked is None or (asked.open and not asked.until):
        return None
    told = asked.told or asked.shown
    return _with(live, event, replace(asked.shut(), open=True, shown=False, told=told))


def _shown(live: Live, event: Event) -> Live | None:
    asked = live.asked.get((event.step, event.round))
    return _with(live, event, replace(asked.shut(), shown=True)) if asked and not asked.shown else None


def _withdrew(live: Live, event: Event) -> Live | None:
    """Somebody who had answered these rounds, already revealed, is forgotten."""
    rounds = event.payload.get("rounds")
    if not isinstance(rounds, list):
        return None
    places = [tuple(each) for each in rounds if isinstance(each, list)]
    known = {at: replace(live.asked[at], withdrawn=True) for at in places if at in live.asked}
    return replace(live, asked={**live.asked, **known}) if known else None


def _with(live: Live, event: Event, asked: Asked) -> Live:
    return replace(live, asked={**live.asked, (event.step, event.round): asked})


def _timer(live: Live, event: Event) -> Live | None:
    """Start for so many seconds, or stop."""
    seconds = event.payload.get("seconds")
    if type(seconds) is not int or not 0 <= seconds <= 86_400:
        return None
    try:
        now = datetime.fromisoformat(event.at)
    except ValueError:
        return None
    return replace(live, until=now + timedelta(seconds=seconds) if seconds else None)


def _entry(live: Live, event: Event) -> Live | None:
    wanted = bool(event.payload.get("open"))
    return replace(live, entry=wanted) if wanted != live.entry else None


def _proposed(live: Live, event: Event) -> Live | None:
    """What is proposed now; the same thing again is no news."""
    made = from_data(event.payload)
    return replace(live, proposals=(*live.proposals, made)) if made and made != live.proposal else None


def _wrote(live: Live, event: Event) -> Live | None:
    """What the group wrote; workshops of before wrote their proposal here too."""
    texts = event.payload.get("texts")
    if not isinstance(texts, Mapping):
        return None
    made = from_data({"words": texts.get("texte"), "rule": texts.get("regle")}) if texts.get("texte") else None
    proposals = (*live.proposals, made) if made and made != live.proposal else live.proposals
    return replace(live, texts={**live.texts, **texts}, proposals=proposals)


def _ended(live: Live, event: Event) -> Live | None:
    asked = {key: each if each.until else each.shut() for key, each in live.asked.items()}
    return replace(live, ended=True, asked=asked, until=None) if not live.ended else None


def _resumed(live: Live, event: Event) -> Live | None:
    return replace(live, ended=False) if live.ended else None


_CHANGES: Mapping[str, Callable[[Live, Event], Live | None]] = {
    "opened": _opened,
    "code": _changes("code"),
    "script": _changes("script"),
    "joined": _joined,
    "left": _left,
    "replaced": _replaced,
    "erased": _erased,
    "moved": _moved,
    "answered": _answered,
    "lasting": _lasting,
    "hosted": _hosted,
    "closed": _closed,
    "reopened": _reopened,
    "shown": _shown,
    "withdrew": _withdrew,
    "timer": _timer,
    "entry": _entry,
    "proposed": _proposed,
    "wrote": _wrote,
    "ended": _ended,
    "resumed": _resumed,
}
