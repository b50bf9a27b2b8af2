"""What is really done each month: jobs shared, hours of every kind (the invisible ones too), money that counts.

What is `Played` is compact; `facts.month_of` turns it into the `Month` that pay rules look at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.work import KINDS, Kind
from kpa_model.money import WHOLE
from kpa_model.randomness import BLOCK, LEVELS, Floats, Purpose, levels
from kpa_model.simulation.flat import Rows, how_many
from kpa_model.simulation.months import compiled, staffing
from kpa_model.simulation.months.entering import Columns, Entering, Waiting
from kpa_model.simulation.months.staffing import Jobs, Policy, Shift, StaffingView
from kpa_model.simulation.weather.orders import NEVER, Orders, draw_orders
from kpa_model.simulation.weather.people import LEARNING_MONTHS, Flags, People, draw_people
from kpa_model.simulation.weather.scenario import Scenario

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Weather:
    """Everything drawn for one block before any rule or staffing policy is known.

    `meetings` are attendances `[M, B, N]`, `mood` the uniforms that break ties between people `[M, B, N]`, `quitting`
    those that say who leaves for lack of content. What changes nothing is not drawn.
    """

    scenario: Scenario
    block: int
    people: People
    orders: Orders
    meetings: Floats | None
    mood: Floats
    quitting: Floats | None


def draw(scenario: Scenario, seed: int, block: int) -> Weather:
    """Draw the weather of one block."""
    shape = (scenario.group.months, BLOCK, scenario.seats)

    def monthly(purpose: Purpose) -> Floats:
        return levels(seed, block, purpose, *shape) * np.float32(1 / LEVELS)

    return Weather(
        scenario,
        block,
        draw_people(scenario, seed, block),
        draw_orders(scenario, seed, block),
        monthly(Purpose.MEETINGS) if scenario.work.meetings else None,
        monthly(Purpose.VOLUNTEERING),
        monthly(Purpose.MOTIVATION) if scenario.feeds_back else None,
    )


@dataclass(frozen=True, eq=False)
class Played:
    """Months of one block, as they were worked and as they count: `[B, …]` for one month, `[T, B, …]` for several.

    Attributes:
        present, payable: flags `[B, N]`.
        minutes: by kind of work `[B, K, N]`.
        all_minutes: of all kinds together `[B, N]`.
        asking: cents asked per hour `[B, N]`.
        need: declared coefficient, hundredths `[B, N]`.
        seniority: whole months since entry `[B, N]`.
        sales, costs: of the orders that enter the pot `[B]`, cents before tax.
        loss: sales written off `[B]`, cents.
        received: money that came in `[B]`, cents before tax.
        refused: jobs that found no hands `[B]`.
        orders: orders one by one, for a single month, when they were asked for.
    """

    present: Flags
    payable: Flags
    minutes: Ints
    all_minutes: Ints
    asking: Ints
    need: Ints
    seniority: npt.NDArray[np.int32]
    sales: Ints
    costs: Ints
    loss: Ints
    received: Ints
    refused: Ints
    orders: Entering | None = None

    def at(self, month: int) -> Played:
        """Return one month out of several."""
        taken: dict[str, Any] = {name: values[month] for name, values in vars(self).items() if name not in SHARED}
        return Played(asking=self.asking, need=self.need, **taken)


SHARED = ("asking", "need", "orders")


def joined(months: list[Played]) -> Played:
    """Return several months, each of them alone until now, together."""
    names = [name for name in vars(months[0]) if name not in SHARED]
    together: dict[str, Any] = {name: np.concatenate([getattr(month, name) for month in months]) for name in names}
    return Played(asking=months[0].asking, need=months[0].need, **together)


class Worked:
    """What happened to one block so far: grows by one month or by several, with a staffing policy.

    Money that counts later is kept by month; orders one by one only when `with_orders`.
    """

    def __init__(self, weather: Weather, policy: Policy, with_orders: bool = True) -> None:
        self.weather, self.policy = weather, policy
        self.waiting = Waiting(weather.orders, weather.people) if with_orders else None
        months, seats = weather.scenario.group.months, weather.scenario.seats
        self.total = np.zeros((BLOCK, seats), np.int64)
        self.months = np.zeros((BLOCK, seats), np.int64)
        self.bounds = np.searchsorted(weather.orders.place, np.arange(months + 1) * BLOCK)
        self.money = {name: np.zeros((months + 1, BLOCK), np.int64) for name in ("sales", "costs", "loss", "received")}

    def play(self, first: int, last: int, received: Ints, left: Flags) -> Played:
        """Play months `first` to `last − 1`; more than one only when the policy does not look at the past.

        Args:
            first, last: the months.
            received: pay so far `[B, N]`.
            left: people gone for lack of content `[B, N]`.
        """
        people, months = self.weather.people, np.arange(first, last, dtype=np.int32)[:, None, None]
        present = people.during(first, last) & ~left
        since = people.since(months)
        jobs = self._jobs(first, last)
        shift = self._share(jobs, first, present, since, received)
        minutes, whole = self._hours(first, present, since, shift.minutes.reshape(present.shape))
        if self.policy.sees_past:
            self.total += whole.sum(0)
            self.months += present.sum(0)
        done = self._count_later(jobs, shift.done, first, last)
        if self.waiting:
            self.waiting.keep({name: each.take(shift.taken) for name, each in done.items()}, shift, present, first)
        counted: dict[str, Any] = {name: values[first:last] for name, values in self.money.items()}
        return Played(
            present=present,
            payable=(people.cape <= months) & (people.entry <= months) & (months < people.gone) & ~left,
            minutes=minutes,
            all_minutes=whole,
            asking=people.asking,
            need=people.need,
            seniority=since,
            refused=np.bincount(jobs.row[~shift.done], minlength=len(months) * BLOCK).reshape(-1, BLOCK),
            **counted,
        )

    def month(self, month: int, received: Ints, left: Flags) -> Played:
        """Play one month, see `play`; with the orders that enter the pot, when they are wanted."""
        return self.with_entering(month, self.play(month, month + 1, received, left).at(0))

    def with_entering(self, month: int, played: Played) -> Played:
        """Return a month with its orders one by one, when they are wanted."""
        return replace(played, orders=self.waiting.enter(month)) if self.waiting else played

    def _jobs(self, first: int, last: int) -> Jobs:
        """Return the jobs of some months, a row for each month and replicate."""
        orders, mine = self.weather.orders, self._slice(first, last)
        row = orders.place[mine] - first * BLOCK
        return Jobs(row, orders.pole[mine], orders.minutes[mine], orders.team[mine], Rows(row, (last - first) * BLOCK))

    def _slice(self, first: int, last: int) -> slice:
        return slice(self.bounds[first], self.bounds[last])

    def _share(self, jobs: Jobs, first: int, present: Flags, since: npt.NDArray[np.int32], received: Ints) -> Shift:
        """Share the jobs of some months."""
        people, poles = self.weather.people, len(self.weather.scenario.poles)
        lived, mood = np.maximum(self.months, 1), self.weather.mood[first : first + len(present)]
        seen = StaffingView(people.keen, mood, self.total / lived, received / lived, since)
        able = present, present & (since >= people.helps)
        quick = compiled.asked() and not self.waiting
        key = (compiled.keys_of if quick else staffing.keys_of)(
            self.policy.score(seen), able, (people.trade, people.other), poles
        )
        available = (people.available * present).reshape(-1, present.shape[-1])
        share_jobs = compiled.share_jobs if quick else staffing.share_jobs
        return share_jobs(key.reshape(-1, key.shape[-1]), poles, available, jobs)

    def _hours(self, first: int, present: Flags, since: npt.NDArray[np.int32], jobs: Ints) -> tuple[Ints, Ints]:
        """Return minutes by kind `[T, B, K, N]`: on jobs, around jobs, for the commons, to learn; and all together."""
        people, work, weather = self.weather.people, self.weather.scenario.work, self.weather
        # Kinds come first in memory: sums over kinds then run along whole arrays.
        minutes = np.zeros((len(present), len(KINDS), *present.shape[1:]), np.int64).transpose(0, 2, 1, 3)
        job, support, commons, learning = (
            minutes[:, :, KINDS.index(kind)] for kind in (Kind.JOB, Kind.SUPPORT, Kind.COMMONS, Kind.LEARNING)
        )
        # What comes first in a kind is written there, the rest is added.
        job[...] = jobs
        if work.support:
            np.multiply(jobs, work.support, out=support)
            support //= WHOLE
            job -= support
        if weather.meetings is not None:
            attended = (work.meetings * 2 * weather.meetings[first : first + len(present)]).astype(np.int64)
            np.multiply(attended, present, out=commons)
        if work.quote or work.promotion:
            finding = _Parts(people.keen * present)
            if work.quote:
                support += finding.cut(weather.orders.quotes[first : first + len(present)] * work.quote)
            if work.promotion:
                commons += finding.cut(np.full(present.shape[:2], work.promotion))
        if work.welcome:
            arrived = how_many((since == 0) & present)
            commons += _Parts((present & (since >= 2)).astype(np.float32)).cut(arrived * work.welcome)
        if work.training:
            np.multiply(present & (since < LEARNING_MONTHS), work.training, out=learning)
        besides = (work.quote, work.meetings, work.welcome, work.promotion, work.training)
        return minutes, minutes.sum(-2) if any(besides) else jobs

    def _count_later(self, jobs: Jobs, done: Flags, first: int, last: int) -> Columns:
        """Put each job in the month in which it enters the pot, its money in the month it arrives, losses later.

        Returns what orders one by one need, of every job `[J]`; those that found no hands count for nothing.
        """
        cash, orders, mine = self.weather.scenario.cash, self.weather.orders, self._slice(first, last)
        row, month = orders.row[mine], orders.month[mine]
        sales, costs, arrives = orders.sales[mine] * done, orders.costs[mine] * done, orders.paid_in[mine]
        self._add("received", arrives, row, sales)
        enters, counted = month, sales
        if cash.basis == "facture":
            for name, values in (("sales", sales), ("costs", costs)):
                self.money[name][first:last] += jobs.rows.sums(values).reshape(-1, BLOCK)
            if cash.unpaid:
                self._add("loss", month + cash.write_off, row, sales * (arrives == NEVER))
        else:  # an order never paid brings its costs, and no sale, when hope is lost
            unpaid = arrives == NEVER
            enters, counted = np.where(unpaid, month + cash.write_off, arrives), sales * ~unpaid
            self._add("sales", enters, row, counted)
            self._add("costs", enters, row, costs)
        return {"rank": np.arange(mine.start, mine.stop), "month": month, "row": row, "counted": counted,
                "costs": costs, "enters": enters}  # fmt: skip

    def _add(self, name: str, month: Ints, row: Ints, values: Ints) -> None:
        """Add cents where they count; what comes after the last month is kept apart, together."""
        last = self.weather.scenario.group.months
        np.add.at(self.money[name].reshape(-1), np.minimum(month, last) * BLOCK + row, values)


class _Parts:
    """Parts of people `[T, B, N]`, by which minutes are cut between them."""

    def __init__(self, parts: Floats) -> None:
        whole = np.einsum("...i->...", parts)
        self.each, self.whole = parts.astype(np.float64), np.where(whole > 0, whole, 1)

    def cut(self, total: Ints) -> Ints:
        """Cut minutes `[T, B]`, to the minute below: time is not money."""
        return np.asarray(self.each * (total / self.whole)[..., None]).astype(np.int64)
