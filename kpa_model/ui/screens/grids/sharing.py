"""The grid on the bench, on paper and in files: to fill, to facilitate, to play in a workshop, to take elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from kpa_model.assessment import grid_file, versions
from kpa_model.assessment.grid import Grid
from kpa_model.declare.markup import tag
from kpa_model.errors import KpaError, Problem
from kpa_model.story.grids.paper import facilitation_paper, grid_paper
from kpa_model.story.grids.workshop import grid_workshop
from kpa_model.ui import pieces
from kpa_model.ui.screens.grids.bench import Bench, bench
from kpa_model.ui.state import Store
from kpa_model.words import slug
from kpa_model.workshop import script_file

MOST_VOTED = 4
"""Versions put to a vote at once."""


def sharing(store: Store, said: widgets.HTML) -> widgets.VBox:
    """Return what prints the grid, gives its files, and takes one back."""
    ours = bench(store)

    def offered(make: Callable[[Bench], str]) -> Callable[[], None]:
        def act() -> None:
            said.value = pieces.live(tag("p", "Le fichier est prêt. ", make(ours)))

        return act

    upload = widgets.FileUpload(accept=".yaml,.yml", multiple=False, description="Reprendre un fichier de grille")

    def read(change: Mapping[str, Any]) -> None:
        for given in change["new"]:
            text = bytes(given["content"]).decode("utf-8", "replace")
            ours.change(grid_file.loads(text, f"Fichier {given['name']}"))
            said.value = pieces.live(tag("p", f"« {ours.grid.title} » est ouverte."))

    upload.observe(lambda change: pieces.guarded(said, lambda: read(change)), "value")
    buttons = [pieces.button(f"Préparer {what}", offered(make), said=said) for what, make in _OFFERS.items()]
    return pieces.column(pieces.row(*buttons), upload)


def _pdf(ours: Bench) -> str:
    return pieces.download("Prendre le PDF", f"{slug(ours.grid.title)}.pdf", grid_paper(ours.grid), "application/pdf")


def _file(ours: Bench) -> str:
    whole = grid_file.from_data(grid_file.as_data(ours.grid), "Votre grille")
    name, text = f"{slug(whole.title)}.yaml", grid_file.dumps(whole)
    return pieces.download("Prendre le fichier", name, text.encode(), "application/yaml")


def _sheet(_: Bench) -> str:
    return pieces.download("Prendre la fiche", "se_servir_d_une_grille.pdf", facilitation_paper(), "application/pdf")


def _workshop(ours: Bench) -> str:
    known = versions.known_grids().get(ours.name)
    if known is None or grid_file.fingerprint(known) != grid_file.fingerprint(ours.grid):
        todo = "Gardez d'abord cette version : « Nos versions »."
        raise KpaError(Problem("Déroulé d'atelier", "les téléphones ne liraient pas les mots ouverts ici.", todo))
    text = script_file.dumps(grid_workshop(ours.name, ours.grid, _names(ours.grid)))
    return pieces.download("Prendre le déroulé", "essayer_la_grille.yaml", text.encode(), "application/yaml")


_OFFERS = {
    "le PDF à remplir": _pdf,
    "le fichier": _file,
    "la fiche d'animation": _sheet,
    "un déroulé d'atelier": _workshop,
}


def _names(grid: Grid) -> tuple[str, ...]:
    """Return what the last versions kept under this title are called, for a vote."""
    kept = versions.versions(slug(grid.title))[-MOST_VOTED:]
    return tuple(f"{grid.title}, version {each.number}" for each in kept)
