"""The grid on the bench: what the group is changing now, how to undo, and the readings made with it.

The draft is kept in the personal folder, like the rest of the workshop. Readings live in memory only, until the page
is closed: on oneself they are nobody's business, on invented cases they are quickly made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from weakref import WeakKeyDictionary

from kpa_model.assessment import versions
from kpa_model.assessment.cases import invented_cases
from kpa_model.assessment.grid import Criterion, Grid, Level
from kpa_model.assessment.grid_file import fingerprint, ready_grids
from kpa_model.assessment.readings import FilledGrid
from kpa_model.ui.state import Store
from kpa_model.whole_file import write_whole

FIRST = "implication"
UNDO_DEPTH = 100
_DRAFT = "brouillon.json"


class Bench:
    """The grid being changed, for one workshop; `example` says whether invented readings are looked at too."""

    def __init__(self, store: Store) -> None:
        self._refresh = store.refresh
        self.name, self.grid = _draft() or (FIRST, ready_grids()[FIRST])
        self.readings: list[FilledGrid] = []
        self.example = True
        self._past: list[tuple[str, Grid]] = []

    def open(self, name: str, grid: Grid | None = None) -> None:
        """Put a known grid on the bench, or other words of it. Raises KeyError."""
        self._keep(name, grid or versions.known_grids()[name])

    def change(self, grid: Grid) -> None:
        """Put a changed grid on the bench; the one before can be found again."""
        if grid != self.grid:
            self._keep(self.name, grid)

    def undo(self) -> bool:
        """Bring back the grid before the last change; tell whether there was one."""
        if not self._past:
            return False
        self.name, self.grid = self._past.pop()
        self._settle()
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there is a grid to go back to."""
        return bool(self._past)

    def add(self, reading: FilledGrid) -> None:
        """Keep a reading; the same reader of the same case says it again, instead of twice."""
        same = (reading.by, reading.about)
        self.readings = [*(each for each in self.readings if (each.by, each.about) != same), reading]
        self._refresh()

    def take(self, workshop: str, readings: Iterable[FilledGrid]) -> None:
        """Keep what a workshop gave, in place of what it gave before: who was forgotten there is forgotten here.

        The name of each of its readers begins with the workshop's. Invented readings are no longer looked at.
        """
        self.readings = [*(each for each in self.readings if not each.by.startswith(workshop)), *readings]
        self.example = False
        self._refresh()

    def forget(self) -> None:
        """Forget every reading."""
        self.readings = []
        self._refresh()

    def fitting(self) -> list[FilledGrid]:
        """Return the readings made on the words of now; the others say nothing about them."""
        return [each for each in self.readings if each.done.fits(self.grid)]

    def invented(self) -> list[FilledGrid]:
        """Return readings by invented readers, while the words are those they were invented for."""
        known = ready_grids().get(self.name)
        if known is None or fingerprint(known) != fingerprint(self.grid):
            return []
        return list(_invented(self.name, self.grid))

    def _keep(self, name: str, grid: Grid) -> None:
        self._past = [*self._past[-UNDO_DEPTH + 1 :], (self.name, self.grid)]
        self.name, self.grid = name, grid
        self._settle()

    def _settle(self) -> None:
        folder = versions.folder()
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / _DRAFT, as_text(self.name, self.grid))
        self._refresh()


def _invented(name: str, grid: Grid) -> Iterator[FilledGrid]:
    for case in invented_cases():
        for at, done in enumerate(case.read_by_others(name, grid)):
            yield FilledGrid(f"lecteur inventé {at + 1}", case.name, done)


_BENCHES: WeakKeyDictionary[Store, Bench] = WeakKeyDictionary()


def bench(store: Store) -> Bench:
    """Return the bench of a workshop, always the same one."""
    if store not in _BENCHES:
        _BENCHES[store] = Bench(store)
    return _BENCHES[store]


def as_text(name: str, grid: Grid) -> str:
    """Return a grid that may be unfinished, as JSON."""
    return json.dumps({"nom": name, "grille": asdict(grid)}, ensure_ascii=False)


def from_text(text: str) -> tuple[str, Grid]:
    """Read what `as_text` gave. Raises KeyError, TypeError or ValueError when it is something else."""
    content = json.loads(text)
    grid = Grid(**content["grille"])
    levels = tuple(Level(**each) for each in content["grille"]["levels"])
    criteria = tuple(
        replace(made, descriptors=tuple(made.descriptors), codes=tuple(made.codes))
        for made in (Criterion(**each) for each in content["grille"]["criteria"])
    )
    if not levels or not criteria or any(len(each.descriptors) != len(levels) for each in criteria):
        raise ValueError("a grid has as many descriptors as levels")
    return str(content["nom"]), replace(grid, levels=levels, criteria=criteria, sources=tuple(grid.sources))


def _draft() -> tuple[str, Grid] | None:
    """Return the draft of another day; None when there is none, or when it can no longer be read."""
    try:
        return from_text((versions.folder() / _DRAFT).read_text(encoding="utf-8"))
    except (OSError, KeyError, TypeError, ValueError):
        return None
