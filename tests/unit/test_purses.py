"""Purses: the pot pays what the others receive."""

from __future__ import annotations

import numpy as np
import pytest

from kpa_model.cooperative.month import Month
from kpa_model.pay.purses import Move, Purses


def opened() -> Purses:
    month = Month.of(["Awa", "Bruno"], sales=1000, carried=-100, fund=50, reserve=20, saved=[5, 0], owed=[0, 7])
    return Purses.opening(month)


def test_a_month_opens_with_its_sales_and_what_was_carried() -> None:
    now = opened()
    assert (now.pot, now.fund, now.reserve) == (900, 50, 20)
    assert now.saved.tolist() == [5, 0]
    assert now.owed.tolist() == [0, 7]
    assert not now.pay.any()


def test_the_pot_pays_what_the_others_receive() -> None:
    then = opened().after(Move(fund=np.int64(100), pay=np.array([200, 50]), reserve=np.int64(-20)))
    assert (then.pot, then.fund, then.reserve) == (900 - 100 - 250 + 20, 150, 0)
    assert then.pay.tolist() == [200, 50]


def test_all_money_counts_and_what_is_owed_is_not_money() -> None:
    now = opened()
    assert now.total() == 900 + 50 + 20 + 5
    assert now.after(Move(owed=np.array([30, 0]))).total() == now.total()


def test_an_overdrawn_pot_leaves_nothing_to_share() -> None:
    then = opened().after(Move(costs=np.int64(2000)))
    assert then.pot == -1100
    assert then.left == 0


def test_a_move_of_nothing_changes_nothing() -> None:
    now = opened()
    assert now.after(Move()).pot == now.pot


@pytest.mark.parametrize("amount", [np.array([0.5, 1.0]), np.array([True, False]), np.array([1, 2], np.int32)])
def test_a_move_takes_whole_cents_only(amount) -> None:
    with pytest.raises(TypeError, match="int64"):
        Move(pay=amount)


def test_replicates_may_be_in_one_purse_only() -> None:
    then = opened().after(Move(fund=np.array([10, 20, 30])))
    assert then.pot.tolist() == [890, 880, 870]
    assert then.total().tolist() == [975, 975, 975]
