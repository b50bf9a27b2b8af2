"""Invented people, told in three lines, on whom a group tries a grid before trying it on itself.

A case may hold levels that invented readers chose, so that the laboratory shows something before anybody typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kpa_model.assessment.answers import NOT_MET, Filled, filled
from kpa_model.assessment.grid import Grid
from kpa_model.declare.plain_yaml import Kind, read_mapping
from kpa_model.errors import KpaError, Problem
from kpa_model.places import data


class WrongCases(KpaError):
    """The file of invented cases cannot be used."""


_KIND = Kind("des cas", "« titre: » puis « cas: »", WrongCases, "les cas inventés du cahier", deepest=6)


@dataclass(frozen=True)
class Case:
    """An invented person: her name, three lines, and levels invented for a few grids.

    `own` and `readers` map a grid's name to levels, one sign for each criterion: a rank, or `-` for not met.
    """

    name: str
    lines: tuple[str, ...]
    own: Mapping[str, str] = field(default_factory=dict)
    readers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The three lines as one text."""
        return " ".join(self.lines)

    def herself(self, name: str, grid: Grid) -> Filled | None:
        """Return what the invented person says of herself on a ready grid, None when nothing was invented."""
        return _filled(grid, self.own.get(name, ""))

    def read_by_others(self, name: str, grid: Grid) -> tuple[Filled, ...]:
        """Return what the invented readers say of her."""
        return tuple(done for signs in self.readers.get(name, ()) if (done := _filled(grid, signs)))


def _filled(grid: Grid, signs: str) -> Filled | None:
    """Return a filled grid; None when the grid no longer has as many criteria as signs."""
    if len(signs) != len(grid.criteria):
        return None
    return filled(grid, {key: NOT_MET if sign == "-" else sign for key, sign in zip(grid.keys, signs, strict=True)})


@lru_cache(maxsize=1)
def invented_cases() -> tuple[Case, ...]:
    """Return the invented cases of the workbook, read once, when asked for."""
    return load(data() / "grilles" / "reperes" / "cas_inventes.yaml")


def load(path: Path) -> tuple[Case, ...]:
    """Read a file of cases. Raises WrongCases with every problem at once."""
    content = read_mapping(path.read_text(encoding="utf-8"), f"Fichier {path.name}", _KIND)
    problems, found = [], []
    for at, entry in enumerate(content.get("cas") or (), start=1):
        if not isinstance(entry, dict) or not entry.get("nom") or not isinstance(entry.get("texte"), list):
            todo = "Écrivez « nom: » puis trois lignes dans « texte: »."
            problems.append(Problem(f"Fichier {path.name}, cas {at}", "il manque le nom ou le texte.", todo))
            continue
        grids = entry.get("grilles") or {}
        own = {name: str(each.get("soi", "")) for name, each in grids.items()}
        readers = {name: tuple(each.get("lecteurs") or ()) for name, each in grids.items()}
        found.append(Case(str(entry["nom"]), tuple(entry["texte"]), own, readers))
    if problems or not found:
        raise WrongCases(*(problems or [Problem(f"Fichier {path.name}", "aucun cas.", "Ajoutez « cas: ».")]))
    return tuple(found)
