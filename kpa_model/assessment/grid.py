"""A grid: criteria, each told level by level in plain sentences, so that a person can say where she is today.

A grid never judges: a level tells what one does, with an example. « Pas encore rencontré » and « je préfère ne pas
répondre » are answers like the others (see `answers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kpa_model.assessment.codes import Codes
from kpa_model.declare.entry import entries, entry, key_of, named, part, twice
from kpa_model.declare.part import Notes, Part, Text, Texts
from kpa_model.declare.setting import NumberSetting
from kpa_model.declare.unit import PLAIN, Refused, quoted
from kpa_model.errors import nearest
from kpa_model.words import count

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


MOST_WEIGHT = 10 * ONE
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@entry
class Level:
    """One level: its name, and what it means for every criterion."""

    name: str = part(Text("nom", 60))
    meaning: str = part(Text("sens", 160))


@dataclass(frozen=True)
class _Descriptors(Part):
    """One sentence for each level of the grid, read before; says which level has none."""

    longest: int = 180

    def take(self, value: Any, notes: Notes) -> tuple[str, ...]:
        levels: tuple[Level, ...] = notes.known["levels"]
        given = value if isinstance(value, list) else [value] if value else []
        found = tuple(self._one(each, notes.at(f"niveau {at}")) for at, each in enumerate(given, start=1))
        for at, level in enumerate(levels, start=1):
            if at > len(found):
                todo = "Ajoutez une ligne : dites ce qu'on fait à ce niveau."
                notes.add(f"il manque le niveau {at} {quoted(level.name)}.", todo)
            elif not found[at - 1]:
                notes.at(f"niveau {at}").add("le descripteur est vide.", "Dites ce qu'on fait à ce niveau.")
        if levels and len(found) > len(levels):
            todo = f"Retirez {count(len(found) - len(levels), 'ligne')}, ou ajoutez un niveau à la grille."
            notes.add(f"il y a {len(found)} descripteurs pour {count(len(levels), 'niveau', 'niveaux')}.", todo)
        return found

    def _one(self, value: Any, notes: Notes) -> str:
        try:
            return Text("", self.longest).read(value)
        except Refused as refused:
            notes.refuse(refused)
            return "…"

    def write(self, inner: tuple[str, ...]) -> list[str]:
        return list(inner)


@dataclass(frozen=True)
class _Counting(Part):
    """How levels become points."""

    def read(self, value: Any) -> str:
        if value not in COUNTS:
            todo = f"{nearest(str(value), COUNTS)}\nChoix : {', '.join(COUNTS)}.".strip()
            raise Refused(f"{quoted(value)} n'est pas une façon de compter.", todo)
        return str(value)


@entry
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
        codes: its codes in ESCO or ROME, when the group wrote them.
    """

    key: str = part(Text("cle", 120), missing=False)
    name: str = part(Text("nom", 60))
    area: str = part(Text("domaine", 60), default="", kw_only=True)
    picture: str = part(Text("dessin", 40), default="", kw_only=True)
    codes: tuple[str, ...] = part(Codes("codes", 120), default=(), kw_only=True)
    weight: int = part(NumberSetting("poids", "", ONE, PLAIN, 0, MOST_WEIGHT), default=ONE, kw_only=True, always=False)
    descriptors: tuple[str, ...] = part(_Descriptors("niveaux"))
    example: str = part(Text("exemple", 240), default="")

    def settled(self, notes: Notes) -> Criterion:
        """Give a key to a criterion whose file gives none."""
        key = self.key or key_of(self.name)
        if not _KEY.fullmatch(key):
            todo = "Écrivez une lettre, puis des lettres sans accent, des chiffres ou « _ »."
            notes.at("« cle »").add(f"{quoted(key)} ne peut pas servir de clé.", todo)
        return replace(self, key=key)


@entry
class Grid:
    """A grid as its file tells it; levels go from the first steps to ease. `version` is the group's own numbering."""

    title: str = part(Text("titre", 80), missing=named("En cuisine"))
    sentence: str = part(Text("phrase", 300), default="", kw_only=True)
    version: str = part(Text("version", 20), default="1", kw_only=True)
    levels: tuple[Level, ...] = entries(
        Level, "niveaux", "niveau", many="niveaux", called="", fewest=FEWEST_LEVELS, most=MOST_LEVELS
    )
    criteria: tuple[Criterion, ...] = entries(Criterion, "criteres", "critère", fewest=1, most=MOST_CRITERIA)
    points: str = part(_Counting("points"), default=MEAN, kw_only=True)
    sources: tuple[str, ...] = part(Texts("sources", 300), default=(), kw_only=True)
    licence: str = part(Text("licence", 300), default="", kw_only=True)

    def settled(self, notes: Notes) -> Grid:
        """Note names and keys that serve twice."""
        repeated = [("deux niveaux", each) for each in twice(level.name for level in self.levels)]
        repeated += [("deux critères", each) for each in twice(each.name for each in self.criteria)]
        if len({each.name.casefold() for each in self.criteria}) == len(self.criteria):  # else keys are alike too
            repeated += [("deux clés", each) for each in twice(each.key for each in self.criteria)]
        for who, name in repeated:
            notes.add(f"{who} s'appellent {quoted(name)}.", "Changez l'un des deux noms.")
        return self

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
