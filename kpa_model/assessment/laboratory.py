"""The laboratory: what a grid does when several people use it, on the same invented cases or on themselves.

Nothing here is about a person: a criterion is looked at, never who answered. Answers on oneself are looked at only
from `SMALLEST` people on.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from kpa_model.assessment import agreement
from kpa_model.assessment.answers import NO_ANSWER, NOT_MET
from kpa_model.assessment.grid import Criterion, Grid
from kpa_model.assessment.readings import ONESELF, FilledGrid, subjects
from kpa_model.assessment.repeats import BY_CHANCE, Twins, middle, twins
from kpa_model.assessment.wording import Wording, texts_of, wording, words
from kpa_model.places import data
from kpa_model.workshop.activity import SMALLEST

ALIKE = 0.9
"""From this part of the cases in one place, a criterion separates nobody."""

HIGH = 0.5
"""Beyond this part of the cases at the top, a criterion hits the ceiling."""

SLIPS = 0.1
"""Readings beside their case that happen to readers who understand a criterion in the same way."""

DOUBTFUL, SHARED = 0.667, 0.8
"""Krippendorff's usual bounds for alpha: under the first, not to be relied on; from the second, shared."""

FEW = 5
"""Under so many levels given, nothing is said of a criterion."""

DIFFERENT = 3
"""Under so many different cases (or people on themselves), agreeing is not « separating nobody »."""


TIMED = 3
"""Under so many measured answers, no time is told."""


@dataclass(frozen=True)
class Found:
    """What was seen of one criterion.

    Args:
        criterion: which one.
        counts: how many times each level was chosen.
        not_met, no_answer: how many times each other answer was chosen.
        subjects: how many different cases, and people on themselves, were told of.
        readers, cases: how many people read how many same cases.
        middles: the level in the middle of the readers of each case; a person on herself is one case.
        among: how many criteria the grid has: the more one looks at, the more chance shows something.
        pairs: pairs of readers of a same case.
        beside: readings that are not the most common of their case, out of how many.
        alpha: agreement on the same cases, None when it cannot be told.
        likely: bounds for alpha, None when there are too few.
    """

    criterion: Criterion
    counts: tuple[int, ...]
    not_met: int
    no_answer: int
    subjects: int
    readers: int
    cases: int
    middles: tuple[float, ...]
    among: int
    pairs: agreement.Pairs
    beside: tuple[int, int]
    alpha: float | None
    likely: tuple[float, float] | None

    @property
    def given(self) -> int:
        """How many levels were given."""
        return sum(self.counts)

    @property
    def separates_nobody(self) -> bool:
        """Whether nearly every case stands at one level, more than chance alone would do."""
        most = max(map(self.middles.count, self.middles), default=0)
        alike = max(self.counts) >= ALIKE * self.given and most >= ALIKE * len(self.middles)
        return self._enough and alike and self._levels * self._by_chance(most) <= BY_CHANCE / 2

    @property
    def hits_ceiling(self) -> bool:
        """Whether more than half of the cases stand at the last level, more than chance alone would do."""
        top = self.middles.count(self._levels)
        high = self.counts[-1] > HIGH * self.given and top > HIGH * len(self.middles)
        return self._enough and high and self._by_chance(top) <= BY_CHANCE / 2

    @property
    def _levels(self) -> int:
        return len(self.counts)

    def _by_chance(self, cases: int) -> float:
        """Return how often one criterion of the grid has so many cases at a given level, were all as likely.

        Two things are told of where cases stand: each has half of `BY_CHANCE`.
        """
        return self.among * agreement.at_least(cases, len(self.middles), 1 / self._levels)

    @property
    def _enough(self) -> bool:
        return self.given >= FEW and self.subjects >= DIFFERENT

    @property
    def read_differently(self) -> bool:
        """Whether people choose levels apart for a same case.

        From `DIFFERENT` cases on: low agreement, and less than four pairs of readers in five who say the same. On fewer
        cases a coefficient means little: less than half say the same, and some are two levels apart. Never when the
        slips of readers who agree would do as much (`SLIPS`).
        """
        if self.separates_nobody or self.alpha is None or self.pairs.total < FEW:
            return False
        if self.among * agreement.at_least(*self.beside, SLIPS) > BY_CHANCE:
            return False  # slips alone would do as much
        if self.cases < DIFFERENT:
            return self.pairs.far > 0 and 2 * self.pairs.same < self.pairs.total
        return self.alpha < DOUBTFUL and self.pairs.same < 0.8 * self.pairs.total


@dataclass(frozen=True)
class Study:
    """All that the laboratory sees of a grid."""

    grid: Grid
    found: tuple[Found, ...]
    twins: tuple[Twins, ...]
    alpha: float | None
    on_cases: int
    on_oneself: int
    kept_back: int
    minutes: tuple[float, float]
    measured: float | None
    wording: Wording


def study(grid: Grid, readings: Sequence[FilledGrid]) -> Study:
    """Look at a grid through readings made with it; readings on oneself are kept back under `SMALLEST` people."""
    oneself = [each for each in readings if each.about == ONESELF]
    cases = [each for each in readings if each.about != ONESELF]
    shown = oneself if len({each.by for each in oneself}) >= SMALLEST else []
    seen = [*cases, *shown]
    return Study(
        grid,
        tuple(_found(each, cases, seen, grid) for each in grid.criteria),
        tuple(twins(grid, seen)),
        agreement.alpha(_by_reader(grid, cases)),
        len(cases),
        len(shown),
        len(oneself) - len(shown),
        minutes(grid),
        _measured(seen),
        wording(grid),
    )


def _measured(seen: Sequence[FilledGrid]) -> float | None:
    """Return the middle time in minutes; None when fewer than `TIMED` answers were measured."""
    times = [each.done.seconds for each in seen if each.done.seconds]
    return median(times) / 60 if len(times) >= TIMED else None


def _by_reader(grid: Grid, cases: Sequence[FilledGrid]) -> list[list[int | None]]:
    """Return one row for each reader: every criterion of every case in one line."""
    tables = [table(cases, key) for key in grid.keys]
    return [[rank for rows in each for rank in rows] for each in zip(*tables, strict=True)]


def table(cases: Sequence[FilledGrid], key: str) -> list[list[int | None]]:
    """Return levels, one row for each reader and one column for each case, in the order they came."""
    readers, about = (list(dict.fromkeys(getattr(each, name) for each in cases)) for name in ("by", "about"))
    known = {(each.by, each.about): each.done.rank(key) for each in cases}
    return [[known.get((reader, case)) for case in about] for reader in readers]


def _found(each: Criterion, cases: Sequence[FilledGrid], seen: Sequence[FilledGrid], grid: Grid) -> Found:
    marks = [reading.done.marks[each.key] for reading in seen if each.key in reading.done.marks]
    ranks = [mark.rank for mark in marks]
    rows = table(cases, each.key)
    return Found(
        each,
        tuple(ranks.count(level) for level in range(1, len(grid.levels) + 1)),
        sum(mark.level == NOT_MET for mark in marks),
        sum(mark.level == NO_ANSWER for mark in marks),
        len(about := subjects(seen)),
        len(rows),
        len(rows[0]) if rows else 0,
        tuple(rank for readings in about.values() if (rank := middle(readings, each.key)) is not None),
        len(grid.criteria),
        agreement.pairs(rows),
        agreement.beside(rows),
        agreement.alpha(rows),
        agreement.likely(rows),
    )


def minutes(grid: Grid) -> tuple[float, float]:
    """Return how long the grid takes, in minutes: for somebody who reads with ease, then for somebody who reads slowly.

    The figures come from `data/grilles/reperes/lecture.csv`: they are indicative.
    """
    known = reading_marks()
    read = sum(len(words(each.text)) for each in texts_of(grid))
    choose = len(grid.criteria) * int(known["choisir"]["valeur"]) / 60
    fast, slow = (read / int(known[name]["valeur"]) + choose for name in ("lecture_aisee", "lecture_lente"))
    return fast, slow


@lru_cache(maxsize=1)
def reading_marks() -> dict[str, dict[str, str]]:
    """Return the figures about reading, by name, each with its source, date and confidence."""
    path = data() / "grilles" / "reperes" / "lecture.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["nom"]: row for row in csv.DictReader(file, delimiter=";")}
