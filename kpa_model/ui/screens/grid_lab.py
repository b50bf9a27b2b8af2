"""The laboratory of grids, first part: open a grid, change it live, keep versions, put it on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any

import ipywidgets as widgets

from kpa_model.assessment import grid_file, versions
from kpa_model.assessment.grid import COUNTS, Grid
from kpa_model.figures.grid import grid_table
from kpa_model.story.grid_paper import grid_paper
from kpa_model.ui import pieces
from kpa_model.ui.grid_bench import Bench, bench
from kpa_model.ui.screens.grid_criterion import criterion_editor, level_editor
from kpa_model.ui.screens.grid_shelf import version_shelf
from kpa_model.ui.state import Store
from kpa_model.words import slug


@pieces.framed
def our_grid(store: Store) -> widgets.Widget:
    """Choose a grid, read it, change it, keep it."""
    ours, picture, said = bench(store), pieces.html(), pieces.html()

    def show() -> None:
        about = pieces.sentences((ours.grid.sentence,)) if ours.grid.sentence else ""
        sources = escape(" ".join((*ours.grid.sources, ours.grid.licence)))
        told = f'<p class="kpa-help">Sources : {sources}</p>' if sources else ""
        picture.value = about + grid_table(ours.grid) + told

    pieces.follow(store, picture, show)
    folds = widgets.Accordion(
        [criterion_editor(store, said), level_editor(store, said), version_shelf(store, said), _paper(ours, said)],
        selected_index=None,
    )
    for at, title in enumerate(("Changer un critère", "Changer les niveaux", "Nos versions", "Imprimer, partager")):
        folds.set_title(at, title)
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
        said.value = pieces.live(f"<p>« {escape(ours.grid.title)} » est ouverte.</p>")

    def back() -> None:
        told = "Le dernier changement est annulé." if ours.undo() else "Rien à annuler."
        said.value = pieces.live(f"<p>{told}</p>")

    undo = pieces.button("Annuler le changement", back, said=said)
    store.watch(show)
    chosen.value = ours.name if ours.name in [key for _, key in chosen.options] else chosen.value
    return pieces.row(chosen, pieces.button("Ouvrir cette grille", reopen, said=said), undo)


def _label(name: str, grid: Grid) -> str:
    return f"{grid.title} (la nôtre)" if name in versions.own_names() else grid.title


def _paper(ours: Bench, said: widgets.HTML) -> widgets.VBox:
    """Return what prints the grid, gives its file, and takes one back."""

    def with_link(make: Callable[[], str]) -> Callable[[], None]:
        def act() -> None:
            said.value = pieces.live(f"<p>Le fichier est prêt. {make()}</p>")

        return act

    def pdf() -> str:
        name = f"{slug(ours.grid.title)}.pdf"
        return pieces.download("Prendre le PDF", name, grid_paper(ours.grid), "application/pdf")

    def file() -> str:
        whole = grid_file.from_data(grid_file.as_data(ours.grid), "Votre grille")
        name, text = f"{slug(whole.title)}.yaml", grid_file.dumps(whole)
        return pieces.download("Prendre le fichier", name, text.encode(), "application/yaml")

    upload = widgets.FileUpload(accept=".yaml,.yml", multiple=False, description="Reprendre un fichier de grille")

    def read(change: Mapping[str, Any]) -> None:
        for given in change["new"]:
            text = bytes(given["content"]).decode("utf-8", "replace")
            ours.change(grid_file.loads(text, f"Fichier {given['name']}"))
            said.value = pieces.live(f"<p>« {escape(ours.grid.title)} » est ouverte.</p>")

    upload.observe(lambda change: pieces.guarded(said, lambda: read(change)), "value")
    return pieces.column(
        pieces.row(
            pieces.button("Préparer le PDF à remplir", with_link(pdf), said=said),
            pieces.button("Préparer le fichier", with_link(file), said=said),
        ),
        upload,
    )


def counting_choice(store: Store) -> widgets.Dropdown:
    """Return the choice of how levels become points, bound to the grid on the bench."""
    ours = bench(store)
    options = [(key, f"{told[:1].upper()}{told[1:]}") for key, told in COUNTS.items()]
    made = pieces.choice("Comment compter", options, ours.grid.points)

    def show() -> None:
        made.value = ours.grid.points

    made.observe(lambda change: ours.change(replace(ours.grid, points=change["new"])), "value")
    store.watch(show)
    return made
