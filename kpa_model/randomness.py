"""Random numbers by purpose: one seed, one stream per block of replicates and per purpose, never one per worker.

A block of 256 replicates is the unit of drawing, and part of the contract of a seed: replicate `r` lives in block
`r // 256`, whatever the total, the workers or the chunks. Adding a draw to one purpose does not move the others: two
rules, or two scenarios, are compared under the same weather.

Arrays are drawn with the axis that may grow (slot, month) first: a longer axis appends numbers and changes none.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

BLOCK_BITS = 8
BLOCK = 1 << BLOCK_BITS
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
    ORDERS = 27
    AUDIT = 28
    SEARCH = 29


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


Bits = npt.NDArray[np.uint16]
"""Uniforms of 16 bits: 65 536 levels, enough to choose between shares told in percent, four times lighter."""

Words = npt.NDArray[np.uint64]

LEVELS = 1 << 16


def level_of(part: int, whole: int) -> int:
    """Return the level under which uniforms of 16 bits fall as often as `part / whole`, rounded up."""
    return -(-part * LEVELS // whole)


def words(seed: int, block: int, purpose: Purpose, growing: int, *shape: int) -> Words:
    """Return words of 64 random bits, `[growing, *shape]`."""
    count = growing * int(np.prod(shape))
    return np.asarray(stream(seed, block, purpose).bit_generator.random_raw(count)).reshape(growing, *shape)


def levels(seed: int, block: int, purpose: Purpose, growing: int, *shape: int) -> Bits:
    """Return uniforms of 16 bits, `[growing, *shape]`; the size of `shape` is a multiple of four, as a block is."""
    return fields_of(words(seed, block, purpose, growing, int(np.prod(shape)) // 4), 0).reshape(growing, *shape)


def words_after(start: Words, rank: npt.ArrayLike) -> Words:
    """Return the word of some rank (0, 1, 2…) in the stream that starts from each word; broadcast.

    The stream is SplitMix64: a word is a bijection of its start that mixes every bit.

    Source:
        G. Steele, D. Lea & C. Flood, "Fast splittable pseudorandom number generators", OOPSLA (2014).
    """
    ranks = np.atleast_1d(np.asarray(rank, np.uint64))  # arrays wrap around at 2**64 without a warning
    return _mixed(start + (ranks + np.uint64(1)) * _GOLDEN)


def runs_of_words(start: Words, counts: Counts) -> Words:
    """Return the first words of streams that start from each word, so many of each, one stream after the other.

    >>> start = np.array([7, 9], np.uint64)
    >>> runs_of_words(start, np.array([2, 1])).tolist() == words_after(start[[0, 0, 1]], [0, 1, 0]).tolist()
    True
    """
    before = np.cumsum(counts) - counts
    rank = np.arange(1, int(counts.sum()) + 1, dtype=np.uint64)
    return _mixed(np.repeat(start - before.astype(np.uint64) * _GOLDEN, counts) + rank * _GOLDEN)


_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def _mixed(states: Words) -> Words:
    """Mix every bit of each state, in place and by pieces that stay in the processor's own memory."""
    flat = states.reshape(-1)
    for start in range(0, len(flat), _PIECE):
        mixed = flat[start : start + _PIECE]
        for shift, times in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed ^= mixed >> np.uint64(shift)
            mixed *= np.uint64(times)
        mixed ^= mixed >> np.uint64(31)
    return states


_PIECE = 2**14


def fields_of(words: Words, rank: int) -> Bits:
    """Return four uniforms of 16 bits for each word, `[..., 4]`; each rank gives four others, as if drawn anew.

    Rank 0 is the word itself, rank `k` the `k`-th word after it, see `words_after`.
    """
    mixed = words_after(words, rank - 1) if rank else words
    return mixed.astype("<u8", copy=False).view("<u2").reshape(*words.shape, 4)


@lru_cache(maxsize=1)
def normal_levels() -> npt.NDArray[np.float64]:
    """Return the standard normal of each of 65 536 levels, by inversion: the middle of each slice."""
    law = NormalDist()
    half = np.array([law.inv_cdf((level + 0.5) / LEVELS) for level in range(LEVELS // 2)])
    return np.concatenate([half, -half[::-1]])


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


def counts_of_months(u: Floats, means: Floats, shape: float) -> Counts:
    """Return `negative_binomial` of uniforms `[M, B]` when each month has one mean `[M]`: one table a month."""
    table = _distribution(tuple(float(mean) for mean in means), shape)
    return np.stack([np.searchsorted(row, mine, "right") for row, mine in zip(table, u, strict=True)])


@lru_cache(maxsize=64)
def _distribution(means: tuple[float, ...], shape: float) -> Floats:
    """Return the distribution function of each month, `[M, K]`, far enough for uniforms of 24 bits."""
    mean = np.array(means)[:, None]
    size = 64
    while True:
        k = np.arange(1, size)
        if shape > 1_000:
            first, ratio = np.exp(-mean), mean / k
        else:
            part = mean / (mean + shape)
            first, ratio = np.exp(shape * np.log1p(-part)), part * (shape + k - 1) / k
        chances = np.cumprod(np.concatenate([first, np.broadcast_to(ratio, (len(mean), size - 1))], 1), 1)
        reached = np.cumsum(chances, 1)
        if size >= _LONGEST or reached[:, -1].min() > 1 - 2.0**-25:
            return np.asarray(reached[:, :_LONGEST].astype(np.float32))
        size *= 2


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
