"""Whole cents: reading, rounding, splitting."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.money import part_of, round_ratio, split_cents

people = st.lists(st.integers(0, 10_000), min_size=1, max_size=12)


def by_fractions(total, weights, turn=0):
    """Largest remainders, with fractions and a plain sort: the oracle."""
    whole, count = sum(weights), len(weights)
    exact = [Fraction(total * weight, whole) for weight in weights]
    share = [int(each) for each in exact]
    order = sorted(range(count), key=lambda i: (share[i] - exact[i], (i - turn) % count))
    for i in order[: total - sum(share)]:
        share[i] += 1
    return share


def test_half_a_cent_goes_away_from_zero():
    assert round_ratio([5, -5, 4, -4, 15], 10).tolist() == [1, -1, 0, 0, 2]
    assert part_of([150, -150, 149], 10_000).tolist() == [2, -2, 1]


@given(st.integers(0, 10**9), people, st.integers(-50, 50))
def test_a_split_is_that_of_fractions(total, weights, turn):
    if sum(weights) == 0:
        weights[0] = 1
    assert split_cents(total, weights, turn=turn).tolist() == by_fractions(total, weights, turn)


@given(st.integers(0, 2**62), st.lists(st.integers(1, 2**50), min_size=1, max_size=6), st.integers(0, 12))
def test_amounts_beyond_64_bits_are_split_exactly_too(total, weights, turn):
    assert split_cents(total, weights, turn=turn).tolist() == by_fractions(total, weights, turn)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.tuples(*[st.integers(0, 9)] * 4)), min_size=1, max_size=8))
def test_replicates_are_split_apart(rows):
    totals, weights = np.array([total for total, _ in rows]), np.array([each for _, each in rows])
    together = split_cents(totals, weights, turn=3, if_nobody="keep")
    apart = [split_cents(*row, turn=3, if_nobody="keep") for row in zip(totals, weights, strict=True)]
    assert together.tolist() == [each.tolist() for each in apart]


@given(st.integers(0, 10**6), st.integers(1, 15))
def test_over_as_many_months_as_people_equals_get_the_same(total, count):
    year = sum(split_cents(total, [1] * count, turn=month) for month in range(count))
    assert year.tolist() == [total] * count


def test_the_odd_cent_goes_first_to_the_person_whose_turn_it_is():
    assert split_cents(100, [1, 1, 1], turn=0).tolist() == [34, 33, 33]
    assert split_cents(100, [1, 1, 1], turn=1).tolist() == [33, 34, 33]
    assert split_cents(100, [1, 1, 1], turn=5).tolist() == [33, 33, 34]


def test_with_nobody_to_share_between_one_must_choose():
    with pytest.raises(ValueError, match="nobody"):
        split_cents(100, [0, 0])
    assert split_cents(100, [0, 0], if_nobody="keep").tolist() == [0, 0]
    assert split_cents(0, [0, 0]).tolist() == [0, 0]
    assert split_cents(0, []).tolist() == []


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [1, -1])])
def test_negative_amounts_and_weights_are_refused(total, weights):
    with pytest.raises(ValueError, match="negative"):
        split_cents(total, weights)


def test_weights_whose_sum_leaves_64_bits_are_refused_rather_than_wrapped():
    with pytest.raises(ValueError, match="too large"):
        split_cents(100, [2**62, 2**62])


@pytest.mark.parametrize(("total", "weights"), [(100, [1.9, 1.1]), (99.9, [1, 1])])
def test_a_float_is_refused_rather_than_cut(total, weights):
    with pytest.raises(TypeError, match="whole numbers"):
        split_cents(total, weights)
