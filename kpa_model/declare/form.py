"""A form, declared once: shown on a phone, on a screen and on paper, and read back with plain French errors.

A field says how it is named, asked, read and shown. What it reads is JSON (whole cents, texts, lists, mappings), so
that an answer can be written in a log as it is. Who draws a form: `server` for phones, `ui` for notebooks, `story`
for paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kpa_model.declare.unit import EURO, Refused, Unit, quoted
from kpa_model.words import day, euros, listing

YEARS = range(1900, 2101)
"""Those a day may have: nobody means the year 26."""

Raw = Mapping[str, str]
"""What a page sends: input name → text typed."""


@dataclass(frozen=True)
class Field:
    """Base of every field.

    Args:
        name: short name, without `.`, the key of the answer.
        label: the question, in French.
        help: one more sentence, or nothing.
        needed: whether an empty answer is refused; an empty answer that is not needed reads as None.
    """

    name: str
    label: str
    help: str = ""
    needed: bool = True

    def inputs(self) -> list[str]:
        """Return the names of the inputs a page sends for this field."""
        return [self.name]

    def read(self, raw: Raw) -> Any:
        """Return the answer, made of JSON values. Raises Refused."""
        text = str(raw.get(self.name, "")).strip()
        if text:
            return self.value(text)
        if self.needed:
            raise Refused("La réponse manque.", "Répondez, puis envoyez à nouveau.")
        return None

    def value(self, text: str) -> Any:
        """Return the answer for a text that is not empty. Raises Refused."""
        raise NotImplementedError

    def show(self, answer: Any) -> str:
        """Return the answer as people read it."""
        return "—" if answer is None else str(answer)


@dataclass(frozen=True)
class Text(Field):
    """A few words, at most `longest` characters; `lines` is the height of the box."""

    longest: int = 300
    lines: int = 1

    def value(self, text: str) -> str:
        """Return the text without control characters."""
        clean = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
        if len(clean) > self.longest:
            raise Refused(f"Le texte a {len(clean)} signes.", f"Gardez-en {self.longest} au plus.")
        return clean


@dataclass(frozen=True)
class Number(Field):
    """A number in a unit (`EURO`, `PERCENT`, `HOURS`…); inner whole units once read, cents for euros."""

    unit: Unit = EURO
    low: int = 0
    high: int = 10_000_000
    usual: int = 1000

    def value(self, text: str) -> int:
        """Return inner units. Raises Refused."""
        return self.unit.read(text, self.low, self.high, self.usual)

    def show(self, answer: int | None) -> str:
        """Return `12 €`."""
        return "—" if answer is None else self.unit.show(answer)


@dataclass(frozen=True)
class Choice(Field):
    """One option; `options` maps what is kept to what is shown. `scale` says that the options go from low to high."""

    options: Mapping[str, str] = field(default_factory=dict)
    scale: bool = False

    def value(self, text: str) -> str:
        """Return the key of the option. Raises Refused."""
        if text not in self.options:
            raise Refused(f"{quoted(text)} n'est pas un choix.", f"Choix : {listing([*self.options.values()], 'ou')}.")
        return text

    def show(self, answer: str | None) -> str:
        """Return the label."""
        return "—" if answer is None else self.options.get(answer, answer)


@dataclass(frozen=True)
class Several(Field):
    """Any number of options: each is an input `name.option`, ticked or not."""

    options: Mapping[str, str] = field(default_factory=dict)
    most: int = 0

    def inputs(self) -> list[str]:
        """Return one input per option."""
        return [f"{self.name}.{option}" for option in self.options]

    def read(self, raw: Raw) -> list[str]:
        """Return the options ticked, in declared order; none is an answer. Raises Refused."""
        chosen = [option for option in self.options if str(raw.get(f"{self.name}.{option}", "")).strip()]
        if self.most and len(chosen) > self.most:
            raise Refused(f"{len(chosen)} choix sont cochés.", f"Gardez-en {self.most} au plus.")
        return chosen

    def show(self, answer: Sequence[str] | None) -> str:
        """Return the labels."""
        return listing([self.options.get(each, each) for each in answer]) if answer else "—"


@dataclass(frozen=True)
class Grades(Field):
    """A grade for each of several things: one input `name.thing` each; all are needed when the field is."""

    things: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)

    def inputs(self) -> list[str]:
        """Return one input per thing."""
        return [f"{self.name}.{thing}" for thing in self.things]

    def read(self, raw: Raw) -> dict[str, str]:
        """Return thing → grade; things without a grade are absent when the field is not needed. Raises Refused."""
        given = {thing: str(raw.get(f"{self.name}.{thing}", "")).strip() for thing in self.things}
        missing = [self.things[thing] for thing, grade in given.items() if not grade]
        if missing and self.needed:
            raise Refused(f"Il manque : {listing(missing)}.", "Donnez une réponse à chaque ligne.")
        wrong = [grade for grade in given.values() if grade and grade not in self.grades]
        if wrong:
            todo = f"Choix : {listing([*self.grades.values()], 'ou')}."
            raise Refused(f"{quoted(wrong[0])} n'est pas un choix.", todo)
        return {thing: grade for thing, grade in given.items() if grade}

    def show(self, answer: Mapping[str, str] | None) -> str:
        """Return `Parts égales : Bien`."""
        pairs = [
            f"{self.things.get(thing, thing)} : {self.grades.get(each, each)}" for thing, each in (answer or {}).items()
        ]
        return listing(pairs, ";") if len(pairs) > 1 else "".join(pairs) or "—"


class RefusedParts(Refused):
    """Amounts that cannot be taken, among others that can: what is wrong with each thing."""

    def __init__(self, labels: Mapping[str, str], parts: Mapping[str, Refused]) -> None:
        self.parts = parts
        if len(parts) == 1:
            ((thing, only),) = parts.items()
            super().__init__(f"{labels[thing]} : {only.what}", only.todo)
        else:
            named = listing([labels[thing] for thing in parts])
            super().__init__(f"{len(parts)} cases sont à corriger : {named}.", "Lisez sous chaque case.")


@dataclass(frozen=True)
class Parts(Field):
    """An amount for each of several people or things: one input `name.thing` each.

    `total` is to be shared whole when `exact`, else not to be passed; 0 means no limit. Empty counts for zero. `most`
    is a limit that nobody needs to read before passing it, such as the hours of a week. `usual` is what is given as an
    example.
    """

    things: Mapping[str, str] = field(default_factory=dict)
    unit: Unit = EURO
    total: int = 0
    exact: bool = True
    most: int = 0
    usual: int = 1000

    def inputs(self) -> list[str]:
        """Return one input per thing."""
        return [f"{self.name}.{thing}" for thing in self.things]

    def read(self, raw: Raw) -> dict[str, int]:
        """Return thing → inner units. Raises Refused, with what is left or too much."""
        given, wrong = dict[str, int](), dict[str, Refused]()
        for thing in self.things:
            text = str(raw.get(f"{self.name}.{thing}", "")).strip() or "0"
            try:
                given[thing] = self.unit.read(text, 0, self.total or 10_000_000, self.total or self.usual)
            except Refused as refused:
                wrong[thing] = refused
        if wrong:
            raise RefusedParts(self.things, wrong)
        shared = sum(given.values())
        if self.most and shared > self.most:
            raise Refused(f"Le total est de {self.unit.show(shared)}.", f"Gardez {self.unit.show(self.most)} au plus.")
        if self.total and shared > self.total:
            too_much = self.unit.show(shared - self.total)
            raise Refused(f"Le total passe de {too_much} ce qui est à partager.", f"Retirez {too_much}.")
        if self.total and self.exact and shared < self.total:
            left = self.unit.show(self.total - shared)
            raise Refused(f"Il reste {left} à partager.", "Partagez tout.")
        return given

    def show(self, answer: Mapping[str, int] | None) -> str:
        """Return `Awa 12 €, Bruno 8 €`; what is not shared out and is zero goes without saying."""
        said = {thing: each for thing, each in (answer or {}).items() if each or self.total}
        return (
            ", ".join(f"{self.things.get(thing, thing)} {self.unit.show(each)}" for thing, each in said.items()) or "—"
        )


@dataclass(frozen=True)
class Day(Field):
    """A date; ISO once read."""

    def value(self, text: str) -> str:
        """Return `2027-03-31` from `2027-03-31`, `31/03/2027` or `31/03/27`. Raises Refused."""
        try:
            written = [int(part) for part in text.split("/")] if "/" in text else []
            if written and 0 <= written[2] < 100:
                written[2] += 2000
            read = date(written[2], written[1], written[0]) if written else date.fromisoformat(text)
        except (ValueError, IndexError):
            raise Refused(f"{quoted(text)} n'est pas une date.", "Écrivez par exemple 31/03/2027.") from None
        if read.year not in YEARS:
            raise Refused(f"l'année {read.year} n'est pas possible.", "Écrivez par exemple 31/03/2027.")
        return read.isoformat()

    def show(self, answer: str | None) -> str:
        """Return `31 mars 2027`."""
        return "—" if answer is None else day(date.fromisoformat(answer))


@dataclass(frozen=True)
class Form:
    """Fields in order, a title and one sentence before them; `send` is what the button says."""

    fields: tuple[Field, ...]
    title: str = ""
    intro: str = ""
    send: str = "Envoyer"

    def inputs(self) -> list[str]:
        """Return every name a page may send; anything else is to be ignored."""
        return [name for each in self.fields for name in each.inputs()]

    def read(self, raw: Raw) -> tuple[dict[str, Any], dict[str, Refused]]:
        """Return the answers, and field → what is wrong; an answer is good when nothing is wrong."""
        answers: dict[str, Any] = {}
        wrong: dict[str, Refused] = {}
        for each in self.fields:
            try:
                answers[each.name] = each.read(raw)
            except Refused as refused:
                wrong[each.name] = refused
        return answers, wrong


def amount(name: str, label: str, high: int, **more: Any) -> Number:
    """Return a field for an amount up to `high` cents; its help tells the limit."""
    return Number(name, label, more.pop("help", f"De {euros(0)} à {euros(high)}."), unit=EURO, high=high, **more)
