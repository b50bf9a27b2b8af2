"""Scenario files that people write: what is refused is said, with what to do; nothing is guessed in silence."""

from __future__ import annotations

import pytest

from kpa_model.declare.unit import Unit
from kpa_model.simulation.weather import scenario_file
from kpa_model.simulation.weather.scenario_file import WrongScenario


def refused(text: str) -> str:
    with pytest.raises(WrongScenario) as seen:
        scenario_file.loads(text, "Fichier essai.yaml")
    assert all(each.todo for each in seen.value.problems)
    return " ".join(f"{each.where} {each.what} {each.todo}" for each in seen.value.problems)


def test_names_are_a_list_and_never_cut_in_letters():
    assert "une liste de noms est attendue" in refused("titre: Essai\npersonnes: Awa\n")
    assert "« Awa » est écrit deux fois" in refused("titre: Essai\npersonnes: [Awa, Bruno, Awa]\n")
    assert scenario_file.loads("titre: Essai\npersonnes: [Awa, Bruno]\n").names == ("Awa", "Bruno")


@pytest.mark.parametrize("shock", ["pole_ferme: {pole: Cuisine}", "pole_ferme", "grosse_commande: {debut: 3}"])
def test_a_shock_on_a_pole_that_is_not_there_is_refused_with_the_poles(shock):
    said = refused(f"titre: Essai\npoles:\n  Couture: {{}}\n  Jardin: {{}}\nchocs:\n- {shock}\n")
    assert "n'existe pas" in said
    assert "Couture, Jardin" in said


def test_one_person_is_written_without_an_s():
    people = Unit("personnes", 1, ("personnes", "personne"))
    assert people.show(1) == "1\xa0personne"
    assert people.show(60) == "60\xa0personnes"
    assert "entre 1\xa0personne et 60\xa0personnes" in refused("titre: Essai\ngroupe: {au_depart: 0}\n")


def test_a_file_that_is_not_there_is_said_in_french(tmp_path):
    with pytest.raises(WrongScenario, match="il n'existe pas"):
        scenario_file.load(tmp_path / "absent.yaml")
    with pytest.raises(WrongScenario, match="c'est un dossier"):
        scenario_file.load(tmp_path)
