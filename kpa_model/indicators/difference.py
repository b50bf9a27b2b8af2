"""Who gains and who loses when one rule replaces another: two arrays of pay in, arrays out.

Both arrays hold cents `[..., M, N]`: months, then people; leading axes are replicates. The two must come from
the same months and the same people, otherwise the comparison means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpa_model.money import WHOLE, Cents

Mask = npt.NDArray[np.bool_]
Count = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Difference:
    """Two pays of the same people over the same months.

    Attributes:
        before: cents over all months under the first rule, `[..., N]`.
        after: the same under the second rule.
        worse_months: number of months in which each person gets less than before, `[..., N]`.
        who: people counted, `[..., N]`; the others have zero everywhere.
    """

    before: Cents
    after: Cents
    worse_months: Count
    who: Mask

    @property
    def change(self) -> Cents:
        """Return what each person gains (positive) or loses (negative), in cents, `[..., N]`."""
        return self.after - self.before

    @property
    def gainers(self) -> Count:
        """Count the people who receive more, `[...]`."""
        return np.asarray((self.change > 0).sum(-1))

    @property
    def losers(self) -> Count:
        """Count the people who receive less, `[...]`."""
        return np.asarray((self.change < 0).sum(-1))

    def loses_more_than(self, share: int) -> Mask:
        """Tell who loses strictly more than `share` (parts per million) of what they had, `[..., N]`.

        Whoever had nothing loses nothing.
        """
        return np.asarray(-self.change * WHOLE > self.before * share)


def compare(before: npt.ArrayLike, after: npt.ArrayLike, who: npt.ArrayLike = True) -> Difference:
    """Compare two pays.

    Args:
        before: cents ≥ 0 under the first rule, `[..., M, N]`; one month is `[1, N]`.
        after: cents ≥ 0 under the second rule, same months and people.
        who: people counted, `[..., N]`; everybody unless told.

    Raises:
        ValueError: different months or people, or a negative pay.

    >>> found = compare([[10000, 20000], [10000, 20000]], [[12000, 17000], [9000, 21000]])
    >>> found.change, int(found.losers), found.loses_more_than(40_000)
    (array([ 1000, -2000]), 1, array([False,  True]))
    """
    before, after = np.asarray(before, np.int64), np.asarray(after, np.int64)
    if before.ndim < 2 or before.shape[-2:] != after.shape[-2:]:
        raise ValueError("both pays must cover the same months and the same people")
    if (before < 0).any() or (after < 0).any():
        raise ValueError("a pay cannot be negative")
    before, after = np.broadcast_arrays(before, after)
    people = (*before.shape[:-2], before.shape[-1])
    counted = np.broadcast_to(np.asarray(who, np.bool_), people)
    before, after = (np.where(counted[..., None, :], pay, 0) for pay in (before, after))
    return Difference(before.sum(-2), after.sum(-2), (after < before).sum(-2), counted)
