"""What can be computed by hand: means within four standard errors, computed from the law and not guessed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kpa_model.indicators.spread import gini
from kpa_model.money import WHOLE
from kpa_model.randomness import BLOCK
from kpa_model.simulation.months.play import rehearse
from kpa_model.simulation.months.staffing import POLICIES
from kpa_model.simulation.months.worked import draw
from kpa_model.simulation.weather.orders import expected_enquiries
from kpa_model.simulation.weather.scenario import Pole, Scenario

BLOCKS = 8
RUNS = BLOCKS * BLOCK


@pytest.fixture(scope="module")
def plain():
    """One pole, log-normal prices, no lead time: everything has a closed form; enough people for every job."""
    usual = Scenario()
    demand = replace(usual.demand, enquiries=900, regularity=500, growth=0, large=0, next_month=0, accepted=600_000)
    group = replace(
        usual.group, months=6, start=30, places=30, leaving=0, take_off=0, renewal=WHOLE, absent=0, arrivals=0
    )
    pole = Pole("Traiteur", WHOLE, 200_00, 50, 300_000, 20_00)
    group = replace(group, available=160 * 60)
    return replace(usual, demand=demand, group=group, poles=(pole,), seasons=(WHOLE,) * 12)


@pytest.fixture(scope="module")
def drawn(plain):
    return [draw(plain, 11, block) for block in range(BLOCKS)]


def test_expected_sales(plain, drawn):
    """Compound sum: mean `m E[X]`, variance `m E[X²] + m²/k E[X]²` for an over-dispersed count thinned by quotes."""
    mean = expected_enquiries(plain)[0] * 0.6 * 6
    one, two = 200 * np.exp(0.5**2 / 2), 200**2 * np.exp(2 * 0.5**2)
    each_month = mean / 6
    variance = 6 * (each_month * two + each_month**2 / 5 * one**2)
    sales = [np.bincount(each.orders.row, each.orders.sales, BLOCK) / 100 for each in drawn]
    assert abs(np.mean(sales) - mean * one) <= 4 * np.sqrt(variance / RUNS) + 0.01 * mean  # whole euros


def test_number_of_orders_is_a_thinned_negative_binomial(plain, drawn):
    mean, shape = 9 * 0.6, 5.0
    counts = np.concatenate([
        np.bincount(each.orders.month * BLOCK + each.orders.row, minlength=6 * BLOCK) for each in drawn
    ])  # fmt: skip
    variance = mean + mean**2 / shape
    assert abs(counts.mean() - mean) <= 4 * np.sqrt(variance / counts.size)
    fourth = ((counts - counts.mean()) ** 4).mean()
    assert abs(counts.var() - variance) <= 4 * np.sqrt((fourth - variance**2) / counts.size)


def test_offered_load(plain, drawn):
    """Hours given on jobs are orders × mean price / price of an hour, when nobody lacks."""
    months = [rehearse(weather, POLICIES["volontaires"]) for weather in drawn[:4]]
    assert not any(month.refused.any() for block in months for month in block)
    given = np.array([[month.minutes[:, 0].sum(-1) for month in block] for block in months]).transpose(0, 2, 1)
    support = plain.work.support / WHOLE
    wanted = np.array([
        np.bincount(each.orders.row, each.orders.minutes, BLOCK) for each in drawn[:4]
    ]) * (1 - support)  # fmt: skip
    # Minutes are cut to the minute below for each person on each job, twelve at most, and once for support.
    jobs = np.array([np.bincount(each.orders.row, minlength=BLOCK) for each in drawn[:4]])
    lost = wanted - given.sum(-1)
    assert (lost >= -30 * 6).all()
    assert (lost <= 12 * jobs + 30 * 6).all()


def test_people_leave_and_arrive_at_their_rates():
    usual = Scenario()
    group = replace(usual.group, start=20, places=60, leaving=50_000, take_off=0, renewal=WHOLE, absent=0, arrivals=150)
    scenario = replace(usual, group=replace(group, months=12, volunteers=WHOLE))
    people = [draw(scenario, 5, block).people for block in range(4)]
    stay = np.concatenate([(each.gone[:, :20] > 10).mean(-1) for each in people])
    expected = 0.95**10
    assert abs(stay.mean() - expected) <= 4 * np.sqrt(expected * (1 - expected) / (20 * 4 * BLOCK))
    came = np.concatenate([((each.entry >= 0) & (each.entry < 12)).sum(-1) + each.turned_away for each in people])
    assert abs(came.mean() - 18) <= 4 * np.sqrt(18 / (4 * BLOCK))


def test_gini_of_an_exponential_pay_is_one_half():
    pay = (np.random.default_rng(9).exponential(100_00, (400, 500))).astype(np.int64)
    measure = gini(pay, True)
    found = measure.top / measure.bottom
    # n persons: expected (n − 1) / (2 n); standard deviation over replicates measured, not guessed.
    assert abs(found.mean() - 499 / 1000) <= 4 * found.std() / np.sqrt(400) + 1e-4


def test_gini_of_a_uniform_pay_is_one_third():
    pay = (np.random.default_rng(8).random((400, 500)) * 100_00).astype(np.int64)
    measure = gini(pay, True)
    found = measure.top / measure.bottom
    assert abs(found.mean() - (1 / 3) * 499 / 500) <= 4 * found.std() / np.sqrt(400) + 1e-3
