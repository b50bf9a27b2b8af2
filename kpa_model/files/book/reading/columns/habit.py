"""What a whole column settles about its cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kpa_model.files.book.cells import Cell
from kpa_model.files.book.findings import Doubt


@dataclass(frozen=True)
class Habit:
    """How the cells of one column are read, once everything about it is settled."""

    read: Callable[[Cell], Any]
    doubt: Doubt | None = None
    proofs: tuple[str, ...] = ()
    """What its cells prove of all of them, to be told."""
    order: str = ""
    """What comes first in its days, when it is not the day: `mois`, `annee`."""
