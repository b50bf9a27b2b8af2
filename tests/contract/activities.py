"""A room to try activities in: facts, people whose names cannot be met elsewhere, and answers drawn for any form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from kpa_model.declare import form as forms
from kpa_model.declare.form import Field, Form
from kpa_model.declare.page import Bars, Heading, Page, Sentence, Stacks, Table
from kpa_model.workshop.activity import HOST, Activity, Room

WORDS = ("merci", "les heures", "la cuisine", "du temps", "un outil", "le jardin", "ensemble")

FACTS: dict[str, Any] = {
    "seed": 7,
    "turn": 3,
    "pot": 60_000,
    "members": 8,
    "minutes": 4_800,
    "orders": [{"label": "Un buffet de 30 personnes", "sales": 42_000, "margin": 29_400, "minutes": 1_200}],
    "marks": [{"label": "Parts égales", "cents": 7_500}, {"label": "Une heure", "cents": 750, "about": "Brut."}],
    "rules": [
        {
            "key": "parts_egales",
            "title": "Parts égales",
            "sentence": "Tout le monde reçoit la même somme.",
            "effect": {"low": 7_500, "middle": 7_500, "high": 7_500, "heavy": 0, "today": True},
        },
        {
            "key": "heures",
            "title": "Selon les heures",
            "sentence": "Chaque heure donne le même montant.",
            "effect": {"low": 1_200, "middle": 6_800, "high": 15_050, "heavy": 3, "today": False},
            "weaknesses": [
                {
                    "key": "heures",
                    "title": "On peut y jouer : noter deux heures d'appui de plus.",
                    "example": "Noter deux heures d'appui de plus rapporte jusqu'à 20\xa0€ en un mois.",
                }
            ],
        },
        {
            "key": "besoin",
            "title": "Selon le besoin",
            "sentence": "Chacun déclare un coefficient.",
            "effect": {"low": 5_000, "middle": 7_000, "high": 12_000, "heavy": 1, "today": False},
        },
    ],
    "characters": [
        {
            "key": name.lower(),
            "name": name,
            "text": f"Vous avez donné {hours} heures.",
            "pay": {"parts_egales": 7_500, "heures": hours * 500, "besoin": 6_000},
        }
        for hours, name in ((3, "Nour"), (12, "Joseph"), (20, "Colette"))
    ],
}


def people(number: int) -> dict[str, str]:
    """Return so many people, whose names stand in no sentence."""
    return {f"p{at}": f"Zéphyrine{at}" for at in range(number)}


def filled(form: Form, rng: np.random.Generator) -> dict[str, Any]:
    """Return an answer that the form takes, drawn at random, as it would come back from a log."""
    raw: dict[str, str] = {}
    for field in form.fields:
        raw.update(_typed(field, rng))
    answer, wrong = form.read(raw)
    assert not wrong, {name: str(refused) for name, refused in wrong.items()}
    return json.loads(json.dumps(answer))  # type: ignore[no-any-return]


def _typed(field: Field, rng: np.random.Generator) -> dict[str, str]:
    """Return what a page would send for one field."""
    if not field.needed and rng.random() < 0.3:
        return {}
    match field:
        case forms.Number():
            low, high = -(-field.low // field.unit.scale), field.high // field.unit.scale
            return {field.name: str(rng.integers(low, high + 1))}
        case forms.Choice():
            return {field.name: str(rng.choice([*field.options]))}
        case forms.Several():
            least = min(field.most or len(field.options), len(field.options))
            chosen = rng.choice([*field.options], rng.integers(0, least + 1), replace=False)
            return {f"{field.name}.{option}": "on" for option in chosen}
        case forms.Grades():
            return {f"{field.name}.{thing}": str(rng.choice([*field.grades])) for thing in field.things}
        case forms.Parts():
            total = (field.total or 20 * field.unit.scale) // field.unit.scale
            cuts = np.sort(rng.integers(0, total + 1, len(field.things) - 1))
            parts = np.diff([0, *cuts, total])
            return {f"{field.name}.{thing}": str(part) for thing, part in zip(field.things, parts, strict=True)}
        case forms.Day():
            return {field.name: "31/03/2027"}
        case forms.Text():
            return {field.name: " ".join(rng.choice(WORDS, rng.integers(1, 4), replace=False))[: field.longest]}
        case _:
            raise TypeError(field)


def played(one: Activity, number: int, seed: int, facts: Mapping[str, Any] = FACTS) -> Room:
    """Return a room where so many people answered every round, each round revealed before the next."""
    rng = np.random.default_rng(seed)
    room = Room(people=people(number), facts=facts)
    for each in one.rounds():
        given = {person: filled(one.form(each.key, room, person), rng) for person in room.people}
        answers = {**room.answers, each.key: given}
        room = Room(room.people, answers, facts, frozenset({*room.shown, each.key}))
        if host := one.host_form(each.key, room):
            answers = {**answers, each.key: {**given, HOST: filled(host, rng)}}
            room = Room(room.people, answers, facts, room.shown)
    return room


def texts(page: Page) -> Iterator[str]:
    """Yield every text of a page."""
    for part in page:
        match part:
            case Heading() | Sentence():
                yield part.text
            case Table():
                yield from (part.caption, *part.head, *(cell for row in part.rows for cell in row))
            case Bars():
                yield part.caption
                yield from (text for bar in part.bars for text in (bar.label, bar.shown))
            case Stacks():
                yield part.caption
                yield from (line.label for line in part.lines)


def form_texts(form: Form) -> Iterator[str]:
    """Yield every text of a form that is a sentence of ours: helps, the sentence above; not what people wrote."""
    yield from (text for text in (form.intro, *(field.help for field in form.fields)) if text and text[0] != "«")


def without_host(room: Room) -> Room:
    """Return the room without what the facilitator wrote, which everybody may read."""
    answers = {key: {who: each for who, each in given.items() if who != HOST} for key, given in room.answers.items()}
    return replace(room, answers=answers)
