"""Published and hand-made splits in cents, read from `vectors.json`."""

import json
from pathlib import Path

import numpy as np
import pytest

from kpa_model.money import split_cents

VECTORS = {each["id"]: each for each in json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))}


@pytest.mark.parametrize("name", ["LR1", "LR2", "LR4", "LR5"])
def test_largest_remainders_are_those_of_the_tables(name):
    given = VECTORS[name]["input"]
    assert split_cents(given["total_cents"], given["weights"]).tolist() == VECTORS[name]["expected"]


def test_a_summer_cooperative_shares_equally():
    given = VECTORS["CJS1"]["input"]
    assert split_cents(given["pool_cents"], [1] * given["n"]).tolist() == VECTORS["CJS1"]["expected"]


def test_a_summer_cooperative_shares_by_presence():
    given = VECTORS["CJS2"]["input"]
    assert split_cents(given["pool_cents"], given["hours"]).tolist() == VECTORS["CJS2"]["expected"]


def test_a_summer_cooperative_mixes_three_keys():
    given = VECTORS["CJS4"]["input"]
    hours, points = np.array(given["hours"]), np.array(given["involvement"])
    keys = [np.ones(5, np.int64), hours, points]
    whole = np.lcm.reduce([key.sum() for key in keys])
    mixed = sum(key * (whole // key.sum()) for key in keys)
    assert split_cents(given["pool_cents"], mixed).tolist() == VECTORS["CJS4"]["expected"]
