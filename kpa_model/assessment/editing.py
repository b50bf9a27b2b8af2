"""Changing a grid, one gesture at a time: each returns a new grid, and the one before stays as it was."""

from __future__ import annotations

from dataclasses import replace

from kpa_model.assessment.grid import FEWEST_LEVELS, MOST_CRITERIA, MOST_LEVELS, Criterion, Grid, Level
from kpa_model.assessment.grid_file import WrongGrid
from kpa_model.errors import Problem
from kpa_model.words import slug


def reworded(grid: Grid, key: str, name: str, descriptors: tuple[str, ...], example: str, weight: int) -> Grid:
    """Return the grid where one criterion says something else; its key stays, so that answers are still found."""
    made = replace(grid.criterion(key), name=name, descriptors=descriptors, example=example, weight=weight)
    return replace(grid, criteria=tuple(made if each.key == key else each for each in grid.criteria))


def with_criterion(grid: Grid, name: str) -> Grid:
    """Return the grid with one more criterion, whose descriptors are still to write. Raises WrongGrid."""
    if len(grid.criteria) >= MOST_CRITERIA:
        raise _refused(f"il y a déjà {MOST_CRITERIA} critères.", "Retirez-en un avant d'en ajouter.")
    if not slug(name).strip("_") or not any(letter.isalnum() for letter in name):
        raise _refused("le nouveau critère n'a pas de nom.", "Écrivez son nom, par exemple « La vaisselle ».")
    if name.casefold() in {each.name.casefold() for each in grid.criteria}:
        raise _refused(f"« {name} » est déjà dans la grille.", "Choisissez un autre nom.")
    made = Criterion(_free(grid, name), name, ("",) * len(grid.levels))
    return replace(grid, criteria=(*grid.criteria, made))


def _free(grid: Grid, name: str) -> str:
    """Return a key that no criterion has."""
    first = slug(name)[:30]
    first = first if first[:1].isalpha() else f"c_{first}"
    tried = [first, *(f"{first}_{at}" for at in range(2, MOST_CRITERIA + 2))]
    return next(each for each in tried if each not in grid.keys)


def without_criterion(grid: Grid, key: str) -> Grid:
    """Return the grid without one criterion. Raises WrongGrid when it is the last one."""
    if len(grid.criteria) == 1:
        raise _refused("il ne reste qu'un critère.", "Ajoutez-en un autre avant de le retirer.")
    return replace(grid, criteria=tuple(each for each in grid.criteria if each.key != key))


def moved(grid: Grid, key: str, by: int) -> Grid:
    """Return the grid where a criterion goes up (`by` negative) or down."""
    order = [*grid.criteria]
    at = grid.keys.index(key)
    order.insert(max(0, min(len(order) - 1, at + by)), order.pop(at))
    return replace(grid, criteria=tuple(order))


def with_level(grid: Grid, name: str, meaning: str) -> Grid:
    """Return the grid with one more level at the end, to write for each criterion. Raises WrongGrid."""
    if len(grid.levels) >= MOST_LEVELS:
        raise _refused(f"il y a déjà {MOST_LEVELS} niveaux.", "Retirez-en un avant d'en ajouter.")
    if not name.strip() or not meaning.strip():
        raise _refused("il manque le nom ou le sens du niveau.", "Écrivez les deux.")
    criteria = tuple(replace(each, descriptors=(*each.descriptors, "")) for each in grid.criteria)
    return replace(grid, levels=(*grid.levels, Level(name.strip(), meaning.strip())), criteria=criteria)


def without_level(grid: Grid, rank: int) -> Grid:
    """Return the grid without one level (from 1), nor what each criterion said of it. Raises WrongGrid."""
    if len(grid.levels) <= FEWEST_LEVELS:
        raise _refused(f"il ne reste que {FEWEST_LEVELS} niveaux.", "Une grille en garde au moins deux.")
    criteria = tuple(replace(each, descriptors=_without(each.descriptors, rank)) for each in grid.criteria)
    return replace(grid, levels=_without(grid.levels, rank), criteria=criteria)


def _without(items: tuple, rank: int) -> tuple:  # type: ignore[type-arg]
    return (*items[: rank - 1], *items[rank:])


def _refused(what: str, todo: str) -> WrongGrid:
    return WrongGrid(Problem("Votre grille", what, todo))
