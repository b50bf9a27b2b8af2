"""Draw once, settle many times: the weather of a workshop is kept, and only rules are settled again.

When nothing that people do depends on pay, what is worked is kept too; a new rule then costs only its settlements.
"""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from functools import reduce
from itertools import repeat

from kpa_model.randomness import BLOCK
from kpa_model.simulation.memory import keep_freed_memory
from kpa_model.simulation.months.facts import with_orders
from kpa_model.simulation.months.play import Rehearsed
from kpa_model.simulation.months.together import one_by_one, rehearsed, turns_of
from kpa_model.simulation.months.worked import Weather, draw
from kpa_model.simulation.results.outcome import Outcome, outcome_of
from kpa_model.simulation.results.tally import Tally, paired_of, tally_of
from kpa_model.simulation.runs.plan import Case, Plan, Results

KEPT_CASES = 6
"""How many cases stay settled: going back to one costs nothing."""


class Studio:
    """The weather of one plan, kept; `results()` settles what is new."""

    def __init__(self, plan: Plan, executor: Executor | None = None) -> None:
        keep_freed_memory()
        self.plan = plan
        self._executor = executor or ThreadPoolExecutor()
        self._weather: list[Weather] = []
        self._months: dict[str, list[Rehearsed | None]] = {}
        self._with_orders = False
        self._settled: dict[Case, list[Outcome]] = {}
        self._sums: dict[tuple[Case, int], Tally] = {}

    def follow(self, plan: Plan) -> None:
        """Take another plan; what does not change is not drawn again.

        Rules, policies and floor may change freely. Replicates too: those already there stay, others are added.
        """
        now = self.plan
        same = replace(plan, rules=now.rules, policies=now.policies, floor=now.floor, replicates=now.replicates) == now
        if not same:
            self._weather, self._months = [], {}
        cut = plan.replicates != now.replicates and (plan.replicates % BLOCK or now.replicates % BLOCK)
        if not same or cut or plan.floor != now.floor:
            self._settled, self._sums = {}, {}
        self.plan = plan

    def ready(self) -> bool:
        """Tell whether nothing of the plan is left to settle."""
        return all(len(self._settled.get(case, ())) >= self.plan.blocks for case in self.plan.cases)

    def outcomes(self, case: Case) -> list[Outcome]:
        """Return every block under one rule and one policy, drawn, played and settled only when needed."""
        if case not in self._settled:
            self._settled = dict([*self._settled.items()][-KEPT_CASES + 1 :])
        found = self._settled.setdefault(case, [])
        if missing := range(len(found), self.plan.blocks):
            rule, policy = case
            self._play(policy, with_orders(rule))
            # Month after month, steps are so small that threads wait for one another: one alone is quicker.
            each = map if one_by_one(rule) else self._executor.map
            found += each(lambda block: self._settle(case, block), missing)
        return found[: self.plan.blocks]

    def results(self) -> Results:
        """Return the sums of the plan; the same, to the last bit, as `run.run` gives."""
        before, *others = (self.outcomes(case) for case in self.plan.cases)
        pairs = (self._executor.map(paired_of, before, after, repeat(self.plan.floor)) for after in others)
        return Results(
            tuple(self._tally(case) for case in self.plan.cases),
            tuple(reduce(Tally.__add__, each) for each in pairs),
        )

    def _tally(self, case: Case) -> Tally:
        """Return the sums of one case, kept as long as its settlements are."""
        key = case, self.plan.blocks
        if key not in self._sums:
            self._sums = {kept: sums for kept, sums in self._sums.items() if kept[0] in self._settled}
            self._sums[key] = reduce(Tally.__add__, self._executor.map(tally_of, self.outcomes(case)))
        return self._sums[key]

    def _play(self, policy: str, with_orders: bool) -> None:
        """Draw and share jobs, unless it is done; orders one by one are kept from the first rule that looks at them."""
        plan = self.plan
        undrawn = range(len(self._weather), plan.blocks)
        self._weather += self._executor.map(lambda block: draw(plan.scenario, plan.seed, block), undrawn)
        if with_orders and not self._with_orders:
            self._months = {}
        self._with_orders = self._with_orders or with_orders
        asked = {name for _, name in plan.cases}
        if policy not in self._months:
            self._months = {name: months for name, months in self._months.items() if name in asked}
        months = self._months.setdefault(policy, [])
        unplayed = self._weather[len(months) : plan.blocks]
        months += self._executor.map(lambda each: rehearsed(each, policy, self._with_orders), unplayed)

    def _settle(self, case: Case, block: int) -> Outcome:
        (rule, policy), plan, weather = case, self.plan, self._weather[block]
        turns = turns_of(weather, self._months[policy][block], policy, rule)
        return outcome_of(plan.scenario, turns, plan.floor, weather.people.turned_away, plan.rows(block))
