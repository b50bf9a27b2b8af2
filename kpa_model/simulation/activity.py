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
        job, person, given: one entry per person on an order: its rank among the E, the person, minutes `[G]`.
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
    job: Ints
    person: Ints
    given: Ints
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
        people = self.weather.people
        present = people.here(month) & ~left
        done, refused = self._work(month, present, received)
        minutes = self._hours(month, present, done)
        self.total += minutes.sum(1)
        self.months += present
        self._settle_later(month, done)
        entering = _joined(self.waiting.pop(month, []))
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
        done |= {"job": shift.job, "person": shift.person, "given": shift.minutes}
        return done, np.bincount(row[~taken], minlength=BLOCK)

    def _hours(self, month: int, present: Flags, done: Columns) -> Ints:
        """Return minutes by kind `[B, K, N]`: on jobs, around jobs, for the commons, to learn."""
        people, work = self.weather.people, self.weather.scenario.work
        minutes = np.zeros((BLOCK, len(KINDS), present.shape[1]), np.int64)
        seat = done["row"][done["job"]] * present.shape[1] + done["person"]
        jobs = np.bincount(seat, done["given"], present.size).astype(np.int64).reshape(present.shape)
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
        paid_in, row, sales = done["paid_in"], done["row"], done["sales"]
        unpaid = paid_in > last + 100
        for when in np.unique(paid_in[~unpaid]):
            mine = paid_in == when
            came = np.bincount(row[mine], sales[mine], BLOCK).astype(np.int64)
            self.cash[int(when)] = self.cash.get(int(when), 0) + came
        if cash.basis == "facture":
            self.waiting.setdefault(month, []).append(done)
            if unpaid.any():
                lost = np.bincount(row[unpaid], sales[unpaid], BLOCK).astype(np.int64)
                self.losses[month + cash.write_off] = lost
            return
        # An order never paid brings its costs, and no sale, when hope is lost.
        counted = done | {"sales": np.where(unpaid, 0, sales)}
        enters = np.where(unpaid, month + cash.write_off, paid_in)
        for when in np.unique(enters):
            self.waiting.setdefault(int(when), []).append(_part(counted, enters == when))


def _finders(u: Floats, row: Ints, keenest: Ints, present: Flags) -> Ints:
    """Return who found each order: the keenest people find more (the square of the uniform)."""
    here = present.sum(-1)[row]
    return np.where(here > 0, keenest[row, (u * u * np.maximum(here, 1)).astype(np.int64)], -1)


def _cut(total: Ints, parts: Floats) -> Ints:
    """Cut minutes between people by parts `[B, N]`, to the minute below: time is not money."""
    whole = parts.sum(-1)
    return np.asarray(parts * (total / np.where(whole > 0, whole, 1))[:, None]).astype(np.int64)


ORDER, WORK = ("row", "sales", "costs", "pole", "finder"), ("job", "person", "given")
"""Columns with one entry per order, and per person on an order."""


def _part(done: Columns, mine: Flags) -> Columns:
    """Return some of the orders, with the work on them."""
    theirs = mine[done["job"]]
    made = {name: done[name][mine] for name in ORDER} | {name: done[name][theirs] for name in WORK}
    made["job"] = (np.cumsum(mine) - 1)[made["job"]]
    return made


def _joined(parts: list[Columns]) -> Columns:
    """Return the orders that enter the pot this month, sorted by replicate, with their rank inside it."""
    if not parts:
        return {name: np.zeros(0, np.int64) for name in (*ORDER, *WORK, "slot")}
    if len(parts) == 1:
        made = {name: parts[0][name] for name in (*ORDER, *WORK)}
    else:
        starts = np.cumsum([0, *(len(part["row"]) for part in parts)])
        moved = [part | {"job": part["job"] + start} for part, start in zip(parts, starts, strict=False)]
        made = {name: np.concatenate([part[name] for part in moved]) for name in (*ORDER, *WORK)}
        order = np.argsort(made["row"].astype(np.uint16), kind="stable")
        made |= {name: made[name][order] for name in ORDER}
        made["job"] = np.argsort(order)[made["job"]]
    made["slot"] = np.arange(len(made["row"])) - np.searchsorted(made["row"], np.arange(BLOCK))[made["row"]]
    return made
