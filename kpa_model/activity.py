"""An activity of a workshop: what is asked from each person, round after round, and what the answers say together.

An activity is a class that declares its settings (as a step of a rule does), gives a form per round, and tells a page
from the answers. It knows neither phones nor screens: `server` and `ui` draw its form and its page. To add one: a
class in one file of `decision/activities/` (or beside what it is about, in `assessment` or `lessons`), decorated by
`@activity`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from kpa_model.form import Form
from kpa_model.page import Page

Answer = Mapping[str, Any]
"""What one person answered: field → JSON value, as `Form.read` gives it."""

SMALLEST = 5
"""Under so many answers, no breakdown is shown: each could be guessed."""


@dataclass(frozen=True)
class Round:
    """One time of asking: `key` in the log, what the screen calls it."""

    key: str
    title: str


@dataclass(frozen=True)
class Room:
    """What an activity may look at.

    Args:
        people: person's id → the name she chose, in the order they came.
        answers: round key → person's id → answer, for the rounds begun so far.
        facts: what the workbook gives for this activity: pot in cents, rules and their effect, members, seed…
        shown: rounds whose answers are revealed; a form may tell of these and of no other.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()

    def given(self, key: str) -> Mapping[str, Answer]:
        """Return the answers of a round, none when it has not begun."""
        return self.answers.get(key, {})


@dataclass(frozen=True)
class Activity:
    """Base of every activity. Subclasses add settings, declared as those of a step (`kpa_model.setting`).

    `kept` says whether its last page goes in the record of the decision, as a vote does.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    sentence: ClassVar[str]
    kept: ClassVar[bool] = False

    def rounds(self) -> tuple[Round, ...]:
        """Return the times of asking, in order."""
        return (Round("reponse", self.title),)

    def form(self, key: str, room: Room, person: str) -> Form:
        """Return what is asked from a person in a round."""
        raise NotImplementedError

    def page(self, key: str, room: Room) -> Page:
        """Return what the answers of a round say together, once revealed; disagreement first, then the rest."""
        raise NotImplementedError


_KNOWN: dict[str, type[Activity]] = {}
_A = TypeVar("_A", bound=type[Activity])


def activity(name: str, title: str, sentence: str) -> Callable[[_A], _A]:
    """Register an activity: its name in a script file, its title, and one sentence that says what it is for."""

    def register(made: _A) -> _A:
        if name in _KNOWN:
            raise ValueError(f"two activities are named {name}")
        made.name, made.title, made.sentence = name, title, sentence
        _KNOWN[name] = made
        return made

    return register


def known_activities() -> Mapping[str, type[Activity]]:
    """Return name → class, for the modules loaded so far; `server.catalogue` loads them all."""
    return _KNOWN
