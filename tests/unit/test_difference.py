"""Who gains and who loses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.indicators.difference import compare

tables = st.lists(st.tuples(*[st.integers(0, 10**7)] * 3), min_size=4, max_size=4)


def test_gains_and_losses_are_summed_over_the_months():
    found = compare([[100, 200, 300], [100, 200, 300]], [[150, 100, 300], [50, 250, 300]])
    assert found.change.tolist() == [0, -50, 0]
    assert (int(found.gainers), int(found.losers)) == (0, 1)
    assert found.worse_months.tolist() == [1, 1, 0]


def test_losing_more_than_a_share_is_strict_and_exact():
    found = compare([[10000, 10000, 0]], [[9000, 8999, 0]])
    assert found.loses_more_than(100_000).tolist() == [False, True, False]
    assert found.loses_more_than(0).tolist() == [True, True, False]


def test_people_who_are_not_counted_neither_gain_nor_lose():
    found = compare([[100, 200]], [[0, 300]], [False, True])
    assert found.change.tolist() == [0, 100]
    assert (int(found.gainers), int(found.losers)) == (1, 0)


@given(tables, tables)
def test_swapping_the_rules_swaps_gains_and_losses(one, other):
    forth, back = compare(one, other), compare(other, one)
    assert forth.change.tolist() == (-back.change).tolist()
    assert (forth.gainers, forth.losers) == (back.losers, back.gainers)
    assert forth.gainers + forth.losers <= 3


def test_replicates_keep_their_leading_axes():
    before = np.zeros((5, 4, 3), np.int64)
    found = compare(before, before[0] + 1)
    assert found.change.shape == (5, 3)
    assert found.gainers.tolist() == [3] * 5


@pytest.mark.parametrize(
    ("before", "after"), [([[1, 2]], [[1, 2, 3]]), ([[1]], [[1], [1]]), ([1, 2], [1, 2]), ([[-1]], [[1]])]
)
def test_pays_that_cannot_be_compared_are_refused(before, after):
    with pytest.raises(ValueError, match=r"same months|negative"):
        compare(before, after)
