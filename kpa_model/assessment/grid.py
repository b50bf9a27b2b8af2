"""A grid: criteria, each told level by level in plain sentences, so that a person can say where she is today.

A grid never judges: a level tells what one does, with an example. « Pas encore rencontré » and « je préfère ne pas
répondre » are answers like the others (see `answers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

FEWEST_LEVELS, MOST_LEVELS = 2, 8
MOST_CRITERIA = 30
ONE = 100
"""The weight of an ordinary criterion, in hundredths."""

MEAN, SUM = "moyenne", "somme"
COUNTS = {
    MEAN: "la moyenne des niveaux, sur les critères rencontrés",
    SUM: "la somme des niveaux, sur les critères rencontrés",
}
"""How levels become points, should a group ever use them: name in the file → what it does, in French."""


@dataclass(frozen=True)
class Level:
    """One level: its name, and what it means for every criterion."""

    name: str
    meaning: str


@dataclass(frozen=True)
class Criterion:
    """One line of a grid.

    Args:
        key: short name, the key of an answer; letters, digits and `_`.
        name: what people read.
        descriptors: one sentence for each level, from the first to the last.
        example: a moment of the life of a KPA where one can see it.
        area: the family it belongs to, or nothing.
        weight: hundredths; counts only where points are made from levels.
        picture: the name of a pictogram (`data/grilles/dessins/*.svg`), or nothing.
    """

    key: str
    name: str
    descriptors: tuple[str, ...]
    example: str = ""
    area: str = ""
    weight: int = ONE
    picture: str = ""


@dataclass(frozen=True)
class Grid:
    """A grid as its file tells it; levels go from the first steps to ease. `version` is the group's own numbering."""

    title: str
    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    sentence: str = ""
    version: str = "1"
    points: str = MEAN
    sources: tuple[str, ...] = ()
    licence: str = ""

    def criterion(self, key: str) -> Criterion:
        """Return a criterion by its key. Raises KeyError."""
        return {each.key: each for each in self.criteria}[key]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the criteria, in order."""
        return tuple(each.key for each in self.criteria)

    @property
    def weights(self) -> dict[str, int]:
        """Criterion → weight, hundredths."""
        return {each.key: each.weight for each in self.criteria}

    @property
    def ranks(self) -> tuple[str, ...]:
        """What an answer keeps for each level: `1`, `2`…"""
        return tuple(str(at) for at in range(1, len(self.levels) + 1))

    def areas(self) -> Iterator[tuple[str, tuple[Criterion, ...]]]:
        """Yield each family with its criteria, in the order of the file; a grid without families yields one."""
        for area in dict.fromkeys(each.area for each in self.criteria):
            yield area, tuple(each for each in self.criteria if each.area == area)
