"""Pay and time cut by kind of work, as the steps of the rule weigh each kind: what does an hour of each bring?"""

from __future__ import annotations

from math import gcd

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.work import KINDS
from kpa_model.pay.engine import Settlement
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import ALIKE, Step

Ints = npt.NDArray[np.int64]

PARTS = 2**16
"""A cent is cut in so many parts: whole numbers, exact in any order."""


def weighs_kinds(step: Step) -> bool:
    """Tell whether a step pays some kinds of work more than others."""
    return len(set(step.minute_weights())) > 1


def any_weighs_kinds(rule: PayRule) -> bool:
    """Tell whether a step of the rule pays some kinds of work more than others."""
    return any(map(weighs_kinds, rule.steps))


def pay_by_kind(settled: Settlement, pay: Ints) -> Ints:
    """Return pay cut by kind of work, in parts of a cent, `[B, K]`, months added up.

    1. What a step that weighs kinds gave a person is cut by her minutes of each kind, times their weights.
    2. The rest, and what she received without an hour of those kinds, is cut by all her minutes.

    Args:
        settled: one month, or several with an axis in front.
        pay: what each person received, cents `[B, N]` or `[T, B, N]`.
    """
    minutes, rest = settled.month.minutes, pay
    parts = np.zeros((minutes.shape[-3], len(KINDS)), np.int64)
    for line in filter(lambda line: weighs_kinds(line.step), settled.lines):
        asked = line.step.minute_weights()
        weights = tuple(weight // gcd(*asked) for weight in asked)  # small, so that little is lost by rounding
        whole = np.tensordot(weights, minutes, (0, minutes.ndim - 2))
        moved = (line.after.pay - line.before.pay) * (whole > 0)
        parts += _cut(moved, whole, minutes, weights)
        rest = rest - moved
    return parts + _cut(rest, settled.month.all_minutes, minutes, ALIKE)


def _cut(pay: Ints, whole: Ints, minutes: Ints, weights: tuple[int, ...]) -> Ints:
    """Cut pay by minutes times weights, whose sum is `whole`."""
    each = np.floor(pay * PARTS / np.maximum(whole, 1)).astype(np.int64)
    return np.stack([weight * _sums(each, minutes[..., at, :]) for at, weight in enumerate(weights)], -1)


def time_by_kind(settled: Settlement) -> Ints:
    """Return the minutes of each kind given by people who could be paid, `[B, K]`, months added up."""
    minutes = settled.month.minutes
    paid = np.broadcast_to(settled.month.paid, settled.month.all_minutes.shape).astype(np.int64)
    return np.stack([_sums(paid, minutes[..., kind, :]) for kind in range(len(KINDS))], -1)


def _sums(values: Ints, minutes: Ints) -> Ints:
    """Return the sum of values × minutes over people, and over months when there are several, `[B]`."""
    if not minutes.any():
        return np.zeros(minutes.shape[-2], np.int64)
    return np.asarray(np.einsum("bn,bn->b" if minutes.ndim == 2 else "tbn,tbn->b", values, minutes))
