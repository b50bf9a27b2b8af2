"""Invented people, told in three lines, on whom a group tries a grid before trying it on itself.

A case may hold levels that invented readers chose, so that the laboratory shows something before anybody typed.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kpa_model.assessment.answers import NOT_MET, Filled, filled
from kpa_model.assessment.grid import Grid
from kpa_model.declare.entry import Entries, Named, entry, part
from kpa_model.declare.part import Text, Texts
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.yaml_file import YamlFile
from kpa_model.errors import KpaError
from kpa_model.places import data


class WrongCases(KpaError):
    """The file of invented cases cannot be used."""


_KIND = FileKind("des cas", "« titre: » puis « cas: »", WrongCases, "les cas inventés du cahier", deepest=6)


@entry
class _Signs:
    """What was invented for one grid: what the person says of herself, and what each reader says of her."""

    name: str
    own: str = part(Text("soi"), default="")
    readers: tuple[str, ...] = part(Texts("lecteurs"), default=())


@entry
class InventedCase:
    """An invented person: her name, three lines, and levels invented for a few grids.

    Levels are one sign for each criterion: a rank, or `-` for not met.
    """

    name: str = part(Text("nom"))
    lines: tuple[str, ...] = part(Texts("texte"))
    grids: tuple[_Signs, ...] = part(Named("grilles", _Signs), default=())

    @property
    def text(self) -> str:
        """The three lines as one text."""
        return " ".join(self.lines)

    def herself(self, name: str, grid: Grid) -> Filled | None:
        """Return what the invented person says of herself on a ready grid, None when nothing was invented."""
        return next((_filled(grid, each.own) for each in self.grids if each.name == name), None)

    def read_by_others(self, name: str, grid: Grid) -> tuple[Filled, ...]:
        """Return what the invented readers say of her."""
        said = (signs for each in self.grids if each.name == name for signs in each.readers)
        return tuple(done for signs in said if (done := _filled(grid, signs)))


def _filled(grid: Grid, signs: str) -> Filled | None:
    """Return a filled grid; None when the grid no longer has as many criteria as signs."""
    if len(signs) != len(grid.criteria):
        return None
    return filled(grid, {key: NOT_MET if sign == "-" else sign for key, sign in zip(grid.keys, signs, strict=True)})


@entry
class _Cases:
    title: str = part(Text("titre"), default="", kw_only=True)
    sentence: str = part(Text("phrase"), default="", kw_only=True)
    sources: tuple[str, ...] = part(Texts("sources"), default=(), kw_only=True)
    licence: str = part(Text("licence"), default="", kw_only=True)
    cases: tuple[InventedCase, ...] = part(
        Entries("cas", InventedCase, "cas", "cas"), missing=("aucun cas.", "Ajoutez « cas: ».")
    )


FILE = YamlFile(_KIND, _Cases, "Cas")


def load(path: Path) -> tuple[InventedCase, ...]:
    """Read a file of cases. Raises WrongCases with every problem at once."""
    return FILE.load(path).cases


@lru_cache(maxsize=1)
def invented_cases() -> tuple[InventedCase, ...]:
    """Return the invented cases of the workbook, read once, when asked for."""
    return load(data() / "grilles" / "reperes" / "cas_inventes.yaml")
