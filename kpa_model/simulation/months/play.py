"""Month after month: what is done, what the rule makes of it, and what goes on to the next month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from kpa_model.cooperative.month import Month
from kpa_model.money import WHOLE
from kpa_model.pay.engine import MEMORY, Settlement, settle_each
from kpa_model.pay.rule import PayRule
from kpa_model.randomness import BLOCK, Floats
from kpa_model.simulation.months.facts import Before, Read, looks_back, month_money, month_of, with_orders
from kpa_model.simulation.months.staffing import Policy
from kpa_model.simulation.months.worked import Ints, Played, Weather, Worked, joined
from kpa_model.simulation.weather.people import Flags
from kpa_model.simulation.weather.scenario import Scenario

FADING = 3
"""Months over which contentment fades."""


@dataclass(frozen=True, eq=False)
class Turn:
    """One month of one block: what was played, and what the rule made of it; or all months, with an axis in front."""

    number: int
    played: Played
    settled: Settlement


class Since:
    """Sales and margin since January, which the scale of the CAE looks at; month by month too when they are read."""

    def __init__(self, scenario: Scenario, read: Read = ()) -> None:
        self.scenario, self.read = scenario, read
        self._new_year()

    def _new_year(self) -> None:
        self.before = {name: np.zeros(BLOCK, np.int64) for name in ("sales", "margin")}
        self.each: dict[str, list[Ints]] = {"sales": [], "margin": []}

    def month(self, number: int, sales: Ints, costs: Ints) -> Before:
        """Return the facts that tell what came before this month of the year, and take the month in."""
        if (self.scenario.group.first_month - 1 + number) % 12 == 0:
            self._new_year()
        facts: dict[str, Ints] = {f"{name}_before": cents for name, cents in self.before.items()}
        for name, now in (("sales", sales), ("margin", sales - costs)):
            if f"{name}_by_month" in self.read:
                facts[f"{name}_by_month"] = np.array(self.each[name], np.int64).reshape(-1, BLOCK).T
                self.each[name].append(now)
            self.before[name] = self.before[name] + now
        return facts


def feeds_back(scenario: Scenario, policy: Policy) -> bool:
    """Tell whether what people receive changes the months that follow."""
    return scenario.feeds_back or policy.sees_pay


class Rehearsed(Sequence[Played]):
    """Every month of a block, played without any rule; `together` has them all at once, `[M, B, …]`."""

    def __init__(self, worked: Worked, together: Played) -> None:
        self.together, self.with_orders = together, worked.waiting is not None
        months = range(len(together.present))
        self._months = [worked.with_entering(month, together.at(month)) for month in months] if self.with_orders else []

    def __len__(self) -> int:
        return len(self.together.present)

    @overload
    def __getitem__(self, at: int) -> Played: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Played]: ...
    def __getitem__(self, at: int | slice) -> Played | Sequence[Played]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        return self._months[at] if self.with_orders else self.together.at(range(len(self))[at])


def rehearse(weather: Weather, policy: Policy, with_orders: bool = True) -> Rehearsed:
    """Play every month of a block without any rule; possible when nothing depends on pay.

    Orders one by one are heavy: leave them out when no rule looks at them.
    """
    if feeds_back(weather.scenario, policy):
        raise ValueError("what is done depends on pay: play it with the rule")
    worked, seats = Worked(weather, policy, with_orders), weather.scenario.seats
    months = weather.scenario.group.months
    unknown, nobody = np.zeros((BLOCK, seats), np.int64), np.zeros((BLOCK, seats), np.bool_)
    if not policy.sees_past:
        return Rehearsed(worked, worked.play(0, months, unknown, nobody))
    each = [worked.play(month, month + 1, unknown, nobody) for month in range(months)]
    return Rehearsed(worked, joined(each))


def settle_played(scenario: Scenario, months: Sequence[Played], rule: PayRule) -> Iterator[Turn]:
    """Settle months already played, under a rule, one after the other."""
    since, read = Since(scenario, rule.reads), rule.reads
    given = (
        month_of(scenario, number, played, since.month(number, *month_money(scenario, played)), read)
        for number, played in enumerate(months)
    )
    for number, settled in enumerate(settle_each(rule, given, _memory(rule))):
        yield Turn(number, months[number], settled)


def _memory(rule: PayRule) -> int:
    """Return how many past months to hand on: none to a rule that never looks back."""
    return MEMORY if looks_back(rule) else 0


def play(weather: Weather, policy: Policy, rule: PayRule) -> Iterator[Turn]:
    """Play and settle a block, month by month; what people received may change who works and who stays."""
    if not feeds_back(weather.scenario, policy):
        months = rehearse(weather, policy, with_orders(rule))
        yield from settle_played(weather.scenario, months, rule)
        return
    loop = _Loop(weather, policy, rule)
    for number, settled in enumerate(settle_each(rule, loop.months(), _memory(rule))):
        loop.learn(number, settled)
        yield Turn(number, loop.played, settled)


class _Loop:
    """The month loop when pay acts back on people."""

    played: Played

    def __init__(self, weather: Weather, policy: Policy, rule: PayRule) -> None:
        self.weather, self.read = weather, rule.reads
        self.worked, seats = Worked(weather, policy, with_orders(rule)), weather.scenario.seats
        self.received = np.zeros((BLOCK, seats), np.int64)
        self.left: Flags = np.zeros((BLOCK, seats), np.bool_)
        self.content: Floats = np.ones((BLOCK, seats))

    def months(self) -> Iterator[Month]:
        """Yield the facts of each month, once the month before is settled."""
        scenario, since = self.weather.scenario, Since(self.weather.scenario, self.read)
        for number in range(scenario.group.months):
            self.played = self.worked.month(number, self.received, self.left)
            yield month_of(
                scenario, number, self.played, since.month(number, *month_money(scenario, self.played)), self.read
            )

    def learn(self, number: int, settled: Settlement) -> None:
        """Add pay to what was received; people who are not content may leave (see `Motivation`)."""
        self.received = self.received + settled.pay
        about, month = self.weather.scenario.motivation, settled.month
        if not about.reaction:
            return
        worked = month.all_minutes
        hours = worked / np.maximum(worked.sum(-1, keepdims=True), 1)
        share = settled.pay / np.maximum(settled.pay.sum(-1, keepdims=True), 1)
        paid = np.minimum(settled.pay / max(about.expected, 1), 1)
        recognised = np.minimum(share / np.where(hours > 0, hours, 1), 1)
        weight = about.recognition / WHOLE
        now = np.where(month.paid & (worked > 0), (1 - weight) * paid + weight * recognised, self.content)
        self.content = self.content + (now - self.content) / FADING
        unhappy = about.reaction / WHOLE * (1 - self.content)
        assert self.weather.quitting is not None
        self.left = self.left | (month.paid & (self.weather.quitting[number] < unhappy))
