"""Host contributions against the amounts worked out from the published scales, read from `vectors.json`."""

import json
from pathlib import Path

import pytest

from kpa_model.pay.cae_scale import scale

VECTORS = {each["id"]: each for each in json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))}


@pytest.mark.parametrize("name", ["CAE1", "CAE2", "CAE3", "CAE4"])
def test_opteos_takes_marginal_brackets_of_the_margin(name):
    margin = 100 * VECTORS[name]["input"]["margin"]
    assert scale("opteos").due(0, margin) == 100 * int(VECTORS[name]["expected"])


def test_astrolabe_gives_its_own_worked_example():
    vector = VECTORS["CAE-astrolabe"]
    assert scale("astrolabe").due(0, 100 * vector["input"]["sales"]) == 100 * int(vector["expected"])
