"""Sums on many small groups, quick because numbers stay small or stay in order; no loop, no padding."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def how_many(flags: Flags, first: bool = False) -> Ints:
    """Return how many flags are up along the last axis, or the first; there are fewer than 256 along it.

    Bytes are added up as bytes: four times quicker than `sum`, which turns each into a whole number.

    >>> how_many(np.array([[True, False, True], [False, False, True]])).tolist()
    [2, 1]
    """
    assert flags.shape[0 if first else -1] < 256
    return np.asarray(np.einsum("i...->..." if first else "...i->...", flags.view(np.uint8)), np.int64)


def groups_of(ends: Ints) -> Ints:
    """Return the group of each element, from the rank after the last element of each group, `np.cumsum(sizes)`.

    It is `np.repeat(np.arange(len(sizes)), sizes)`, five times quicker on groups of a few elements.

    >>> groups_of(np.cumsum([2, 0, 1]))
    array([0, 0, 2])
    """
    whole = int(ends[-1]) if len(ends) else 0
    return np.cumsum(np.bincount(ends, minlength=whole + 1)[:whole])


class Rows:
    """Elements sorted by row: sums before each one in its row, and over each row.

    >>> rows, values = Rows(np.array([0, 0, 2, 2, 2]), 3), np.array([5, 1, 4, 2, 7])
    >>> rows.before(values).tolist(), rows.sums(values).tolist()
    ([0, 5, 0, 4, 6], [6, 0, 13])
    """

    def __init__(self, row: Ints, rows: int) -> None:
        self.bounds = np.zeros(rows + 1, np.int64)
        np.cumsum(np.bincount(row, minlength=rows), out=self.bounds[1:])
        self.start = self.bounds.take(row)

    def before(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the sum of the values before each element in its row, exact (modulo 2**64 for `uint64`)."""
        so_far = running(values)
        return np.asarray(so_far[:-1] - so_far.take(self.start))

    def sums(self, values: npt.NDArray[Any]) -> Ints:
        """Return the sum of the values of each row, exact."""
        return np.diff(running(values).take(self.bounds))


def running(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the sum of the values before each one, then of all of them: one element more, in 64 bits."""
    so_far = np.zeros(len(values) + 1, np.uint64 if values.dtype == np.uint64 else np.int64)
    np.cumsum(values, out=so_far[1:])
    return so_far


def remainder(top: Ints, bottom: Ints) -> Ints:
    """Return `top % bottom`, for `top` ≥ 0 under 2**24 and `bottom` > 0: exact in short floats, and four times quicker.

    >>> remainder(np.array([7, 8, 9]), np.array([4, 4, 3])).tolist()
    [3, 0, 0]
    """
    high, low = top.astype(np.float32), bottom.astype(np.float32)
    return np.asarray(high - np.floor(high / low) * low, np.int64)
