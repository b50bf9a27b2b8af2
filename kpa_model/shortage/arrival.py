"""Random arrival: the exact mean of "first come, first served" over all orders of arrival.

Person `i` arriving after the group `S` receives `min(d_i, max(0, pot − sum of S))`. The mean over all orders
weighs a group of `k` people `k! (N−1−k)! / N!`. All these weights are whole multiples of `1 / lcm(1..N)`, so
the mean is a whole number over `lcm(1..N)` (27 720 for twelve people, where `12!` is 479 001 600): no float.

Two ways to the same number. Up to `LISTED` people, every group is listed, many settlements at once. Above,
groups are counted by size and amount, one settlement at a time.

Source:
    B. O'Neill, "A problem of rights arbitration from the Talmud", *Mathematical Social Sciences* 2 (1982),
    section 4; the mean is the Shapley value, L. Shapley, "A value for n-person games" (1953).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.errors import Problem, WrongRule
from kpa_model.money import Cents

LISTED = 16
"""Up to so many requests every group is listed: N × 2^(N−1) operations."""

COUNTED = 66
"""Never more requests than this: C(66, 33) is the last central binomial number that fits 64 bits."""

_CELLS = 2**27
"""Largest table of counts, one gigabyte."""

WORK = 10**8
"""Most cells looked at for all settlements asked at once: two or three seconds. Beyond, a screen would seem frozen."""

Exact = npt.NDArray[Any]
"""Numerators: int64 where 64 bits suffice, Python integers otherwise."""


def whole(people: int) -> int:
    """Return the common denominator for so many people, `lcm(1..N)`."""
    return math.lcm(*range(1, people + 1))


def weights(people: int) -> list[int]:
    """Return `whole(N) × k! (N−1−k)! / N!` for each size of group `k`: whole numbers."""
    return [whole(people) // (people * math.comb(people - 1, size)) for size in range(people)]


def mean_listed(pots: Cents, claims: Cents) -> Cents:
    """Return the mean awards of many settlements by listing every group of people.

    Args:
        pots: cents, shape `[R]`.
        claims: cents, shape `[R, N]`, N at most `LISTED`.

    Returns:
        Numerators over `whole(N)`, shape `[R, N]`.
    """
    together = max(1, 2**20 >> claims.shape[-1])
    starts = range(0, len(claims), together)
    return np.concatenate(
        [_listed(pots[start : start + together], claims[start : start + together]) for start in starts]
    )


def _listed(pots: Cents, claims: Cents) -> Cents:
    """Do `mean_listed` on few enough rows to hold all their groups in memory."""
    rows, people = claims.shape
    sums = np.zeros((rows, 1), np.int64)
    for person in range(people):
        sums = np.concatenate([sums, sums + claims[:, person, None]], -1)
    weight = np.array(weights(people), np.int64)[np.bitwise_count(np.arange(2 ** (people - 1)))]
    top = np.empty_like(claims)
    for person in range(people):  # groups are numbered in binary: keep those where this person's digit is 0
        others = sums.reshape(rows, -1, 2, 2**person)[:, :, 0].reshape(rows, -1)
        top[:, person] = np.clip(pots[:, None] - others, 0, claims[:, person, None]) @ weight
    return top


def mean_counted(pot: int, claims: Cents) -> Exact:
    """Return the mean awards of one settlement by counting groups.

    1. Count groups by size and amount, in the largest unit that divides the requests below the pot.
    2. For each different request, take that person out of the counts, size after size.
    3. Add up `weight × count × award`, in slices of bits short enough for 64 bits.

    Args:
        pot: cents. The caller gives the smaller of the pot and of what is missing: the cost grows with it.
        claims: cents > 0, shape `[N]`.

    Returns:
        Numerators over `whole(N)`, shape `[N]`, Python integers.

    Raises:
        WrongRule: more than `COUNTED` people, a table of counts beyond one gigabyte, or more than `WORK` to do.
    """
    if pot == 0:
        return np.zeros(claims.shape, object)
    people, fits, unit = len(claims), claims < pot, _unit(pot, claims)
    width = -(-pot // unit)
    bits = 62 - (width * pot).bit_length()
    kinds, which = np.unique(np.minimum(claims, pot), return_inverse=True)
    if people > COUNTED or people * width > _CELLS or bits < 1:
        raise _too_long(people)
    check([(pot, claims)])
    table = _group_counts((claims[fits] // unit).tolist(), people, width)
    together = max(1, 2**20 // width)
    parts = [kinds[start : start + together] for start in range(0, len(kinds), together)]
    top = [_without_each(table, part, pot, unit, bits) for part in parts]
    return np.asarray(np.concatenate(top)[which], object)


def check(settlements: Iterable[tuple[int, Cents]]) -> None:
    """Refuse settlements that would take too long, each a pot and the requests above zero, as for `mean_counted`.

    Raises:
        WrongRule: more than `WORK` to do for all of them.
    """
    cells = 0
    for at, (pot, claims) in enumerate(settlements):
        kinds = len(np.unique(np.minimum(claims, pot)))
        cells += len(claims) * -(-pot // _unit(pot, claims)) * kinds if pot else 0
        if cells > WORK:
            raise _too_long(len(claims), at > 0)


def _unit(pot: int, claims: Cents) -> int:
    """Return the largest amount that divides all the requests below the pot."""
    fits = claims[claims < pot]
    return int(np.gcd.reduce(fits)) if len(fits) else pot


def _group_counts(steps: list[int], people: int, width: int) -> Cents:
    """Return how many groups have each size (rows, below N) and each amount in units (columns)."""
    table = np.zeros((people, width), np.int64)
    table[0, 0] = 1
    for done, step in enumerate(steps, 1):
        table[1 : done + 1, step:] += table[: min(done, people - 1), : width - step]
    return table


def _without_each(table: Cents, kinds: Cents, pot: int, unit: int, bits: int) -> Exact:
    """Return, for each kind of request `[K]`, the weighted awards after every group without that person."""
    people, width = table.shape
    awards = np.clip(pot - unit * np.arange(width), 0, kinds[:, None])
    source = np.arange(width) - np.where(kinds < pot, kinds // unit, width)[:, None]
    inside, source = source >= 0, np.maximum(source, 0)
    counts, top = np.zeros_like(awards), np.zeros(len(kinds), object)
    for size, weight in enumerate(weights(people)):
        counts = table[size] - np.where(inside, np.take_along_axis(counts, source, -1), 0)
        for shift in range(0, math.comb(people - 1, size).bit_length(), bits):
            digits = (counts >> shift) & (2**bits - 1)
            top += np.einsum("ka,ka->k", digits, awards).astype(object) * (weight << shift)
    return top


def _too_long(people: int, several: bool = False) -> WrongRule:
    """Say that an exact count would be too long, and what to do."""
    many = ", dans beaucoup de mois à la fois" if several else ""
    return WrongRule(
        Problem(
            "Méthode « arrivee_au_hasard »",
            f"le calcul exact serait trop long pour {people} demandes{many}.",
            "Arrondissez les demandes à l'euro, ou choisissez une autre méthode, par exemple « talmud ».",
        )
    )
