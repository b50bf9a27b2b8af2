"""What a result is made of, told once: sentences, tables, bars. `server`, `ui` and `story` each draw it their own way.

No part holds HTML: whoever draws escapes. Every picture is drawn from numbers that a table beside it also tells.
"""

from __future__ import annotations

from dataclasses import dataclass


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
