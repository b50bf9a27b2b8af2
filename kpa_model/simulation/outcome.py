"""What a rule did to each replicate of a block: whole numbers per replicate and person, from months as they come.

Only these small arrays leave the month loop, so that memory does not depend on the number of replicates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.work import KINDS
from kpa_model.indicators import spread
from kpa_model.money import round_ratio
from kpa_model.randomness import BLOCK
from kpa_model.simulation.play import Turn
from kpa_model.simulation.scenario import Scenario

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
YEAR = 12


def years_of(months: int) -> int:
    """Return the number of whole years simulated, at least one; months left over count in the last."""
    return max(1, months // YEAR)


@dataclass(frozen=True, eq=False)
class Outcome:
    """One block under one rule. R replicates, M months, N people, K kinds of hours, Y years, Q promises.

    Attributes:
        pay: what each person received each month, launch savings included, cents `[M, R, N]`.
        paid: who could receive `[M, R, N]`.
        kept: promises kept `[Q, M, R]`.
        dry: months in which people could be paid and nobody was `[M, R]`.
        short: months in which more had been paid out than had come in `[M, R]`.
        under: months under the floor `[R, N]`.
        some_under, most_under: years with a month in which one person, or more than half, was under `[Y, R]`.
        fund, reserve, owed: at the end, cents `[R]`.
        hour_cents, hour_minutes: pay and minutes by kind of work `[R, K]`; pay is cut by each person's own hours.
        sales, refused, turned_away: cents, jobs without hands, people without a seat `[R]`.
    """

    pay: Ints
    paid: Flags
    kept: Flags
    dry: Flags
    short: Flags
    under: Ints
    some_under: Flags
    most_under: Flags
    fund: Ints
    reserve: Ints
    owed: Ints
    hour_cents: Ints
    hour_minutes: Ints
    sales: Ints
    refused: Ints
    turned_away: Ints

    @property
    def total(self) -> Ints:
        """Return what each person received over all months, cents `[R, N]`."""
        return np.asarray(self.pay.sum(0))

    @property
    def person_months(self) -> Ints:
        """Return the months in which each person could receive `[R, N]`."""
        return np.asarray(self.paid.sum(0))

    @property
    def worst(self) -> Ints:
        """Return the smallest month of each person, cents `[R, N]`; −1 for who could never receive."""
        lowest = np.where(self.paid, self.pay, np.iinfo(np.int64).max).min(0)
        return np.asarray(np.where(self.paid.any(0), lowest, -1))

    @property
    def each(self) -> Ints:
        """Return the mean month of a person, cents `[R]`: all pay over all person-months, rounded down."""
        return np.asarray(self.total.sum(-1) // np.maximum(self.person_months.sum(-1), 1))

    @property
    def gini(self) -> Ints:
        """Return the Gini index between people over all months, in thousandths `[R]`; zero when nobody received."""
        index = spread.gini(self.total, self.paid.any(0))
        return np.asarray(round_ratio(1000 * index.top, np.where(index.known, index.bottom, 1)))

    def __len__(self) -> int:
        return int(self.pay.shape[1])


class _Months:
    """Facts of the months, gathered as they come."""

    def __init__(self, scenario: Scenario, floor: int) -> None:
        self.scenario, self.floor = scenario, floor
        self.pay: list[Ints] = []
        self.paid: list[Flags] = []
        self.kept: list[Flags] = []
        self.short: list[Flags] = []
        self.hour_cents = np.zeros((BLOCK, len(KINDS)), np.int64)
        self.hour_minutes = np.zeros((BLOCK, len(KINDS)), np.int64)
        self.cash = np.full(BLOCK, scenario.cash.fund + scenario.cash.reserve)
        self.sales = np.zeros(BLOCK, np.int64)
        self.refused = np.zeros(BLOCK, np.int64)

    def take(self, turn: Turn) -> None:
        """Take one month in."""
        settled, month = turn.settled, turn.settled.month
        pay = settled.pay + settled.closing.saved - settled.opening.saved
        self.pay.append(np.broadcast_to(pay, month.present.shape))
        self.paid.append(month.paid)
        rule = settled.rule
        self.kept.append(np.array([np.broadcast_to(one.kept(settled), BLOCK) for one in rule.promises], np.bool_))
        worked = month.minutes
        whole = np.maximum(worked.sum(1), 1)
        self.hour_cents += (pay[:, None, :] * worked // whole[:, None, :]).sum(-1)
        self.hour_minutes += np.where(month.paid[:, None, :], worked, 0).sum(-1)
        self.cash += turn.played.received - month.direct_costs - settled.closing.cae - pay.sum(-1)
        self.short.append(self.cash < 0)
        self.sales += month.sales
        self.refused += turn.played.refused


def outcome_of(
    scenario: Scenario, turns: Iterable[Turn], floor: int, turned_away: npt.NDArray[np.int32], rows: int = BLOCK
) -> Outcome:
    """Gather the months of one block.

    Args:
        scenario: what was supposed.
        turns: months as `play` yields them.
        floor: amount under which a month is said to be too low, cents; chosen by the group.
        turned_away: people who found no seat `[B]`.
        rows: how many replicates of the block count.
    """
    months = _Months(scenario, floor)
    last = None
    for last in turns:
        months.take(last)
    assert last is not None
    pay, paid = np.stack(months.pay)[:, :rows], np.stack(months.paid)[:, :rows]
    low = paid & (pay < floor)
    closing = last.settled.closing
    promises = np.stack(months.kept, 1) if months.kept[0].size else np.zeros((0, len(pay), BLOCK), np.bool_)
    return Outcome(
        pay=pay,
        paid=paid,
        kept=promises[..., :rows],
        dry=paid.any(-1) & (pay.sum(-1) == 0),
        short=np.stack(months.short)[:, :rows],
        under=low.sum(0),
        some_under=_years(np.asarray(low.any(-1))),
        most_under=_years(np.asarray(2 * low.sum(-1) > paid.sum(-1))),
        fund=np.broadcast_to(closing.fund, BLOCK)[:rows],
        reserve=np.broadcast_to(closing.reserve, BLOCK)[:rows],
        owed=np.broadcast_to(closing.owed.sum(-1), BLOCK)[:rows],
        hour_cents=months.hour_cents[:rows],
        hour_minutes=months.hour_minutes[:rows],
        sales=months.sales[:rows],
        refused=months.refused[:rows],
        turned_away=turned_away[:rows].astype(np.int64),
    )


def _years(months: Flags) -> Flags:
    """Return which years hold such a month: `[M, R]` → `[Y, R]`."""
    years = years_of(len(months))
    starts = np.arange(years) * YEAR
    return np.asarray(np.logical_or.reduceat(months, starts, axis=0))
