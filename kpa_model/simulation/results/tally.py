"""Results of any number of replicates in a fixed amount of memory: whole numbers that add up.

Every result is a count or a sum of whole numbers, in histograms on fixed grids. Adding is exact in any order: the
result is the same to the last bit whatever the workers, the chunks, and which finished first. What falls beyond a grid
is counted in its last cell, and a quantile that would fall there is refused rather than guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpa_model.errors import KpaError, Problem
from kpa_model.simulation.results.outcome import Outcome
from kpa_model.simulation.results.situations import situations_compared

Ints = npt.NDArray[np.int64]


class OffTheGrid(KpaError):
    """A quantile falls where amounts are only known to be very large."""


@dataclass(frozen=True)
class Bins:
    """Cells of `width` cents from zero; one more cell holds everything beyond."""

    width: int
    cells: int

    def cell(self, values: npt.ArrayLike) -> Ints:
        """Return the cell of each value ≥ 0."""
        return np.minimum(np.asarray(values, np.int64) // self.width, self.cells)

    def count(self, values: npt.ArrayLike) -> Ints:
        """Return the histogram of values of any shape, `[cells + 1]`."""
        return np.bincount(self.cell(values).ravel(), minlength=self.cells + 1)

    def count_by(self, group: npt.ArrayLike, groups: int, values: npt.ArrayLike) -> Ints:
        """Return one histogram per group, `[groups, cells + 1]`; `group` has the shape of `values`."""
        return self.count_cells(np.asarray(group, np.int64) * self.size + self.cell(values), groups)

    def count_cells(self, places: Ints, groups: int) -> Ints:
        """Return one histogram per group, `[groups, size]`, from group × size + cell."""
        return np.bincount(places.ravel(), minlength=groups * self.size).reshape(groups, self.size)

    @property
    def size(self) -> int:
        """Cells of a histogram, the one for everything beyond included."""
        return self.cells + 1

    def quantile(self, histogram: Ints, part: float) -> Ints:
        """Return the middle of the cell that holds each quantile, in cents, `histogram.shape[:-1]`; −1 where empty.

        Raises:
            OffTheGrid: a quantile falls beyond the grid.
        """
        reached = histogram.cumsum(-1)
        whole = reached[..., -1:]
        cell = (reached < np.maximum(np.ceil(part * whole), 1)).sum(-1)
        if ((cell >= self.cells) & (whole[..., 0] > 0)).any():
            limit = f"{self.width * self.cells // 100} €"
            raise OffTheGrid(Problem("Résultats", f"un montant dépasse {limit}.", "Vérifiez les prix du scénario."))
        return np.where(whole[..., 0] > 0, cell * self.width + self.width // 2, -1)


PAY = Bins(5_00, 800)
"""Pay of a month: 5 € cells up to 4 000 €."""

PURSE = Bins(50_00, 2_000)
"""Fund and reserve: 50 € cells up to 100 000 €."""

MONTHS = Bins(1, 60)
"""A number of months, or the rank of a month."""

INDEX = Bins(1, 1_001)
"""An index in thousandths."""


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums over replicates, by name. See `tally_of` for the names and shapes."""

    sums: Mapping[str, Ints]

    def __add__(self, other: Tally) -> Tally:
        """Return both together; exact, so that the order never matters."""
        return Tally({name: self.sums[name] + other.sums[name] for name in self.sums})

    def __getitem__(self, name: str) -> Ints:
        return self.sums[name]

    @property
    def replicates(self) -> int:
        """How many replicates are inside."""
        return int(self.sums["replicates"])

    def digest(self) -> str:
        """Return a SHA-256 of every number: equal digests mean equal results."""
        found = hashlib.sha256()
        for name in sorted(self.sums):
            array = np.ascontiguousarray(self.sums[name], np.int64)
            found.update(f"{name}{array.shape}".encode() + array.astype("<i8").tobytes())
        return found.hexdigest()


def tally_of(seen: Outcome) -> Tally:
    """Return the sums of one block. M months, N people, Q promises, K kinds of hours.

    Names:
        replicates; pay_by_month `[M, cells]` and mean_by_month `[M, cells]` (a person's month; the group's mean month);
        pay_by_member `[N, cells]`, worst `[N, cells]`, pay `[N]`, person_months `[N]`, under `[N]`;
        years, some_under, most_under; kept `[Q, M]`, always_kept `[Q]`; dry `[M]`, ever_dry; short `[M]`, ever_short;
        advanced `[cells]`, short_months `[61]`, short_from `[61]`: among replicates in which the till is short, the
        most that is missing, how many months, the rank of the first one;
        fund, reserve `[cells]`; owed; hour_cents `[K]`, hour_minutes `[K]`; gini `[1002]`; refused; turned_away;
        some_under_squared, most_under_squared, kept_squared `[Q]`: squares of what one replicate counts;
        each, each_squared, sales, sales_squared, fund_sum, fund_squared (sums over replicates, for half-widths).
    """
    sums = {**_amounts(seen), **_promises(seen), **_moments(seen), "replicates": len(seen)}
    for name in ("hour_cents", "hour_minutes", "under"):
        sums[name] = getattr(seen, name).sum(0)
    for name in ("owed", "refused", "turned_away"):
        sums[name] = getattr(seen, name).sum()
    return Tally({name: np.asarray(value, np.int64) for name, value in sums.items()})


def _amounts(seen: Outcome) -> dict[str, npt.ArrayLike]:
    """Return the histograms, and sums of pay per person."""
    months, replicates, people = seen.pay.shape
    worst, cell = seen.worst, PAY.cell(seen.pay * seen.paid)
    by_month = PAY.count_cells(cell + (np.arange(months) * PAY.size)[:, None, None], months)
    by_member = PAY.count_cells(cell + np.arange(people) * PAY.size, people)
    # Who could not receive was counted at nothing.
    by_month[:, 0] -= replicates * people - seen.people.sum(-1)
    by_member[:, 0] -= replicates * months - seen.person_months.sum(0)
    known = np.nonzero(worst >= 0)
    group = seen.given // np.maximum(seen.people, 1)
    number = np.broadcast_to(np.arange(months)[:, None], group.shape)
    return {
        "pay_by_month": by_month,
        "mean_by_month": PAY.count_by(number, months, group),
        "pay_by_member": by_member,
        "worst": PAY.count_by(known[1], people, worst[known]),
        "pay": seen.total.sum(0),
        "person_months": seen.person_months.sum(0),
        "fund": PURSE.count(seen.fund),
        "reserve": PURSE.count(seen.reserve),
        "gini": INDEX.count(seen.gini),
    }


def _promises(seen: Outcome) -> dict[str, npt.ArrayLike]:
    """Return how often promises are kept, years are low, the pot is dry, cash is short."""
    return {
        "years": seen.some_under.size,
        "some_under": seen.some_under.sum(),
        "most_under": seen.most_under.sum(),
        "some_under_squared": (seen.some_under.sum(0) ** 2).sum(),
        "most_under_squared": (seen.most_under.sum(0) ** 2).sum(),
        "kept": seen.kept.sum(-1),
        "kept_squared": (seen.kept.sum(1) ** 2).sum(-1),
        "always_kept": seen.kept.all(1).sum(-1),
        "dry": seen.dry.sum(-1),
        "ever_dry": seen.dry.any(0).sum(),
        **_till(seen),
    }


def _till(seen: Outcome) -> dict[str, npt.ArrayLike]:
    """Return how often the till is short; then how deep, how long and from when, where it is."""
    short = seen.short
    ever = short.any(0)
    return {
        "short": short.sum(-1),
        "ever_short": ever.sum(),
        "advanced": PURSE.count(seen.advanced[ever]),
        "short_months": MONTHS.count(short.sum(0)[ever]),
        "short_from": MONTHS.count(short.argmax(0)[ever]),
    }


def _moments(seen: Outcome) -> dict[str, npt.ArrayLike]:
    """Return sums and sums of squares over replicates, for half-widths."""
    values = {"each": seen.each, "sales": seen.sales // 100, "fund_sum": seen.fund // 100}
    squares = {"each_squared": "each", "sales_squared": "sales", "fund_squared": "fund_sum"}
    summed: dict[str, npt.ArrayLike] = {name: each.sum() for name, each in values.items()}
    return summed | {name: (values[each] ** 2).sum() for name, each in squares.items()}


DIFFERENCES = ("each", "fund", "gini", "dry", "under", "worst")


def paired_of(before: Outcome, after: Outcome, floor: int) -> Tally:
    """Return sums of the differences between two rules under the same weather, replicate by replicate.

    Names: `replicates`; for each of `DIFFERENCES`, its sum and `_squared`; `member`, `member_squared` `[N]` (cents of a
    mean month); `gains`, `loses` `[N]`: replicates in which the person receives more, or less; for each of
    `SITUATIONS` `[S]`: `situation`, `_squared`, `_before` (cents of a mean month: the difference, the first rule),
    `_there` (replicates where somebody is), `_months` (person-months), `_under` `[2, S]` (under the floor, each rule),
    `_by_month` `[S, M]`.

    The differences are: the mean month of a person (cents), the fund at the end (euros), the Gini index (thousandths),
    dry months, person-months under the floor, and the worst month of the least favoured person (cents).
    """

    def per_member(seen: Outcome) -> Ints:
        return np.asarray(seen.total // np.maximum(seen.person_months, 1))

    def lowest(seen: Outcome) -> Ints:
        return np.asarray(np.where(seen.worst >= 0, seen.worst, np.iinfo(np.int64).max).min(-1))

    moved = {
        "each": after.each - before.each,
        "fund": after.fund // 100 - before.fund // 100,
        "gini": after.gini - before.gini,
        "dry": after.dry.sum(0) - before.dry.sum(0),
        "under": after.under.sum(-1) - before.under.sum(-1),
        "worst": lowest(after) - lowest(before),
    }
    member, total = per_member(after) - per_member(before), after.total - before.total
    sums = {"replicates": len(before), "member": member.sum(0), "member_squared": (member**2).sum(0)}
    sums |= situations_compared(before, after, floor)
    sums |= {"gains": (total > 0).sum(0), "loses": (total < 0).sum(0)}
    for name, values in moved.items():
        sums |= {name: values.sum(), f"{name}_squared": (values**2).sum()}
    return Tally({name: np.asarray(value, np.int64) for name, value in sums.items()})
