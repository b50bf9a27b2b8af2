"""A workshop without a computer: the facilitator's guide, posters, ballots to cut out, and the sheet of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpa_model.decision.closing import paper_form
from kpa_model.declare.form import Form
from kpa_model.story.paper import form_paper
from kpa_model.story.paper.press import Verbatim, press
from kpa_model.story.provenance import SHORT, package_version
from kpa_model.words import count, hours
from kpa_model.workshop.activity import Room
from kpa_model.workshop.script import Script, ScriptStep
from kpa_model.workshop.script_file import fingerprint

PEOPLE = 12
"""For how many people the guide counts ballots, unless told."""
AT_ONCE = 12
"""Ballots noted side by side on the sheet of answers."""

TO_FILL = "Remplissez cette page ensemble, à voix haute. Le cahier en fera un compte rendu à signer."


def script_paper(script: Script, facts: Mapping[str, Any] | None = None, people: int = PEOPLE) -> bytes:
    """Return the PDF of a script to play on paper.

    Args:
        script: the workshop.
        facts: what the workbook gives to activities, as in `Room.facts`; the ballots show it.
        people: how many people take part.
    """
    asked = {step.key: ballots(step, facts or {}, people) for step in script.steps}
    content = {
        "titre": script.title,
        "phrase": script.sentence,
        "cooperative": "Cahier des KPA",
        "pied": f"{script.title}, sans ordinateur",
        "duree": hours(script.minutes),
        "personnes": count(people, "personne"),
        "etapes": _steps(script, asked),
        "materiel": _material(script),
        "affiches": [[line.strip() for line in text.split("|")] for step in script.steps for text in step.posters],
        "cartes": _cards(script, facts or {}),
        "bulletins": [_ballot(step, *each, people) for step in script.steps for each in asked[step.key]],
        "feuilles": _sheets(script, asked, people),
        "par_feuille": AT_ONCE,
        "consigne_feuille": _NAMED_SHEET if _named(script) else _NUMBERED_SHEET,
        "decision": None if _named(script) else {**form_paper.drawn(paper_form()), "intro": TO_FILL},
        "origine": [
            ["Déroulé", script.title],
            ["Empreinte", Verbatim(fingerprint(script)[:SHORT])],
            ["Version", Verbatim(f"kpa_model {package_version()}")],
        ],
        "dessins": [],
    }
    return press("deroule", content)


def ballots(step: ScriptStep, facts: Mapping[str, Any], people: int) -> tuple[tuple[Form, int], ...]:
    """Return each form of a step, and in how many rounds it serves: a second round may ask the same.

    Names are written by hand: a form that lists people has as many blank lines.
    """
    if not step.activity:
        return ()
    room = Room(people={f"p{at}": "Prénom :" for at in range(people)}, facts=facts)
    asked = [step.activity.form(each.key, room, "") for each in step.activity.rounds()]
    fields = [form.fields for form in asked]
    first = [form for at, form in enumerate(asked) if form.fields and form.fields not in fields[:at]]
    return tuple((form, fields.count(form.fields)) for form in first)


_NUMBERED_SHEET = (
    "Numérotez les bulletins après les avoir mélangés. Notez ici, puis tapez dans le cahier. "
    "Détruisez ensuite cette feuille et les bulletins."
)
_NAMED_SHEET = (
    "Semaine du ......... au ......... Un prénom par colonne. Ne tapez dans le cahier que les heures des personnes "
    "d'accord. Détruisez ensuite cette feuille et les bulletins."
)


def _named(script: Script) -> bool:
    """Tell whether all that is asked goes in the book under a name: nothing is mixed, and nothing is decided."""
    asked = [step.activity for step in script.steps if step.activity]
    return bool(asked) and all(each.fills for each in asked)


def _steps(script: Script, asked: Mapping[str, Sequence[tuple[Form, int]]]) -> list[dict[str, Any]]:
    starts = script.starts(skipped=[step.key for step in script.steps if step.optional])
    return [
        {
            "numero": at,
            "titre": step.title,
            "debut": _clock(starts[step.key]) if step.key in starts else "",
            "duree": hours(step.minutes),
            "facultative": step.optional,
            "dire": step.say.splitlines(),
            "faire": step.without_computer.splitlines(),
            "materiel": list(step.material),
            "bulletins": [form.title or step.title for form, _ in asked[step.key]],
        }
        for at, step in enumerate(script.steps, start=1)
    ]


def _clock(minutes: int) -> str:
    """Return `0 h 05`: the time since the beginning."""
    return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"


def _material(script: Script) -> list[str]:
    return list(dict.fromkeys(each for step in script.steps for each in step.material))


def pages(form: Form, rounds: int, people: int) -> int:
    """Return how many times the page of a ballot is printed, for everybody at every round."""
    return -(-people * rounds // form_paper.copies_on_a_page(form))


def _ballot(step: ScriptStep, form: Form, rounds: int, people: int) -> dict[str, Any]:
    times = count(pages(form, rounds, people), "fois", "fois")
    return {
        "etape": step.title,
        "bulletin": {**form_paper.drawn(form), "titre": form.title or step.title},
        "copies": form_paper.copies_on_a_page(form),
        "colonnes": form_paper.columns(form),
        "nom": "Prénom" if step.activity and step.activity.fills else "Bulletin n°",
        "consigne": f"Imprimez cette page {times}. Découpez sur les pointillés.",
        "tours": f"Ce bulletin sert à {rounds} tours. Chaque personne en prend un par tour." if rounds > 1 else "",
    }


def _cards(script: Script, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the cards to cut out, those of two activities once."""
    cards = dict.fromkeys(card for step in script.steps if step.activity for card in step.activity.cards(facts))
    return [{"nom": card.name, "texte": card.text, "lignes": [[*line] for line in card.lines]} for card in cards]


def _sheets(script: Script, asked: Mapping[str, Sequence[tuple[Form, int]]], people: int) -> list[dict[str, Any]]:
    """Return one sheet per ballot: its lines, and the first number of each table."""
    return [
        {
            "titre": (form.title or step.title) + (" (une feuille par tour)" if rounds > 1 else ""),
            "lignes": form_paper.rows(form),
            "premiers": list(range(1, people + 1, AT_ONCE)),
            "nommee": bool(step.activity and step.activity.fills),
        }
        for step in script.steps
        for form, rounds in asked[step.key]
        if form_paper.rows(form)
    ]
