"""A bot plays the page on possible years: rules, scenario, sliders, cards, facts, what matters."""

from __future__ import annotations

import random
import re

import ipywidgets as widgets
import pytest

import kpa_model as kpa
from kpa_model.pay import ready
from kpa_model.simulation.studio import Studio
from kpa_model.ui import suppositions
from kpa_model.ui.state import Store
from tests.notebooks.screens import every, named, text


@pytest.fixture
def store(tmp_path, monkeypatch) -> Store:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    made = kpa.open_store()
    made.update(histories="256")
    return made


def picture(widget: widgets.Widget) -> str:
    return next(each.value for each in every(widget) if isinstance(each, widgets.HTML) and "<svg" in each.value)


def test_two_rules_are_told_under_the_same_weather(store):
    said = text(kpa.two_years(store))
    assert "années simulées" in said
    assert "aujourd'hui" in said
    assert "euros" not in said
    assert "95 fois sur 100" in said


def test_another_history_changes_the_line_and_not_the_bands(store):
    screen = kpa.two_years(store)
    before = picture(screen)
    named(screen, "Une autre histoire").click()
    after = picture(screen)
    assert before != after
    bands = [re.findall(r'<polygon points="([^"]+)"', each) for each in (before, after)]
    assert bands[0] == bands[1]


def test_changing_our_rule_redraws_without_drawing_the_weather_again(store, monkeypatch):
    screen = kpa.two_years(store)
    before = text(screen)

    def fail(self, with_orders: bool) -> None:
        assert self._weather, "the weather was drawn again"

    monkeypatch.setattr(Studio, "_draw", fail)
    store.update(ours=ready.ready_rules()["parts_egales"])
    after = text(screen)
    assert after != before
    assert "parts égales" in after.lower()


def test_a_scenario_and_a_minimum_change_what_is_said(store):
    screen = kpa.two_years(store)
    before = text(screen)
    named(screen, "Scénario").value = "cuisine_fermee"
    closed = text(screen)
    assert closed != before
    assert "traiteur" in closed.lower()
    named(screen, "Notre minimum").value = "1000"
    assert "moins de 10 €" in text(screen)


def test_sliders_change_the_scenario_and_go_back(store):
    screen = kpa.our_suppositions(store)
    named(screen, "Demandes par mois").value = 30.0
    assert suppositions.scenario_of(store.state).demand.enquiries == 3000
    named(screen, "Revenir au scénario").click()
    assert suppositions.scenario_of(store.state).demand.enquiries == 1300
    assert named(screen, "Demandes par mois").value == 13.0
    named(screen, "Prendre le scénario en fichier").click()
    assert "notre_scenario.yaml" in " ".join(e.value for e in every(screen) if isinstance(e, widgets.HTML))
    assert "hypothèse" in text(screen)


def test_cards_are_drawn_and_put_back(store):
    random.seed(4)
    screen = kpa.chance_cards(store)
    named(screen, "Tirer une carte").click()
    assert len(suppositions.cards_of(store.state)) == 1
    assert "À partir du mois" in text(screen)
    named(screen, "Remettre les cartes").click()
    assert suppositions.cards_of(store.state) == ()


def test_the_facts_are_told_as_they_are(store):
    screen = kpa.what_facts_tell(store)
    said = text(screen)
    assert "dans l'intervalle, mais près du bord" in said
    assert "n'y arrive pas" in said
    assert "TVA" in said
    assert "non dit" in said
    named(screen, "Caler sur notre carnet").click()
    assert store.state.scenario == suppositions.OUR_BOOK
    assert "Les Tilleuls" in text(screen)


def test_what_matters_is_one_picture_and_one_sentence(store):
    store.update(ours=ready.ready_rules()["heures"])
    screen = kpa.what_matters(store)
    named(screen, "Chercher").click()
    said = text(screen)
    assert "Ce qui compte le plus" in said
    assert "Le hasard seul fait" in said


def test_a_damaged_state_still_opens(store):
    store.update(scenario="disparu", policy="inconnue", supposed="{", cards="[1, 2]", histories="beaucoup")
    assert "années simulées" in text(kpa.two_years(store))
