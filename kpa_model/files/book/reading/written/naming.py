"""What the words above one of several tables of a sheet tell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """What the words above one of several tables tell: whose it is, when it is sure; else what to ask of it."""

    owner: str = ""
    label: str = ""
    """The words that tell it from the other tables."""
    ways: tuple[tuple[str, str], ...] = ()
    """Which of these words may be people: their rank, and what stands there above each table."""
    topic: str = ""
    """The topic of which of them are."""


NO_HEADING = Heading()
"""Nothing told of one table alone."""
