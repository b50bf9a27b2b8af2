"""The booklet [livret]: what a person keeps of her pathway. It belongs to her.

Nothing here is a score. What changed is told by what she said at each date, with her own examples. Everything is JSON,
with French names, so that whoever takes the file away can read it without this workbook.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from kpa_model.assessment.kept import (
    CONFIG,
    AnswerLine,
    BadgeKept,
    Contract,
    Experience,
    Feedback,
    Goal,
    GridKept,
    Interview,
    Proof,
    SharedFile,
    Talent,
    TimeOff,
    Training,
)
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.words import day

FORMAT: Final = "livret-kpa-1"
WORDS: Final = "secours"
"""The draft where recovery words wait until the person notes them; it never leaves the closed booklet."""


@dataclass(frozen=True, config=CONFIG)
class Booklet:
    """A whole booklet. `marks` are contracts and marks of the pathway done, with their day.

    `drafts` are forms begun and not kept yet: name of the form → name of the field → what is typed.
    """

    name: str
    entry: date
    group: str = ""
    talents: tuple[Talent, ...] = ()
    experiences: tuple[Experience, ...] = ()
    trainings: tuple[Training, ...] = ()
    badges: tuple[BadgeKept, ...] = ()
    proofs: tuple[Proof, ...] = ()
    goals: tuple[Goal, ...] = ()
    interviews: tuple[Interview, ...] = ()
    grids: tuple[GridKept, ...] = ()
    pauses: tuple[TimeOff, ...] = ()
    marks: Mapping[str, date] = Field(default_factory=dict)
    contracts: tuple[Contract, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    shares: tuple[SharedFile, ...] = ()
    phone_key: str = ""
    reply_key: str = ""
    drafts: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    id: str = Field(default_factory=lambda: secrets.token_hex(16))


SECTIONS = {
    "talents": "Mes talents", "experiences": "Mes expériences", "trainings": "Mes formations", "badges": "Mes badges",
    "proofs": "Mes preuves",
    "goals": "Mes prochains pas", "interviews": "Mes entretiens", "grids": "Mes grilles", "contracts": "Mon contrat",
    "feedback": "Ce qu'on m'a écrit",
}  # fmt: skip
"""Parts of a booklet that hold items, in the order people read them."""

_DATED = ("grids", "interviews", "contracts", "feedback")

_ADAPTER = TypeAdapter(Booklet)


def as_data(booklet: Booklet) -> dict[str, Any]:
    """Return a booklet as JSON values, with French names and the name of the format."""
    made: dict[str, Any] = _ADAPTER.dump_python(booklet, mode="json", by_alias=True)
    return {"format": FORMAT, **made}


def from_data(content: Any, where: str = "Livret") -> Booklet:
    """Return the booklet of what `as_data` gave. Raises UnreadableFile, which repeats nothing of what is inside."""
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        todo = "Choisissez un livret gardé par ce cahier, ou son export."
        raise UnreadableFile(Problem(where, "ce n'est pas un livret.", todo))
    try:
        return _ADAPTER.validate_python({key: value for key, value in content.items() if key != "format"})
    except ValidationError as error:
        places = dict.fromkeys(", ".join(map(str, each["loc"])) for each in error.errors(include_input=False))
        todo = "Corrigez cette partie du fichier, ou reprenez l'export d'origine."
        raise UnreadableFile(
            *(Problem(f"{where}, « {each} »", "la valeur manque ou ne va pas.", todo) for each in places)
        ) from None


def items(booklet: Booklet) -> Iterator[tuple[str, str, str]]:
    """Yield (id, section, title) for everything that can be shared or removed; day and author tell twins apart."""
    for section in SECTIONS:
        for each in getattr(booklet, section):
            on = getattr(each, "on", getattr(each, "start", None)) if section in _DATED else None
            by = each.by if section in ("grids", "feedback") else ""
            told = (each.title, day(on) if on else "", f"par {by}" if by else "")
            yield each.id, section, ", ".join(filter(None, told))


def added(booklet: Booklet, section: str, item: Any) -> Booklet:
    """Return the booklet with one more item; one of the same id takes its place."""
    kept = tuple(each for each in getattr(booklet, section) if each.id != item.id)
    changed: dict[str, Any] = {section: (*kept, item)}
    return replace(booklet, **changed)


def removed(booklet: Booklet, identity: str) -> Booklet:
    """Return the booklet without an item."""
    return _only(booklet, lambda item: item.id != identity)


def _only(booklet: Booklet, wanted: Callable[[Any], bool]) -> Booklet:
    parts: dict[str, Any] = {name: tuple(filter(wanted, getattr(booklet, name))) for name in SECTIONS}
    return replace(booklet, **parts)


def extract(booklet: Booklet, chosen: frozenset[str]) -> Booklet:
    """Return only the chosen items: no share list, no pause, no draft, no key, and not the identity of the booklet."""
    kept = _only(booklet, lambda item: item.id in chosen)
    return replace(kept, shares=(), pauses=(), marks={}, phone_key="", drafts={}, id=secrets.token_hex(16))


def open_copy(booklet: Booklet) -> Booklet:
    """Return what the person takes away: everything, except the key of her phone page and words not noted yet."""
    return replace(booklet, phone_key="", drafts={name: kept for name, kept in booklet.drafts.items() if name != WORDS})


def evolution(booklet: Booklet) -> dict[str, dict[str, list[tuple[date, AnswerLine]]]]:
    """Return grid → criterion → what the person herself said at each date, oldest first. Nothing is subtracted."""
    told: dict[str, dict[str, list[tuple[date, AnswerLine]]]] = {}
    for grid in sorted(booklet.grids, key=lambda each: each.on):
        if not grid.by:
            for line in grid.lines:
                told.setdefault(grid.title, {}).setdefault(line.criterion, []).append((grid.on, line))
    return told
