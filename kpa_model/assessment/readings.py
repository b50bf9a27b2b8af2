"""Grids filled by several people: on the same invented cases, or each on herself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpa_model.assessment.answers import Filled

ONESELF = ""
"""What a reading is about, when a person fills the grid for herself."""


@dataclass(frozen=True)
class FilledGrid:
    """One grid filled once: `by` a number that names nobody, `about` an invented case, or `ONESELF`."""

    by: str
    about: str
    done: Filled


def subjects(seen: Sequence[FilledGrid]) -> dict[tuple[str, str], list[FilledGrid]]:
    """Return the readings of each different case; a person on herself is one."""
    found: dict[tuple[str, str], list[FilledGrid]] = {}
    for each in seen:
        found.setdefault((each.about, each.by if each.about == ONESELF else ""), []).append(each)
    return found
