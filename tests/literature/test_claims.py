"""The claims problems of the literature, read from `vectors.json`; amounts there are in euros."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from kpa_model.shortage import claims

VECTORS = {each["id"]: each for each in json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))}
RULES = {
    "proportional": claims.proportional,
    "cea": claims.equal_awards,
    "cel": claims.equal_losses,
    "talmud": claims.talmud,
    "random_arrival": claims.random_arrival,
}
NAMES = ["CL1", "CL2", "CL3", "CL5", "CL6", "A9-proportional", "A9-talmud", "A9-arrival"]


@pytest.mark.parametrize("name", NAMES)
def test_awards_are_those_of_the_tables(name):
    vector = VECTORS[name]
    asked = [100 * claim for claim in vector["input"]["claims"]]
    awards = RULES[vector["algorithm"]](100 * vector["input"]["estate"], asked).tolist()
    expected = vector["expected"]
    exact = expected["exact"] if isinstance(expected, dict) else expected
    assert sum(awards) == 100 * vector["input"]["estate"]
    assert all(abs(award - 100 * Fraction(share)) < 1 for award, share in zip(awards, exact, strict=True))
    if isinstance(expected, dict):
        assert awards == expected["cents"]
