"""Month after month: what is done, what the rule makes of it, and what goes on to the next month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kpa_model.cooperative.month import Month
from kpa_model.money import WHOLE
from kpa_model.pay.engine import MEMORY, Settlement, settle_each
from kpa_model.pay.rule import PayRule
from kpa_model.randomness import BLOCK, Floats
from kpa_model.simulation.activity import Ints, Played, Weather, Worked
from kpa_model.simulation.facts import looks_at, month_money, month_of
from kpa_model.simulation.people import Flags
from kpa_model.simulation.scenario import Scenario
from kpa_model.simulation.staffing import Policy

FADING = 3
"""Months over which contentment fades."""


@dataclass(frozen=True, eq=False)
class Turn:
    """One month of one block: what was played, and what the rule made of it."""

    number: int
    played: Played
    settled: Settlement


class Since:
    """Sales and margin since January, which the scale of the CAE looks at."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.sales = self.margin = np.zeros(BLOCK, np.int64)

    def month(self, number: int, played: Played) -> tuple[Ints, Ints]:
        """Return what came before this month of the year, and take the month in."""
        if (self.scenario.group.first_month - 1 + number) % 12 == 0:
            self.sales = self.margin = np.zeros(BLOCK, np.int64)
        before = self.sales, self.margin
        sales, costs = month_money(self.scenario, played)
        self.sales, self.margin = self.sales + sales, self.margin + sales - costs
        return before


def feeds_back(scenario: Scenario, policy: Policy) -> bool:
    """Tell whether what people receive changes the months that follow."""
    return scenario.feeds_back or policy.sees_pay


def rehearse(weather: Weather, policy: Policy) -> tuple[Played, ...]:
    """Play every month of a block without any rule; possible when nothing depends on pay."""
    if feeds_back(weather.scenario, policy):
        raise ValueError("what is done depends on pay: play it with the rule")
    worked, seats = Worked(weather, policy), weather.scenario.seats
    unknown, nobody = np.zeros((BLOCK, seats), np.int64), np.zeros((BLOCK, seats), np.bool_)
    return tuple(worked.month(month, unknown, nobody) for month in range(weather.scenario.group.months))


def settle_played(scenario: Scenario, months: Sequence[Played], rule: PayRule) -> Iterator[Turn]:
    """Settle months already played, under a rule."""
    since, with_orders = Since(scenario), looks_at(rule, "order_")
    given = (
        month_of(scenario, number, played, since.month(number, played), with_orders)
        for number, played in enumerate(months)
    )
    for number, settled in enumerate(settle_each(rule, given, _memory(rule))):
        yield Turn(number, months[number], settled)


def _memory(rule: PayRule) -> int:
    """Return how many past months to hand on: none to a rule that never looks back."""
    return MEMORY if looks_at(rule, "past_") else 0


def play(weather: Weather, policy: Policy, rule: PayRule) -> Iterator[Turn]:
    """Play and settle a block, month by month; what people received may change who works and who stays."""
    if not feeds_back(weather.scenario, policy):
        yield from settle_played(weather.scenario, rehearse(weather, policy), rule)
        return
    loop = _Loop(weather, policy, rule)
    for number, settled in enumerate(settle_each(rule, loop.months(), _memory(rule))):
        loop.learn(number, settled)
        yield Turn(number, loop.played, settled)


class _Loop:
    """The month loop when pay acts back on people."""

    played: Played

    def __init__(self, weather: Weather, policy: Policy, rule: PayRule) -> None:
        self.weather, self.with_orders = weather, looks_at(rule, "order_")
        self.worked, seats = Worked(weather, policy), weather.scenario.seats
        self.received = np.zeros((BLOCK, seats), np.int64)
        self.left: Flags = np.zeros((BLOCK, seats), np.bool_)
        self.content: Floats = np.ones((BLOCK, seats))

    def months(self) -> Iterator[Month]:
        """Yield the facts of each month, once the month before is settled."""
        scenario, since = self.weather.scenario, Since(self.weather.scenario)
        for number in range(scenario.group.months):
            self.played = self.worked.month(number, self.received, self.left)
            yield month_of(scenario, number, self.played, since.month(number, self.played), self.with_orders)

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
        self.left = self.left | (month.paid & (self.weather.quitting[number] < unhappy))
