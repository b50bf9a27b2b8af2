"""The file of an exercise: read whole, every problem told at once; a contradiction is refused."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kpa_model.lessons.exercises import file as exercise_file
from kpa_model.lessons.exercises.exercise import WrongExercise
from kpa_model.lessons.exercises.file import exercise_named, exercises, loads, verified, verify
from kpa_model.story.lessons.exercise_figures import outside_figures
from tests.unit.test_typed import EXERCISE


def problems(text: str, *, whole: bool = False) -> str:
    with pytest.raises(WrongExercise) as error:
        verified(text, "essai", {}) if whole else loads(text, "essai")
    return str(error.value).replace("\u00a0", " ").replace("\u202f", " ")


def changed(old: str, new: str) -> str:
    assert old in EXERCISE
    return EXERCISE.replace(old, new)


def test_a_good_file_is_read_and_verified() -> None:
    made = verified(EXERCISE, "essai", {})
    assert made.draw(1).written.endswith("€")
    assert made.expected == 12


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("reponse: 12}", "reponse: 13}", "la formule donne 12 €, l'exemple dit 13 €"),
        (
            "achat * (1 + taux)",
            "achta * (1 + taux)",
            "la grandeur « achta » n'existe pas.\nVouliez-vous dire « achat » ?",
        ),
        ("achat * (1 + taux)", "achat + taux", "elle ajoute ou compare des € et un nombre sans unité"),
        ("achat * (1 + taux)", "achat * achat", "le calcul donne des € × €, l'unité dit des €"),
        ("theme: prix", "theme: pris", "« pris » n'existe pas.\nVouliez-vous dire « prix » ?"),
        ("question:", "qestion:", "« qestion » n'est pas une partie connue ici.\nVouliez-vous dire « question » ?"),
        ("de: 10, a: 30", "de: 30, a: 10", "ses limites ne vont pas"),
        ("valeur: 20", "valeur: vingt", "« vingt » n'est pas un taux"),
        ("coûte {achat}", "coûte {panier}", "la grandeur « panier » n'existe pas"),
        ("{1 + taux | fois}", "{1 + taux}", "le calcul « 1 + taux » n'a pas d'unité"),
        ("indices: [Ajoutez la TVA.]", "indices: Ajoutez", "une liste de phrases est attendue"),
        ("exemple: {achat: 10, reponse: 12}", "", "« exemple » : il manque"),
        ("achat: 10, reponse", "reponse", "il manque : achat"),
        ("phrase: C'est le HT.", "phrasse: C'est le HT.", "« phrasse » n'est pas une partie connue ici"),
        ("{valeur: 20, unite", "{valeur: 20, de: 3, unite", "on ne sait pas d'où vient son nombre"),
    ],
)
def test_each_trouble_is_told(old: str, new: str, said: str) -> None:
    assert said in problems(changed(old, new))


def test_all_problems_at_once() -> None:
    text = (
        changed("theme: prix", "theme: pris")
        .replace("achat * (1 - taux)", "achat * (1 - tau")
        .replace("titre: Un prix", "")
    )
    said = problems(text)
    assert "« titre »" in said
    assert "« pris »" in said
    assert "une parenthèse n'est pas fermée" in said


def test_a_mistake_that_is_the_right_answer_is_refused() -> None:
    text = changed("calcul: achat, phrase", "calcul: achat * 1,2, phrase")
    said = problems(text, whole=True)
    assert "erreur « ht » : elle donne" in said
    assert "comme la réponse" in said


def test_two_mistakes_that_coincide_are_refused_unless_the_file_says_so() -> None:
    text = changed("calcul: achat, phrase", "calcul: achat * 0,8, phrase")
    assert "comme « ht »" in problems(text, whole=True)
    told = text.replace("calcul: achat * (1 - taux),", "calcul: achat * (1 - taux), comme: ht,")
    verify(loads(told, "essai"), {})


def test_numbers_that_confuse_are_drawn_again() -> None:
    text = changed("calcul: achat, phrase", "calcul: achat + 4, phrase")  # the right answer when achat is 20
    made = loads(text, "essai")
    verify(made, {})
    assert Fraction(20) not in {made.draw(seed).values["achat"] for seed in range(1000)}


def test_a_division_by_zero_is_told() -> None:
    text = changed("achat * (1 + taux)", "achat * (1 + taux) / (taux - 20 %)")
    assert "le calcul divise par zéro" in problems(text)


@pytest.mark.parametrize("text", ["", "- a\n- b", "titre: [", "a: &x 1\nb: *x", "\t", "titre: " + "x" * 200_000])
def test_hostile_or_empty_files_are_refused(text: str) -> None:
    assert problems(text)


def test_choices_need_one_right_and_a_sentence_each() -> None:
    text = """
titre: Choix
theme: cae
texte: Un texte.
question: Que choisir ?
choix:
- {texte: A, phrase: Non.}
- {texte: B, phrase: Non plus.}
indices: [Un indice.]
raisonnement: [Une raison.]
"""
    assert "une seule réponse est juste" in problems(text)
    assert loads(text.replace("{texte: B,", "{texte: B, juste: oui,"), "essai").options[1].right
    assert "il manque son texte ou sa phrase" in problems(text.replace(", phrase: Non plus.", ""))


def test_a_group_adds_its_own_exercises(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    (tmp_path / "exercices").mkdir()
    (tmp_path / "exercices" / "notre_panier.yaml").write_text(EXERCISE, encoding="utf-8")
    (tmp_path / "exercices" / "casse.yaml").write_text("titre: [", encoding="utf-8")
    assert exercise_named("notre_panier").title == "Un prix"
    found, wrong = exercises("prix")
    assert "notre_panier" in [each.name for each in found]
    assert len(wrong) == 1
    with pytest.raises(WrongExercise, match="Vouliez-vous dire « prix_buffet »"):
        exercise_named("prix_bufet")


def test_an_outside_figure_that_is_not_known_is_told() -> None:
    with pytest.raises(WrongExercise, match="smic_horaire"):
        exercise_file.exercise_named("cout_heure_chargee").draw(1, {})


def test_the_example_of_the_guide_is_a_good_exercise() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "exercices.md").read_text(encoding="utf-8")
    written = guide.split("```yaml\n")[1].split("```")[0]
    made = verified(written, "guide", outside_figures(date(2026, 7, 1)))
    assert len(made.mistakes) == 2
    assert all(f"`{name}`" in guide for name in outside_figures(date(2026, 7, 1)))
