"""What one sheet of a workbook says beside its values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Spot = tuple[int, int]
"""Line from 1, column from 0."""
UNCOMPUTED = "#FORMULE"
"""What stands in a cell whose formula has no kept value."""
MONEY = "€"
"""The unit of a number in euros."""
_SIGNED = re.compile(r"\[[^\]]*\].*?\bComment\w*\s?:|[^\n:]{1,40}:\n", re.DOTALL)
"""What a program writes before a comment: its author, or that a later version shows more."""


@dataclass
class Beside:
    """What one sheet says beside its values."""

    units: dict[Spot, str] = field(default_factory=dict)
    uncomputed: set[Spot] = field(default_factory=set)
    hidden_lines: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[Spot, Spot]] = field(default_factory=list)
    struck: set[Spot] = field(default_factory=set)
    """The cells struck through, as people cancel a line."""
    comments: dict[Spot, str] = field(default_factory=dict)
    """What people wrote beside a cell."""


def without_author(comment: str) -> str:
    """Return a comment on one line, without what its program says before it."""
    signed = _SIGNED.match(comment)
    return " ".join(comment[signed.end() if signed else 0 :].split())
