"""What is really done each month: jobs shared, hours of every kind (the invisible ones too), money that counts.

A `Played` month is compact; `facts.month_of` turns it into the `Month` that pay rules look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.work import KINDS, Kind
from kpa_model.money import WHOLE
from kpa_model.randomness import BLOCK, Floats, Purpose, uniforms
from kpa_model.simulation.orders import Orders, draw_orders
from kpa_model.simulation.people import LEARNING_MONTHS, Flags, People, draw_people
from kpa_model.simulation.scenario import Scenario
from kpa_model.simulation.staffing import Policy, Situation, share_jobs

Ints = npt.NDArray[np.int64]
Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Weather:
    """Everything drawn for one block before any rule or staffing policy is known.

    `meetings` are attendances `[M, B, N]` and `mood` the uniforms that break ties between people `[M, B, N]`.
    """

    scenario: Scenario
    block: int
    people: People
    orders: Orders
    meetings: Floats
    mood: Floats
    quitting: Floats


def draw(scenario: Scenario, seed: int, block: int) -> Weather:
    """Draw the weather of one block."""
    shape = (scenario.group.months, scenario.seats, BLOCK)
    monthly = (Purpose.MEETINGS, Purpose.VOLUNTEERING, Purpose.MOTIVATION)
    drawn = [uniforms(seed, block, purpose, *shape).transpose(0, 2, 1) for purpose in monthly]
    return Weather(scenario, block, draw_people(scenario, seed, block), draw_orders(scenario, seed, block), *drawn)


@dataclass(frozen=True, eq=False)
class Played:
    """One month of one block, as it was worked and as it counts. E orders enter the pot, flat, sorted by replicate.

    Attributes:
        present, payable: flags `[B, N]`.
        minutes: by kind of work `[B, K, N]`.
        claims: cents asked `[B, N]`.
        need: declared coefficient, hundredths `[B, N]`.
        seniority: whole months since entry `[B, N]`.
        row, slot: replicate and rank in its month of each order `[E]`.
        sales, costs, pole, finder: of each order `[E]`.
        order_minutes: minutes of each person on each order `[E, N]`.
        loss: sales written off this month `[B]`, cents.
        received: money that came in this month, cents before tax `[B]`.
        refused: jobs that found no hands `[B]`.
    """

    present: Flags
    payable: Flags
    minutes: Ints
    claims: Ints
    need: Ints
    seniority: Ints
    row: Ints
    slot: Ints
    sales: Ints
    costs: Ints
    pole: Ints
    finder: Ints
    order_minutes: npt.NDArray[np.int16]
    loss: Ints
    received: Ints
    refused: Ints


class Worked:
    """What happened to one block so far: grows month by month, with a staffing policy.

    Jobs done are kept until they enter the pot (at the invoice, or when the money arrives).
    """

    def __init__(self, weather: Weather, policy: Policy) -> None:
        self.weather, self.policy = weather, policy
        seats = weather.scenario.seats
        self.total = np.zeros((BLOCK, seats), np.int64)
        self.months = np.zeros((BLOCK, seats), np.int64)
        self.bounds = np.searchsorted(weather.orders.month, np.arange(weather.scenario.group.months + 1))
        self.waiting: dict[int, list[Columns]] = {}
        self.losses: dict[int, Ints] = {}
        self.cash: dict[int, Ints] = {}

    def month(self, month: int, received: Ints, left: Flags) -> Played:
        """Play one month. `received` is pay so far `[B, N]`; `left` are people gone for lack of content `[B, N]`."""
        people, scenario = self.weather.people, self.weather.scenario
        present = people.here(month) & ~left
        done, refused = self._work(month, present, received)
        minutes = self._hours(month, present, done)
        self.total += minutes.sum(1)
        self.months += present
        self._settle_later(month, done)
        entering = _joined(self.waiting.pop(month, []), scenario.seats)
        nothing = np.zeros(BLOCK, np.int64)
        return Played(
            present=present,
            payable=(people.cape <= month) & (people.entry <= month) & (month < people.gone) & ~left,
            minutes=minutes,
            claims=minutes[:, :3].sum(1) * people.asking // 60,
            need=people.need,
            seniority=people.since(month).astype(np.int64),
            loss=self.losses.pop(month, nothing),
            received=self.cash.pop(month, nothing),
            refused=refused,
            **entering,
        )

    def _work(self, month: int, present: Flags, received: Ints) -> tuple[Columns, Ints]:
        """Share the jobs of the month; return those done, flat, and how many found no hands `[B]`."""
        weather, people, orders = self.weather, self.weather.people, self.weather.orders
        jobs = slice(self.bounds[month], self.bounds[month + 1])
        lived = np.maximum(self.months, 1)
        mood = weather.mood[month]
        seen = Situation(people.keen, mood, self.total / lived, received / lived, people.since(month))
        ranking = np.where(present, self.policy.key(seen), np.inf)
        row = orders.row[jobs]
        shift = share_jobs(
            ranking,
            people.skilled & present[:, None, :],
            np.where(present, people.available, 0),
            row, orders.pole[jobs], orders.minutes[jobs], orders.team[jobs],
        )  # fmt: skip
        taken = shift.taken
        done: Columns = {
            name: getattr(orders, name)[jobs][taken] for name in ("row", "sales", "costs", "pole", "paid_in")
        }
        keenest = np.argsort(np.where(present, -people.keen, np.inf), -1)
        done["finder"] = _finders(orders.finder[jobs][taken], row[taken], keenest, present)
        done["order_minutes"] = shift.minutes.astype(np.int16)
        return done, np.bincount(row[~taken], minlength=BLOCK)

    def _hours(self, month: int, present: Flags, done: Columns) -> Ints:
        """Return minutes by kind `[B, K, N]`: on jobs, around jobs, for the commons, to learn."""
        people, work = self.weather.people, self.weather.scenario.work
        minutes = np.zeros((BLOCK, len(KINDS), present.shape[1]), np.int64)
        jobs = _by_row(done["order_minutes"], done["row"])
        support = jobs * work.support // WHOLE
        finding = np.where(present, people.keen, 0)
        quotes = self.weather.orders.quotes[month] * work.quote
        minutes[:, KINDS.index(Kind.JOB)] = jobs - support
        minutes[:, KINDS.index(Kind.SUPPORT)] = support + _cut(quotes, finding)
        arrived = (people.entry == month) & present
        welcoming = np.where(present & (people.since(month) >= 2), 1.0, 0.0)
        commons = np.where(present, (work.meetings * 2 * self.weather.meetings[month]).astype(np.int64), 0)
        commons += _cut(arrived.sum(-1) * work.welcome, welcoming)
        commons += _cut(np.full(BLOCK, work.promotion), finding)
        minutes[:, KINDS.index(Kind.COMMONS)] = commons
        learning = present & (people.since(month) < LEARNING_MONTHS)
        minutes[:, KINDS.index(Kind.LEARNING)] = np.where(learning, work.training, 0)
        return minutes

    def _settle_later(self, month: int, done: Columns) -> None:
        """Put each job in the month in which it enters the pot, its money in the month it arrives, losses later."""
        cash, last = self.weather.scenario.cash, self.weather.scenario.group.months
        paid_in = np.asarray(done["paid_in"], np.int64)
        at_invoice = cash.basis == "facture"
        enters = np.full(len(paid_in), month) if at_invoice else np.minimum(paid_in, month + cash.write_off)
        unpaid = paid_in > last + 100
        for when in np.unique(enters):
            mine = enters == when
            part = {name: values[mine] for name, values in done.items()}
            if not at_invoice:  # an order never paid brings its costs, and no sale, when hope is lost
                part["sales"] = np.where(unpaid[mine], 0, part["sales"])
            self.waiting.setdefault(int(when), []).append(part)
        row, sales = done["row"], done["sales"]
        for when in np.unique(paid_in[~unpaid]):
            mine = paid_in == when
            came = np.bincount(row[mine], sales[mine], BLOCK).astype(np.int64)
            self.cash[int(when)] = self.cash.get(int(when), 0) + came
        if at_invoice and unpaid.any():
            lost = np.bincount(row[unpaid], sales[unpaid], BLOCK).astype(np.int64)
            self.losses[month + cash.write_off] = lost


def _finders(u: Floats, row: Ints, keenest: Ints, present: Flags) -> Ints:
    """Return who found each order: the keenest people find more (the square of the uniform)."""
    here = present.sum(-1)[row]
    return np.where(here > 0, keenest[row, (u * u * np.maximum(here, 1)).astype(np.int64)], -1)


def _by_row(values: npt.NDArray[np.generic], row: npt.NDArray[np.generic]) -> Ints:
    """Add up rows of `[E, N]` per replicate: `[B, N]`; rows are sorted."""
    edges = np.searchsorted(row, np.arange(BLOCK + 1))
    whole = np.zeros((len(row) + 1, values.shape[1]), np.int64)
    np.cumsum(values, axis=0, out=whole[1:])
    return np.asarray(whole[edges[1:]] - whole[edges[:-1]])


def _cut(total: Ints, parts: Floats) -> Ints:
    """Cut minutes between people by parts `[B, N]`, to the minute below: time is not money."""
    whole = parts.sum(-1)
    return np.asarray(parts * (total / np.where(whole > 0, whole, 1))[:, None]).astype(np.int64)


def _joined(parts: list[Columns], seats: int) -> Columns:
    """Return the orders that enter the pot this month, sorted by replicate, with their rank inside it."""
    names = ("row", "sales", "costs", "pole", "finder", "order_minutes")
    if not parts:
        empty = {name: np.zeros(0, np.int64) for name in names}
        return {**empty, "slot": np.zeros(0, np.int64), "order_minutes": np.zeros((0, seats), np.int16)}
    whole = parts[0] if len(parts) == 1 else {n: np.concatenate([part[n] for part in parts]) for n in names}
    order = np.argsort(whole["row"].astype(np.uint16), kind="stable") if len(parts) > 1 else slice(None)
    made = {name: whole[name][order] for name in names}
    made["slot"] = np.arange(len(made["row"])) - np.searchsorted(made["row"], np.arange(BLOCK))[made["row"]]
    return made
