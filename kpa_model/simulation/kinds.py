"""Pay and time cut by kind of work, as the steps of the rule weigh each kind: what does an hour of each bring?"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS
from kpa_model.pay.engine import Settlement
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import Step

Ints = npt.NDArray[np.int64]

EVERY = range(len(KINDS))

PARTS = 2**16
"""A cent is cut in so many parts: whole numbers, exact in any order."""


def weighs_kinds(step: Step) -> bool:
    """Tell whether a step pays some kinds of work more than others."""
    return len(set(step.minute_weights())) > 1


def any_weighs_kinds(rule: PayRule) -> bool:
    """Tell whether a step of the rule pays some kinds of work more than others."""
    return any(map(weighs_kinds, rule.steps))


def kinds_met(month: Month) -> list[int]:
    """Return the ranks of the kinds of work that somebody gave time to; nothing is read once all minutes are met."""
    left, met = int(month.all_minutes.sum()), list[int]()
    for kind in range(len(KINDS)):
        if left and (given := int(month.minutes[..., kind, :].sum())):
            met.append(kind)
            left -= given
    return met


def pay_by_kind(settled: Settlement, pay: Ints, kinds: Sequence[int] = EVERY) -> Ints:
    """Return pay cut by kind of work, in parts of a cent, `[B, K]`, months added up.

    1. What a step that weighs kinds gave a person is cut by her minutes of each kind, times their weights.
    2. The rest, and what she received without an hour of those kinds, is cut by all her minutes.

    Args:
        settled: one month, or several with an axis in front.
        pay: what each person received, cents `[B, N]` or `[T, B, N]`.
        kinds: those that somebody gave time to, see `kinds_met`.
    """
    minutes, rest = settled.month.minutes, pay
    parts = np.zeros((minutes.shape[-3], len(KINDS)), np.int64)
    for line in filter(lambda line: weighs_kinds(line.step), settled.lines):
        asked = line.step.minute_weights()
        weights = tuple(weight // gcd(*asked) for weight in asked)  # small, so that little is lost by rounding
        whole = np.tensordot(weights, minutes, (0, minutes.ndim - 2))
        moved = (line.after.pay - line.before.pay) * (whole > 0)
        parts += _sums(_rates(moved, whole), minutes, kinds) * weights
        rest = rest - moved
    parts += _sums(_rates(rest, settled.month.all_minutes), minutes, kinds)
    return parts


def _rates(pay: Ints, whole: Ints) -> Ints:
    """Return parts of a cent for a minute, to the part below; nothing without a minute."""
    exact = pay * float(PARTS)
    exact /= np.maximum(whole, 1)
    return np.asarray(np.floor(exact), np.int64)


def time_by_kind(settled: Settlement, kinds: Sequence[int] = EVERY) -> Ints:
    """Return the minutes of each kind given by people who could be paid, `[B, K]`, months added up."""
    paid = np.broadcast_to(settled.month.paid, settled.month.all_minutes.shape)
    return _sums(paid.astype(np.int64), settled.month.minutes, kinds)


def _sums(values: Ints, minutes: Ints, kinds: Sequence[int]) -> Ints:
    """Return the sum of values × minutes of each kind over people, and over months when there are several, `[B, K]`."""
    found = np.zeros((minutes.shape[-3], len(KINDS)), np.int64)
    for kind in kinds:
        found[:, kind] = np.einsum("bn,bn->b" if values.ndim == 2 else "tbn,tbn->b", values, minutes[..., kind, :])
    return found
