"""The worked examples of the domain, found again by the exercises of the course."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from kpa_model.lessons.exercises.file import exercise_named
from kpa_model.lessons.exercises.parts import amount

CASES = YAML(typ="safe").load((Path(__file__).parent / "exemples.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["titre"] for case in CASES])
def test_a_worked_example_is_found_again(case: dict) -> None:
    made = exercise_named(case["exercice"])
    given = {name: amount(value, made.units[name]) for name, value in case["donne"].items()}
    values = made.completed(given, {})
    unit = made.answer.unit
    assert abs(values["reponse"] - amount(case["reponse"], unit)) <= made.answer.tolerance
    wrong = {each.name: each.formula.value(values) for each in made.mistakes}
    for name, said in case.get("erreurs", {}).items():
        assert abs(wrong[name] - amount(said, unit)) <= Fraction(1, 100), name
