"""Money is whole cents (`int64`); a rate is whole parts per million; no float ever decides who gets a cent.

Euros exist only in the files people edit and on screens: `declare.unit` brings them in, `words.euros` lets them out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

Cents = npt.NDArray[np.int64]
"""Whole cents. The last axis is the member when there is one; leading axes are replicates."""

Turns = int | npt.NDArray[np.int64]
"""Number of the month: one for all, or one for each total."""

WHOLE = 1_000_000
"""One hundred per cent, in parts per million."""

_LIMIT, _SHORT = 2**62, 2**31
_BLOCK = 2**15
"""Numbers worked on at once: 256 kB."""


def part_of(amount: npt.ArrayLike, rate: npt.ArrayLike) -> Cents:
    """Return `amount × rate`, rounded to the nearest cent, half a cent away from zero.

    Args:
        amount: cents, any shape.
        rate: parts per million, broadcast against `amount`.
    """
    return round_ratio(np.asarray(amount, np.int64) * np.asarray(rate, np.int64), WHOLE)


def round_ratio(top: npt.ArrayLike, bottom: npt.ArrayLike) -> Cents:
    """Return `top / bottom` rounded to the nearest integer, halves away from zero; `bottom` is positive."""
    top, bottom = np.asarray(top, np.int64), np.asarray(bottom, np.int64)
    return np.asarray(np.sign(top) * ((2 * np.abs(top) + bottom) // (2 * bottom)), np.int64)


def split_cents(
    total: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    turn: Turns = 0,
    if_nobody: Literal["error", "keep"] = "error",
) -> Cents:
    """Split whole cents by weights: nothing lost, nobody a cent away from the exact share (largest remainder).

    1. Everyone receives the whole cents of `total × weight / sum(weights)`.
    2. The cents left go one by one to the largest remainders.
    3. Equal remainders: the person whose turn it is first, then the next ones in the list. The turn moves with the
       month, so the odd cent goes round.

    Args:
        total: cents ≥ 0, shape `[...]`, broadcast against the leading axes of `weights`.
        weights: whole weights ≥ 0, shape `[..., N]`, any unit.
        turn: number of the month, or one for each total; person `turn mod N` is served first among equals.
        if_nobody: what to do when all weights are zero while there is money: an error, or share nothing.

    Returns:
        Cents of shape `[..., N]`; the last axis sums to `total` exactly (to zero where `if_nobody="keep"` applied).

    Raises:
        ValueError: negative total or weight, weights whose sum leaves 64 bits, or nobody to share between.
        TypeError: a float, which would be cut without a word.

    Source:
        Hamilton's method, Balinski & Young, *Fair Representation* (1982), chapter 2.

    >>> split_cents(100, [2, 2, 3])
    array([29, 28, 43])
    """
    weights, total = _whole_numbers(weights), _whole_numbers(total)
    rows = np.broadcast_shapes(total.shape, weights.shape[:-1])
    turns = turns_of(turn, len(rows))
    rows = np.broadcast_shapes(rows, turns.shape)
    total, weights = np.broadcast_to(total, rows), np.broadcast_to(weights, (*rows, weights.shape[-1]))
    if total.min(initial=0) < 0 or weights.min(initial=0) < 0:
        raise ValueError("split_cents takes no negative total and no negative weight")
    if int(weights.max(initial=0)) * weights.shape[-1] >= 2 * _LIMIT:
        raise ValueError("weights too large to be added up")
    whole = row_sums(weights)
    nobody = whole == 0
    if if_nobody == "error" and (nobody & (total > 0)).any():
        raise ValueError("nobody to share between: every weight is zero")
    total = np.where(nobody, 0, total)
    return _largest_remainders(total, weights, np.where(nobody, 1, whole), np.broadcast_to(turns, rows))


def turns_of(turn: Turns, axes: int) -> npt.NDArray[np.int64]:
    """Return the number of the month with as many axes as totals: its own axes are the first ones."""
    turns = np.asarray(turn)
    return turns.reshape(turns.shape + (1,) * (axes - turns.ndim)) if turns.ndim else turns


def row_sums(values: Cents) -> Cents:
    """Return the sum over the last axis, exact; three times quicker than `sum(-1)` on rows as short as ours."""
    return np.asarray(np.einsum("...i->...", values) if values.dtype != object else values.sum(-1))


def _whole_numbers(values: npt.ArrayLike) -> Cents:
    """Return an int64 array, refusing floats."""
    array = np.asarray(values)
    if array.size and array.dtype.kind not in "iub":
        raise TypeError("split_cents takes whole numbers: no float decides who gets a cent")
    return array.astype(np.int64, copy=False)


def _largest_remainders(total: Cents, weights: Cents, whole: Cents, turn: Cents) -> Cents:
    """Do steps 1 to 3 of `split_cents`, on checked arguments; Python integers where 64 bits could overflow.

    Rows with nothing to share, such as the orders that a month does not have, are left aside when they are many.
    """
    count, shares = weights.shape[-1], np.zeros(weights.shape, np.int64)
    if not shares.size:
        return shares
    if int(whole.max(initial=1)) * max(int(total.max(initial=0)), count) >= _LIMIT:
        total, weights, whole = (each.astype(object) for each in (total, weights, whole))
    rows, total, whole, turn = weights.reshape(-1, count), total.reshape(-1), whole.reshape(-1), turn.reshape(-1)
    busy = np.flatnonzero(total)
    if 2 * len(busy) > len(total):
        return _by_blocks(total, rows, whole, turn).reshape(weights.shape)
    shares.reshape(-1, count)[busy] = _by_blocks(total[busy], rows[busy], whole[busy], turn[busy])
    return shares


def _by_blocks(total: Cents, weights: Cents, whole: Cents, turn: Cents) -> Cents:
    """Split totals `[R]` by blocks that stay in the processor's own memory: many replicates cost half as much."""
    shares, size = np.empty(weights.shape, np.int64), _BLOCK // max(weights.shape[-1], 1) + 1
    for start in range(0, len(weights), size):
        block = slice(start, start + size)
        shares[block] = _split_rows(total[block], weights[block], whole[block], turn[block])
    return shares


def _split_rows(total: Cents, weights: Cents, whole: Cents, turn: Cents) -> Cents:
    """Split totals `[R]` by weights `[R, N]` whose sums are `whole`."""
    rest = total[:, None] * weights
    share = _quotient(rest, whole[:, None])
    rest -= share * whole[:, None]
    left = (total - row_sums(share)).astype(np.int64)
    some = np.flatnonzero(left)
    if 2 * len(some) > len(left):
        share += _odd_cents(rest, left, turn)
    else:  # orders with one finder, round amounts: little is left, little to sort
        share[some] += _odd_cents(rest[some], left[some], turn[some])
    return share


def _quotient(top: Cents, bottom: Cents) -> Cents:
    """Return `top // bottom`, both ≥ 0. Under 2**53 the floor of a float division is exact, and twice as quick.

    A quotient that is not whole is at least `1 / bottom` away from the next whole number, and the float is nearer to
    the truth than that.
    """
    if top.dtype == object or int(top.max(initial=0)) >= 2**53 or int(bottom.max(initial=1)) >= 2**53:
        return np.asarray(top // bottom)
    exact = top.astype(np.float64)
    exact /= bottom.astype(np.float64)
    return np.floor(exact, out=exact).astype(np.int64)


def _odd_cents(rest: Cents, left: Cents, turn: Cents) -> npt.NDArray[np.bool_]:
    """Tell who gets one more cent, `[R, N]`: the `left` largest remainders, equal ones by turn."""
    count, beyond = rest.shape[-1], _LIMIT
    if rest.dtype != object and count * (int(rest.max(initial=0)) + 1) < _SHORT:
        rest, beyond = rest.astype(np.int32), _SHORT - 1  # half as long to sort
    # One number that sorts by remainder, then by turn: unique in its row, so a threshold tells who gets a cent.
    key = rest * count
    key += _places(count).astype(key.dtype).take(turn % count, 0)
    last = np.sort(key, -1)[np.arange(len(key)), np.minimum(count - left, count - 1)]
    return np.asarray(key >= np.where(left > 0, last, key.dtype.type(beyond))[:, None])


@lru_cache(maxsize=64)
def _places(count: int) -> Cents:
    """Return, for each turn, the rank of each person from the end: the one whose turn it is has the highest."""
    people = np.arange(count)
    return count - 1 - (people - people[:, None]) % count
