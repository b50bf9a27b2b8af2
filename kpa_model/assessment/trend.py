"""How a group moves, told without telling anybody: over extracts that people chose to share.

Only what people said of themselves, twice at least, on the same criterion. Under `ENOUGH` people nothing is told;
beyond, halves only, never a count: « all », « none » or « all but one » would point at somebody.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.kept import GridKept

ENOUGH = 5
"""Fewest people behind a sentence on the group."""

_NEAR = 0.1


class Part(StrEnum):
    """How many of the people say a higher level than the first time."""

    LESS = "moins de la moitié"
    HALF = "environ la moitié"
    MORE = "plus de la moitié"


def trend(extracts: Iterable[Booklet]) -> dict[str, dict[str, Part]]:
    """Return grid → criterion → how many people moved up between their first and their last answer.

    One person counts once, whatever number of extracts she gave.
    """
    found: dict[str, dict[str, list[bool]]] = {}
    for mine in _people(extracts):
        for grid, criteria in _twice(mine).items():
            for name, (first, last) in criteria.items():
                found.setdefault(grid, {}).setdefault(name, []).append(last > first)
    told = {
        grid: {name: _part(moved) for name, moved in criteria.items() if len(moved) >= ENOUGH}
        for grid, criteria in found.items()
    }
    return {grid: criteria for grid, criteria in told.items() if criteria}


def _people(extracts: Iterable[Booklet]) -> Iterable[list[GridKept]]:
    """Return the grids of each person, each grid once."""
    found: dict[tuple[str, Any], dict[str, GridKept]] = {}
    for each in extracts:
        mine = found.setdefault((each.name.casefold(), each.entry), {})
        mine.update({grid.id: grid for grid in each.grids if not grid.by})
    return [[*each.values()] for each in found.values()]


def _twice(grids: list[GridKept]) -> dict[str, dict[str, tuple[int, int]]]:
    """Return grid → criterion → first and last level, for what was said on two days."""
    said: dict[str, dict[str, list[int]]] = {}
    for grid in sorted(grids, key=lambda each: each.on):
        levels = grid.data.get("reponses", {})
        for line in grid.lines:
            level = str(levels.get(line.key, {}).get("niveau", ""))
            if level.isdecimal():
                said.setdefault(grid.title, {}).setdefault(line.criterion, []).append(int(level))
    return {
        grid: {name: (ranks[0], ranks[-1]) for name, ranks in criteria.items() if len(ranks) > 1}
        for grid, criteria in said.items()
    }


def _part(moved: list[bool]) -> Part:
    share = sum(moved) / len(moved)
    return Part.HALF if abs(share - 0.5) <= _NEAR else Part.MORE if share > 0.5 else Part.LESS
