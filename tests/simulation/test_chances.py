"""Chances near 0 and 1: the interval holds the truth as often as it says, and no claim is stronger than its tally."""

from __future__ import annotations

import re

import numpy as np
import pytest

from kpa_model.simulation.results.chance import chance, clustered
from kpa_model.story.years import told
from tests.contract.months import cases

TRIES = (2, 9, 50, 256, 512, 1_000, 10_000, 100_000)


@pytest.mark.parametrize("truth", [0.002, 0.01, 0.1, 0.5, 0.99, 0.998])
def test_the_interval_of_a_chance_holds_the_truth_near_its_ends_too(truth):
    """Wilson's mean coverage over many sizes is close to 95 %; alone, a size may go a little under or over."""
    rng = np.random.default_rng(5)
    sizes = (200, 256, 300, 512, 700, 1_000)
    held = [
        found.low <= truth <= found.high
        for size in sizes
        for found in (chance(int(hits), size) for hits in rng.binomial(size, truth, 700))
    ]
    assert np.mean(held) > 0.93


def test_the_interval_is_not_centred_on_what_was_seen():
    found = chance(1, 512)
    assert 0 < found.low < 1 / 512 < found.high
    assert found.high - found.value > found.value - found.low
    assert chance(0, 512).low == 0 == chance(512, 512).high - 1


@pytest.mark.parametrize("truth", [0.004, 0.03, 0.3, 0.97])
@pytest.mark.parametrize("together", [0.0, 0.5, 1.0], ids=["seuls", "un_peu_ensemble", "tout_ensemble"])
def test_months_of_one_history_that_go_together_do_not_count_twice(truth, together):
    """Months follow the draw of their history with chance `together`, else their own."""
    rng, histories, months, held = np.random.default_rng(6), 512, 24, []
    for _ in range(400):
        shared = rng.random((histories, 1)) < truth
        own = rng.random((histories, months)) < truth
        hits = np.where(rng.random((histories, months)) < together, shared, own).sum(1)
        found = clustered(int(hits.sum()), int((hits**2).sum()), histories, months)
        held.append(found.low <= truth <= found.high)
    assert np.mean(held) > 0.915


def test_a_tally_that_shows_no_spread_counts_one_try_for_each_history():
    assert clustered(0, 0, 100, 24).high == chance(0, 100).high
    assert clustered(2_400, 100 * 24**2, 100, 24).low == chance(100, 100).low


@pytest.mark.parametrize("tries", TRIES)
def test_never_more_histories_than_were_run_and_no_all_or_none_unless_it_is_so(tries):
    rng = np.random.default_rng(tries)
    tallies = {0, 1, tries // 2, tries - 1, tries, *rng.integers(0, tries + 1, cases(40)).tolist()}
    for hits in tallies:
        said = told.out_of_ten(chance(hits, tries), "a un mois bas", "ont un mois bas").replace("\u202f", "")
        out_of = int(re.match(r"Sur (\d+)", said)[1])
        assert out_of <= tries
        assert ("aucune" in said) == (hits == 0)
        assert ("toutes" in said) == (hits == tries)
        if 0 < hits < tries:
            many = int(re.search(r"simulées, (\d+)", said)[1])
            assert 0 < many < out_of
            assert abs(many / out_of - hits / tries) <= 0.5 / out_of


def test_two_histories_are_never_said_to_be_a_thousand():
    assert told.whole(0, 2, "a un mois bas", "ont un mois bas", "histoires") == (
        "Sur 2\xa0histoires simulées, aucune n'a un mois bas."
    )
    assert told.whole(1, 2, "a un mois bas", "ont un mois bas", "histoires") == (
        "Sur 2 histoires simulées, 1 a un mois bas."
    )
    assert told.whole(9_996, 10_000, "a tenu", "ont tenu") == "Sur 10\u202f000 années simulées, 9\u202f996 ont tenu."
    assert told.whole(1, 1, "a tenu", "ont tenu") == "Sur 1\xa0année simulée, une a tenu."


@pytest.mark.parametrize(("hits", "said"), [(1, "moins de 1 mois"), (23_999, "plus de 99 mois"), (24_000, "100 mois")])
def test_a_promise_kept_nearly_always_is_not_said_kept_always(hits, said):
    assert told.kept_told(chance(hits, 24_000)).startswith(said)
