"""The versions of the group's own grids: each change is a new one, none is lost, going back is a change too.

They stay in the personal folder: `grilles/<name>/001.yaml`, `002.yaml`…
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kpa_model import places
from kpa_model.assessment.grid import Criterion, Grid
from kpa_model.assessment.grid_file import WrongGrid, as_data, dumps, from_data, load, ready_grids
from kpa_model.errors import KpaError, Problem
from kpa_model.whole_file import write_whole
from kpa_model.words import count, slug

_NUMBERED = re.compile(r"(\d{3,})\.yaml")


@dataclass(frozen=True)
class Version:
    """One version of a grid: its number, the day it was kept, and the grid."""

    number: int
    on: date
    grid: Grid


def folder() -> Path:
    """Return the folder of the group's own grids; made when something is kept."""
    return places.personal() / "grilles"


def own_names() -> tuple[str, ...]:
    """Return the names of the group's own grids."""
    found = sorted(folder().iterdir()) if folder().is_dir() else []
    return tuple(each.name for each in found if each.is_dir() and versions(each.name))


def versions(name: str) -> tuple[Version, ...]:
    """Return every version of a grid that can still be read, oldest first; none when there is no such grid."""
    return tuple(_read(name))


def _read(name: str) -> Iterator[Version]:
    for path in sorted((folder() / slug(name)).glob("*.yaml")):
        numbered = _NUMBERED.fullmatch(path.name)
        if numbered:
            try:
                yield Version(int(numbered[1]), date.fromtimestamp(path.stat().st_mtime), load(path))
            except KpaError:  # a damaged version stays in its folder and hides no other
                continue


def known_grids() -> dict[str, Grid]:
    """Return every grid by name: the last version of the group's own, then the ready ones."""
    own = {name: versions(name)[-1].grid for name in own_names()}
    return own | {name: grid for name, grid in ready_grids().items() if name not in own}


def keep(grid: Grid) -> Version:
    """Keep a grid as a new version of its title; the same grid again makes none. Raises WrongGrid.

    Raises:
        WrongGrid: something is missing in the grid, or its title cannot name a folder.
    """
    from_data(as_data(grid), "Votre grille")
    name = slug(grid.title)
    if not any(letter.isalnum() for letter in grid.title) or name in ready_grids():
        todo = "Donnez un titre à vous, par exemple « Notre grille de cuisine »."
        raise WrongGrid(Problem("Titre de la grille", "ce titre ne peut pas servir.", todo))
    before = versions(name)
    if before and replace(before[-1].grid, version=grid.version) == grid:
        return before[-1]
    number = _last(name) + 1
    kept = replace(grid, version=str(number))
    place = folder() / name
    place.mkdir(parents=True, exist_ok=True)
    write_whole(place / f"{number:03}.yaml", dumps(kept))
    return Version(number, date.today(), kept)


def _last(name: str) -> int:
    """Return the highest number ever used, damaged files included: a number never means two things."""
    found = [int(each[1]) for path in (folder() / name).glob("*") if (each := _NUMBERED.fullmatch(path.name))]
    return max(found, default=0)


def changes(before: Grid, after: Grid) -> tuple[str, ...]:
    """Return what changed between two versions, one French sentence each; none when they say the same."""
    return tuple(_changes(before, after))


def _changes(before: Grid, after: Grid) -> Iterator[str]:
    old, new = ({each.key: each for each in grid.criteria} for grid in (before, after))
    if before.title != after.title:
        yield f"Le titre devient « {after.title} »."
    if [each.name for each in before.levels] != [each.name for each in after.levels]:
        names = ", ".join(f"« {each.name} »" for each in after.levels)
        yield f"Les niveaux sont maintenant : {names}."
    for key in [key for key in old if key not in new]:
        yield f"« {old[key].name} » est retiré."
    for key in [key for key in new if key not in old]:
        yield f"« {new[key].name} » est ajouté."
    for key in [key for key in new if key in old]:
        yield from _criterion_changes(old[key], new[key])
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield "L'ordre des critères change."
    if before.points != after.points:
        yield "La façon de compter les points change."


def _criterion_changes(old: Criterion, new: Criterion) -> Iterator[str]:
    if old.name != new.name:
        yield f"« {old.name} » s'appelle maintenant « {new.name} »."
    for at, (was, now) in enumerate(zip(old.descriptors, new.descriptors, strict=False), start=1):
        if was != now:
            yield f"« {new.name} », niveau {at} : « {was} » devient « {now} »."
    if (more := len(new.descriptors) - len(old.descriptors)) > 0:
        yield f"« {new.name} » gagne {count(more, 'niveau', 'niveaux')}."
    elif more < 0:
        yield f"« {new.name} » perd {count(-more, 'niveau', 'niveaux')}."
    if old.weight != new.weight:
        yield f"Le poids de « {new.name} » change."
    if old.example != new.example:
        yield f"L'exemple de « {new.name} » change."
