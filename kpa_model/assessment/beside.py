"""One person's answers beside those of others, for the same grid: where they meet, where they differ.

Nothing is averaged, nobody is ranked: each answer stays as it was said, and a difference is a reason to talk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpa_model.assessment.answers import Filled, Mark
from kpa_model.assessment.grid import Criterion, Grid


@dataclass(frozen=True)
class CriterionLine:
    """One criterion: who → answer, in the order given; None where somebody left it.

    `gap` is the widest distance between two levels; 0 when all agree, or when fewer than two people gave a level.
    """

    criterion: Criterion
    marks: Mapping[str, Mark | None]

    @property
    def gap(self) -> int:
        """Levels between the two answers that differ most."""
        ranks = [mark.rank for mark in self.marks.values() if mark and mark.rank is not None]
        return max(ranks, default=0) - min(ranks, default=0)

    @property
    def levels(self) -> int:
        """How many people gave a level."""
        return sum(bool(mark and mark.rank is not None) for mark in self.marks.values())


def beside(grid: Grid, filled: Mapping[str, Filled]) -> tuple[CriterionLine, ...]:
    """Return one line for each criterion, in the order of the grid; `filled` maps who answers to her answers."""
    return tuple(
        CriterionLine(each, {who: done.marks.get(each.key) for who, done in filled.items()}) for each in grid.criteria
    )


def to_talk_about(lines: tuple[CriterionLine, ...], least: int = 1) -> tuple[CriterionLine, ...]:
    """Return the lines where two people are at least so many levels apart, in the order of the grid."""
    return tuple(line for line in lines if line.gap >= least)
