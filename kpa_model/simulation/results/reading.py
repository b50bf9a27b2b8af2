"""What a tally says, with how sure it is: quantiles, means, chances, and how many replicates would be enough."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
import numpy.typing as npt

from kpa_model.simulation.results.chance import LEVEL, Chance, chance, clustered
from kpa_model.simulation.results.tally import MONTHS, PAY, PURSE, Ints, Tally

BANDS = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Quantiles of the bands on pictures."""


@dataclass(frozen=True)
class SampledValue:
    """A value and the half-width of its 95 % interval."""

    value: float
    half_width: float

    @property
    def clear(self) -> bool:
        """Tell whether zero is outside the interval."""
        return abs(self.value) > self.half_width


def mean(total: int, squared: int, count: int) -> SampledValue:
    """Return a mean and its half-width, from exact sums; infinite half-width with fewer than two values."""
    if count < 2:
        return SampledValue(total / max(count, 1), float("inf"))
    variance = (squared - total * total / count) / (count - 1)
    return SampledValue(total / count, LEVEL * sqrt(max(variance, 0.0) / count))


def enough(now: SampledValue, replicates: int, wanted: float) -> int:
    """Return how many replicates would bring the half-width down to `wanted`: it shrinks with the square root."""
    if not np.isfinite(now.half_width):
        return 2 * replicates
    return max(2, ceil(replicates * (now.half_width / wanted) ** 2))


@dataclass(frozen=True)
class Till:
    """Money that somebody must advance, in the replicates where the till is short; zeros where it never is.

    Attributes:
        low, middle, high: the most that is missing at once, cents: once in ten it is less than `low`…
        months: how many months it lasts, in the middle.
        start: rank of the first such month, from 1, in the middle.
    """

    low: int
    middle: int
    high: int
    months: int
    start: int


@dataclass(frozen=True, eq=False)
class TallyRead:
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
        kept: part of months in which each promise is kept `[Q]`.
        dry, short: chance that the pot runs dry, or that cash runs short, at least once.
        till: where cash runs short, how deep, how long, from when.
        fund: quantiles of the fund at the end `[5]`.
        per_hour: cents for an hour of each kind of work `[K]`; `nan` without hours.
        gini: mean index.
        refused, turned_away: per replicate, on average.
        enough: replicates that would give the mean month to one euro.
    """

    replicates: int
    each: SampledValue
    sales: SampledValue
    bands: Ints
    people: Ints
    high: int
    members: Ints
    worst: Ints
    some_under: Chance
    most_under: Chance
    under: npt.NDArray[np.float64]
    kept: tuple[Chance, ...]
    dry: Chance
    short: Chance
    till: Till
    fund: Ints
    per_hour: npt.NDArray[np.float64]
    gini: float
    refused: float
    turned_away: float
    enough: int

    @property
    def drawn(self) -> list[list[int]]:
        """Quantiles of a person's month, to draw: nothing in a month where nobody can be paid."""
        return [[max(int(cents), 0) for cents in row] for row in self.people]


def read(tally: Tally) -> TallyRead:
    """Read a tally. Raises OffTheGrid when an amount asked for lies beyond the grids."""
    count = tally.replicates
    each = mean(int(tally["each"]), int(tally["each_squared"]), count)
    months = tally["pay_by_month"].shape[0]
    hours = tally["hour_minutes"] / 60
    return TallyRead(
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
        dry=chance(int(tally["ever_dry"]), count),
        short=chance(int(tally["ever_short"]), count),
        till=_till(tally),
        fund=np.array([PURSE.quantile(tally["fund"], part) for part in BANDS]),
        per_hour=np.where(hours > 0, tally["hour_cents"] / np.maximum(hours, 1e-9), np.nan),
        gini=float((tally["gini"] * np.arange(len(tally["gini"]))).sum() / max(count, 1) / 1000),
        refused=float(tally["refused"]) / max(count, 1),
        turned_away=float(tally["turned_away"]) / max(count, 1),
        enough=enough(each, count, 100.0),
    )


def _till(tally: Tally) -> Till:
    if not int(tally["ever_short"]):
        return Till(0, 0, 0, 0, 0)
    low, middle, high = (int(PURSE.quantile(tally["advanced"], part)) for part in (0.1, 0.5, 0.9))
    months, start = (int(MONTHS.quantile(tally[name], 0.5)) for name in ("short_months", "short_from"))
    return Till(low, middle, high, months, start + 1)


def _years(tally: Tally, name: str) -> Chance:
    years = int(tally["years"]) // max(tally.replicates, 1)
    return clustered(int(tally[name]), int(tally[f"{name}_squared"]), tally.replicates, max(years, 1))


def _quantiles(histogram: Ints) -> Ints:
    return np.array([PAY.quantile(histogram, part) for part in BANDS])


def difference(tally: Tally, name: str) -> SampledValue:
    """Return the mean difference between two rules under the same weather, by name of `tally.DIFFERENCES`."""
    return mean(int(tally[name]), int(tally[f"{name}_squared"]), tally.replicates)


def set_aside(before: Tally, after: Tally) -> float:
    """Return the cents that a rule leaves more than another in the fund and the reserve at the end, on average.

    The fund is counted to the euro, the reserve by `PURSE.width`.
    """

    def held(tally: Tally) -> float:
        cells = np.arange(PURSE.size)
        reserve = tally["reserve"] * (cells * PURSE.width + (cells > 0) * (PURSE.width // 2))
        return (100 * int(tally["fund_sum"]) + int(reserve.sum())) / max(tally.replicates, 1)

    return held(after) - held(before)
