"""A bot plays the page on possible years: rules, scenario, sliders, cards, facts, what matters."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from datetime import UTC, datetime

import ipywidgets as widgets
import pytest

import kpa_model as kpa
from kpa_model.errors import Problem
from kpa_model.pay import ready
from kpa_model.simulation.calibration.own import ShortBook
from kpa_model.simulation.runs import studio
from kpa_model.simulation.weather.shocks import SHOCKS
from kpa_model.story.years.told import month_told
from kpa_model.ui.library import read_named
from kpa_model.ui.screens.years import supposed as suppositions
from kpa_model.ui.screens.years.two_years import RESTING
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


def outlines(widget: widgets.Widget) -> list[str]:
    """The bands of both rules."""
    shown = " ".join(each.value for each in every(widget) if isinstance(each, widgets.HTML))
    return re.findall(r'<polygon points="([^"]+)"', shown)


def room(screen: widgets.Widget, name: str) -> widgets.Widget:
    """Enter one of the three rooms, and return the page."""
    next(each for each in every(screen) if isinstance(each, widgets.ToggleButtons)).value = name
    return screen


def changing(store: Store) -> widgets.Widget:
    return room(kpa.two_years(store), "Changer")


def test_the_page_starts_with_the_difference_in_euros_and_months(store):
    said = text(kpa.two_years(store))
    first = said[said.index("Avec «") :][:400]
    assert re.search(r"reçoit \d+\s€ de (plus|moins) par mois(, surtout|\.)", first)
    assert re.search(r"mois sur 24 sous 50\s€", first)
    assert "au lieu de « Parts égales »" in first


def test_two_rules_alike_are_said_so_and_nothing_more_is_drawn_of_people(store):
    store.update(today="heures", second="heures")
    said = text(kpa.two_years(store))
    assert "donnent la même chose" in said
    assert "Selon la situation" not in said


def test_both_rules_are_chosen_at_the_top(store):
    screen = kpa.two_years(store)
    before = text(screen)
    named(screen, "Règle à comparer").value = "heures"
    assert store.state.second == "heures"
    assert text(screen) != before
    assert "Avec « Selon les heures » au lieu de « Parts égales »" in text(screen)


def test_a_room_is_made_when_somebody_enters_it_and_not_before(store, monkeypatch):
    monkeypatch.setattr("kpa_model.ui.screens.years.facts.what_facts_tell", None)  # would fail: it is not asked for
    screen = kpa.two_years(store)
    assert not [each for each in every(screen) if getattr(each, "description", "") == "Tirer une carte"]
    assert named(room(screen, "Changer"), "Tirer une carte")
    assert "Tirer une carte" not in text(room(screen, "Regarder"))


def test_who_advances_the_money_is_chosen_and_said(store):
    screen = changing(store)
    assert "La CAE avance cet argent" in text(screen)
    named(screen, "Quand l'argent manque").value = "personne"
    assert "la paie attend" in text(screen)


def test_cards_say_what_they_change_or_that_they_change_nothing(store):
    store.update(cards=json.dumps([["gros_client_part", 3]]))
    said = text(changing(store))
    assert re.search(r"Avec ces cartes, un mois moyen a \d+\s€ de moins", said)
    store.update(cards=json.dumps([["gros_client_part", 24]]))  # the last month: too late to matter
    assert "Ces cartes ne changent presque rien avec cette règle" in text(changing(store))
    store.update(cards=json.dumps([["payeurs_en_retard", 3]]))  # pay is the same, and the till is much shorter
    said = text(changing(store))
    assert "Ces cartes ne changent presque rien à la paie" in said
    assert re.search(r"il manque environ [\d\s]+\s€ de plus en caisse", said)


def test_a_slider_shows_the_first_histories_at_once_then_all_of_them_when_it_rests(store):
    async def moved():
        screen = changing(store)
        effect = next(each for each in every(screen) if "kpa-effect" in each._dom_classes)
        store.update(histories="512")
        at_once = effect.value
        await asyncio.sleep(RESTING + 0.1)
        return at_once, effect.value

    first, then = asyncio.run(moved())
    assert 'aria-busy="true"' in first
    assert "256\xa0histoires" in first
    assert 'aria-busy="true"' not in then
    assert "512\xa0histoires" in then


def test_two_rules_are_told_under_the_same_weather(store):
    said = text(kpa.two_years(store))
    assert "années simulées" in said
    assert "au départ" in said
    assert "euros" not in said
    assert "95 fois sur 100" in said


def test_another_history_changes_the_line_and_not_the_bands(store):
    screen = kpa.two_years(store)
    before, bands = picture(screen), outlines(screen)
    named(screen, "Une autre histoire").click()
    assert picture(screen) != before
    assert len(bands) == 4
    assert outlines(screen) == bands


def test_changing_our_rule_redraws_without_drawing_the_weather_again(store, monkeypatch):
    screen = kpa.two_years(store)
    before = text(screen)

    def fail(*asked: object) -> None:
        raise AssertionError("the weather was drawn again")

    monkeypatch.setattr(studio, "draw", fail)
    store.update(ours=ready.ready_rules()["parts_egales"])
    after = text(screen)
    assert after != before
    assert "parts égales" in after.lower()


def test_who_takes_a_job_is_compared_as_a_rule_is(store, monkeypatch):
    store.update(ours=ready.ready_rules()["heures"], today="heures")
    screen = changing(store)
    assert "· Moins" not in text(screen)
    monkeypatch.setattr(studio, "draw", None)  # the weather is kept
    named(screen, "Avec notre règle, qui le prend").value = "moins_d_heures"
    after = text(room(screen, "Regarder"))
    assert "Selon les heures · Les volontaires d'abord, au départ" in after
    assert "Selon les heures · Moins d'heures d'abord" in after
    assert "se rapprochent, d'une personne à l'autre" in after


def test_a_scenario_and_a_minimum_change_what_is_said(store):
    screen = changing(store)
    before = text(screen)
    named(screen, "Scénario").value = "cuisine_fermee"
    assert text(screen) != before
    named(screen, "Notre minimum").value = "1000"
    closed = text(room(screen, "Regarder"))
    assert "traiteur" in closed.lower()
    assert "moins de 10 €" in closed


def test_sliders_change_the_scenario_and_go_back(store):
    screen = kpa.our_suppositions(store)
    slider = named(screen, "Demandes par mois")
    slider.value = 3000
    assert suppositions.scenario_of(store.state).demand.enquiries == 3000
    named(screen, "Revenir au scénario").click()
    assert suppositions.scenario_of(store.state).demand.enquiries == 1300
    assert slider.value == 1300


def test_sliders_are_written_as_people_write_and_never_with_a_point(store):
    screen = kpa.our_suppositions(store)
    sliders = [each for each in every(screen) if isinstance(each, widgets.SelectionSlider)]
    assert len(sliders) == len(suppositions.SLIDERS)
    for each in sliders:
        assert 20 < len(each.options) < 130
        assert not any("." in label for label, _ in each.options)
        assert [value for _, value in each.options] == sorted(value for _, value in each.options)
    assert named(screen, "Arrivées par mois").label == "0,7"
    assert named(screen, "Croissance par an").label.replace("\xa0", " ") == "10 %"


def test_motivation_is_off_and_its_assumption_is_beside_its_switch(store):
    screen = kpa.our_suppositions(store)
    row = next(each for each in screen.children if "personne n'est content" in str(each.children[0].description))
    assert row.children[0].value == 0
    said = text(row)
    assert "la motivation ne joue pas" in said
    assert "80 €" in said
    assert "hypothèse" in said


def give(screen: widgets.Widget, name: str, content: bytes) -> None:
    upload = next(each for each in every(screen) if isinstance(each, widgets.FileUpload))
    about = {"name": name, "type": "", "size": len(content), "last_modified": datetime.now(UTC)}
    upload.set_trait("value", ({**about, "content": memoryview(content)},))


def test_a_scenario_goes_out_as_a_file_and_comes_back(store):
    screen, picture_of = kpa.our_suppositions(store), changing(store)
    named(screen, "Demandes par mois").value = 3000
    named(screen, "Prendre le scénario en fichier").click()
    shown = " ".join(each.value for each in every(screen) if isinstance(each, widgets.HTML))
    assert 'download="une_annee_ordinaire.yaml"' in shown
    taken = base64.b64decode(re.search(r"base64,([^\"]+)", shown)[1])
    named(screen, "Revenir au scénario").click()
    assert "base64" not in " ".join(each.value for each in every(screen) if isinstance(each, widgets.HTML))
    give(screen, "une_annee_ordinaire.yaml", taken)
    assert suppositions.scenario_of(store.state).demand.enquiries == 3000
    assert named(screen, "Demandes par mois").value == 3000
    assert "Une année ordinaire (notre fichier)" in dict(named(picture_of, "Scénario").options)
    assert "est ouvert" in text(screen)


def test_a_bad_scenario_file_changes_nothing_and_says_why(store):
    screen = kpa.our_suppositions(store)
    before = store.state
    for content, said in (
        (b"titre: Essai\ngroupe: {mois: 4000}\n", "hors limites"),
        (b"bonjour", "ce n'est pas un scénario"),
        (bytes(range(256)), "à corriger"),
        (b"", "le fichier est vide"),
    ):
        give(screen, "essai.yaml", content)
        assert said in text(screen)
        assert "essai.yaml" in text(screen)
        assert store.state == before


def test_each_card_is_drawn_once_says_its_numbers_and_is_put_back(store):
    screen = kpa.chance_cards(store)
    for _ in range(len(SHOCKS)):
        named(screen, "Tirer une carte").click()
    drawn = suppositions.scenario_of(store.state).shocks
    assert sorted(each.name for each in drawn) == sorted(SHOCKS)
    said = text(screen)
    assert "Part des demandes perdue : 35 %" in said
    assert "Pendant : 3 mois" in said
    months = re.findall(r"À partir (?:de |d'|d’)(\w+ de la \w+ année)\.", said)
    assert months == [month_told(each.start, 1) for each in drawn]
    named(screen, "Tirer une carte").click()
    assert "Toutes les cartes sont tirées" in text(screen)
    assert len(suppositions.scenario_of(store.state).shocks) == len(SHOCKS)
    named(screen, "Remettre les cartes").click()
    assert suppositions.scenario_of(store.state).shocks == ()


def test_a_card_about_a_kitchen_is_about_the_largest_pole_where_there_is_no_kitchen(store):
    poles = "poles:\n  Couture: {part: 70 %}\n  Jardin: {part: 30 %}\n"
    name = suppositions.take_in(f"titre: Sans cuisine\n{poles}", "a.yaml")
    store.update(scenario=name, cards=json.dumps([["pole_ferme", 3], ["grosse_commande", 4]]))
    assert [each.pole for each in suppositions.scenario_of(store.state).shocks] == ["Couture", "Couture"]
    said = text(kpa.chance_cards(store))
    assert "Le pôle Couture ferme" in said
    assert "cuisine" not in said.lower()


def test_what_is_unfolded_has_a_key_to_stay_open(store):
    shown = " ".join(each.value for each in every(kpa.two_years(store)) if isinstance(each, widgets.HTML))
    keys = re.findall(r'<details data-keep="([^"]+)"', shown)
    assert len(set(keys)) == len(keys) == shown.count("<details") == 7


def test_the_facts_are_told_as_they_are(store):
    screen = kpa.what_facts_tell(store)
    said = text(screen)
    assert "dans l'intervalle, mais près du bord" in said
    assert "n'y arrive pas" in said
    assert "TVA" in said
    assert "non dit" in said
    named(screen, "Caler sur notre carnet").click()
    assert store.state.scenario == suppositions.OUR_BOOK
    said = text(screen)
    assert "Les Tilleuls" in said
    assert re.search(r"Le modèle apprend vos \d+ premiers mois\. Il prévoit les 3 derniers", said)
    assert len(named(kpa.our_suppositions(store), "Chance de partir, chaque mois").label) <= len("10,5 %")
    assert said.count("Il attendait entre") == 3  # theirs in words for who does not see, ours for everyone too
    assert said.count("9 fois sur 10 : de ") == 2  # the picture writes it
    assert "Il est arrivé" in said


def test_a_book_too_short_says_so_and_the_page_stays_usable(store, monkeypatch):
    def short(*_: object, **__: object) -> None:
        raise ShortBook(Problem("Calage", "le carnet est trop court.", "Il faut au moins quatre mois de factures."))

    monkeypatch.setattr(suppositions, "_calibrated", short)
    monkeypatch.setattr("kpa_model.ui.screens.years.facts.calibrate_book", short)
    screens = [changing(store), kpa.our_suppositions(store), kpa.chance_cards(store), kpa.what_facts_tell(store)]
    named(screens[3], "Caler sur notre carnet").click()
    assert "trop court" in text(screens[3])
    assert store.state.scenario != suppositions.OUR_BOOK
    named(screens[0], "Scénario").value = suppositions.OUR_BOOK
    assert "trop court" in text(screens[0])
    named(screens[0], "Scénario").value = "annee_ordinaire"
    assert "années simulées" in text(room(screens[0], "Regarder"))
    assert named(screens[1], "Demandes par mois").label == "13"


def test_what_matters_is_one_picture_and_one_sentence(store):
    store.update(ours=ready.ready_rules()["heures"])
    screen = kpa.what_matters(store)
    named(screen, "Chercher").click()
    said = text(screen)
    assert "Ce qui compte le plus" in said
    assert "Le hasard seul fait" in said
    assert "40 % en moins" in said
    assert re.search(r">[\d,]+\xa0€</text>", picture(screen))
    store.update(least="10000")
    assert "Ce qui compte le plus" not in text(screen)  # it was about another minimum


def test_a_damaged_state_still_opens(store):
    store.update(scenario="disparu", policy="inconnue", supposed="{", cards="[1, 2]", histories="beaucoup")
    assert "années simulées" in text(kpa.two_years(store))


def test_what_was_simulated_is_shown_again_from_the_disk_and_not_simulated_twice(store, monkeypatch):
    before = text(kpa.two_years(store))
    monkeypatch.setattr(studio, "draw", None)  # would fail: nothing is drawn
    assert text(kpa.two_years(kpa.open_store())) == before
    store.update(histories="300")  # another question
    assert "Quelque chose n'a pas marché" in text(kpa.two_years(store))


def test_a_damaged_file_is_simulated_again(store, tmp_path):
    before = text(kpa.two_years(store))
    (kept,) = (tmp_path / "annees").iterdir()
    kept.write_bytes(kept.read_bytes()[:2_000])
    assert text(kpa.two_years(kpa.open_store())) == before


def test_what_was_noticed_of_our_book_is_said_once_its_figures_are_simulated_and_not_before(store, monkeypatch):
    note = "Fichier factures.csv, ligne 4 : brouillon, laissé dehors."
    monkeypatch.setattr("kpa_model.ui.pieces.read_named", lambda name: (read_named(name)[0], (note,)))
    screen = kpa.two_years(store)
    assert note not in text(screen)
    store.update(scenario=suppositions.OUR_BOOK)
    assert note in text(screen)
    store.update(scenario="annee_ordinaire")
    assert note not in text(screen)
