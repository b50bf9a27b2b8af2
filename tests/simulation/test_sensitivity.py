"""Sensitivity: what matters comes first, what does nothing shows nothing, and the noise is published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpa_model.simulation.sensitivity import Assumption, around, sensitivity

ENQUIRIES = Assumption("demand", "enquiries", "Demandes", 300, 900)
IDLE = Assumption("work", "asking", "Demande libre, par heure", 500, 1500)
OVERHEADS = Assumption("cash", "overheads", "Frais", 0, 3000)


@pytest.fixture(scope="module")
def short(scenario):
    return replace(scenario, group=replace(scenario.group, months=6))


def test_what_matters_comes_first_and_what_is_idle_counts_for_nothing(short, hours):
    found = sensitivity(short, hours, assumptions=(IDLE, OVERHEADS, ENQUIRIES), effort=4)
    assert found.ranking()[0] == 2
    assert found.size[0] == 0  # under the same weather, a parameter that the rule does not read moves nothing
    assert 0 < found.noise < 0.5
    assert found.rows == 4 * 4


def test_sobol_agrees_on_the_first(short, hours):
    found = sensitivity(short, hours, assumptions=(IDLE, OVERHEADS, ENQUIRIES), method="sobol", effort=16)
    assert found.ranking()[0] == 2
    assert found.size[2] > 0.6
    assert found.size[0] < 0.01


def test_fewer_replicates_make_more_noise(short, hours):
    few, many = (
        sensitivity(short, hours, assumptions=(OVERHEADS, ENQUIRIES), effort=4, replicates=number).noise
        for number in (4, 128)
    )
    assert few > many


def test_assumptions_stay_in_their_declared_range(short):
    for each in around(short):
        assert each.low < each.high
        put = each.put(short, each.high)
        assert getattr(getattr(put, each.section), each.attribute) == each.high
