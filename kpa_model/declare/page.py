"""What a result is made of, told once: sentences, tables, bars. `server`, `ui` and `story` each draw it their own way.

No part holds HTML: whoever draws escapes. Every picture is drawn from numbers that a table beside it also tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Heading:
    """A title inside a page."""

    text: str


@dataclass(frozen=True)
class Sentence:
    """One or a few plain sentences. `tone`: `plain`, `big` (read aloud), `help`, `warning`, `success` or `quote`."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True)
class Table:
    """A table whose first column names the rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its length (any unit, at least 0), what is written at its end, and a mark to compare with."""

    label: str
    length: float
    shown: str
    mark: float | None = None


@dataclass(frozen=True)
class Bars:
    """Bars on one scale; `full` is the length of the whole track (the longest bar when zero)."""

    caption: str
    bars: tuple[Bar, ...]
    full: float = 0


@dataclass(frozen=True)
class Stack:
    """One line cut in named pieces, such as the grades given to a rule: label → (piece, count) from worst to best."""

    label: str
    pieces: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Stacks:
    """Lines cut in pieces, on one scale."""

    caption: str
    lines: tuple[Stack, ...]


Part = Heading | Sentence | Table | Bars | Stacks
Page = tuple[Part, ...]

_KINDS = {kind.__name__: kind for kind in (Heading, Sentence, Table, Bars, Stacks)}


def as_data(page: Page) -> list[dict[str, Any]]:
    """Return a page as JSON values, the kind of each part under `part`."""
    return [{"part": type(part).__name__, **asdict(part)} for part in page]


def from_data(data: Iterable[Mapping[str, Any]]) -> Page:
    """Return the page that `as_data` wrote. Raises KeyError, TypeError or ValueError on anything else."""
    return tuple(_part(dict(each)) for each in data)


def _part(data: dict[str, Any]) -> Part:
    kind = _KINDS[data.pop("part")]
    if kind is Table:
        return Table(str(data["caption"]), _texts(data["head"]), tuple(_texts(row) for row in data["rows"]))
    if kind is Bars:
        bars = (Bar(str(b["label"]), float(b["length"]), str(b["shown"]), b.get("mark")) for b in data["bars"])
        return Bars(str(data["caption"]), tuple(bars), float(data["full"]))
    if kind is Stacks:
        lines = (Stack(str(each["label"]), _counts(each["pieces"])) for each in data["lines"])
        return Stacks(str(data["caption"]), tuple(lines))
    return Heading(str(data["text"])) if kind is Heading else Sentence(str(data["text"]), str(data["tone"]))


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(each) for each in values)


def _counts(pieces: Iterable[Any]) -> tuple[tuple[str, int], ...]:
    return tuple((str(label), int(many)) for label, many in pieces)
