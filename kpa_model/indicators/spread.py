"""How far apart the pays are: smallest, largest, ratio, euros per hour, inequality. Exact until displayed.

Every function takes pay in cents `[..., N]` and the people counted `who`, a mask with the same last axis:
people are counted because the mask names them, not because they worked. It returns a `Measure`, an exact
fraction for each leading index. A fraction whose bottom is zero *has no value*: nobody is counted, the total is
zero, or the smallest pay is zero. It is then `None`, or `nan` among floats, never zero and never infinite. The screen
must say so in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from kpa_model.money import Cents, round_ratio

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Measure:
    """An exact value for each leading index: `top / bottom`, with no value where `bottom` is zero."""

    top: npt.NDArray[np.int64]
    bottom: npt.NDArray[np.int64]

    @property
    def known(self) -> Mask:
        """Tell where there is a value."""
        return np.asarray(self.bottom != 0)

    def exact(self, *index: int) -> Fraction | None:
        """Return one value as a fraction, or None where it has none; no index for a single value."""
        top, bottom = self.top[index], self.bottom[index]
        return Fraction(int(top), int(bottom)) if bottom else None

    def rounded(self, *, otherwise: int) -> Cents:
        """Return the nearest whole numbers (halves away from zero), `otherwise` where there is no value."""
        return np.where(self.known, round_ratio(self.top, np.where(self.known, self.bottom, 1)), otherwise)


def smallest(pay: npt.ArrayLike, who: npt.ArrayLike) -> Measure:
    """Return the smallest pay among those counted, in cents."""
    pay, who = _checked(pay, who)
    return _measure(np.where(who, pay, np.iinfo(np.int64).max).min(-1, initial=2**62), who.any(-1))


def largest(pay: npt.ArrayLike, who: npt.ArrayLike) -> Measure:
    """Return the largest pay among those counted, in cents."""
    pay, who = _checked(pay, who)
    return _measure(pay.max(-1, initial=0), who.any(-1))


def median(pay: npt.ArrayLike, who: npt.ArrayLike) -> Measure:
    """Return the middle pay, in cents: half receive less, half more (mean of the two middles when even).

    >>> median([10000, 30000, 20000, 90000], [True] * 4).exact()
    Fraction(25000, 1)
    """
    pay, who = _checked(pay, who)
    count, everybody = who.sum(-1), who.shape[-1]
    if everybody == 0:
        return _measure(count, count)
    ordered = np.sort(pay, -1)  # those who are not counted hold 0 and come first
    first = everybody - count
    places = np.stack([first + (count - 1) // 2, first + count // 2], -1)
    middles = np.take_along_axis(ordered, np.clip(places, 0, everybody - 1), -1)
    return _measure(middles.sum(-1), 2 * (count > 0))


def ratio(pay: npt.ArrayLike, who: npt.ArrayLike) -> Measure:
    """Return how many times the smallest pay the largest is; no value when the smallest is zero."""
    low = smallest(pay, who)
    return _measure(largest(pay, who).top, np.where(low.known, low.top, 0))


def gini(pay: npt.ArrayLike, who: npt.ArrayLike) -> Measure:
    """Return the Gini index: 0 when all are equal, at most `(n − 1) / n` when one person has everything.

    `(2 Σ i x_i − (n + 1) Σ x) / (n Σ x)`, the pays in ascending order, `i` from 1. No value when the total is
    zero.

    Source:
        C. Gini (1914); formula as in F. Cowell, *Measuring Inequality* (2011), appendix A.

    >>> gini([100, 200, 300, 400], [True] * 4).exact()
    Fraction(1, 4)
    """
    pay, who = _checked(pay, who)
    count, total = who.sum(-1), pay.sum(-1)
    rank = np.arange(1, who.shape[-1] + 1) - (who.shape[-1] - count)[..., None]
    return _measure(2 * (rank * np.sort(pay, -1)).sum(-1) - (count + 1) * total, count * total)


def hoover(pay: npt.ArrayLike, who: npt.ArrayLike) -> Measure:
    """Return the Hoover index: the part of the total that would have to change hands for all to be equal.

    `Σ |n x − Σ x| / (2 n Σ x)`; no value when the total is zero.

    Source:
        E. Hoover, "The measurement of industrial localization", *Review of Economics and Statistics* 18
        (1936).

    >>> hoover([100, 200, 300, 400], [True] * 4).exact()
    Fraction(1, 5)
    """
    pay, who = _checked(pay, who)
    count, total = who.sum(-1), pay.sum(-1)
    gaps = np.where(who, np.abs(count[..., None] * pay - total[..., None]), 0).sum(-1)
    return _measure(gaps, 2 * count * total)


def per_hour(pay: npt.ArrayLike, minutes: npt.ArrayLike, who: npt.ArrayLike) -> Measure:
    """Return the cents per hour of each person `[..., N]`; no value without minutes, or when not counted.

    Args:
        pay: cents ≥ 0, shape `[..., N]`.
        minutes: minutes of work ≥ 0, same shape.
        who: people counted, same last axis.
    """
    pay, who = _checked(pay, who)
    worked = np.broadcast_to(np.asarray(minutes, np.int64), pay.shape)
    if (worked < 0).any():
        raise ValueError("minutes cannot be negative")
    return _measure(60 * pay, np.where(who, worked, 0))


def _checked(pay: npt.ArrayLike, who: npt.ArrayLike) -> tuple[Cents, Mask]:
    """Return pay, zero for those who are not counted, and the mask, in the same shape."""
    pay, who = np.broadcast_arrays(np.asarray(pay, np.int64), np.asarray(who, np.bool_))
    pay = np.where(who, pay, 0)
    if (pay < 0).any():
        raise ValueError("a pay cannot be negative")
    return pay, who


def _measure(top: npt.ArrayLike, bottom: npt.ArrayLike) -> Measure:
    """Build a measure whose top is zero where it has no value."""
    bottom = np.asarray(bottom, np.int64)
    return Measure(np.where(bottom != 0, np.asarray(top, np.int64), 0), bottom)
