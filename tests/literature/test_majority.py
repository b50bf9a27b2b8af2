"""Majority judgment on published profiles, read from `vectors.json`."""

import json
from pathlib import Path

import pytest

from kpa_model.decision.majority import majority_value, ranking

VECTORS = {each["id"]: each for each in json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))}


@pytest.mark.parametrize("name", ["MJ1", "MJ2", "MJ7"])
def test_values_and_winners_are_those_of_the_tables(name):
    given, expected = VECTORS[name]["input"], VECTORS[name]["expected"]
    assert {option: [*majority_value(grades)] for option, grades in given.items()} == expected["majority_value"]
    assert [*ranking(given)[0]] == expected["winners"]


def test_the_value_of_the_example_of_the_book():
    assert [*majority_value(VECTORS["MJ8"]["input"]["grades"])] == VECTORS["MJ8"]["expected"]
