"""One thing that happened in a live workshop: what is written in its log, and what its state is told from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SEAT = "place"
"""Round of an erased event that was somebody's arrival: the rank of the others stays what it was."""


@dataclass(frozen=True)
class Event:
    """One line of the log of a workshop.

    Args:
        kind: what happened: `opened`, `joined`, `answered`, `moved`…
        person: id of the person it is about, or nothing.
        step: key of the step of the script, or nothing.
        round: key of the round of asking, or nothing.
        payload: JSON values.
        key: idempotency key: a second event with the same key in a workshop is the first one; nothing means no key.
        seq: rank in the log, from 1; 0 until it is written.
        at: instant of writing, ISO 8601, UTC.
    """

    kind: str
    person: str = ""
    step: str = ""
    round: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    seq: int = 0
    at: str = ""
