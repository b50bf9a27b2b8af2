"""A grid on paper: to fill with a pencil, alone or by two; or on one page with drawings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kpa_model.assessment.answers import ASIDE
from kpa_model.assessment.grid import Criterion, Grid
from kpa_model.declare.plain_yaml import FileKind, read_mapping
from kpa_model.places import data
from kpa_model.story.paper.press import CannotPrint, press

_SHEET = FileKind("une fiche", "« titre: » puis « facons: »", CannotPrint, "la fiche du cahier")
_HOW = "Cochez une case par ligne. Vous pouvez laisser une ligne. Cette feuille est à vous."
_COLOUR = "Coloriez une case par ligne. Laissez une ligne vide si elle ne vous dit rien. Cette page est à vous."


def grid_paper(grid: Grid) -> bytes:
    """Return the PDF of a grid: one page with drawings when every criterion has one, else a block for each criterion.

    Raises:
        CannotPrint: see `press`.
    """
    pictured = all(drawing_of(each) for each in grid.criteria)
    return _pictured(grid) if pictured else press("grille", _content(grid, _HOW))


GRID_SHEET, INTERVIEW_SHEET = Path("grilles", "reperes", "animation.yaml"), Path("parcours", "animation.yaml")
"""Sheets for whoever facilitates: using a grid alone, by two, in a group; leading an interview."""


def facilitation_paper(sheet: Path = GRID_SHEET) -> bytes:
    """Return the PDF of a facilitator's sheet."""
    path = data() / sheet
    told = read_mapping(path.read_text(encoding="utf-8"), f"Fichier {path.name}", _SHEET)
    about = {"surtitre": "Fiche d'animation", "cooperative": "Cahier KPA", "pied": f"{told['titre']}. CC BY-SA 4.0"}
    return press("grille_animation", {**told, **about, "dessins": []})


def drawings() -> Path:
    """Return the folder of the pictograms."""
    return data() / "grilles" / "dessins"


def drawing_of(each: Criterion) -> Path | None:
    """Return the pictogram of a criterion, None when it has none."""
    path = drawings() / f"{each.picture}.svg"
    return path if each.picture.isidentifier() and path.is_file() else None


def _pictured(grid: Grid) -> bytes:
    paths = [path for each in grid.criteria if (path := drawing_of(each))]
    levels = [drawings() / f"niveau_{rank}.svg" for rank in grid.ranks]
    known = [path for path in levels if path.is_file()]
    shown = known if len(known) == len(levels) == 3 else []
    content = _content(grid, _COLOUR)
    content["dessins"] = [each.name for each in grid.criteria] + [each.name for each in grid.levels if shown]
    content["premier-niveau"] = len(paths) if shown else -1
    at = 0
    for family in content["familles"]:
        for each in family["criteres"]:
            each["dessin"] = at
            at += 1
    return press("grille_images", content, [path.read_bytes() for path in (*paths, *shown)])


def _content(grid: Grid, how: str) -> dict[str, Any]:
    return {
        "titre": grid.title,
        "surtitre": "Une grille",
        "phrase": grid.sentence,
        "consigne": how,
        "cooperative": "Cahier KPA",
        "pied": f"{grid.title}, version {grid.version}. {grid.licence}",
        "niveaux": [[each.name, each.meaning] for each in grid.levels],
        "familles": [
            {
                "nom": area,
                "criteres": [
                    {"nom": each.name, "exemple": each.example, "phrases": [*each.descriptors]} for each in criteria
                ],
            }
            for area, criteria in grid.areas()
        ],
        "autres": [*ASIDE.values()],
        "sources": " ".join(grid.sources),
        "dessins": [],
    }
