"""Words that say that somebody was not there, where her time could stand; or that she was eating, which is asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, listing

_ABSENT = pattern("absences.absent")

_CLOSED = re.compile(
    r"((l')?atelier |(la )?boutique |(le )?(magasin|local) )?(fermée?s?|fermeture annuelle)"
    r"( ?[-:,(]? ?(jour )?(férié|congés|vacances)\)?)?"
)
"""That nobody worked that day; « ferme », without its accent, may be a farm, « fermeture » a time of work."""


def absent(cell: Cell) -> bool:
    """Tell whether a cell says that somebody was not there: « C », « CP », « M », « RTT », « arrêt maladie »."""
    return isinstance(cell, str) and bool(_ABSENT.fullmatch(bare(cell)) or _CLOSED.fullmatch(cell.lower().strip(" .!")))


MEALS = "heures.repas"
_MEAL = re.compile(
    r"((le |pause )?(repas|dejeuner|diner|lunch|casse-croute|cafe|coupure|midi)|meals?)"
    r"( (du |de |d'|le )?(midi|soir|dejeuner|equipe|break))?"
)


def but_meals(grid: Grid, labels: Collection[int], lines: Sequence[Line], findings: Findings) -> list[Line]:
    """Return lines of hours without those of meals, where the group says that they are no work: asked, and told.

    A group that does nothing else sells meals.
    """
    said = {
        id(line): {text for at in labels if _MEAL.fullmatch(same(text := as_text(cell_at(line[1], at))))}
        for line in lines
    }
    meals = [line for line in lines if said[id(line)]]
    if not meals or len(meals) == len(lines):
        return [*lines]
    told = listing([f"« {text} »" for text in sorted(set.union(*said.values()))])
    place, many = grid.place(meals[0][0]), count(len(meals), "ligne")
    if not (answer := grid.answers.get(MEALS, "")):
        question = f"{told} ({many}) : est-ce une pause, ou du travail ?"
        options = (("non", "une pause, à laisser"), ("oui", "du travail, à compter"))
        findings.doubt(place, Doubt(MEALS, question, options, "Pour une pause, écrivez « pause ».", stops=False))
    elif answer == "non":
        findings.heed(place, f"{told} ({many}) : ce n'est pas du travail, et ce n'est pas lu.")
        return [line for line in lines if not said[id(line)]]
    return [*lines]
