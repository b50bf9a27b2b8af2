"""What a rule did to each replicate of a block: whole numbers per replicate and person, from months as they come.

Only these small arrays leave the month loop, so that memory does not depend on the number of replicates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS
from kpa_model.indicators import spread
from kpa_model.money import part_of, round_ratio, row_sums
from kpa_model.randomness import BLOCK
from kpa_model.simulation.flat import how_many
from kpa_model.simulation.kinds import PARTS, kinds_met, pay_by_kind, time_by_kind
from kpa_model.simulation.months.play import Turn
from kpa_model.simulation.weather.scenario import Scenario

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
YEAR = 12
RECENT = 3
"""Months during which a person has just arrived."""
_NEVER = 2**62


def years_of(months: int) -> int:
    """Return the number of whole years simulated, at least one; months left over count in the last."""
    return max(1, months // YEAR)


@dataclass(frozen=True, eq=False)
class Outcome:
    """One block under one rule. R replicates, M months, N people, K kinds of hours, Y years, Q promises.

    Attributes:
        pay: what each person received each month, launch savings included, cents `[M, R, N]`.
        paid: who could receive `[M, R, N]`.
        given: what people received together each month, cents `[M, R]`.
        kept: promises kept `[Q, M, R]`.
        recent: who could receive and arrived less than `RECENT` months ago, those of the start apart `[M, R, N]`.
        worked: minutes of every kind, all months `[R, K, N]`, or month by month `[M, R, K, N]`; see `hours`.
        dry: months in which people could be paid and nobody was `[M, R]`.
        till: what is in the till at the end of each month, cents `[M, R]`; below zero when somebody advances money.
        under: months under the floor `[R, N]`.
        some_under, most_under: years with a month in which one person, or more than half, was under `[Y, R]`.
        fund, reserve, owed: at the end, cents `[R]`.
        hour_cents, hour_minutes: pay and minutes by kind of work `[R, K]`; see `kinds.pay_by_kind`.
        sales, refused, turned_away: cents, jobs without hands, people without a seat `[R]`.
    """

    pay: Ints
    paid: Flags
    given: Ints
    kept: Flags
    recent: Flags
    worked: Ints
    dry: Flags
    till: Ints
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
    def short(self) -> Flags:
        """Tell the months in which more had been paid out than had come in `[M, R]`."""
        return np.asarray(self.till < 0)

    @cached_property
    def advanced(self) -> Ints:
        """Return the most that was missing in the till, over all months, cents `[R]`; zero when nothing was."""
        return np.asarray(np.maximum(-self.till.min(0), 0))

    @cached_property
    def hours(self) -> Ints:
        """Return the minutes of each kind over all months `[R, K, N]`."""
        return np.asarray(self.worked.sum(0) if self.worked.ndim == 4 else self.worked)

    @cached_property
    def total(self) -> Ints:
        """Return what each person received over all months, cents `[R, N]`."""
        return np.asarray(self.pay.sum(0))

    @cached_property
    def people(self) -> Ints:
        """Return how many people could receive each month `[M, R]`."""
        return how_many(self.paid)

    @cached_property
    def person_months(self) -> Ints:
        """Return the months in which each person could receive `[R, N]`."""
        return how_many(self.paid, first=True)

    @cached_property
    def worst(self) -> Ints:
        """Return the smallest month of each person, cents `[R, N]`; −1 for who could never receive."""
        if self.paid.all():
            return np.asarray(self.pay.min(0))
        lowest = (self.pay + _NEVER * ~self.paid).min(0)
        return np.where(lowest < _NEVER, lowest, -1)

    @cached_property
    def each(self) -> Ints:
        """Return the mean month of a person, cents `[R]`: all pay over all person-months, rounded down."""
        return np.asarray(self.total.sum(-1) // np.maximum(self.person_months.sum(-1), 1))

    @cached_property
    def gini(self) -> Ints:
        """Return the Gini index between people over all months, in thousandths `[R]`; zero when nobody received."""
        index = spread.gini(self.total, self.paid.any(0))
        return np.asarray(round_ratio(1000 * index.top, np.where(index.known, index.bottom, 1)))

    def __len__(self) -> int:
        return int(self.pay.shape[1])


class _Months:
    """Facts of the months, gathered as they come: one by one, or all together."""

    def __init__(self, scenario: Scenario, floor: int) -> None:
        self.scenario, self.floor = scenario, floor
        self.gathered: dict[str, list[npt.NDArray[Any]]] = {}
        self.hour_parts = np.zeros((BLOCK, len(KINDS)), np.int64)
        self.hour_minutes = np.zeros((BLOCK, len(KINDS)), np.int64)
        self.worked: Ints = np.zeros((), np.int64)

    def take(self, turn: Turn) -> None:
        """Take one month in, or all months."""
        settled, month, lead = turn.settled, turn.settled.month, turn.settled.month.sales.shape
        people, one = month.present.shape, len(lead) == 1
        saved, before = settled.closing.saved, settled.opening.saved
        pay = np.broadcast_to(settled.pay if saved is before else settled.pay + saved - before, people)
        given = row_sums(pay)
        kept = [np.broadcast_to(promise.kept(settled), lead) for promise in settled.rule.promises]
        found = {
            "pay": pay,
            "given": given,
            "paid": month.paid,
            "spent": month.direct_costs + given + settled.closing.cae,
            "costs": month.direct_costs,
            "sales": month.sales,
            "received": turn.played.received,
            "refused": turn.played.refused,
            "recent": month.paid & self._has_just_come(turn),
            "kept": np.stack(kept, -1) if kept else np.zeros((*lead, 0), np.bool_),
        }
        for name, values in found.items():
            self.gathered.setdefault(name, []).append(values[None] if one else values)
        self.worked = self.worked + month.minutes if one else month.minutes
        kinds = kinds_met(month)
        self.hour_parts += pay_by_kind(settled, pay, kinds)
        self.hour_minutes += time_by_kind(settled, kinds)

    def _has_just_come(self, turn: Turn) -> Flags:
        """Tell who arrived less than `RECENT` months ago; those of the start came long before."""
        later = np.arange(self.scenario.seats) >= self.scenario.group.start
        return np.asarray((turn.played.seniority < RECENT) & later)

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        """Return a fact of every month, `[M, B, …]`."""
        parts = self.gathered[name]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def till(self) -> Ints:
        """Return what came in less what was paid out, at the end of each month `[M, B]`; VAT waits until paid over."""
        cash = self.scenario.cash
        till = cash.fund + cash.reserve + np.cumsum(self["received"] - self["spent"], 0)
        if cash.vat:
            till += vat_in_till(part_of(self["received"], cash.vat) - part_of(self["costs"], cash.vat), cash.vat_months)
        return np.asarray(till)


def vat_in_till(due: Ints, every: int) -> Ints:
    """Return the VAT that waits in the till at the end of each month, cents `[M, B]`.

    What is due for a period is paid over in the month after it, or given back when more was borne than asked.

    Args:
        due: VAT that customers paid less VAT on purchases, month by month `[M, B]`.
        every: months in a period.
    """
    so_far = np.cumsum(due, 0)
    ends = (np.arange(len(due)) // every) * every - 1  # last month of the period already paid over
    paid = np.where((ends >= 0)[:, None], so_far[np.maximum(ends, 0)], 0)
    return np.asarray(so_far - paid)


def outcome_of(
    scenario: Scenario, turns: Iterable[Turn], floor: int, turned_away: npt.NDArray[np.int32], rows: int = BLOCK
) -> Outcome:
    """Gather the months of one block.

    Args:
        scenario: what was supposed.
        turns: months as `play` yields them, or all months together.
        floor: amount under which a month is said to be too low, cents; chosen by the group.
        turned_away: people who found no seat `[B]`.
        rows: how many replicates of the block count.
    """
    months = _Months(scenario, floor)
    last = None
    for last in turns:
        months.take(last)
    assert last is not None
    pay, paid = months["pay"][:, :rows], months["paid"][:, :rows]
    low = paid & (pay < floor)
    many, under = how_many(paid), how_many(low)
    closing = last.settled.closing
    final = {name: _last(getattr(closing, name), last.settled.month) for name in ("fund", "reserve")}
    return Outcome(
        pay=pay,
        paid=paid,
        kept=np.moveaxis(months["kept"][:, :rows], -1, 0),
        recent=months["recent"][:, :rows],
        worked=months.worked[..., :rows, :, :],
        given=months["given"][:, :rows],
        dry=(many > 0) & (months["given"][:, :rows] == 0),
        till=months.till()[:, :rows],
        under=how_many(low, first=True),
        some_under=_years(np.asarray(under > 0)),
        most_under=_years(np.asarray(2 * under > many)),
        fund=final["fund"][:rows],
        reserve=final["reserve"][:rows],
        owed=_last(closing.owed.sum(-1), last.settled.month)[:rows],
        hour_cents=months.hour_parts[:rows] // PARTS,
        hour_minutes=months.hour_minutes[:rows],
        sales=months["sales"].sum(0)[:rows],
        refused=months["refused"].sum(0)[:rows],
        turned_away=turned_away[:rows].astype(np.int64),
    )


def _last(values: Ints, month: Month) -> Ints:
    """Return what is in a purse at the end `[B]`, from one month or from all of them."""
    whole = np.broadcast_to(values, month.sales.shape)
    return np.asarray(whole if whole.ndim == 1 else whole[-1])


def _years(months: Flags) -> Flags:
    """Return which years hold such a month: `[M, R]` → `[Y, R]`."""
    years = years_of(len(months))
    starts = np.arange(years) * YEAR
    return np.asarray(np.logical_or.reduceat(months, starts, axis=0))
