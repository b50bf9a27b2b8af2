"""Inequality indices against published or hand-made values, read from `vectors.json`."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from kpa_model.indicators.spread import gini

VECTORS = {each["id"]: each for each in json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))}


@pytest.mark.parametrize("name", ["GI1", "GI2", "GI3"])
def test_gini_is_exact(name):
    pay = VECTORS[name]["input"]
    assert gini(pay, [True] * len(pay)).exact() == Fraction(VECTORS[name]["expected"])
