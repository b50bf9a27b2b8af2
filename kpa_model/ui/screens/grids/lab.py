"""The laboratory of grids, first part: open a grid, change it live, keep versions, put it on paper."""

from __future__ import annotations

from dataclasses import replace

import ipywidgets as widgets

from kpa_model.assessment import versions
from kpa_model.assessment.grid import COUNTS, Grid
from kpa_model.declare.markup import joined, tag
from kpa_model.figures.grid import grid_table
from kpa_model.ui import pieces
from kpa_model.ui.screens.grids.bench import bench
from kpa_model.ui.screens.grids.criterion import criterion_editor, level_editor
from kpa_model.ui.screens.grids.sharing import sharing
from kpa_model.ui.screens.grids.shelf import version_shelf
from kpa_model.ui.state import Store
from kpa_model.words import capital


@pieces.framed
def our_grid(store: Store) -> widgets.Widget:
    """Choose a grid, read it, change it, keep it."""
    ours, picture, said = bench(store), pieces.html(), pieces.html()

    def show() -> None:
        about = pieces.sentences((ours.grid.sentence,)) if ours.grid.sentence else None
        sources = " ".join((*ours.grid.sources, ours.grid.licence))
        told = tag("p", f"Sources : {sources}", cls="kpa-help") if sources else None
        picture.value = joined(about, grid_table(ours.grid), told)

    pieces.follow(store, picture, show)
    folds = pieces.folds({
        "Changer un critère": criterion_editor(store, said),
        "Changer les niveaux": level_editor(store, said),
        "Nos versions": version_shelf(store, said),
        "Imprimer, partager": sharing(store, said),
    })  # fmt: skip
    return pieces.column(_opener(store, said), said, picture, folds)


def _opener(store: Store, said: widgets.HTML) -> widgets.HBox:
    """Return the list of grids, the button that opens one, and the one that undoes."""
    ours = bench(store)
    chosen = widgets.Dropdown(description="Partir d'une grille")

    def show() -> None:
        pieces.fill(chosen, [(name, _label(name, grid)) for name, grid in versions.known_grids().items()])
        undo.disabled = not ours.can_undo

    def reopen() -> None:
        ours.open(chosen.value)
        said.value = pieces.live(tag("p", f"« {ours.grid.title} » est ouverte."))

    def back() -> None:
        told = "Le dernier changement est annulé." if ours.undo() else "Rien à annuler."
        said.value = pieces.live(tag("p", told))

    undo = pieces.button("Annuler le changement", back, said=said)
    store.watch(show)
    chosen.value = ours.name if ours.name in [key for _, key in chosen.options] else chosen.value
    return pieces.row(chosen, pieces.button("Ouvrir cette grille", reopen, said=said), undo)


def _label(name: str, grid: Grid) -> str:
    return f"{grid.title} (la nôtre)" if name in versions.own_names() else grid.title


def counting_choice(store: Store) -> widgets.Dropdown:
    """Return the choice of how levels become points, bound to the grid on the bench."""
    ours = bench(store)
    options = [(key, f"{capital(told)}") for key, told in COUNTS.items()]
    made = pieces.choice("Comment compter", options, ours.grid.points)

    def show() -> None:
        made.value = ours.grid.points

    made.observe(lambda change: ours.change(replace(ours.grid, points=change["new"])), "value")
    store.watch(show)
    return made
