"""Which mix of simple principles says best how a person, or a group, shares in a few cases; exact.

Constrained least squares on the simplex: weights ≥ 0 that sum to one, so that the mixed shares are as close as can be
to the shares given. With at most six principles every face of the simplex is tried: exact fractions, no tolerance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

Row = Sequence[Fraction]
"""One number per person of every case, one case after the other: shares of the pot of the case."""


@dataclass(frozen=True)
class Fit:
    """The closest mix.

    Args:
        weights: one per principle, ≥ 0, sum 1.
        distance: sum of the squared gaps between the shares given and those of the mix.
        from_equal: the same for equal shares alone.
        sure: False when another mix of the same principles is as close: the cases cannot tell them apart.
    """

    weights: tuple[Fraction, ...]
    distance: Fraction
    from_equal: Fraction
    sure: bool

    @property
    def explained(self) -> Fraction:
        """Return the part of the distance to equal shares that the mix explains, 0 to 1; 1 when there is none."""
        return 1 - self.distance / self.from_equal if self.from_equal else Fraction(1)


def fit(principles: Sequence[Row], given: Row, equal: int = 0) -> Fit:
    """Return the mix of principles closest to the shares given.

    1. For each set of principles, solve the equality-constrained least squares by elimination in fractions.
       A set whose principles say affinely the same thing is left out: a smaller one does as well.
    2. Keep the sets whose weights are all ≥ 0; the least distance wins. Equal distances: the fewest principles,
       then the first listed.

    Args:
        principles: one row per principle, same length as `given`.
        given: the shares given.
        equal: which principle is equal shares.

    Source:
        C. Lawson, R. Hanson, *Solving Least Squares Problems* (1974), chapter 23; the optimum of a convex problem
        on a simplex lies inside one of its faces.
    """
    faces, gram = _faces(tuple(tuple(row) for row in principles))
    towards, whole = [_dot(row, given) for row in principles], _dot(given, given)
    best, closest = [Fraction(0)] * len(principles), None
    for chosen, solving in faces:
        right = [*(towards[at] for at in chosen), Fraction(1)]
        found = [_dot(line, right) for line in solving]
        if min(found) < 0:
            continue
        weights = [Fraction(0)] * len(principles)
        for at, weight in zip(chosen, found, strict=True):
            weights[at] = weight
        gap = _dot(weights, [_dot(line, weights) for line in gram]) - 2 * _dot(weights, towards) + whole
        if closest is None or gap < closest:
            best, closest = weights, gap
    assert closest is not None  # one principle alone is always a mix
    from_equal = gram[equal][equal] - 2 * towards[equal] + whole
    return Fit(tuple(best), closest, from_equal, len(faces[-1][0]) == len(principles))


def mixed(principles: Sequence[Row], weights: Sequence[Fraction]) -> list[Fraction]:
    """Return the shares of a mix."""
    columns = zip(*principles, strict=True)
    return [sum((w * share for w, share in zip(weights, column, strict=True)), Fraction(0)) for column in columns]


def distance(one: Row, other: Row) -> Fraction:
    """Return the sum of the squared gaps."""
    return sum(((a - b) ** 2 for a, b in zip(one, other, strict=True)), Fraction(0))


def alike(principles: Sequence[Row], closer: Fraction) -> list[tuple[int, int]]:
    """Return the pairs of principles whose shares differ, on average, by less than `closer`."""
    found = []
    for one, other in combinations(range(len(principles)), 2):
        gaps = [abs(a - b) for a, b in zip(principles[one], principles[other], strict=True)]
        if sum(gaps, Fraction(0)) < closer * len(gaps):
            found.append((one, other))
    return found


Solving = list[list[Fraction]]


@lru_cache(maxsize=16)
def _faces(rows: tuple[tuple[Fraction, ...], ...]) -> tuple[list[tuple[tuple[int, ...], Solving]], Solving]:
    """Return what depends on the principles alone, and the products of each two.

    For each set of principles that are affinely free, the smallest sets first: the matrix that turns their products
    with the shares given, and a one, into weights of sum one. The set of all comes last, when it is free.
    """
    gram = [[_dot(one, other) for other in rows] for one in rows]
    found = []
    for size in range(1, len(rows) + 1):
        for chosen in combinations(range(len(rows)), size):
            system = [[*(gram[one][other] for other in chosen), Fraction(1)] for one in chosen]
            inverse = _inverse([*system, [*(Fraction(1) for _ in chosen), Fraction(0)]])
            if inverse is not None:
                found.append((chosen, inverse[:-1]))
    return found, gram


def _dot(one: Row, other: Row) -> Fraction:
    return sum((a * b for a, b in zip(one, other, strict=True)), Fraction(0))


def _inverse(matrix: Solving) -> Solving | None:
    """Return the inverse of a square matrix, by elimination; None when it has none."""
    size = len(matrix)
    rows = [[*row, *(Fraction(at == other) for other in range(size))] for at, row in enumerate(matrix)]
    for at in range(size):
        pivot = next((row for row in range(at, size) if rows[row][at]), None)
        if pivot is None:
            return None
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(size):
            if other != at and rows[other][at]:
                times = rows[other][at]
                rows[other] = [a - times * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [row[size:] for row in rows]
