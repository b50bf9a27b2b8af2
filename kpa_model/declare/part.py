"""A part of a file, declared once beside the field it fills: its name, how it is read, how it is written back.

A part never stops at the first problem: it adds it to the notes and gives a blank, so that a person mends all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kpa_model.declare.unit import Refused, quoted
from kpa_model.errors import Problem, nearest
from kpa_model.words import listing


class Notes:
    """Where one is in a file, what was read before, and the problems met so far, shared by every part of it."""

    def __init__(self, where: str, problems: list[Problem] | None = None, known: Mapping[str, Any] | None = None):
        self.where = where
        self.problems: list[Problem] = [] if problems is None else problems
        self.known: dict[str, Any] = dict(known or {})
        self._before = len(self.problems)

    @property
    def clean(self) -> bool:
        """Tell whether no problem was met here."""
        return len(self.problems) == self._before

    def at(self, place: str) -> Notes:
        """Return the notes of a part inside this one."""
        return Notes(f"{self.where}, {place}", self.problems, self.known)

    def add(self, what: str, todo: str) -> None:
        """Keep a problem, once."""
        problem = Problem(self.where, what, todo)
        if problem not in self.problems:
            self.problems.append(problem)

    def refuse(self, refused: Refused) -> None:
        """Keep what a reader refused."""
        self.add(refused.what, refused.todo)

    def unknown(self, given: Iterable[Any], names: Iterable[str], whose: str = "connue ici") -> None:
        """Note the names that mean nothing here."""
        names = tuple(names)
        for name in given:
            if name not in names:
                todo = f"{nearest(str(name), names)}\nParties connues : {', '.join(names)}.".strip()
                self.add(f"{quoted(name)} n'est pas une partie {whose}.", todo)


@dataclass(frozen=True)
class Part:
    """Base of every part; `name` is its name in the file."""

    name: str

    @property
    def blank(self) -> Any:
        """What stands for a value that could not be read."""
        return ""

    def take(self, value: Any, notes: Notes) -> Any:
        """Return what a value of the file means; problems go to the notes of what holds it."""
        try:
            return self.read(value)
        except Refused as refused:
            notes.at(f"« {self.name} »").refuse(refused)
            return self.blank

    def read(self, value: Any) -> Any:
        """Return what a value of the file means. Raises Refused."""
        raise NotImplementedError

    def write(self, inner: Any) -> Any:
        """Return what goes in the file; what is empty is left out."""
        return inner


@dataclass(frozen=True)
class Text(Part):
    """A text on one line; with `lines`, each line is kept. `longest` letters at most, 0 for no limit.

    With `spoken`, something that can be read aloud: a number is not enough.
    """

    longest: int = 0
    lines: bool = False
    spoken: bool = False

    def read(self, value: Any) -> str:
        """Return the text without spaces too many. Raises Refused."""
        if isinstance(value, list | Mapping):
            raise Refused("ce n'est pas un texte.", "Mettez le texte entre guillemets.")
        rows = [line.strip() for line in str(value).strip().splitlines()]
        text = "\n".join(rows) if self.lines else " ".join(" ".join(rows).split())
        if self.longest and len(text) > self.longest:
            todo = f"Gardez {self.longest} signes au plus : une idée, une phrase."
            raise Refused(f"le texte est trop long ({len(text)} signes).", todo)
        if self.spoken and not any(letter.isalpha() for letter in text):
            raise Refused("un texte est attendu.", "Écrivez quelques mots.")
        return text


@dataclass(frozen=True)
class Texts(Part):
    """A list of texts; one alone may go without its dash."""

    longest: int = 0

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return ()

    def read(self, value: Any) -> tuple[str, ...]:
        """Return the texts that say something. Raises Refused."""
        given = value if isinstance(value, list) else [value]
        if any(isinstance(each, list | Mapping) for each in given):
            raise Refused("ce n'est pas une liste de textes.", "Écrivez une chose par ligne, après un tiret.")
        one = Text(self.name, self.longest, lines=True)
        return tuple(text for text in map(one.read, given) if text)

    def write(self, inner: tuple[str, ...]) -> list[str]:
        """Return a list."""
        return list(inner)


@dataclass(frozen=True)
class TextByName(Part):
    """A text for each name, as it is written."""

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return {}

    def read(self, value: Any) -> dict[str, str]:
        """Return name → text. Raises Refused."""
        if not isinstance(value, Mapping) or any(isinstance(each, list | Mapping) for each in value.values()):
            raise Refused("un texte par nom est attendu.", "Écrivez « nom: texte », un par ligne.")
        return {str(name): str(each) for name, each in value.items()}

    def write(self, inner: Mapping[str, str]) -> dict[str, str]:
        """Return a mapping."""
        return dict(inner)


def chosen(value: Any, known: Iterable[str]) -> str:
    """Return a value that is one of a few. Raises Refused, with the nearest one."""
    names = list(known)
    if str(value) not in names:
        hint = f"{nearest(str(value), names)} Choix : {listing(names, 'ou')}."
        raise Refused(f"{quoted(value)} n'est pas un choix.", hint.strip())
    return str(value)


@dataclass(frozen=True)
class OneOf(Part):
    """One text among a few."""

    known: tuple[str, ...]

    def read(self, value: Any) -> str:
        """Return the text. Raises Refused, with the nearest one."""
        return chosen(value, self.known)


@dataclass(frozen=True)
class Member(Part):
    """One member of an enumeration, or of a few of its members."""

    of: type[StrEnum]
    among: tuple[StrEnum, ...] = ()

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return next(iter(self.among or self.of))

    def read(self, value: Any) -> StrEnum:
        """Return the member. Raises Refused, with the nearest one."""
        return self.of(chosen(value, self.among or tuple(self.of)))

    def write(self, inner: StrEnum) -> str:
        """Return its value."""
        return inner.value


@dataclass(frozen=True)
class Members(Part):
    """Several members of an enumeration."""

    of: type[StrEnum]

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return frozenset()

    def read(self, value: Any) -> frozenset[StrEnum]:
        """Return the members. Raises Refused, with the nearest one."""
        return frozenset(self.of(chosen(each, self.of)) for each in (value if isinstance(value, list) else [value]))

    def write(self, inner: frozenset[StrEnum]) -> list[str]:
        """Return their values, in the order of the enumeration."""
        return [each.value for each in self.of if each in inner]


@dataclass(frozen=True)
class Day(Part):
    """A date, `2027-03-31` or `31/03/2027`."""

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return date.min

    def read(self, value: Any) -> date:
        """Return the date. Raises Refused."""
        try:
            return day_of(str(value))
        except ValueError:
            raise Refused(f"{quoted(value)} n'est pas une date.", "Écrivez par exemple 2027-03-31.") from None

    def write(self, inner: date | None) -> str:
        """Return `2027-03-31`."""
        return inner.isoformat() if inner else ""


def day_of(text: str) -> date:
    """Return the day written `2027-03-31` or `31/03/2027`. Raises ValueError."""
    if "/" in text:
        day, month, year = (int(part) for part in text.split("/"))
        return date(year, month, day)
    return date.fromisoformat(text)
