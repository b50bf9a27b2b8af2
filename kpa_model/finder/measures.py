"""What a rule is worth for a group over some months: a few whole numbers, exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS, Kind
from kpa_model.finder.window import Given, Ints, Window
from kpa_model.finder.wishes import Wishes
from kpa_model.money import WHOLE

FOR_ALL = KINDS.index(Kind.COMMONS)

NEVER = 100_00
"""Times, in hundredths, when the lowest pay is zero: a hundred."""


@dataclass(frozen=True)
class Measures:
    """Amounts in cents, rates in parts per million, times in hundredths (rounded up: never said better than it is).

    Attributes:
        least: smallest pay of a person in a month.
        hour: what an hour more brings, in the middle over months and people tried.
        hour_least: the same, at worst.
        times: the largest ratio of a month.
        commons: the smallest part of the margin that the commons fund gains in a month.
        loss: the most that somebody loses against today, over all months; negative when everybody gains.
        mix: the part of the money that would have to change hands for shares to be those of the mix wished.
        overdrawn: months where more is promised than there is.
    """

    least: int
    hour: int
    hour_least: int
    times: int
    commons: int
    loss: int
    mix: int
    overdrawn: int


def measured(window: Window, given: Given, wishes: Wishes) -> Measures:
    """Return what a rule is worth."""
    paid, pay = window.paid, given.pay
    low = np.where(paid, pay, np.iinfo(np.int64).max).min(-1)
    high = np.where(paid, pay, 0).max(-1)
    some = paid.any(-1)
    ratios = np.where(low > 0, -(-high * 100 // np.maximum(low, 1)), np.where(high > 0, NEVER, 100))
    tried = given.hour[some]
    return Measures(
        least=int(low[some].min(initial=2**62)) if some.any() else 0,
        hour=round(float(np.median(tried))) if tried.size else 0,
        hour_least=int(tried.min(initial=2**62)) if tried.size else 0,
        times=min(int(ratios[some].max(initial=100)), NEVER),
        commons=_commons(window, given),
        loss=_loss(window, pay),
        mix=_from_mix(window, pay, wishes.mix) if wishes.mix else 0,
        overdrawn=int(given.overdrawn.sum()),
    )


def _commons(window: Window, given: Given) -> int:
    """Return the smallest monthly part; months without a margin ask for nothing."""
    sold = window.margin > 0
    if not sold.any():
        return WHOLE
    return int((given.common[sold] * WHOLE // window.margin[sold]).min())


def _loss(window: Window, pay: Ints) -> int:
    before, after = window.today.sum(0), pay.sum(0)
    had = before > 0
    if not had.any():
        return 0
    return int((-(-(before - after)[had] * WHOLE // before[had])).max())


def _from_mix(window: Window, pay: Ints, mix: Mapping[str, Fraction]) -> int:
    """Return the Hoover distance between what each receives over all months and the shares of the mix, ppm."""
    wished = sum(
        (_shares(month, mix) * int(each.sum()) for month, each in zip(window.months, pay, strict=True)), np.zeros(1)
    )
    total = int(pay.sum())
    return round(float(np.abs(pay.sum(0) - wished).sum()) / 2 / total * WHOLE) if total else 0


def _shares(month: Month, mix: Mapping[str, Fraction]) -> np.ndarray:
    """Return the share of each person under a mix of principles; a principle nobody has is left to equal shares."""
    paid = month.paid.astype(np.float64)
    facts = {
        "equal": paid,
        "hours": month.all_minutes * paid,
        "brought": month.order_brought.sum(-2) * paid,
        "welcome": month.minutes[FOR_ALL] * paid,
        "need": month.need * paid,
        "points": month.points * paid,
    }
    whole = sum(mix.values()) or Fraction(1)
    found = np.zeros(len(paid))
    for name, weight in mix.items():
        fact = facts[name] if facts[name].sum() else paid
        found += float(weight / whole) * fact / max(fact.sum(), 1e-9)
    return found
