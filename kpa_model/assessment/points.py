"""Points made from levels, by a formula that the grid declares; a group may look at it without ever using it.

`moyenne`: sum of weight × rank over the criteria met, divided by the sum of their weights.
`somme`: sum of weight × rank over the criteria met.

« Pas encore rencontré » and « je préfère ne pas répondre » are not counted: with `moyenne` they change nothing to the
others, with `somme` they bring nothing. Exact fractions inside, hundredths of a point outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from kpa_model.assessment.answers import Filled, Mark
from kpa_model.assessment.grid import MEAN, ONE, Grid

Ranks = Mapping[str, Fraction | int]
"""Criterion → rank from 1; a criterion that is not counted is absent. A median of ranks may be a half."""

POINT = 100
"""Hundredths in one point."""


def ranks_of(grid: Grid, done: Filled) -> dict[str, int]:
    """Return the levels a person gave, criterion → rank, leaving out what is not counted."""
    return {key: rank for key in grid.keys if (rank := done.rank(key)) is not None}


def points(grid: Grid, ranks: Ranks) -> int:
    """Return points in hundredths, rounded to the nearest (halves up); 0 when nothing is counted."""
    weights = {key: grid.weights[key] for key in ranks}
    total = sum((Fraction(weights[key]) * Fraction(ranks[key]) for key in ranks), Fraction(0))
    bottom = sum(weights.values()) if grid.points == MEAN else ONE
    return int(total / bottom * POINT + Fraction(1, 2)) if bottom else 0


def middle(grid: Grid, several: Sequence[Filled]) -> dict[str, Fraction]:
    """Return the median rank of each criterion among several people's answers; a criterion nobody met is absent."""
    found: dict[str, Fraction] = {}
    for key in grid.keys:
        given = sorted(rank for done in several if (rank := done.rank(key)) is not None)
        if given:
            half = len(given) // 2
            found[key] = Fraction(given[half] + given[half if len(given) % 2 else half - 1], 2)
    return found


def shifted(grid: Grid, done: Filled, by: int) -> Filled:
    """Return the same answers, each level `by` higher or lower, never beyond the grid; other answers stay."""
    return replace(done, marks=dict(_shifted(grid, done, by)))


def _shifted(grid: Grid, done: Filled, by: int) -> Iterator[tuple[str, Mark]]:
    for key, mark in done.marks.items():
        rank = mark.rank
        yield key, mark if rank is None else replace(mark, level=str(max(1, min(len(grid.levels), rank + by))))


def with_rank(done: Filled, key: str, rank: int) -> Filled:
    """Return the same answers with one level changed."""
    mark = replace(done.marks.get(key, Mark("")), level=str(rank))
    return replace(done, marks={**done.marks, key: mark})
