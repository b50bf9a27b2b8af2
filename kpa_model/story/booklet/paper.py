"""The booklet on paper, the sheet of recovery words, and the interview to be filled with a pen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kpa_model.assessment.booklet import Booklet, evolution
from kpa_model.assessment.kept import Feedback, GridKept, Interview
from kpa_model.assessment.pathway.stages import Guide, Pathway, interview_form
from kpa_model.assessment.timeline import Timeline, When
from kpa_model.declare.form import Choice, Text
from kpa_model.story.booklet import told as booklet_told
from kpa_model.story.booklet.export import KINDS, contract_span
from kpa_model.story.booklet.trust import label, standing
from kpa_model.story.paper.press import Verbatim, press
from kpa_model.words import day, of

MOST_DATES = 8
"""Coming dates printed: beyond, they will have moved."""


def extract_paper(extract: Booklet, today: date) -> bytes:
    """Return on paper what a person ticked, as a sealed share holds it: no way, no date of hers. Raises CannotPrint."""
    way = {"mois": 0, "fin": 1, "etapes": [], "phrases": "", "fait": [], "suite": []}
    return press("livret", _content(extract, today, way, intimate=True))


def booklet_paper(booklet: Booklet, line: Timeline, pathway: Pathway, *, intimate: bool = False) -> bytes:
    """Return « Mon livret », A4: portrait, way, experiences, what I said and when, next steps. Raises CannotPrint.

    Answers to interviews are printed only when they are `intimate` on purpose; a date that has passed never is.
    """
    return press("livret", _content(booklet, line.today, _way(line, pathway), intimate=intimate))


def _content(booklet: Booklet, today: date, way: dict[str, Any], *, intimate: bool) -> dict[str, Any]:
    return {
        **_head(f"Livret personnel {of(booklet.name)}", booklet.group),
        "nom": Verbatim(booklet.name),
        "groupe": Verbatim(booklet.group),
        "entree": day(booklet.entry),
        "lu_le": day(today),
        "compte": booklet_told.proofs(standing(booklet, today)),
        "parcours": way,
        "talents": [[each.title, each.evidence, _on(each.on)] for each in _newest(booklet.talents, "on")],
        "experiences": [
            [each.title, _span(each.first, each.last), each.detail, each.source == "carnet"]
            for each in _newest(booklet.experiences, "last")
        ],
        "formations": [[each.title, each.by, _on(each.on)] for each in _newest(booklet.trainings, "on")],
        "badges": [[each.title, label(each, today), day(each.on)] for each in _newest(booklet.badges, "on")],
        "preuves": [[each.title, KINDS[each.mime], _on(each.on)] for each in booklet.proofs],
        "contrats": [[each.title, contract_span(each)] for each in booklet.contracts],
        "retours": [_feedback(each) for each in booklet.feedback],
        "buts": [
            [each.title, _on(each.due), _on(each.done)]
            for each in sorted(booklet.goals, key=lambda each: (each.done is not None, each.due or date.max))
        ],
        "entretiens": [_interview(each) for each in _newest(booklet.interviews, "on") if intimate],
        "evolution": _evolution(booklet),
        "autres": [_seen_by(each) for each in booklet.grids if each.by],
    }


def _head(foot: str, group: str) -> dict[str, Any]:
    return {"pied": foot, "cooperative": Verbatim(group or "Cahier KPA"), "dessins": []}


def _way(line: Timeline, pathway: Pathway) -> dict[str, Any]:
    coming = line.coming[:MOST_DATES]
    done = [each for each in line.events if each.when is When.DONE]
    return {
        "mois": min(line.month, pathway.end),
        "fin": pathway.end,
        "etapes": [[each.title, each.start, each.end, each.sentence] for each in pathway.stages],
        "phrases": " ".join(booklet_told.where_i_am(line, pathway)),
        "fait": [[day(each.done or each.due), each.title] for each in done],
        "suite": [[day(each.due), each.title, booklet_told.WHEN[each.when]] for each in coming],
    }


def _interview(each: Interview) -> dict[str, Any]:
    return {
        "titre": each.title,
        "le": day(each.on),
        "avec": booklet_told.BESIDE.get(each.beside, ""),
        "reponses": [[said.question, said.answer] for said in each.said if said.answer],
        "pas": each.step,
        "pas_le": _on(each.step_on),
    }


def _feedback(each: Feedback) -> dict[str, Any]:
    return {
        "par": Verbatim(each.by),
        "le": day(each.on),
        "texte": each.text,
        "pas": [*each.steps],
        "signe": _on(each.signed),
    }


def _evolution(booklet: Booklet) -> list[dict[str, Any]]:
    told = evolution(booklet)
    return [
        {
            "grille": grid,
            "criteres": [
                [name, [[day(on), line.level, line.example] for on, line in said]] for name, said in criteria.items()
            ],
        }
        for grid, criteria in told.items()
    ]


def _seen_by(grid: GridKept) -> dict[str, Any]:
    lines = [[each.criterion, each.level, each.example] for each in grid.lines]
    return {"grille": grid.title, "par": Verbatim(grid.by), "le": day(grid.on), "lignes": lines}


def _newest(items: Sequence[Any], name: str) -> list[Any]:
    return booklet_told.sorted_by_day(items, name)


def _on(value: date | None) -> str:
    return day(value) if value else ""


def _span(first: date | None, last: date | None) -> str:
    if first and last and first != last:
        return f"du {day(first)} au {day(last)}"
    known = first or last
    return f"le {day(known)}" if known else ""


def recovery_paper(name: str, words: Sequence[str], phrase: str = "") -> bytes:
    """Return the sheet of the recovery words, and of the phrase drawn, to be cut from it. Raises CannotPrint."""
    said = {"livret": Verbatim(name), "mots": [*words], "phrase": Verbatim(phrase)}
    return press("secours", {**_head("Feuille de secours", ""), **said})


def interview_paper(guide: Guide) -> bytes:
    """Return an interview as a sheet to be filled with a pen. Raises CannotPrint."""
    fields = [
        {
            "question": each.label,
            "aide": each.help,
            "lignes": 4 if isinstance(each, Text) and each.lines > 2 else 2,
            "choix": [*each.options.values()] if isinstance(each, Choice) else [],
        }
        for each in interview_form(guide).fields
    ]
    content = {**_head(guide.title, ""), "titre": guide.title, "phrase": guide.sentence, "questions": fields}
    return press("entretien", content)
