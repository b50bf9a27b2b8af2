"""Answers as people type them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kpa_model.declare.unit import Refused
from kpa_model.lessons.checking import check
from kpa_model.lessons.exercises.file import loads
from kpa_model.lessons.typed import read_typed


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("20,05", "€", ["20.05"]),
        ("20.05 €", "€", ["20.05"]),
        (" 20,05€ ", "€/personne", ["20.05"]),
        ("20,05 € HT par personne", "€/personne", ["20.05"]),
        ("1 234,5", "€", ["1234.5"]),
        ("1\u202f234,50\u00a0€", "€", ["1234.5"]),
        ("1'234.50", "€", ["1234.5"]),
        ("1.234,50", "€", ["1234.5"]),
        ("1,234.50", "€", ["1234.5"]),
        ("1.234.567", "€", ["1234567"]),
        ("1.234", "€", ["1.234", "1234"]),
        ("20 euros 5", "€", ["20.05", "20.5"]),
        ("20 euros 05", "€", ["20.05"]),
        ("20€50", "€", ["20.5"]),
        ("20 euros et 5 centimes", "€", ["20.05"]),
        ("85 centimes", "€", ["0.85"]),
        ("-50 euros 25", "€", ["-50.25"]),
        ("environ 20 €", "€", ["20"]),
        ("30 × 14 = 420 €", "€", ["420"]),
        ("20,05.", "€", ["20.05"]),
        ("70 %", "%", ["0.7"]),
        ("70%", "%", ["0.7"]),
        ("70", "%", ["0.7"]),
        ("70 pour cent", "%", ["0.7"]),
        ("0,7", "%", ["0.7", "0.007"]),
        ("2h30", "h", ["2.5"]),
        ("2 h 30 min", "h", ["2.5"]),
        ("2:30", "h", ["2.5"]),
        ("2 heures et demie", "h", ["2.5"]),
        ("2 heures et quart", "h", ["2.25"]),
        ("150 min", "h", ["2.5"]),
        ("2,5", "h", ["2.5"]),
        ("2,5 heures", "h", ["2.5"]),
        ("69 convives", "convives", ["69"]),
        ("x 3,67", "fois", ["3.67"]),
        ("367 %", "fois", ["3.67"]),
        ("٣", "€", ["3"]),
    ],
)
def test_usual_writings_are_read(text: str, unit: str, expected: list[str]) -> None:
    assert [each.value for each in read_typed(text, unit)] == [Fraction(each) for each in expected]


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("", "€", "La réponse manque."),
        ("beaucoup", "€", "n'est pas un nombre."),
        ("12 ou 13", "€", "contient plusieurs nombres."),
        ("12 %", "€", "Vous donnez un pourcentage. La question demande un montant en euros."),
        ("12 €", "%", "Vous donnez un montant en euros. La question demande un pourcentage."),
        ("12 €", "h", "La question demande une durée."),
        ("12 euros", "convives", "La question demande un nombre."),
        ("9" * 61, "€", "La réponse est trop longue."),
    ],
)
def test_what_cannot_be_read_is_said(text: str, unit: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_typed(text, unit)
    assert said in str(refused.value).replace("\u00a0", " ")


EXERCISE = """
titre: Un prix
theme: prix
texte: Un panier coûte {achat}.
grandeurs:
  achat: {de: 10, a: 30, pas: "0,25", unite: €}
  taux: {valeur: 20, unite: "%"}
question: Quel prix TTC ?
reponse: {calcul: achat * (1 + taux), unite: €}
erreurs:
  ht: {calcul: achat, phrase: C'est le HT.}
  moins: {calcul: achat * (1 - taux), phrase: La TVA s'ajoute.}
indices: [Ajoutez la TVA.]
raisonnement: ["{achat} × {1 + taux | fois} = {reponse}."]
exemple: {achat: 10, reponse: 12}
"""


def verdict(typed: str, achat: str = "16.75") -> str:
    made = loads(EXERCISE, "essai")
    drawn = next(each for each in map(made.draw, range(2000)) if each.values["achat"] == Fraction(achat))
    return check(drawn, typed).sentence.replace("\u00a0", " ")


@pytest.mark.parametrize("typed", ["20,10", "20.1 €", "20 euros 10", "20,1"])
def test_the_right_answer_is_right(typed: str) -> None:
    assert verdict(typed).startswith("C'est juste.")


def test_two_honest_readings_are_both_taken() -> None:
    assert verdict("20 euros 1").endswith("Nous lisons 20,10 €.")


def test_a_shorter_rounding_is_taken_and_said() -> None:
    assert verdict("20") == "C'est juste, en arrondissant. Plus précisément : 20,10 €."


def test_a_rounded_mistake_is_still_that_mistake() -> None:
    assert verdict("13,4") == "La TVA s'ajoute."
    assert (
        verdict("13")
        == "Ce n'est pas encore ça : votre nombre est trop petit. Relisez la question, ou prenez un indice."
    )


def test_comma_and_sign_are_told() -> None:
    assert verdict("201") == "Les chiffres sont bons. La virgule n'est pas à sa place."
    assert verdict("-20,10") == "Le nombre est bon. Son signe est à l'envers."
    assert "trop grand" in verdict("35")
