"""French words around names."""

from __future__ import annotations

import pytest

from kpa_model.errors import KpaError, Problem
from kpa_model.ui.pieces import error_box
from kpa_model.words import hours, of, unbroken


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Awa", "d'Awa"), ("Hélène", "d'Hélène"), ("Bruno", "de Bruno"), ("Yamina", "de Yamina"), ("Yoann", "de Yoann"),
        ("Yves", "d'Yves"), ("Yvonne", "d'Yvonne"), ("Œdipe", "d'Œdipe"), ("Y", "de Y"), ("", "de "),
    ],
)  # fmt: skip
def test_de_is_elided_before_a_vowel_that_is_heard(name: str, said: str) -> None:
    assert of(name) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Fichier « a b » : il manque 12 € ; et 5 % ?", "Fichier «_a b_»_: il manque 12_€_; et 5_% ?"),
        ("Quoi ! Le texte: reste", "Quoi_! Le texte: reste"),
        ("Différence : + 3 h ou − 2 €, 1 + 1", "Différence_: +_3 h ou −_2_€, 1 +_1"),
        ("«\xa0déjà\xa0» : 1\u202f000 €", "«_déjà_»_: 1\u202f000_€"),
        ("", ""),
    ],
)
def test_signs_stay_with_their_word(typed, said):
    assert unbroken(typed) == said.replace("_", "\xa0").replace(" ?", "\xa0?")
    assert unbroken(unbroken(typed)) == unbroken(typed)


def test_a_message_on_a_screen_never_breaks_before_a_sign():
    drawn = error_box(
        KpaError(Problem("Fichier « a.yaml »", "il manque 12 € ; c'est tout.", "Vouliez-vous dire « b » ?"))
    )
    assert "Fichier «\xa0a.yaml\xa0»</strong>\xa0: il manque 12\xa0€\xa0;" in drawn
    assert "«\xa0b\xa0»\xa0?" in drawn


def test_a_long_time_is_written_with_its_thousands_apart() -> None:
    assert hours(142_965) == "2\u202f382\u00a0h\u00a045"
    assert (hours(45), hours(720), hours(60_000)) == ("45\u00a0min", "12\u00a0h", "1\u202f000\u00a0h")


def test_a_problem_that_is_nowhere_else_than_under_the_eyes_is_a_sentence_of_its_own() -> None:
    drawn = error_box(KpaError(Problem("", "avec ce paiement, la facture reçoit 360 €.", "Vérifiez le montant.")))
    assert "Avec ce paiement" in drawn
    assert " : " not in drawn
