"""Do several people understand a criterion in the same way? Agreement on the same cases, and criteria that repeat.

Agreement is Krippendorff's alpha with ordinal distances: being two levels apart weighs more than one level apart.
1 is full agreement, 0 is what chance alone gives. Sources: K. Krippendorff, *Computing Krippendorff's
Alpha-Reliability* (2011); M. Kendall, *Rank Correlation Methods* (tau-b, for ties).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb, sqrt
from typing import Literal

import numpy as np

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
Table = Sequence[Sequence[int | None]]
"""One row for each reader, one column for each case; None where there is no level."""

ENOUGH_READERS, ENOUGH_CASES = 3, 6
"""Under so many, agreement is told by counting only: a coefficient would say more than the data know."""

DRAWS = 400


def alpha(table: Table, metric: Metric = "ordinal") -> float | None:
    """Return Krippendorff's alpha; None when nobody can disagree (one level only, or no case read twice)."""
    values = np.array([[np.nan if each is None else each for each in row] for row in table], np.float64)
    if values.size == 0:
        return None
    compared = values[:, (~np.isnan(values)).sum(0) >= 2]
    if len(set(compared[~np.isnan(compared)])) < 2:
        return None
    from krippendorff import alpha as coefficient

    return float(coefficient(values, level_of_measurement=metric))


def likely(table: Table, seed: int = 0) -> tuple[float, float] | None:
    """Return the bounds within which alpha stays nine times out of ten when other cases of this kind are drawn.

    Cases are drawn again with replacement. None under `ENOUGH_READERS` readers or `ENOUGH_CASES` cases.
    """
    return _likely(tuple(tuple(row) for row in table), seed)


@lru_cache(maxsize=256)
def _likely(table: tuple[tuple[int | None, ...], ...], seed: int) -> tuple[float, float] | None:
    cases = [column for column in zip(*table, strict=True) if sum(each is not None for each in column) > 1]
    if len(table) < ENOUGH_READERS or len(cases) < ENOUGH_CASES:
        return None
    chance = np.random.default_rng(seed)
    drawn = (alpha([*zip(*[cases[at] for at in _some(chance, len(cases))], strict=True)]) for _ in range(DRAWS))
    found = [each for each in drawn if each is not None]
    low, high = np.quantile(found, (0.05, 0.95)) if found else (0.0, 0.0)
    return (float(low), float(high)) if found else None


def _some(chance: np.random.Generator, size: int) -> list[int]:
    return [int(at) for at in chance.integers(0, size, size)]


def at_least(hits: int, tries: int, part: float) -> float:
    """Return how often chance alone gives so many hits or more, out of independent tries that hit `part` of the time.

    >>> at_least(3, 3, 0.5)
    0.125
    """
    return sum(comb(tries, each) * part**each * (1 - part) ** (tries - each) for each in range(hits, tries + 1))


def beside(table: Table) -> tuple[int, int]:
    """Return how many readings are not the most common of their case, out of those of cases read twice or more."""
    read = [[each for each in column if each is not None] for column in zip(*table, strict=True)]
    held = [given for given in read if len(given) > 1]
    return sum(len(given) - max(map(given.count, given)) for given in held), sum(map(len, held))


@dataclass(frozen=True)
class Pairs:
    """Every pair of readers of a same case: how many chose the same level, how many are two levels apart or more."""

    total: int
    same: int
    far: int

    @property
    def apart(self) -> int:
        """Pairs that chose two levels side by side."""
        return self.total - self.same - self.far


def pairs(table: Table) -> Pairs:
    """Count the pairs of readers, case by case."""
    gaps = [gap for column in zip(*table, strict=True) for gap in _gaps(column)]
    return Pairs(len(gaps), sum(gap == 0 for gap in gaps), sum(gap > 1 for gap in gaps))


def _gaps(column: Sequence[int | None]) -> Iterator[int]:
    given = [each for each in column if each is not None]
    return (abs(one - other) for one, other in combinations(given, 2))


def tau(ones: Sequence[float | None], others: Sequence[float | None]) -> tuple[float | None, int]:
    """Return Kendall's tau-b of two criteria, and on how many answers it rests; None when one of them never varies."""
    both = [(one, other) for one, other in zip(ones, others, strict=True) if one is not None and other is not None]
    signs = [(_sign(a - c), _sign(b - d)) for (a, b), (c, d) in combinations(both, 2)]
    untied = (sum(one != 0 for one, _ in signs), sum(other != 0 for _, other in signs))
    if not all(untied):
        return None, len(both)
    return sum(one * other for one, other in signs) / sqrt(untied[0] * untied[1]), len(both)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
