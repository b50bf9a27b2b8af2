"""Grids and how alike people read them; exercises with their numbers, for a class."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from kpa_model.assessment import agreement as alike
from kpa_model.assessment.grid import Grid
from kpa_model.assessment.grid_file import WrongGrid, dumps, load, ready_grids
from kpa_model.errors import Problem, nearest
from kpa_model.lessons.checking import check
from kpa_model.lessons.exercises import file as exercise_file
from kpa_model.lessons.exercises.exercise import THEMES, Drawn, WrongExercise
from kpa_model.notebook.asked import misfit, whole
from kpa_model.notebook.shown import Shown, frame, written
from kpa_model.story.lessons.exercise_figures import outside_figures
from kpa_model.words import count, number


def grids() -> pd.DataFrame:
    """Return the ready grids."""
    rows = [{"nom": name, "titre": each.title, "criteres": len(each.criteria)} for name, each in ready_grids().items()]
    return frame(rows, {})


class ShownGrid(Shown):
    """A grid of levels told in plain sentences; `inner` is the grid itself."""

    def __init__(self, inner: Grid) -> None:
        self.inner = inner
        self.title = inner.title

    def sentences(self) -> tuple[str, ...]:
        """Return what the grid is for."""
        return (self.inner.sentence,) if self.inner.sentence else ()

    def text(self) -> str:
        """Return the grid as its file: a group can keep it, change it, and read it in the workbook."""
        return dumps(self.inner)

    def frame(self) -> pd.DataFrame:
        """Return one line a criterion, one column a level."""
        names = [each.name for each in self.inner.levels]
        rows = [
            {"critere": each.name, **dict(zip(names, each.descriptors, strict=True))} for each in self.inner.criteria
        ]
        return frame(rows, {})


def grid(source: str | Path) -> ShownGrid:
    """Return a grid: a name of `grids()`, or a file. Raises WrongGrid.

    >>> grid("entrecomp").title
    'Entreprendre, quinze façons'
    """
    known, name = ready_grids(), str(source)
    if name not in known and Path(source).is_file():
        return ShownGrid(load(Path(source)))
    if name not in known:
        todo = nearest(name, known) or f"Grilles connues : {', '.join(known)}."
        raise WrongGrid(Problem(f"Grille « {name} »", "elle n'existe pas.", todo))
    return ShownGrid(known[name])


class Agreement(Shown):
    """How alike people read the same cases: one row a reader, one column a case, the rank of a level in each cell."""

    title = "Lisons-nous la grille pareil ?"

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table.copy()
        rows = [[None if each != each or each is None else int(each) for each in row] for row in table.to_numpy()]
        self.alpha = alike.alpha(rows)
        self.likely = alike.likely(rows)
        self.pairs = alike.pairs(rows)

    def sentences(self) -> tuple[str, ...]:
        """Return the coefficient when there is enough to say one, and how sure it is."""
        if self.alpha is None:
            return ("Personne ne pouvait se contredire : il n'y a rien à mesurer.",)
        if self.likely is None:
            few = f"{count(len(self.table), 'personne')}, {count(self.table.shape[1], 'cas', 'cas')}"
            return (f"{few} : c'est trop peu pour un coefficient. Comptez, et parlez-en.",)
        low, high = (number(f"{each:.2f}") for each in self.likely)
        return (f"Accord (alpha de Krippendorff) : {number(f'{self.alpha:.2f}')}, sans doute entre {low} et {high}.",)

    def frame(self) -> pd.DataFrame:
        """Return what people answered."""
        return self.table.rename_axis("personne").reset_index()


def agreement(table: pd.DataFrame) -> Agreement:
    """Return how alike people read the same cases. Raises WrongGrid."""
    if not isinstance(table, pd.DataFrame):
        todo = "Donnez un DataFrame : une ligne par personne, une colonne par cas, le rang d'un niveau en case."
        raise misfit("Accord", table, todo, WrongGrid)
    return Agreement(table)


def exercise_list(theme: str = "") -> pd.DataFrame:
    """Return the exercises of a theme, or all of them. Raises WrongExercise."""
    if theme and theme not in THEMES:
        todo = nearest(str(theme), THEMES) or f"Thèmes connus : {', '.join(THEMES)}."
        raise WrongExercise(Problem(f"Thème « {theme} »", "il n'existe pas.", todo))
    found, _ = exercise_file.exercises(theme)
    return frame(
        [{"nom": each.name, "titre": each.title, "theme": each.theme, "minutes": each.minutes} for each in found], {}
    )


class DrawnExercise(Shown):
    """One exercise with the numbers of one person: the same seed gives the same numbers."""

    def __init__(self, drawn: Drawn) -> None:
        self.drawn = drawn
        self.title = drawn.exercise.title

    def sentences(self) -> tuple[str, ...]:
        """Return the situation, then the question."""
        return (self.drawn.text, self.drawn.question)

    def frame(self) -> pd.DataFrame:
        """Return the numbers drawn."""
        rows = [{"grandeur": name, "valeur": float(value)} for name, value in self.drawn.values.items()]
        return frame(rows, {}, ("grandeur", "valeur"))

    def check(self, typed: str | float) -> str:
        """Return what the workbook says of an answer, as on screen."""
        return check(self.drawn, written(float(typed)) if isinstance(typed, int | float) else typed).sentence


def draw_exercise(name: str, seed: int = 1) -> DrawnExercise:
    """Return an exercise with the numbers of a seed. Raises WrongExercise."""
    drawn = exercise_file.exercise_named(name).draw(whole("Graine", seed, 1), outside_figures(date.today()))
    return DrawnExercise(drawn)
