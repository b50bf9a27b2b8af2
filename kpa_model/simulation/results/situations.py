"""People by situation, never by name: who has just come, who gives few or many hours, whose work is not invoiced.

Two rules are compared on the same people, those that the first rule saw: the situation is a cause, not an effect.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.work import KINDS, Kind
from kpa_model.simulation.results.outcome import Flags, Ints, Outcome

SITUATIONS = ("recent", "few", "many", "unseen")
"""Just arrived; the quarter who gives the fewest hours a month; the most; whose hours are the least invoiced."""

QUARTER = 4

Places = tuple[Ints, ...]
"""Ranks of months, replicates and people, one of each for each person-month."""


def quarters_of(seen: Outcome) -> Flags:
    """Return who is in each situation but the first, `[3, R, N]`.

    A quarter of the people who worked and could be paid, rounded down, at least one; equal ones in listed order.
    """
    kinds, months = seen.hours, seen.person_months
    whole = kinds.sum(1)
    known = (whole > 0) & (months > 0)
    many = np.maximum(known.sum(-1) // QUARTER, 1)
    rate = whole / np.maximum(months, 1)
    unseen = (whole - kinds[:, KINDS.index(Kind.JOB)]) / np.maximum(whole, 1)
    return np.stack([_first(key, known, many) for key in (rate, -rate, -unseen)])


def _first(key: npt.NDArray[np.float64], known: Flags, many: Ints) -> Flags:
    """Return the `many` people known that have the smallest keys, `[R, N]`."""
    order = np.where(known, key, np.inf).argsort(-1, kind="stable")
    chosen = np.zeros(known.shape, np.bool_)
    np.put_along_axis(chosen, order, np.arange(known.shape[-1]) < many[:, None], -1)
    return chosen & known


def situations_compared(before: Outcome, after: Outcome, floor: int) -> dict[str, npt.ArrayLike]:
    """Return sums over replicates for each of `SITUATIONS`, `[S]`; see `tally.paired_of`.

    Args:
        before, after: the same people under two rules.
        floor: amount under which a month is too low, cents.
    """
    who, fresh, rows = quarters_of(before), np.nonzero(before.recent), len(before)
    count = np.stack([np.bincount(fresh[1], minlength=rows), *(before.person_months * who).sum(-1)])  # [S, R]
    cents, under = zip(*(_under_one(seen, fresh, who, floor) for seen in (before, after)), strict=True)
    there = np.maximum(count, 1)
    each = [paid // there for paid in cents]
    moved = each[1] - each[0]
    return {
        "situation": moved.sum(-1),
        "situation_squared": (moved**2).sum(-1),
        "situation_there": (count > 0).sum(-1),
        "situation_months": count.sum(-1),
        "situation_before": each[0].sum(-1),
        "situation_under": np.stack([low.sum(-1) for low in under]),
        "situation_by_month": _by_month(after.pay - before.pay, fresh, who),
    }


def _under_one(seen: Outcome, fresh: Places, who: Flags, floor: int) -> tuple[Ints, Ints]:
    """Return what each situation received, cents, and its months under the floor, `[S, R]` each."""
    pay = seen.pay[fresh]
    cents = [_sum(fresh[1], pay, len(seen)), *(seen.total * who).sum(-1)]
    under = [_sum(fresh[1], pay < floor, len(seen)), *(seen.under * who).sum(-1)]
    return np.stack(cents), np.stack(under)


def _by_month(moved: Ints, fresh: Places, who: Flags) -> Ints:
    """Return what each situation gains or loses each month, cents over all replicates, `[S, M]`.

    Products of whole floats under 2**53 are exact, and many times quicker than those of integers.
    """
    flat = moved.reshape(len(moved), -1).astype(np.float64)
    each = flat @ who.reshape(len(who), -1).T.astype(np.float64)
    return np.stack([_sum(fresh[0], moved[fresh], len(moved)), *each.T.astype(np.int64)])


def _sum(places: Ints, values: npt.NDArray[np.generic], size: int) -> Ints:
    """Return the sum of the values of each place, exact under 2**53."""
    return np.bincount(places, values.astype(np.float64), size).astype(np.int64)
