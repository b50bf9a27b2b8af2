"""Which mix of simple principles says best how a person, or a group, shares in a few cases; exact.

Constrained least squares on the simplex: weights ≥ 0 that sum to one, so that the mixed shares are as close as can be
to the shares given. With at most six principles every face of the simplex is tried: exact fractions, no tolerance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
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
    best: tuple[Fraction, tuple[int, ...], list[Fraction]] | None = None
    for size in range(1, len(principles) + 1):
        for chosen in combinations(range(len(principles)), size):
            weights = _on_face([principles[at] for at in chosen], given)
            if weights is None or min(weights) < 0:
                continue
            gap = distance(mixed([principles[at] for at in chosen], weights), given)
            if best is None or gap < best[0]:
                best = (gap, chosen, weights)
    assert best is not None  # one principle alone is always a mix
    weights = [Fraction(0)] * len(principles)
    for at, weight in zip(best[1], best[2], strict=True):
        weights[at] = weight
    return Fit(tuple(weights), best[0], distance(principles[equal], given), not _same_mix(principles))


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


def _on_face(rows: Sequence[Row], given: Row) -> list[Fraction] | None:
    """Return the weights of sum one, of any sign, closest to `given`; None when they are not unique."""
    first, steps = rows[0], [[b - a for a, b in zip(rows[0], row, strict=True)] for row in rows[1:]]
    target = [b - a for a, b in zip(first, given, strict=True)]
    normal = [[_dot(one, other) for other in steps] + [_dot(one, target)] for one in steps]
    solved = _solved(normal)
    return None if solved is None else [1 - sum(solved, Fraction(0)), *solved]


def _same_mix(rows: Sequence[Row]) -> bool:
    """Tell whether one principle is a mix, of any sign, of the others."""
    return _on_face(rows, rows[0]) is None


def _dot(one: Row, other: Row) -> Fraction:
    return sum((a * b for a, b in zip(one, other, strict=True)), Fraction(0))


def _solved(system: list[list[Fraction]]) -> list[Fraction] | None:
    """Solve a square system, right hand side last, by elimination; None when it has no single solution."""
    size = len(system)
    rows = [list(row) for row in system]
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
    return [row[-1] for row in rows]
