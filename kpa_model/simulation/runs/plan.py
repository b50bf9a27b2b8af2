"""What to simulate, and the smallest piece of it: a block of replicates under one or several rules, same weather."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np

from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.pay import rule_file
from kpa_model.pay.rule import PayRule
from kpa_model.randomness import BLOCK
from kpa_model.simulation.memory import keep_freed_memory
from kpa_model.simulation.months.facts import unknown_to, with_orders
from kpa_model.simulation.months.play import Rehearsed
from kpa_model.simulation.months.staffing import POLICIES
from kpa_model.simulation.months.together import rehearsed, turns_of
from kpa_model.simulation.months.worked import Weather, draw
from kpa_model.simulation.results.outcome import Outcome, outcome_of
from kpa_model.simulation.results.tally import Tally, paired_of, tally_of
from kpa_model.simulation.weather import scenario_file
from kpa_model.simulation.weather.scenario import Scenario
from kpa_model.words import listing, number

CONTRACT = 3
"""Changes when the same seed no longer gives the same replicates: with the model, not with numpy."""


Case = tuple[PayRule, str]
"""A rule, and the name of who takes a job under it."""

SEEDS = 2**63
"""Seeds go from 0 to one less."""


class WrongPlan(KpaError):
    """A simulation, as asked, cannot be run."""


@dataclass(frozen=True)
class Plan:
    """A simulation. Rules are compared with the first one; `floor` is the group's own low mark, in cents a month.

    `policies` name who takes a job under each rule; the last one serves for the rules that follow. One same rule under
    two policies shows what the policy does.
    """

    scenario: Scenario
    rules: tuple[PayRule, ...]
    policies: tuple[str, ...] = ("volontaires",)
    seed: int = 1
    replicates: int = 1_000
    floor: int = 50_00

    def __post_init__(self) -> None:
        """Refuse what cannot be run, with every fault at once."""
        if problems := tuple(_faults(self)):
            raise WrongPlan(*problems)

    @property
    def cases(self) -> tuple[Case, ...]:
        """Return each rule with the name of its policy."""
        return tuple((rule, self.policies[min(at, len(self.policies) - 1)]) for at, rule in enumerate(self.rules))

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the title of each case: that of the rule, with who takes a job when it is not the same for all."""
        several = len({policy for _, policy in self.cases}) > 1
        return tuple(
            f"{rule.title} · {POLICIES[policy].label}" if several else rule.title for rule, policy in self.cases
        )

    @property
    def blocks(self) -> int:
        """How many blocks hold all replicates."""
        return -(-self.replicates // BLOCK)

    def rows(self, block: int) -> int:
        """Return how many replicates of a block count."""
        return min(BLOCK, self.replicates - block * BLOCK)

    def fingerprint(self) -> str:
        """Return the SHA-256 of everything that decides the results, numpy's version included."""
        content = {
            "contrat": CONTRACT,
            "scenario": scenario_file.fingerprint(self.scenario),
            "regles": [rule_file.fingerprint(rule) for rule in self.rules],
            "equipes": [policy for _, policy in self.cases],
            "graine": self.seed,
            "tirages": self.replicates,
            "minimum": self.floor,
            "numpy": np.__version__,
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _faults(plan: Plan) -> Iterator[Problem]:
    """Yield what prevents a plan from being run."""
    if not plan.rules:
        yield Problem("Simulation, règles", "il n'y en a aucune.", "Donnez au moins une règle.")
    if plan.replicates < 1:
        what = f"« {number(plan.replicates)} » histoires, c'est trop peu."
        yield Problem("Simulation, tirages", what, "Donnez un nombre à partir de 1, par exemple 1000.")
    if not 0 <= plan.seed < SEEDS:
        what = f"« {number(plan.seed)} » ne convient pas."
        yield Problem("Simulation, graine", what, f"Donnez un nombre entier, de 0 à {number(SEEDS - 1)}.")
    known = f"Façons connues : {', '.join(POLICIES)}."
    for policy in plan.policies:
        if policy not in POLICIES:
            todo = f"{nearest(policy, POLICIES)} {known}".strip()
            yield Problem("Simulation, équipe", f"« {policy} » n'est pas une façon connue de choisir.", todo)
    for rule in plan.rules:
        if missing := unknown_to(rule):
            what = f"« {rule.title} » regarde {listing(missing)}. La simulation n'en sait rien."
            todo = "Essayez cette règle sur vos mois, ou choisissez-en une autre ici."
            yield Problem("Simulation, règle", what, todo)
    if not 1 <= len(plan.policies) <= max(len(plan.rules), 1):
        what = "il faut une façon de choisir pour toutes les règles, ou une par règle."
        yield Problem("Simulation, équipe", what, known)


@dataclass(frozen=True, eq=False)
class Results:
    """Sums for each rule, and of the differences with the first rule (one less)."""

    tallies: tuple[Tally, ...]
    pairs: tuple[Tally, ...]

    def __add__(self, other: Results) -> Results:
        """Return both together."""
        return Results(_added(self.tallies, other.tallies), _added(self.pairs, other.pairs))

    @property
    def replicates(self) -> int:
        """How many replicates are inside."""
        return self.tallies[0].replicates

    def digest(self) -> str:
        """Return a SHA-256 of every number."""
        return hashlib.sha256("".join(each.digest() for each in self.tallies + self.pairs).encode()).hexdigest()


def _added(one: tuple[Tally, ...], other: tuple[Tally, ...]) -> tuple[Tally, ...]:
    return tuple(mine + yours for mine, yours in zip(one, other, strict=True))


def outcomes(plan: Plan, block: int) -> Iterator[Outcome]:
    """Yield the outcome of one block under each rule, all under the same weather."""
    yield from under_weather(plan, draw(plan.scenario, plan.seed, block))


def under_weather(plan: Plan, weather: Weather) -> Iterator[Outcome]:
    """Yield the outcome of a block already drawn, under each rule; jobs are shared once when pay does not matter."""
    away, rows, months = weather.people.turned_away, plan.rows(weather.block), dict[str, Rehearsed | None]()
    orders = any(map(with_orders, plan.rules))
    for rule, name in plan.cases:
        if name not in months:
            months[name] = rehearsed(weather, name, orders)
        yield outcome_of(plan.scenario, turns_of(weather, months[name], name, rule), plan.floor, away, rows)


def results_of(seen: tuple[Outcome, ...], floor: int) -> Results:
    """Return the sums of one block under each rule."""
    return Results(tuple(map(tally_of, seen)), tuple(paired_of(seen[0], other, floor) for other in seen[1:]))


def run_blocks(plan: Plan, first: int, last: int) -> Results:
    """Simulate blocks `first` to `last − 1`: what a worker does, alone, from nothing but the plan."""
    keep_freed_memory()
    return reduce(
        Results.__add__, (results_of(tuple(outcomes(plan, block)), plan.floor) for block in range(first, last))
    )


def replay(plan: Plan, replicate: int) -> tuple[Outcome, ...]:
    """Return one replicate again, under each rule: its block is drawn again and the others are left aside."""
    from kpa_model.simulation.results.selection import only

    return tuple(only(seen, replicate % BLOCK) for seen in outcomes(plan, replicate // BLOCK))
