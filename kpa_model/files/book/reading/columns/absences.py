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
    todo = "Pour une pause, écrivez « pause »."
    return _but(_MEAL, (MEALS, "une pause", todo), grid, labels, lines, findings)


AWAY = "heures.absences"
_MAY_BE_AWAY = pattern("absences.perhaps")
_BUT = pattern("absences.but", r"\b(WORDS)")


def worked_anyway(text: str) -> bool:
    """Tell whether words of an absence say work all the same: « pause déduite », « congé de Paul remplacé »."""
    return bool(_BUT.search(same(text)))


def but_away(grid: Grid, labels: Collection[int], lines: Sequence[Line], findings: Findings) -> list[Line]:
    """Return lines of hours without those whose words may say an absence, « congé de Paul »: asked, and told."""
    todo = "Pour une absence, écrivez « absence »."
    return _but(_MAY_BE_AWAY, (AWAY, "une absence ou une pause", todo), grid, labels, lines, findings)


def _but(
    words: re.Pattern[str],
    asked: tuple[str, str, str],
    grid: Grid,
    labels: Collection[int],
    lines: Sequence[Line],
    findings: Findings,
) -> list[Line]:
    """Return lines without those that say some words, where the group says that they are no work; all when all do.

    Args:
        words: what a whole cell says.
        asked: the topic, what the group may say that they are, and what to do.
        grid: the table.
        labels: the columns of words.
        lines: its lines.
        findings: where the question goes, and what is told.
    """
    said = {
        id(line): {
            text
            for at in labels
            if words.fullmatch(same(text := as_text(cell_at(line[1], at)))) and not worked_anyway(text)
        }
        for line in lines
    }
    found = [line for line in lines if said[id(line)]]
    if not found or len(found) == len(lines):
        return [*lines]
    topic, other, todo = asked
    told = listing([f"« {text} »" for text in sorted(set.union(*said.values()))])
    place, many = grid.place(found[0][0]), count(len(found), "ligne")
    if not (answer := grid.answers.get(topic, "")):
        question = f"{told} ({many}) : est-ce {other}, ou du travail ?"
        options = (("non", f"{other}, à laisser"), ("oui", "du travail, à compter"))
        findings.doubt(place, Doubt(topic, question, options, todo, stops=False))
    elif answer == "non":
        findings.heed(place, f"{told} ({many}) : ce n'est pas du travail, et ce n'est pas lu.")
        return [line for line in lines if not said[id(line)]]
    return [*lines]
