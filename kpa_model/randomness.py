"""Random numbers by purpose: one seed, one stream per block of replicates and per purpose, never one per worker.

A block of 256 replicates is the unit of drawing, and part of the contract of a seed: replicate `r` lives in block
`r // 256`, whatever the total, the workers or the chunks. Adding a draw to one purpose does not move the others: two
rules, or two scenarios, are compared under the same weather.

Arrays are drawn with the axis that may grow (slot, month) first: a longer axis appends numbers and changes none.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

import numpy as np
import numpy.typing as npt

BLOCK = 256
"""Replicates in a block; part of the contract of a seed."""

_LONGEST = 5_000
"""No count goes beyond: far above what a KPA can receive in a month."""

Floats = npt.NDArray[np.floating]
Counts = npt.NDArray[np.int64]


class Purpose(IntEnum):
    """What a stream is for. Numbers are part of the contract of a seed: add at the end, never renumber, never reuse."""

    ENQUIRIES = 0
    POLE = 1
    SIZE = 2
    LARGE = 3
    ACCEPTED = 4
    KEPT = 5
    CUSTOMER = 6
    DELAY = 7
    UNPAID = 8
    LEAD_TIME = 9
    PURCHASES = 10
    FINDER = 11
    ARRIVALS = 12
    LEAVING = 13
    STATUS = 14
    ABSENCE = 15
    CHARACTER = 16
    SKILLS = 17
    MEETINGS = 18
    VOLUNTEERING = 19
    MOTIVATION = 20
    CARDS = 21
    CALIBRATION = 22
    PAST = 23
    LATE = 24
    WORKSHOP = 25
    EXERCISES = 26


def stream(seed: int, block: int, purpose: Purpose) -> np.random.Generator:
    """Return the generator of one purpose in one block.

    Source:
        C. Doty-Humphrey, SFC64 (PractRand); numpy's `SeedSequence` after M. O'Neill (2015).
    """
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(block, int(purpose)))))


def uniforms(seed: int, block: int, purpose: Purpose, growing: int, *shape: int) -> npt.NDArray[np.float32]:
    """Return uniforms in [0, 1), `[growing, *shape]`, float32: enough to choose, never to count money.

    >>> bool((uniforms(1, 0, Purpose.POLE, 2, 3) == uniforms(1, 0, Purpose.POLE, 5, 3)[:2]).all())
    True
    """
    return stream(seed, block, purpose).random((growing, *shape), dtype=np.float32)


def normals(seed: int, block: int, purpose: Purpose, growing: int, *shape: int) -> npt.NDArray[np.float32]:
    """Return standard normals, `[growing, *shape]`, float32."""
    return stream(seed, block, purpose).standard_normal((growing, *shape), dtype=np.float32)


def poisson(u: Floats, mean: npt.ArrayLike) -> Counts:
    """Return Poisson counts by inversion: the smallest `k` whose distribution function exceeds `u`.

    Inversion is monotone in the mean: with the same `u`, a larger mean never gives a smaller count.

    Args:
        u: uniforms in [0, 1), any shape.
        mean: ≥ 0, broadcast against `u`; kept under 600 so that `exp(-mean)` does not vanish.
    """
    mean = np.asarray(mean, np.float64)
    return _inverted(u, np.exp(-mean), lambda k: mean / k)


def negative_binomial(u: Floats, mean: npt.ArrayLike, shape: float) -> Counts:
    """Return over-dispersed counts by inversion: mean `m`, variance `m + m² / shape`.

    It is the Poisson count whose mean is itself gamma distributed with shape `shape`.

    Args:
        u: uniforms in [0, 1), any shape.
        mean: ≥ 0, broadcast against `u`.
        shape: > 0; small is very irregular, beyond 1 000 the Poisson law is used.

    Source:
        Johnson, Kemp & Kotz, *Univariate Discrete Distributions* (2005), section 5.1.
    """
    if shape > 1_000:
        return poisson(u, mean)
    mean = np.asarray(mean, np.float64)
    part = mean / (mean + shape)
    first = np.exp(shape * np.log1p(-part))
    return _inverted(u, first, lambda k: part * (shape + k - 1) / k)


def _inverted(u: Floats, first: Floats, ratio: Callable[[int], Floats]) -> Counts:
    """Count how many values of the distribution function are at most `u`; `p[k] = p[k−1] × ratio(k)`."""
    wanted = np.asarray(u, np.float64)
    chance = np.broadcast_to(first, np.broadcast_shapes(wanted.shape, np.shape(first))).copy()
    below = chance.copy()
    found = np.zeros(chance.shape, np.int64)
    for k in range(1, _LONGEST):
        more = wanted >= below
        if not more.any():
            break
        found += more
        chance = chance * ratio(k)
        below = below + chance
    return found
