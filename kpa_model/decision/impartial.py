"""Impartial division: shares come from what the others say, and what I say cannot change my own share.

It is not proof against helping a friend: one person can raise another's share. A cap on ratios softens it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

Reports = Mapping[str, Mapping[str, int]]
"""Who reports → the others → a value above zero; only the ratios between values count."""

FEWEST = 4
"""From four people on, the shares add up to one. For three, no such method shares everything."""


def division(reports: Reports, cap: int = 0) -> dict[str, Fraction]:
    """Return the share of each person, exact.

    With `R(a, b)` the mean, over the others, of how many times `b` they value `a`:

    1. Set one person `j` apart. Each other `i` receives `1 / (1 + R(j, i) + sum of R(k, i))`, where the last means
       leave out what `j` reports. What is left is for `j`.
    2. Do it for every `j`, and take the mean.
    3. For three people: `1 / (1 + r_k(j, i) + r_j(k, i))`. The sum is at most one: a part may stay undivided.

    Args:
        reports: one report per person, on everybody else, at least three people.
        cap: no ratio counts beyond this, nor under its inverse; 0 for no cap.

    Raises:
        ValueError: fewer than three people, someone missing in a report, or a value that is not above zero.

    Source:
        G. de Clippel, H. Moulin, N. Tideman, "Impartial division of a dollar", *Journal of Economic Theory* 139
        (2008), equations 14 to 17.
    """
    people = [*reports]
    _check(reports)
    if len(people) < FEWEST:
        first, second, third = people
        trios = ((first, second, third), (second, third, first), (third, first, second))
        return {i: 1 / (1 + _ratio(reports[k], j, i, cap) + _ratio(reports[j], k, i, cap)) for i, j, k in trios}
    means = _Means(reports, cap)
    total = dict.fromkeys(people, Fraction(0))
    for apart in people:
        others = [person for person in people if person != apart]
        given = {i: 1 / (1 + means.of(apart, i) + means.all_but(i, apart)) for i in others}
        given[apart] = 1 - sum(given.values(), Fraction(0))
        for person, share in given.items():
            total[person] += share / len(people)
    return total


def _check(reports: Reports) -> None:
    if len(reports) < 3:
        raise ValueError("impartial division is for three people or more")
    for who, report in reports.items():
        if set(report) != set(reports) - {who} or min(report.values()) <= 0:
            raise ValueError(f"{who} must value everybody else above zero, and nobody more")


def _ratio(report: Mapping[str, int], top: str, bottom: str, cap: int) -> Fraction:
    """Return how many times `bottom` is `top` worth, within the cap."""
    ratio = Fraction(report[top], report[bottom])
    return min(max(ratio, Fraction(1, cap)), Fraction(cap)) if cap else ratio


class _Means:
    """The means of ratios; sums are made once for each pair, then one report may be left out."""

    def __init__(self, reports: Reports, cap: int) -> None:
        self._reports, self._cap = reports, cap
        self._sums: dict[tuple[str, str], Fraction] = {}

    def of(self, top: str, bottom: str, without: str = "") -> Fraction:
        """Return the mean over everybody but `top`, `bottom` and `without`."""
        key = (top, bottom)
        if key not in self._sums:
            said = [report for who, report in self._reports.items() if who not in key]
            self._sums[key] = sum((_ratio(report, top, bottom, self._cap) for report in said), Fraction(0))
        whole, number = self._sums[key], len(self._reports) - 2
        if without in ("", *key):
            return whole / number
        return (whole - _ratio(self._reports[without], top, bottom, self._cap)) / (number - 1)

    def all_but(self, bottom: str, apart: str) -> Fraction:
        """Return the sum of the means of everybody but `bottom` and `apart`, whose report is left out."""
        others = [person for person in self._reports if person not in (bottom, apart)]
        return sum((self.of(top, bottom, apart) for top in others), Fraction(0))
