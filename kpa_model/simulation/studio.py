"""Draw once, settle many times: the weather of a workshop is kept, and only rules are settled again.

When nothing that people do depends on pay, what is worked is kept too; a new rule then costs only its settlements.
"""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from functools import reduce

from kpa_model.pay.rule import PayRule
from kpa_model.simulation.activity import Weather, draw
from kpa_model.simulation.facts import looks_at
from kpa_model.simulation.memory import keep_freed_memory
from kpa_model.simulation.outcome import Outcome, outcome_of
from kpa_model.simulation.plan import Plan, Results
from kpa_model.simulation.play import Rehearsed, feeds_back, play, rehearse
from kpa_model.simulation.staffing import POLICIES
from kpa_model.simulation.tally import Tally, paired_of, tally_of
from kpa_model.simulation.together import one_by_one, turns_of

KEPT_RULES = 6
"""How many rules stay settled: going back to one costs nothing."""


class Studio:
    """The weather of one plan, kept; `results(rules)` settles what is new."""

    def __init__(self, plan: Plan, executor: Executor | None = None) -> None:
        keep_freed_memory()
        self.plan = plan
        self._executor = executor or ThreadPoolExecutor()
        self._weather: tuple[Weather, ...] = ()
        self._months: tuple[Rehearsed | None, ...] = ()
        self._with_orders = False
        self._settled: dict[PayRule, tuple[Outcome, ...]] = {}
        self._sums: dict[PayRule, Tally] = {}

    def follow(self, plan: Plan) -> None:
        """Take another plan; what does not change is not drawn again (rules and floor may change freely)."""
        same = replace(plan, rules=self.plan.rules, floor=self.plan.floor) == self.plan
        if not same:
            self._weather = ()
        if not same or plan.floor != self.plan.floor:
            self._settled, self._sums = {}, {}
        self.plan = plan

    def outcomes(self, rule: PayRule) -> tuple[Outcome, ...]:
        """Return every block under one rule, drawn and settled only when needed."""
        if rule not in self._settled:
            self._draw(looks_at(rule, "order_"))
            blocks = range(self.plan.blocks)
            self._settled = dict([*self._settled.items()][-KEPT_RULES + 1 :])
            # Month after month, steps are so small that threads wait for one another: one alone is quicker.
            each = map if one_by_one(rule) else self._executor.map
            self._settled[rule] = tuple(each(lambda block: self._settle(rule, block), blocks))
        return self._settled[rule]

    def results(self) -> Results:
        """Return the sums of the plan; the same, to the last bit, as `run.run` gives."""
        before, *others = (self.outcomes(rule) for rule in self.plan.rules)
        pairs = (self._executor.map(paired_of, before, after) for after in others)
        return Results(
            tuple(self._tally(rule) for rule in self.plan.rules),
            tuple(reduce(Tally.__add__, each) for each in pairs),
        )

    def _tally(self, rule: PayRule) -> Tally:
        """Return the sums of one rule, kept as long as its settlements are."""
        if rule not in self._sums:
            self._sums = {kept: sums for kept, sums in self._sums.items() if kept in self._settled}
            self._sums[rule] = reduce(Tally.__add__, self._executor.map(tally_of, self.outcomes(rule)))
        return self._sums[rule]

    def _draw(self, with_orders: bool) -> None:
        """Draw, unless it is done; orders one by one are kept from the first rule that looks at them."""
        if self._weather and (self._with_orders or not with_orders):
            return
        self._with_orders = with_orders
        plan, policy = self.plan, POLICIES[self.plan.policy]

        def one(block: int) -> tuple[Weather, Rehearsed | None]:
            weather = draw(plan.scenario, plan.seed, block)
            return weather, None if feeds_back(plan.scenario, policy) else rehearse(weather, policy, with_orders)

        drawn = tuple(self._executor.map(one, range(plan.blocks)))
        self._weather = tuple(weather for weather, _ in drawn)
        self._months = tuple(months for _, months in drawn)

    def _settle(self, rule: PayRule, block: int) -> Outcome:
        plan, weather, months = self.plan, self._weather[block], self._months[block]
        turns = turns_of(plan.scenario, months, rule) if months else play(weather, POLICIES[plan.policy], rule)
        return outcome_of(plan.scenario, turns, plan.floor, weather.people.turned_away, plan.rows(block))
