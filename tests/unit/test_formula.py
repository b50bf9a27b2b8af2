"""Formulas of exercises: exact, safe, told in French when wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kpa_model.declare.unit import Refused
from kpa_model.lessons.formula import Formula, read, round_half_up
from kpa_model.lessons.measure import dimension, dimension_name, shown

VALUES = {"achats": Fraction(126), "heures": Fraction(20), "taux": Fraction(1, 4)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 × 3", "7"),
        ("(1 + 2) × 3", "9"),
        ("10 − 4 − 3", "3"),
        ("12 ÷ 3 ÷ 2", "2"),
        ("12 : 3 / 2", "2"),
        ("−2 × −3", "6"),
        ("1,5 + 0.5", "2"),
        ("20 % × 50", "10"),
        ("achats / (1 - taux)", "168"),
        ("arrondi(2,345 ; 2)", "2.35"),
        ("arrondi(−2,5)", "-3"),
        ("plafond(68,18)", "69"),
        ("plancher(68,98)", "68"),
        ("min(achats ; heures ; 3)", "3"),
        ("max(achats ; heures)", "126"),
        ("1 / 3 * 3", "1"),
    ],
)
def test_a_formula_is_exact(text: str, expected: str) -> None:
    assert read(text).value(VALUES) == Fraction(expected)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "un nombre ou une grandeur manque."),
        ("1 +", "un nombre ou une grandeur manque."),
        ("(1 + 2", "une parenthèse n'est pas fermée."),
        ("1 + 2)", "« ) » est en trop."),
        ("2 3", "« 3 » est en trop."),
        ("arondi(2)", "la fonction « arondi » n'existe pas."),
        ("min(2)", "la fonction « min » n'a pas le bon nombre de valeurs."),
        ("2 ** 9", "un nombre ou une grandeur manque."),
        ("__import__('os')", "« 'os') » n'est pas compris."),
        ("a.b", "« .b » n'est pas compris."),
        ("x = 2", "« = 2 » n'est pas compris."),
        ("[1]", "« [1] » n'est pas compris."),
        ("1" * 301, "la formule est trop longue."),
        ("(" * 40 + "1" + ")" * 40, "elle a trop de parenthèses."),
        ("-" * 2 + "(" * 25 + "1" + ")" * 25, "elle a trop de parenthèses."),
    ],
)
def test_what_is_wrong_is_said(text: str, what: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.what == what
    assert refused.value.todo.endswith((".", "?"))


def test_many_signs_do_not_break_the_reader() -> None:
    with pytest.raises(Refused):
        read("-" * 290 + "1" + "(")


def units(text: str) -> str:
    known = {"prix": "€/personne", "personnes": "personnes", "taux": "%", "heures": "h", "cout": "€/h", "total": "€"}
    return dimension_name(read(text).dimension({name: dimension(unit) for name, unit in known.items()}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("prix × personnes", "des €"),
        ("heures × cout + total", "des €"),
        ("total / personnes", "des € par personne"),
        ("total × (1 + taux)", "des €"),
        ("plafond(total / prix)", "des personne"),
        ("total / total", "un nombre sans unité"),
        ("1 / heures", "un nombre par heure"),
        ("max(total ; prix × personnes)", "des €"),
    ],
)
def test_units_follow_the_calculation(text: str, expected: str) -> None:
    assert units(text) == expected


@pytest.mark.parametrize("text", ["total + heures", "min(total ; personnes)", "total − taux"])
def test_different_things_are_not_added(text: str) -> None:
    with pytest.raises(Refused, match="elle ajoute ou compare"):
        units(text)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("14", "€", "14 €"),
        ("14.5", "€/personne", "14,50 € par personne"),
        ("17.911", "€/h", "17,91 € par heure"),
        ("0.115", "%", "11,5 %"),
        ("2.5", "h", "2 h 30"),
        ("0", "h", "0 h"),
        ("1", "personnes", "1 personne"),
        ("69", "convives", "69 convives"),
        ("3.666", "fois", "3,67"),
        ("-12", "€", "−12 €"),
        ("1", "plateaux", "1 plateau"),
        ("28", "mois", "28 mois"),
    ],
)
def test_a_value_is_written_in_french(value: str, unit: str, expected: str) -> None:
    assert shown(Fraction(value), unit).replace("\u00a0", " ") == expected


def test_halves_go_away_from_zero() -> None:
    halves = [Fraction(5, 2), Fraction(-5, 2), Fraction(1, 3)]
    assert [round_half_up(each) for each in halves] == [3, -3, 0]


def test_a_formula_tells_the_names_it_uses() -> None:
    made = read("achats + heures × 2")
    assert isinstance(made, Formula)
    assert made.names == {"achats", "heures"}
