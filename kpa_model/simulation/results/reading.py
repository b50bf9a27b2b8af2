"""What a tally says, with how sure it is: chances, quantiles, means, and how many replicates would be enough."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
import numpy.typing as npt

from kpa_model.simulation.results.tally import PAY, PURSE, Ints, Tally

LEVEL = 1.959963984540054
"""Normal quantile of a two-sided 95 % interval."""

BANDS = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Quantiles of the bands on pictures."""


@dataclass(frozen=True)
class Estimate:
    """A value and the half-width of its 95 % interval."""

    value: float
    half_width: float

    @property
    def clear(self) -> bool:
        """Tell whether zero is outside the interval."""
        return abs(self.value) > self.half_width


def chance(hits: int, tries: int) -> Estimate:
    """Return a proportion with its Wilson interval, which stays honest near 0 and 1.

    Source:
        E. Wilson (1927); Brown, Cai & DasGupta, "Interval estimation for a binomial proportion" (2001).

    >>> chance(0, 100).half_width > 0
    True
    """
    if tries == 0:
        return Estimate(float("nan"), float("nan"))
    part, z2 = hits / tries, LEVEL**2
    half = LEVEL / (1 + z2 / tries) * sqrt(part * (1 - part) / tries + z2 / (4 * tries**2))
    return Estimate(part, half)


def mean(total: int, squared: int, count: int) -> Estimate:
    """Return a mean and its half-width, from exact sums; infinite half-width with fewer than two values."""
    if count < 2:
        return Estimate(total / max(count, 1), float("inf"))
    variance = (squared - total * total / count) / (count - 1)
    return Estimate(total / count, LEVEL * sqrt(max(variance, 0.0) / count))


def clustered(hits: int, squared: int, count: int, per: int) -> Estimate:
    """Return a proportion counted several times in each replicate, whose months or years are not independent.

    Args:
        hits: times it happened, over all replicates.
        squared: sum over replicates of the square of the times it happened.
        count: replicates.
        per: how many times it could happen in one replicate.
    """
    each, plain = mean(hits, squared, count), chance(hits, count * per)
    return Estimate(each.value / per, max(each.half_width / per, plain.half_width))


def enough(now: Estimate, replicates: int, wanted: float) -> int:
    """Return how many replicates would bring the half-width down to `wanted`: it shrinks with the square root."""
    if not np.isfinite(now.half_width):
        return 2 * replicates
    return max(2, ceil(replicates * (now.half_width / wanted) ** 2))


@dataclass(frozen=True, eq=False)
class Reading:
    """A tally, read. Amounts in cents.

    Attributes:
        each: mean month of a person.
        bands: quantiles `BANDS` of the group's mean month, `[5, M]`.
        people: quantiles of a person's month, `[5, M]`; −1 in a month where nobody can be paid.
        high: cents that a person's month passes twice in a hundred times.
        members: quantiles of each person's month, `[5, N]`; −1 for who never could be paid.
        worst: median over replicates of each person's worst month `[N]`.
        some_under, most_under: chance that a year holds a month in which one person, or more than half, is under.
        under: part of person-months under the floor, for each person `[N]`.
        kept: part of months in which each promise is kept `[Q]`; `always`: chance that it is kept every month.
        dry, short: chance that the pot runs dry, or that cash runs short, at least once.
        fund: quantiles of the fund at the end `[5]`.
        per_hour: cents for an hour of each kind of work `[K]`; `nan` without hours.
        gini: mean index.
        refused, turned_away: per replicate, on average.
        enough: replicates that would give the mean month to one euro.
    """

    replicates: int
    each: Estimate
    sales: Estimate
    bands: Ints
    people: Ints
    high: int
    members: Ints
    worst: Ints
    some_under: Estimate
    most_under: Estimate
    under: npt.NDArray[np.float64]
    kept: tuple[Estimate, ...]
    always: tuple[Estimate, ...]
    dry: Estimate
    short: Estimate
    fund: Ints
    fund_mean: Estimate
    per_hour: npt.NDArray[np.float64]
    gini: float
    refused: float
    turned_away: float
    enough: int

    @property
    def drawn(self) -> list[list[int]]:
        """Quantiles of a person's month, to draw: nothing in a month where nobody can be paid."""
        return [[max(int(cents), 0) for cents in row] for row in self.people]


def read(tally: Tally) -> Reading:
    """Read a tally. Raises OffTheGrid when an amount asked for lies beyond the grids."""
    count = tally.replicates
    each = mean(int(tally["each"]), int(tally["each_squared"]), count)
    months = tally["pay_by_month"].shape[0]
    hours = tally["hour_minutes"] / 60
    return Reading(
        replicates=count,
        each=each,
        sales=mean(int(tally["sales"]), int(tally["sales_squared"]), count),
        bands=_quantiles(tally["mean_by_month"]),
        people=_quantiles(tally["pay_by_month"]),
        high=int(PAY.quantile(tally["pay_by_month"].sum(0), 0.98)),
        members=_quantiles(tally["pay_by_member"]),
        worst=PAY.quantile(tally["worst"], 0.5),
        some_under=_years(tally, "some_under"),
        most_under=_years(tally, "most_under"),
        under=tally["under"] / np.maximum(tally["person_months"], 1),
        kept=tuple(
            clustered(int(hits.sum()), int(squared), count, months)
            for hits, squared in zip(tally["kept"], tally["kept_squared"], strict=True)
        ),
        always=tuple(chance(int(hits), count) for hits in tally["always_kept"]),
        dry=chance(int(tally["ever_dry"]), count),
        short=chance(int(tally["ever_short"]), count),
        fund=np.array([PURSE.quantile(tally["fund"], part) for part in BANDS]),
        fund_mean=mean(int(tally["fund_sum"]), int(tally["fund_squared"]), count),
        per_hour=np.where(hours > 0, tally["hour_cents"] / np.maximum(hours, 1e-9), np.nan),
        gini=float((tally["gini"] * np.arange(len(tally["gini"]))).sum() / max(count, 1) / 1000),
        refused=float(tally["refused"]) / max(count, 1),
        turned_away=float(tally["turned_away"]) / max(count, 1),
        enough=enough(each, count, 100.0),
    )


def _years(tally: Tally, name: str) -> Estimate:
    years = int(tally["years"]) // max(tally.replicates, 1)
    return clustered(int(tally[name]), int(tally[f"{name}_squared"]), tally.replicates, max(years, 1))


def _quantiles(histogram: Ints) -> Ints:
    return np.array([PAY.quantile(histogram, part) for part in BANDS])


def difference(tally: Tally, name: str) -> Estimate:
    """Return the mean difference between two rules under the same weather, by name of `tally.DIFFERENCES`."""
    return mean(int(tally[name]), int(tally[f"{name}_squared"]), tally.replicates)


def member_differences(tally: Tally) -> tuple[Estimate, ...]:
    """Return, for each person, the mean difference of a mean month in cents."""
    pairs = zip(tally["member"], tally["member_squared"], strict=True)
    return tuple(mean(int(total), int(squared), tally.replicates) for total, squared in pairs)
