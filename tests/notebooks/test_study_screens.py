"""A bot plays the pages that study rules: audit one before the vote, find one from wishes."""

from __future__ import annotations

import base64
import re

import ipywidgets as widgets
import pytest

import kpa_model as kpa
from kpa_model.command.finding import find_rule
from kpa_model.decision.activities.cases import DOUBT, Vignettes
from kpa_model.pay.ready import ready_rules
from kpa_model.ui.library import library
from kpa_model.ui.screens.decide.workshop import arguments
from kpa_model.ui.state import Store
from kpa_model.workshop.activity import Room
from tests.kept_workshop import keep_cases
from tests.notebooks.screens import every, named, text


@pytest.fixture
def store(tmp_path, monkeypatch) -> Store:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    monkeypatch.setattr("kpa_model.ui.screens.share.find.MANY", 90)  # enough to find a few
    return kpa.open_store()


def html_of(screen: widgets.Widget) -> str:
    return " ".join(each.value for each in every(screen) if isinstance(each, widgets.HTML))


def test_a_rule_is_audited_when_asked_and_what_was_found_is_forgotten_when_it_changes(store):
    screen = kpa.try_rule(store)
    assert "attentes" not in text(screen)
    named(screen, "Éprouver cette règle").click()
    said = text(screen)
    assert re.search(r"Sur 6 attentes, \d tiennent", said)
    assert "Le plus petit exemple trouvé" in said
    assert "Awa" not in said
    store.update(ours=ready_rules()["heures"])
    assert "attentes" not in text(screen)


def test_the_page_beside_the_ballot_is_a_pdf(store):
    screen = kpa.try_rule(store)
    named(screen, "Préparer la feuille à imprimer").click()
    shown = html_of(screen)
    assert 'download="epreuve_' in shown
    assert base64.b64decode(re.search(r"base64,([^\"]+)", shown)[1])[:5] == b"%PDF-"


def test_a_rule_is_found_heard_taken_and_put_to_the_vote(store):
    screen = kpa.find_rule(store)
    before = store.state.ours
    named(screen, "Chercher").click()
    said = text(screen)
    assert "le plus haut minimum possible est" in said
    assert re.search(r"En août 2026, il y a [\d,\s]+€ pour \d+\spersonnes", said)
    assert "années simulées" in said
    doors = next(each for each in every(screen) if isinstance(each, widgets.ToggleButtons))
    assert len(doors.options) >= 2
    one = text(screen)
    doors.value = doors.options[-1]
    assert text(screen) != one
    assert f"{doors.value} :" in text(screen)
    named(screen, "Prendre comme notre règle").click()
    assert store.state.ours != before
    named(screen, "Mettre au vote").click()
    name = store.state.compared[-1]
    assert library()[name].steps == store.state.ours.steps
    assert "vote du prochain atelier" in text(screen)
    asked = arguments(store, "trois_quarts_d_heure")
    assert name in asked  # and the workshop opens with it
    assert find_rule(name).title == library()[name].title


def test_wishes_that_contradict_each_other_say_in_which_month(store):
    screen = kpa.find_rule(store)
    named(screen, "Personne sous").value = "20000"
    named(screen, "Chercher").click()
    said = text(screen)
    assert "Ce qui ne va pas ensemble" in said
    assert re.search(r"En août 2026, l'enveloppe est de [\d,\s]+€ pour \d+\spersonnes\. Plus de \d+\s€", said)


def test_the_same_wishes_find_the_same_rules(store):
    found = []
    for _ in range(2):
        screen = kpa.find_rule(store)
        named(screen, "Chercher").click()
        found.append(text(screen))
    assert found[0] == found[1]


def test_the_mix_of_the_workshop_is_one_more_wish_its_doubt_first(store):
    screen = kpa.find_rule(store)
    fetch = named(screen, "Reprendre le mélange de notre dernier atelier")
    fetch.click()
    assert "Aucun atelier gardé ici" in text(screen)
    keep_cases(6, reveal=False)
    keep_cases(2)
    fetch.click()
    assert "Aucun atelier gardé ici" in text(screen)
    keep_cases(6)
    fetch.click()
    said = text(screen)
    assert "C'est la moyenne de 6 personnes." in said.replace("\u00a0", " ")
    assert "Surtout : les heures." in said
    assert (named(screen, "Heures").value, named(screen, "Besoin").value) == (7, 3)
    assert named(screen, "Ressembler à ce mélange compte").value == "1"
    named(screen, "Chercher").click()
    assert "Règle 1" in text(screen)


def test_a_mix_that_tells_badly_begins_with_its_doubt():
    activity = Vignettes()
    odd = {case.key: {one.key: case.pot * (at == len(case.people) - 1) for at, one in enumerate(case.people)}
           for case in activity.cases()}  # fmt: skip
    found = activity.mix(Room(answers={"partages": dict.fromkeys("abcdef", odd)}, shown=frozenset({"partages"})))
    assert found is not None
    assert found[1][0] == DOUBT
    assert activity.mix(Room(answers={"partages": dict.fromkeys("abcdef", odd)})) is None
