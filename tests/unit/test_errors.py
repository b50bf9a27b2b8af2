"""Errors in three parts: where, what, what to do."""

import pytest

from kpa_model.errors import BrokenStep, KpaError, Problem, UnreadableFile, WrongFacts, WrongRule, nearest

FILE = Problem("Fichier regle.yaml, étape 3", "ce nom n'existe pas.", "Vouliez-vous dire « plancher » ?")
MONTH = Problem("Mois 2026-03", "les heures manquent.", "Ajoutez heures.csv.")


def test_a_problem_says_where_what_and_what_to_do():
    assert str(FILE) == "Fichier regle.yaml, étape 3 : ce nom n'existe pas.\nVouliez-vous dire « plancher » ?"


def test_an_error_shows_all_its_problems():
    error = KpaError(FILE, MONTH)
    assert error.problems == (FILE, MONTH)
    assert str(error) == f"{FILE}\n\n{MONTH}"


@pytest.mark.parametrize("family", [UnreadableFile, WrongRule, WrongFacts, BrokenStep])
def test_every_error_belongs_to_the_one_family(family):
    with pytest.raises(KpaError, match="les heures manquent"):
        raise family(FILE, MONTH)


def test_the_nearest_name_is_suggested_whatever_its_capitals():
    assert nearest("planché", ["commission", "Plancher"]) == "Vouliez-vous dire « Plancher » ?"
    assert nearest("xyz", ["commission", "plancher"]) == ""
    assert nearest("xyz", []) == ""
