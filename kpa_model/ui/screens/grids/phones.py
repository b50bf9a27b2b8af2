"""The laboratory of grids: take what phones answered in a workshop kept on this machine, without anybody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import ipywidgets as widgets

from kpa_model.assessment.activities import FilledTogether
from kpa_model.assessment.grid import Grid
from kpa_model.assessment.grid_file import fingerprint
from kpa_model.assessment.readings import FilledGrid
from kpa_model.declare.markup import tag
from kpa_model.errors import KpaError, Problem
from kpa_model.ui import pieces
from kpa_model.ui.kept_workshops import kept_workshops, played_in
from kpa_model.ui.screens.grids.bench import bench
from kpa_model.ui.state import Store
from kpa_model.words import count
from kpa_model.workshop.activity import SMALLEST, Room

OPEN = "Ouvrir la grille de l'atelier"
Played = Sequence[tuple[FilledTogether, Room, Grid]]
"""Each time phones filled a grid in a workshop: the activity, what it heard, the words that were read."""

_HELP = tag(
    "p",
    "En atelier, chaque personne répond depuis son téléphone. "
    "L'activité s'appelle « Une grille, sans nom ». Ses réponses viennent ici sans les noms.",
)
_NONE = tag(
    "p",
    "Aucun atelier n'est gardé sur cet ordinateur. Ouvrez-en un : page « Atelier ». Ou répondez ici, chacun son tour.",
    cls="kpa-info",
)
_HERE = "Cet atelier"


class NothingToTake(KpaError):
    """A workshop has no answers that the laboratory may look at with this grid."""


def from_workshop(store: Store, fold: widgets.Accordion, at: int) -> widgets.VBox:
    """Return what takes the answers of a workshop; the workshops are looked for when this part `at` is unfolded."""
    ours, said, which = bench(store), pieces.html(), widgets.Dropdown(description="Atelier")

    def take() -> None:
        found = readings_of(which.value, ours.grid)
        ours.take(which.value, found)
        people = count(len({each.by for each in found}), "personne")
        told = f"{count(len(found), 'lecture')}, par {people}. Voyez plus bas ce que montre la grille."
        said.value = pieces.live(tag("p", "Les réponses sont là : ", told, cls="kpa-success"))

    def open_read() -> None:
        one, _, grid = played(which.value)[-1]
        ours.open(one.named, grid)
        said.value = pieces.live(tag("p", f"« {grid.title} » est ouverte, avec les mots lus dans cet atelier."))

    buttons = pieces.row(
        pieces.button("Prendre les réponses", take, "kpa-primary", said), pieces.button(OPEN, open_read, said=said)
    )

    def offer() -> None:
        pieces.fill(which, kept_workshops())
        said.value = "" if which.options else pieces.live(_NONE)
        for each in (which, buttons):
            each.layout.display = None if which.options else "none"

    fold.observe(lambda change: pieces.guarded(said, offer) if change["new"] == at else None, "selected_index")
    return pieces.column(pieces.html(_HELP), which, buttons, said)


def played(workshop: str) -> Played:
    """Return each time a grid was filled in a workshop, in order. Raises NothingToTake, NoWorkshop, CannotKeep."""
    every = played_in(workshop, FilledTogether)
    if not every:
        todo = "Choisissez-en un autre. Ou jouez l'activité « Une grille, sans nom »."
        raise NothingToTake(Problem(_HERE, "personne n'y remplit de grille.", todo))
    found = [(one, room, grid) for one, room in every if (grid := one.grid_read(room))]
    if not found:
        todo = "Jouez l'activité dans un nouvel atelier."
        raise NothingToTake(Problem(_HERE, "il est ancien : il ne dit pas quels mots ont été lus.", todo))
    return found


def readings_of(workshop: str, grid: Grid) -> list[FilledGrid]:
    """Return what phones answered in a workshop on the words of a grid, under numbers that name nobody.

    Only what the room saw: rounds revealed, from `SMALLEST` answers on.

    Raises:
        NothingToTake: no grid was filled there, on other words, or nothing may be looked at.
        NoWorkshop, CannotKeep: the workshop cannot be read.
    """
    every = played(workshop)
    same = [(one, room) for one, room, read in every if fingerprint(read) == fingerprint(grid)]
    if not same:
        todo = f"Appuyez sur « {OPEN} », puis prenez les réponses."
        what = f"les téléphones ont lu d'autres mots : « {every[-1][2].title} », pas la grille ouverte ici."
        raise NothingToTake(Problem(_HERE, what, todo))
    found = {
        (each.by, each.about): replace(each, by=f"{workshop} {room.seats[each.by]}")
        for one, room in same
        for each in one.readings(room)
    }
    if not found:
        raise NothingToTake(_hidden([room for _, room in same]))
    return [*found.values()]


def _hidden(rooms: Sequence[Room]) -> Problem:
    """Return why nothing may be looked at."""
    if not any(room.shown for room in rooms):
        todo = "Montrez-les d'abord, sur la page d'animation."
        return Problem(_HERE, "les réponses n'y sont pas encore montrées.", todo)
    what = f"moins de {SMALLEST} réponses à chaque question : le détail reste caché."
    return Problem(_HERE, what, "Rejouez-le à plus nombreux, ou parlez-en à voix haute.")
