"""An activity of a workshop: what is asked from each person, round after round, and what the answers say together.

An activity is a class that declares its settings (as a step of a rule does), gives a form per round, and tells a page
from the answers. It knows neither phones nor screens: `server` and `ui` draw its form and its page. To add one: a
class in one file of `decision/activities/` (or beside what it is about, in `assessment` or `lessons`), decorated by
`@activity`. `tests/contract/test_activities.py` checks the laws that every one of them keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from kpa_model.cooperative.work import AgreedWeek
from kpa_model.declare.asked import asked_page
from kpa_model.declare.form import Form
from kpa_model.declare.page import Page
from kpa_model.workshop.proposal import SMALLEST as SMALLEST
from kpa_model.workshop.proposal import Obtained, Proposal, TreatedObjection

Answer = Mapping[str, Any]
"""What one person answered: field → JSON value, as `Form.read` gives it."""

HOST = "animation"
"""Whose answer it is, in `Room.answers`, when the facilitator filled a `host_form`; never counted with people's."""


@dataclass(frozen=True)
class Round:
    """One time of asking: `key` in the log, what the screen calls it."""

    key: str
    title: str


@dataclass(frozen=True)
class Addable:
    """A question that may be added: what it asks in a few words, the setting that holds it, the other settings."""

    asks: str
    words: str
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Room:
    """What an activity may look at.

    Args:
        people: person's id → the name she chose, in the order they came.
        answers: round key → person's id → answer, for the rounds begun so far.
        facts: what the workbook gives for this activity: pot in cents, rules and their effect, members, seed…
        shown: rounds whose answers are revealed; a form may tell of these and of no other.
        seats: person's id → her rank of arrival, from 0; it does not change when somebody else leaves.
        proposals: what was proposed to the group, the last one is what it talks about now.
        heard: round key → person's id → how many proposals there were when she answered.
        withdrawn: rounds from which an answer was taken back once they were revealed: told again, it could be guessed.
        ranks: round key → person's id → the rank of her answer in the log: which of two answers came last.
        alone: who answers from a phone of her own; a tablet or a paper may be read by somebody else.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    seats: Mapping[str, int] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    heard: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    ranks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()

    def given(self, key: str) -> Mapping[str, Answer]:
        """Return people's answers to a round, none when it has not begun; the facilitator's is not among them."""
        return {person: answer for person, answer in self.answers.get(key, {}).items() if person != HOST}

    def hosted(self, key: str) -> Answer:
        """Return what the facilitator wrote in a round, nothing when she wrote nothing."""
        return self.answers.get(key, {}).get(HOST, {})


@dataclass(frozen=True)
class PaperCard:
    """A card to cut out: a name, a text, and lines of two words."""

    name: str
    text: str
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Activity:
    """Base of every activity. Subclasses add settings, declared as those of a step (`kpa_model.declare.setting`).

    `kept` says whether its last page goes in the record of the decision, as a vote does; `proposes`, whether it asks
    about the proposal of the group; `fills`, whether what is confirmed may go in the group's own book; `audits`,
    whether it reads what the rules do not hold, which is then looked for at the opening; `added`, how it may be asked
    beside the script, in words written during the workshop.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    sentence: ClassVar[str]
    kept: ClassVar[bool] = False
    proposes: ClassVar[bool] = False
    fills: ClassVar[bool] = False
    audits: ClassVar[bool] = False
    added: ClassVar[Addable | None] = None

    def rounds(self) -> tuple[Round, ...]:
        """Return the times of asking, in order."""
        return (Round("reponse", self.title),)

    def brings(self) -> Mapping[str, Any]:
        """Return what the activity reads on this machine, as JSON values: added to the facts at the opening.

        So the log tells the workshop by itself, whatever changes beside it afterwards. Nothing unless told.
        """
        return {}

    def form(self, key: str, room: Room, person: str) -> Form:
        """Return what is asked from a person in a round."""
        raise NotImplementedError

    def asked(self, key: str, room: Room) -> Page:
        """Return what is asked, as the whole room reads it on the screen."""
        return asked_page(self.form(key, room, ""))

    def page(self, key: str, room: Room) -> Page:
        """Return what the answers of a round say together, once revealed: the answer first, then what divides."""
        raise NotImplementedError

    def kept_page(self, key: str, room: Room) -> Page:
        """Return what of `page` goes in the record of the decision: counts and sentences, never a line per answer."""
        return self.page(key, room)

    def cards(self, facts: Mapping[str, Any]) -> tuple[PaperCard, ...]:
        """Return the cards to cut out, to play without a computer; none unless told."""
        return ()

    def own_page(self, key: str, room: Room, person: str) -> Page:
        """Return what one person alone sees on her own phone, once the round is revealed; nothing unless told."""
        return ()

    def last_round(self, room: Room) -> str:
        """Return the last round revealed that somebody answered, nothing when there is none."""
        shown = [each.key for each in self.rounds() if each.key in room.shown and room.given(each.key)]
        return shown[-1] if shown else ""

    def current(self, key: str, room: Room) -> Mapping[str, Answer]:
        """Return the answers that count in a round: all of them, unless what is asked has changed since."""
        return room.given(key)

    def script_text(self) -> str:
        """Return the proposal written in the script, nothing when it is written during the workshop."""
        return ""

    def leading(self, room: Room) -> tuple[str, ...]:
        """Return the titles that come first in its last vote: several are a tie; none when it is no vote."""
        return ()

    def obtained(self, room: Room) -> Obtained | None:
        """Return what the group obtained on its proposal, None when this does not ask for consent."""
        return None

    def objections(self, room: Room) -> tuple[TreatedObjection, ...]:
        """Return every objection revealed, and what was done of it."""
        return ()

    def concerns(self, room: Room) -> tuple[str, ...]:
        """Return the reservations of those who consent, as they were written and shown to all."""
        return ()

    def agreed_week(self, room: Room) -> AgreedWeek | None:
        """Return the hours of a week that people agreed on, None when this is about something else (see `fills`)."""
        return None

    def host_form(self, key: str, room: Room) -> Form | None:
        """Return what the facilitator may write in a round once revealed (see `HOST`); nothing unless told."""
        return None


_KNOWN: dict[str, type[Activity]] = {}
_A = TypeVar("_A", bound=type[Activity])


def activity(name: str, title: str, sentence: str) -> Callable[[_A], _A]:
    """Make a class an activity: a frozen dataclass, registered under its name in script files.

    Args:
        name: name in the files, for example `estimation`.
        title: what the screen shows.
        sentence: one French sentence that says what it is for.
    """

    def register(cls: _A) -> _A:
        made: _A = dataclass(frozen=True)(cls)  # type: ignore[assignment]
        if name in _KNOWN:
            raise ValueError(f"two activities are named {name}")
        made.name, made.title, made.sentence = name, title, sentence
        _KNOWN[name] = made
        return made

    return register


def known_activities() -> Mapping[str, type[Activity]]:
    """Return name → class, for the modules loaded so far; `server.catalogue` loads them all."""
    return _KNOWN
