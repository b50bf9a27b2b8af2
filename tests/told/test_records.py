"""What a record says at the end of each workshop, and what its form refuses, word for word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kpa_model.decision.answers_table import answers_table
from kpa_model.decision.closing import AGREED, CHOICES, ClosingForm, closing_form, paper_form
from kpa_model.decision.from_workshop import About, obtained, proposed, record_by_hand, record_of
from kpa_model.decision.record import DecisionRecord
from kpa_model.decision.record_file import DamagedRecord, dumps, loads
from kpa_model.workshop.activity import Activity, Room
from kpa_model.workshop.proposal import Proposal
from kpa_model.workshop.script import Script, ScriptStep
from tests.contract.activities import FACTS, played
from tests.told.golden import Golden, of_data, of_page
from tests.told.test_activities import OURS

RULE = {
    "key": "parts_egales", "title": "Parts égales", "fingerprint": "ab" * 20, "aloud": ["Chacun reçoit autant."],
    "text": "titre: Parts égales\netapes:\n- parts_egales\n", "effect": {"low": 2_000, "middle": 3_000, "high": 8_000,
    "heavy": 2, "left": 150},
}  # fmt: skip
KNOWN = {**FACTS, "cooperative": "Les Tilleuls", "month": "2027-01", "data_fingerprint": "a1b2c3", "rules": [RULE]}
CHANGED = Proposal(
    words="Tout le monde reçoit autant, et chacun dit ce qu'il en pense à la réunion de la fin du trimestre.",
    rule="parts_egales", title="Parts égales", changes=("La part passe à 80 %.",), differs=True,
    trial_ends="2027-06-30", sentences=("On partage 80 % à parts égales.",),
)  # fmt: skip
TYPED = {
    "jour": "15/01/2027", "lieu": "Salle", "texte": "Tout partager.", "decision": "essai", "change": "Le taux.",
    "accord": "consentement", "raison": "", "objection_1": "Trop vite.", "reponse_1": "Trois mois.",
    "objection_3": "Et les trajets ?", "essai_jusqu_au": "14/04/2027", "revue_le": "15/04/2027", "gardien": "Awa",
    "presents": "Awa\nBruno", "pas_decide": "Les trajets\n\n Les repas ", "vote": "7 pour\n1 contre",
}  # fmt: skip
SOME = [
    {"jour": "15/01/2027"},
    {"revue_le": "15/01/2027"},
    {"revue_le": "16/01/2027"},
    {"essai_jusqu_au": ""},
    {"essai_jusqu_au": "15/01/2027"},
    {"essai_jusqu_au": "30/06/2027"},
    {"raison": "Nous essayons."},
    {"jour": ""},
]


def of_record(record: DecisionRecord) -> Iterator[str]:
    """Yield what a record says and keeps."""
    yield from record.says()
    yield from (f"{name} : {value}" for name, value in vars(record).items() if name != "votes" and value)
    for vote in record.votes:
        yield f"[{vote.title}] {vote.answered}"
        yield from of_page(vote.page)


def answers(form: ClosingForm) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield many ways to fill a form: what is typed, the answers, what is wrong."""
    for decision in CHOICES:
        for agreed in AGREED:
            for more in SOME:
                typed = {**TYPED, "decision": decision, "accord": agreed, **more}
                yield f"{decision}, {agreed}, {more}", *form.read(typed)


def workshop(one: Activity, room: Room) -> tuple[Script, dict[str, Room]]:
    """Return a script of one activity, and its room."""
    return Script("Un essai", steps=(ScriptStep("seul", "Seul", 5, activity=one),)), {"seul": room}


def test_a_record_says_what_it_said() -> None:
    golden = Golden("comptes_rendus")
    for name, cls in sorted(OURS.items()):  # in whatever order they were imported
        for number, seed in ((0, 1), (1, 1), (4, 1), (5, 1), (5, 2), (6, 3), (12, 4)):
            one, room = cls(), played(cls(), number, seed, KNOWN)
            keys = [each.key for each in one.rounds()]
            rooms = [room, replace(room, proposals=(CHANGED,)), replace(room, withdrawn=frozenset(keys))]
            bare = replace(CHANGED, sentences=(), changes=())
            rooms += [replace(room, shown=frozenset(keys[:-1]), proposals=(bare,))]
            for at, here in enumerate(rooms):
                script, held = workshop(one, here)
                steps = [(step, held[step.key]) for step in script.steps]
                form = closing_form(obtained(steps), proposed(steps).trial_ends)
                typed = {**{each.name: None for each in form.fields}, **form.read(TYPED)[0]}
                record = record_of(script, held, KNOWN if at < 3 else {}, typed, "kpa_model 1", "ab")
                counted = (dumps(record), *map(str, answers_table(steps).values()))
                golden.scene(f"{name}, {number} personnes, tirage {seed}, {at}", of_record(record), counted)
    golden.check()


def without_one(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what is kept with one thing less, at any depth, each with the name of what lacks."""
    for name, value in data.items():
        yield f"{path}{name}", {key: each for key, each in data.items() if key != name}
        inside = value[0] if isinstance(value, list) and value else value
        if isinstance(inside, dict):
            for lacks, less in without_one(inside, f"{path}{name}."):
                yield lacks, {**data, name: [less, *value[1:]] if isinstance(value, list) else less}


def test_a_record_with_something_less_is_read_or_refused_as_it_was() -> None:
    golden = Golden("comptes_rendus_abimes")
    script, held = workshop(OURS["consentement"](), played(OURS["consentement"](), 6, 1, KNOWN))
    steps = [(step, held[step.key]) for step in script.steps]
    form = closing_form(obtained(steps), proposed(steps).trial_ends)
    record = record_of(script, held, KNOWN, form.read(TYPED)[0], "kpa_model 1", "ab")
    for lacks, less in (("rien", json.loads(dumps(record))), *without_one(json.loads(dumps(record)))):
        try:
            golden.scene(lacks, (), (str(loads(json.dumps(less))),))
        except DamagedRecord as damaged:
            golden.scene(lacks, (str(damaged),))
    golden.check()


def test_a_decision_is_written_and_refused_as_it_was() -> None:
    golden = Golden("decisions")
    forms = {"à la fin": closing_form(None, "2027-06-30"), "sur papier": paper_form()}
    for at, (how, number) in enumerate([("consentement", 4), ("consentement", 5), ("objections", 6), ("silence", 7)]):
        script, held = workshop(OURS["consentement"](), played(OURS["consentement"](), number, at, KNOWN))
        got = obtained([(step, held[step.key]) for step in script.steps])
        forms |= {f"{how} {number}": closing_form(got and replace(got, how=how), "2027-06-30")}
    for name, form in forms.items():
        golden.scene(name, of_data(replace(form, obtained=None)))
        for typed, given, wrong in answers(form):
            told = [f"{field} : {refused}" for field, refused in wrong.items()]
            golden.scene(f"{name}, {typed}", told, (str(given),))
    for people in (3, 4, 5, 8):
        for typed, given, wrong in answers(paper_form()):
            present = "\n".join(f"Personne {at}" for at in range(people))
            if not wrong:
                record = record_by_hand(None, {**given, "presents": present}, About("Les Tilleuls"))
                golden.scene(f"{people} sur papier, {typed}", of_record(record), (dumps(record),))
    golden.check()
