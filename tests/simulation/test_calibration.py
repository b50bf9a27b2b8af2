"""Calibration: it recovers known truths, agrees with the whole simulator, and its verdict on 2019 is told as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kpa_model.files.book.book_reader import read_book
from kpa_model.money import WHOLE
from kpa_model.randomness import BLOCK
from kpa_model.simulation.calibration import published
from kpa_model.simulation.calibration.abc import calibrate, table
from kpa_model.simulation.calibration.moulins import (
    CLOCK,
    KEEP,
    ROWS,
    calibrate_moulins,
    facts_of_2018,
    look_at_2018,
)
from kpa_model.simulation.calibration.own import ShortBook, calibrate_book, facts_of, look
from kpa_model.simulation.calibration.reduced import PRIORS, Clock, Prior, simulate, without
from kpa_model.simulation.months.worked import draw
from kpa_model.simulation.weather.scenario import USUAL_SEASONS, Pole, Scenario
from kpa_model.story.years import facts as facts_told
from tests.simulation.coverage import coverages

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def report():
    return calibrate_moulins(rows=100_000, keep=800)


def test_what_is_kept_of_the_published_figures_is_what_the_calculation_says():
    """When the calculation changes on purpose: `published.write()`, then read the differences."""
    kept, done = published.published(), published.said_by(calibrate_moulins())
    assert facts_told.posterior_rows(kept.whole) == facts_told.posterior_rows(done.whole)
    assert facts_told.left_out_rows(kept.left_out) == facts_told.left_out_rows(done.left_out)
    told = [facts_told.prediction_told(each.prediction, each.simple) for each in (kept, done)]
    assert told[0] == told[1]


def test_the_published_figures_tell_who_comes_and_who_leaves(report):
    assert report.posterior.told("arrivals") == "yes"
    assert report.posterior.told("leaving") == "yes"
    assert 1.2 < report.posterior.quantile("arrivals", 0.5) < 2.6
    assert 0.03 < report.posterior.quantile("leaving", 0.5) < 0.09


@pytest.mark.parametrize("name", ["orders", "amount", "regularity", "founders"])
def test_the_published_figures_do_not_tell_orders_from_amounts(report, name):
    assert report.posterior.told(name) == "no"


def test_but_they_tell_their_product(report):
    """Sales a month: known much better than orders or amounts."""
    values, weights = report.posterior.values, report.posterior.weights
    months = sum(CLOCK.seasons[:7])
    each = np.log(months * (values["orders"] * values["amount"] + values["large"] * values["large_amount"]))
    centre = (weights * each).sum()
    width = np.sqrt((weights * (each - centre) ** 2).sum())
    assert width < 0.6 * np.std(np.log(PRIORS[0].draw(np.random.default_rng(1).random(9_999))))


def test_2019_is_predicted_only_with_growth_and_large_orders(report):
    """Reported as it is: inside the 90 % interval with growth and large orders, near its edge; outside without."""
    assert report.prediction.inside
    assert 0.03 < report.prediction.chance < 0.10
    assert not report.simple.inside
    assert report.simple.chance < 0.05


def test_each_fact_left_aside_is_predicted_by_the_others(report):
    """Reported as it is: all four are inside; the sales of 2018, expected far higher by the others, near the edge."""
    found = dict(report.left_out)
    assert [each.observed for each in found.values()] == pytest.approx([19_460, 30, 20, 11_060])
    assert all(each.low < each.middle < each.high for each in found.values())
    later = found["Ventes du 1er janvier au 7 février 2019 (€)"]
    assert later.middle == pytest.approx(report.prediction.middle, rel=0.25)
    assert all(each.inside for each in found.values())
    assert found["Ventes de juin à décembre 2018 (€)"].middle > 30_000


def test_seeing_2019_tells_more_of_growth(report):
    assert report.whole.quantile("growth", 0.5) > report.posterior.quantile("growth", 0.5)


def test_the_method_recovers_known_truths():
    """Simulation-based calibration, quick: each 90 % interval holds the truth as often as it says, within 4 s.e."""
    known = table(PRIORS, CLOCK, look_at_2018, 40_000, 5)
    for found in coverages(known, 120, 600):
        assert abs(found.covered - 0.9) <= 4 * found.error, found.name
        assert found.distance < 2.2, found.name  # Kolmogorov: 2.2 happens once in 16 000


@pytest.mark.nightly
def test_the_method_recovers_known_truths_over_the_whole_table():
    known = table(PRIORS, CLOCK, look_at_2018, 400_000, 6)
    for found in coverages(known, 500, 1_500):
        assert abs(found.covered - 0.9) <= 4 * found.error, found.name


@pytest.mark.nightly
def test_the_whole_table_gives_what_the_quick_one_gives(report):
    whole = calibrate_moulins(ROWS, KEEP)
    for name in ("arrivals", "leaving"):
        assert whole.posterior.quantile(name, 0.5) == pytest.approx(report.posterior.quantile(name, 0.5), rel=0.2)


def test_a_method_that_forgets_the_facts_would_be_seen():
    """The check can fail: intervals half as wide do not hold the truth often enough."""
    known = table(PRIORS, CLOCK, look_at_2018, 20_000, 5)
    narrow = [replace(found, ranks=0.5 + 2 * (found.ranks - 0.5)) for found in coverages(known, 100, 400)]
    assert any(abs(found.covered - 0.9) > 4 * found.error for found in narrow)


def test_the_reduced_simulator_agrees_with_the_whole_one():
    """Sales: same mean and variance, within four standard errors computed from the samples."""
    usual = Scenario()
    demand = replace(usual.demand, enquiries=1000, regularity=400, growth=0, large=0, next_month=0, accepted=WHOLE)
    group = replace(usual.group, months=6, leaving=50_000, arrivals=150, start=8, places=60, take_off=0, renewal=WHOLE)
    pole = Pole("Traiteur", WHOLE, 200_00, 90, 0, 20_00)
    whole = replace(usual, demand=demand, group=replace(group, volunteers=WHOLE), poles=(pole,), seasons=(WHOLE,) * 12)
    drawn = [draw(whole, 21, block) for block in range(12)]
    sales = np.concatenate([np.bincount(each.orders.row, each.orders.sales, BLOCK) / 100 for each in drawn])
    here = np.concatenate([((each.people.entry <= 5) & (each.people.gone > 5)).sum(-1) for each in drawn])
    rng = np.random.default_rng(2)
    rows = {each.name: np.full(len(sales), each.low) for each in PRIORS} | {
        "orders": np.full(len(sales), 10.0), "amount": np.full(len(sales), 200 * np.exp(0.9**2 / 2)),
        "regularity": np.full(len(sales), 4.0), "growth": np.ones(len(sales)), "large": np.full(len(sales), 1e-12),
        "founders": np.full(len(sales), 8.0), "arrivals": np.full(len(sales), 1.5),
        "leaving": np.full(len(sales), 0.05),
    }  # fmt: skip
    seen = simulate(rows, Clock((1.0,) * 6, (1.0,) * 6, 6, 6.0), rng)
    other = seen["sales"].sum(0)
    for one, two in ((sales, other), (sales.astype(float) ** 2, other**2)):
        assert abs(one.mean() - two.mean()) <= 4 * np.sqrt((one.var() + two.var()) / len(one))
    # People come through the month in one, at its start in the other: half a month of leaving, at most.
    assert abs(here.mean() - seen["here"].mean()) <= 4 * np.sqrt((here.var() + seen["here"].var()) / len(here)) + 0.45


def test_a_group_can_calibrate_on_its_own_book():
    book = read_book(DATA / "tilleuls").book
    found, scenario = calibrate_book(book, Scenario(), rows=40_000)
    facts = facts_of(book, USUAL_SEASONS)
    assert found.told("orders") == "yes"
    assert found.told("amount") in ("yes", "partly")
    low, high = found.quantile("orders", 0.05), found.quantile("orders", 0.95)
    assert low * 0.7 < facts.counts.mean() < high * 1.5
    assert [pole.name for pole in scenario.poles] == list(book.poles)
    assert scenario.group.start == facts.here
    assert set(scenario.names) <= {member.name for member in book.members}
    assert scenario.customers


def test_a_book_of_three_months_is_too_short():
    book = read_book(DATA / "tilleuls").book
    early = replace(book, lines=tuple(line for line in book.lines if line.invoiced_on.isoformat() < "2025-03-01"))
    with pytest.raises(ShortBook, match="quatre mois"):
        facts_of(early, USUAL_SEASONS)


def test_own_books_recover_known_truths():
    """The same check, for what a book of a year shows."""
    clock = Clock((1.0,) * 12, tuple(each / WHOLE for each in USUAL_SEASONS), 12, 14.0)
    known = table(PRIORS, clock, look, 40_000, 9)
    for found in coverages(known, 100, 800):
        assert abs(found.covered - 0.9) <= 4 * found.error, found.name


def test_a_posterior_never_leaves_its_prior():
    known = table(PRIORS, CLOCK, look_at_2018, 20_000, 4)
    found = calibrate(known, facts_of_2018(), 400)
    for each in PRIORS:
        assert (found.values[each.name] >= each.low * (1 - 1e-9)).all()
        assert (found.values[each.name] <= each.high * (1 + 1e-9)).all()


def test_holding_a_parameter_keeps_the_others():
    held = {each.name: each for each in without(PRIORS, growth=1.0)}
    assert held["growth"] == Prior("growth", held["growth"].label, 1.0, 1.0, False)
    assert held["orders"] in PRIORS
