"""Criteria that say the same thing twice: their levels go up together, more than chance alone would do.

What counts is how many different cases were read, never how many answers were given: five readers of one case are one
case. Each case gives the middle of its readers; a person on herself is one case. See `docs/choix/grilles.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from statistics import median

import numpy as np
import numpy.typing as npt

from kpa_model.assessment import agreement
from kpa_model.assessment.grid import Criterion, Grid
from kpa_model.assessment.readings import FilledGrid, subjects

REPEATS, ENOUGH = 0.8, 8
"""From this tau-b, on at least so many different cases, two criteria may say the same thing."""

BY_CHANCE = 0.05
"""Most often that one pair at least is told of a grid whose criteria have nothing to do with each other."""

SHUFFLES = 20_000
_BLOCK = 500


@dataclass(frozen=True)
class Twins:
    """Two criteria whose levels go up together; `cases` is on how many different cases this rests."""

    one: Criterion
    other: Criterion
    tau: float
    cases: int


def twins(grid: Grid, seen: Sequence[FilledGrid]) -> Iterator[Twins]:
    """Yield the pairs of criteria that go up together, beyond what chance does among as many pairs."""
    about = subjects(seen)
    if len(about) < ENOUGH:
        return
    levels = {key: tuple(middle(readings, key) for readings in about.values()) for key in grid.keys}
    pairs = list(combinations(grid.criteria, 2))
    for one, other in pairs:
        found, cases = agreement.tau(levels[one.key], levels[other.key])
        if found is None or found < REPEATS or cases < ENOUGH:
            continue
        if by_chance(levels[one.key], levels[other.key]) * len(pairs) <= BY_CHANCE:
            yield Twins(one, other, found, cases)


def middle(readings: Sequence[FilledGrid], key: str) -> float | None:
    """Return the level in the middle of those who read one case; None when nobody gave one."""
    ranks = [rank for each in readings if (rank := each.done.rank(key)) is not None]
    return median(ranks) if ranks else None


@lru_cache(maxsize=1024)
def by_chance(ones: tuple[float | None, ...], others: tuple[float | None, ...]) -> float:
    """Return how often two criteria go up together as much, once the cases of one are shuffled.

    >>> by_chance((1, 2, 3, 4, 5, 6, 7, 8), (1, 2, 3, 4, 5, 6, 7, 8)) < 0.001
    True
    """
    both = [(one, other) for one, other in zip(ones, others, strict=True) if one is not None and other is not None]
    left, right = (_signs(np.array(column, float)) for column in zip(*both, strict=True))
    seen, chance, as_much = int((left * right).sum()), np.random.default_rng(0), 1
    for _ in range(SHUFFLES // _BLOCK):
        order = chance.permuted(np.tile(np.arange(len(both)), (_BLOCK, 1)), axis=1)
        shuffled = right[order[:, :, None], order[:, None, :]]
        as_much += int(((left * shuffled).sum((1, 2), dtype=np.int64) >= seen).sum())
    return as_much / (SHUFFLES + 1)


def _signs(values: npt.NDArray[np.float64]) -> npt.NDArray[np.int8]:
    return np.sign(values[:, None] - values[None, :]).astype(np.int8)
