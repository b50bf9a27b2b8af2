"""One seed, one result: whatever the workers, the chunks, the total; and purposes that do not disturb one another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kpa_model.randomness import BLOCK
from kpa_model.simulation.months import worked
from kpa_model.simulation.months.staffing import POLICIES
from kpa_model.simulation.runs.executors import Serial, processes, threads
from kpa_model.simulation.runs.plan import outcomes, replay
from kpa_model.simulation.runs.run import run
from kpa_model.simulation.runs.studio import Studio
from kpa_model.simulation.weather import orders, people


@pytest.fixture(scope="module")
def expected(plan):
    return run(plan, Serial)


@pytest.mark.parametrize("make", [threads(1), threads(2), processes(2)], ids=["1 thread", "2 threads", "2 processes"])
def test_same_digest_whatever_the_workers(plan, expected, make):
    assert run(plan, make).digest() == expected.digest()


@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_same_digest_whatever_the_chunks(plan, expected, chunk):
    assert run(plan, chunk=chunk).digest() == expected.digest()


def test_drawing_once_gives_what_a_run_gives(plan, expected):
    studio = Studio(plan)
    assert studio.results().digest() == expected.digest()
    assert studio.results().digest() == expected.digest()
    studio.follow(replace(plan, rules=plan.rules[::-1]))
    assert studio.results().digest() == run(studio.plan).digest()


def test_a_look_at_the_first_histories_serves_for_all_of_them(plan):
    studio = Studio(replace(plan, replicates=BLOCK))
    assert studio.results().digest() == run(studio.plan).digest()
    first = studio.outcomes(studio.plan.cases[0])[0]
    studio.follow(replace(plan, replicates=2 * BLOCK))
    assert not studio.ready()
    assert studio.results().digest() == run(studio.plan).digest()
    assert studio.ready()
    assert studio.outcomes(studio.plan.cases[0])[0] is first
    for many in (BLOCK, 100, plan.replicates):
        studio.follow(replace(plan, replicates=many))
        assert studio.results().digest() == run(studio.plan).digest()


def test_one_rule_under_two_ways_of_choosing_has_the_same_weather(plan):
    asked = replace(plan, rules=plan.rules[:1] * 2, policies=("volontaires", "moins_d_heures"), replicates=300)
    today, other = outcomes(asked, 0)
    assert (today.paid == other.paid).all()
    assert (today.total != other.total).any()
    assert other.gini.mean() < today.gini.mean()
    found = run(asked)
    studio = Studio(replace(asked, policies=("volontaires",)))
    assert (studio.results().pairs[0]["each"], studio.results().pairs[0]["gini"]) == (0, 0)
    weather = studio._weather
    studio.follow(asked)
    assert studio.results().digest() == found.digest()
    assert studio._weather is weather
    assert asked.fingerprint() != replace(asked, policies=("volontaires",)).fingerprint()
    assert len(set(asked.titles)) == 2


def test_two_seeds_differ_and_one_repeats(plan, expected):
    assert run(replace(plan, seed=8)).digest() != expected.digest()
    assert run(plan).digest() == expected.digest()


def test_the_first_hundred_are_the_same_whatever_the_total(plan):
    few = next(outcomes(replace(plan, replicates=100), 0))
    many = next(outcomes(replace(plan, replicates=100_000), 0))
    assert len(few) == 100
    assert (few.pay == many.pay[:, :100]).all()


def test_a_replicate_can_be_played_again(plan):
    whole = next(outcomes(plan, 1))
    one = replay(plan, BLOCK + 17)[0]
    assert len(one) == 1
    assert (one.pay[:, 0] == whole.pay[:, 17]).all()
    assert one.fund[0] == whole.fund[17]


def test_replicates_vary(plan):
    seen = next(outcomes(plan, 0))
    assert seen.each.std() > 0
    assert len(np.unique(seen.sales)) > 200


def test_more_demand_keeps_the_orders_there_were(scenario):
    """Common random numbers: the same customers come, and a few more."""
    more = replace(scenario, demand=replace(scenario.demand, enquiries=scenario.demand.enquiries * 3 // 2))
    before, after = (orders.draw_orders(each, 3, 0) for each in (scenario, more))
    assert len(after) > len(before)
    assert _keys(before) <= _keys(after)


def test_a_customer_who_leaves_takes_only_its_orders(scenario):
    from kpa_model.simulation.weather.shocks import CustomerLeaves

    without = replace(scenario, shocks=(CustomerLeaves(start=3),))
    before, after = (orders.draw_orders(each, 3, 0) for each in (scenario, without))
    assert _keys(after) < _keys(before)
    early = [key for key in _keys(before) - _keys(after) if key[1] < 2]
    assert early == []


def _keys(found):
    return set(zip(found.row.tolist(), found.month.tolist(), found.sales.tolist(), found.finder.tolist(), strict=True))


@pytest.mark.parametrize("purpose", ["ABSENCE", "MEETINGS", "ARRIVALS"])
def test_one_extra_draw_in_one_purpose_leaves_the_orders_unchanged(scenario, purpose, monkeypatch):
    before = orders.draw_orders(scenario, 3, 0)
    for name in ("uniforms", "levels"):
        for module in (people, worked):
            if true := getattr(module, name, None):
                monkeypatch.setattr(module, name, _shifted(true, purpose))
    weather = worked.draw(scenario, 3, 0)
    assert (weather.orders.sales == before.sales).all()
    assert (weather.orders.paid_in == before.paid_in).all()


def _shifted(true, purpose):
    """Return a way to draw that draws one more row of a purpose, and drops the first."""

    def draw(seed, block, which, growing, *shape):
        drawn = true(seed, block, which, growing + (which.name == purpose), *shape)
        return drawn[1:] if which.name == purpose else drawn

    return draw


@pytest.mark.parametrize("policy", POLICIES)
def test_every_policy_repeats(plan, policy):
    asked = replace(plan, policies=(policy,), replicates=64)
    assert run(asked).digest() == run(asked, threads(2)).digest()
