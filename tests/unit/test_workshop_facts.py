"""What a workshop starts from: figures of the book, no member's name, and JSON only."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kpa_model import places
from kpa_model.command.workshop import workshop_facts_of
from kpa_model.cooperative.facts import months_of
from kpa_model.errors import KpaError
from kpa_model.files.book.book_reader import read_book
from kpa_model.pay.ready import ready_rules
from kpa_model.server import catalogue
from kpa_model.story.decide.workshop_facts import workshop_facts
from kpa_model.workshop import script_file
from kpa_model.workshop.activity import Room, known_activities

BOOKS = {name: read_book(places.data() / name).book for name in ("tilleuls", "moulins_2018_2019")}
THREE = {name: ready_rules()[name] for name in ("parts_egales", "heures", "apporteur")}


@pytest.fixture(params=[("tilleuls", "2025-03"), ("tilleuls", "2026-09"), ("moulins_2018_2019", "2019-01")])
def facts(request):
    book, month = request.param
    return workshop_facts(BOOKS[book], month, THREE, seed=5)


def test_facts_are_json(facts):
    assert json.loads(json.dumps(facts)) == facts


def test_no_member_is_named(facts):
    written = json.dumps(facts, ensure_ascii=False)
    people = {member.name for book in BOOKS.values() for member in book.members}
    assert [name for name in people if f'"{name}"' in written or f" {name} " in written] == []


def test_the_first_rule_is_todays_and_the_others_are_compared_to_it(facts):
    assert [rule["key"] for rule in facts["rules"]] == [*THREE]
    assert [rule["effect"]["today"] for rule in facts["rules"]] == [True, False, False]
    equal, hours, _ = (rule["effect"] for rule in facts["rules"])
    assert equal["heavy"] == 0
    assert equal["high"] - equal["low"] <= 1
    assert hours["low"] <= hours["middle"] <= hours["high"]
    assert all(rule["aloud"] and len(rule["fingerprint"]) == 12 for rule in facts["rules"])


def test_the_pot_is_what_is_left_for_people(facts):
    assert facts["pot"] == pytest.approx(facts["members"] * facts["rules"][0]["effect"]["high"], abs=facts["members"])
    marks = {mark["label"]: mark["cents"] for mark in facts["marks"]}
    assert marks["Parts égales"] == facts["pot"] // facts["members"]


def test_equal_shares_give_every_character_the_same_and_hours_do_not(facts):
    pays = {name: [card["pay"][name] for card in facts["characters"]] for name in THREE}
    assert max(pays["parts_egales"]) - min(pays["parts_egales"]) <= 1
    assert max(pays["heures"]) > 2 * min(pays["heures"])
    found = {card["name"]: card["pay"] for card in facts["characters"]}
    assert found["Ilyes"]["apporteur"] > found["Ilyes"]["heures"]


@pytest.mark.parametrize("name", [*ready_rules()])
def test_every_ready_rule_can_be_put_to_the_vote(name):
    facts = workshop_facts(
        BOOKS["tilleuls"], "2025-06", {"parts_egales": THREE["parts_egales"], name: ready_rules()[name]}, 1
    )
    assert all(min(card["pay"].values()) >= 0 for card in facts["characters"])


def test_heavy_losses_are_those_of_more_than_a_fifth():
    book = BOOKS["tilleuls"]
    facts = workshop_facts(book, "2025-03", THREE, 1)
    at = [str(month) for month in book.months].index("2025-03")
    month = months_of(book)[at]
    minutes = month.all_minutes[month.paid]
    equal = facts["pot"] / facts["members"]
    lost = sum(facts["pot"] * each / minutes.sum() < 0.8 * equal for each in minutes)
    assert facts["rules"][1]["effect"]["heavy"] == lost


def test_a_month_out_of_the_book_is_refused():
    with pytest.raises(KpaError, match="n'est pas dans ce carnet"):
        workshop_facts(BOOKS["tilleuls"], "1999-01", THREE, 1)


SCRIPT = """
titre: Avant de voter
phrase: Lire les faiblesses.
etapes:
- cle: lire
  titre: Lire
  minutes: 10
  dire: Lisons.
  sans_ordinateur: Lisez.
  activite: {activity}
"""


def test_weaknesses_are_looked_for_when_an_activity_reads_them_and_not_otherwise():
    catalogue.load()
    told = {}
    for name in ("epreuve", "mot_libre"):
        script = script_file.loads(SCRIPT.format(activity=name))
        facts = workshop_facts_of("tilleuls", None, ["parts_egales"], 1, script)
        told[name] = [rule.get("weaknesses") for rule in facts["rules"]]
    assert told["mot_libre"] == [None]
    assert told["epreuve"][0]


def test_nothing_found_is_said_of_rules_that_were_tried_alone():
    catalogue.load()
    read = known_activities()["epreuve"]()

    def said(rules):
        room = Room({}, {}, {"rules": rules})
        (only,) = read.page("faiblesses", room)
        assert only.text == read.form("faiblesses", room, "Awa").intro
        return only.text

    assert "pas été éprouvées" in said([{"title": "A"}])
    assert "pas été éprouvées" in said([])
    assert "sans trouver" in said([{"title": "A", "weaknesses": []}])


def test_the_weakness_most_people_would_change_is_told_first_and_the_smile_is_beside_what_one_can_live_with():
    catalogue.load()
    read = known_activities()["epreuve"]()
    weak = [{"title": f"Pas toujours vrai {at}", "example": "A reçoit 3\u00a0€ de moins."} for at in (1, 2)]
    answers = [{"faiblesse_1": "vivre", "faiblesse_2": "changer" if at < 4 else "vivre"} for at in range(6)]
    given = {"faiblesses": {str(at): each for at, each in enumerate(answers)}}
    people = {str(at): f"Renard {at}" for at in range(6)}
    room = Room(people, given, {"rules": [{"title": "Parts égales", "weaknesses": weak}]})
    asked = read.form("faiblesses", room, "Awa").fields[0]
    assert [*asked.options][-1] == "vivre"  # a scale is drawn from a sad face to a smile
    assert asked.label == "« Parts égales ». Pas toujours vrai 1"
    first, _, title = read.page("faiblesses", room)[:3]
    assert first.text == "4\u00a0personnes changeraient d'abord ceci."
    assert title.text == "Pas toujours vrai 2"


def test_a_rule_without_a_sentence_says_on_the_ballot_how_it_shares():
    rule = replace(ready_rules()["minimum_et_heures"], sentence="")
    facts = workshop_facts(BOOKS["tilleuls"], "2026-12", {"notre": rule}, 1)
    assert facts["rules"][0]["sentence"].startswith("Chaque personne présente reçoit au moins 50,00\u00a0€.")
