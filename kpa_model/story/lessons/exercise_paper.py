"""Sheets for a trainer: a session, and exercises with answers on pages of their own. Accessible PDF, in French."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from kpa_model import places
from kpa_model.lessons.exercises.exercise import THEMES, Drawn, Exercise
from kpa_model.lessons.measure import shown
from kpa_model.lessons.session import CourseSession
from kpa_model.story.lessons.exercise_figures import figures_told, outside_figures
from kpa_model.story.paper.press import press
from kpa_model.words import capital, count

_LINES = 3
WORKBOOK = "Cahier KPA"


def exercise_sheet(exercises: Sequence[Exercise], seed: int, day: date) -> bytes:
    """Return the PDF of some exercises with the numbers of one series, then their answers.

    Args:
        exercises: those to print, of one theme or of several.
        seed: the series; on a screen, the same series gives the same numbers.
        day: the day of outside figures (SMIC, rates).

    Raises:
        WrongExercise: an outside figure is not known.
        CannotPrint: the sheet cannot be made.
    """
    figures = outside_figures(day)
    drawn = [each.draw(seed, figures) for each in exercises]
    themes = list(dict.fromkeys(THEMES[each.theme] for each in exercises))
    needed = [name for each in exercises for name in each.figures_needed]
    minutes = sum(each.minutes for each in exercises)
    content = {
        "titre": themes[0] if len(themes) == 1 else "Exercices",
        "surtitre": "Exercices",
        "sous_titre": f"{count(len(drawn), 'exercice')}, environ {minutes} minutes. "
        f"Série {seed} : ce numéro redonne les mêmes nombres.",
        "cooperative": WORKBOOK,
        "pied": f"{WORKBOOK}, exercices, série {seed}",
        "serie": f"Série {seed}",
        "exercices": [_exercise(each) for each in drawn],
        "chiffres": figures_told(needed, day),
    }
    return press("exercices", content)


def _exercise(drawn: Drawn) -> dict[str, Any]:
    made = drawn.exercise
    return {
        "titre": made.title,
        "duree": count(made.minutes, "minute"),
        "texte": drawn.text,
        "question": drawn.question,
        "choix": [each.text for each in drawn.options],
        "lignes": _LINES,
        "reponse": drawn.written,
        "raisonnement": drawn.reasoning,
        "erreurs": _mistakes(drawn),
    }


def _mistakes(drawn: Drawn) -> list[list[str]]:
    """Return each usual mistake: its name, what it gives, what helps."""
    if drawn.exercise.answer is None:
        return [[each.text, each.sentence] for each in drawn.options if not each.right]
    unit, wrong = drawn.exercise.answer.unit, drawn.wrong
    return [[each.title, shown(wrong[each.name], unit), drawn.fill(each.sentence)] for each in drawn.exercise.mistakes]


def session_sheet(session: CourseSession, exercises: Sequence[Exercise]) -> bytes:
    """Return the PDF of one session, for whoever leads it. Raises CannotPrint."""
    titles = [each.title for each in exercises if each.theme == session.theme]
    content = {
        "titre": session.title,
        "surtitre": "Fiche de séance",
        "sous_titre": f"{session.minutes} minutes. Page du cahier : « {_menu(session.notebook)} ».",
        "cooperative": WORKBOOK,
        "pied": f"{WORKBOOK}, fiche de séance" + (f". Source : {session.source}" if session.source else ""),
        "but": session.goal,
        "deroule": _timed(session),
        "materiel": [*session.material, f"La fiche d'exercices : {count(len(titles), 'exercice')}."],
        "retenir": session.keep,
        "pieges": [[f"« {heard} »", capital(tried)] for heard, tried in session.traps],
        "questions": session.questions,
    }
    return press("seance", content)


def _menu(notebook: str) -> str:
    """Return the name of a page as the menu of the workbook writes it."""
    text = (places.notebooks() / f"{notebook}.ipynb").read_text(encoding="utf-8")
    return str(json.loads(text)["metadata"]["menu"])


def _timed(session: CourseSession) -> list[list[str]]:
    """Return each step with the minute it begins at."""
    rows, at = [], 0
    for minutes, done in session.steps:
        rows.append([f"{at} min", f"{minutes} min", done])
        at += minutes
    return rows
