"""Any rule that the simulation knows, with declared facts or all, months together or one by one: the same cents."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from kpa_model.pay.cae_scale import scale
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import loads
from kpa_model.pay.steps import levies
from kpa_model.simulation.months.facts import EVERYTHING, month_money, unknown_to
from kpa_model.simulation.months.play import Rehearsed, play, rehearse, settle_played
from kpa_model.simulation.months.staffing import POLICIES
from kpa_model.simulation.months.together import settle_together
from kpa_model.simulation.months.worked import draw
from kpa_model.simulation.weather.scenario import Scenario
from tests.contract.months import cases, rules
from tests.simulation.conftest import small


class Curious(PayRule):
    """The same rule, that reads everything: no fact is left out, the past is remembered."""

    reads = EVERYTHING  # type: ignore[assignment]


@pytest.fixture(scope="module")
def lived() -> tuple[Scenario, Rehearsed]:
    scenario = small(months=5)
    scenario = replace(scenario, demand=replace(scenario.demand, enquiries=250))
    return scenario, rehearse(draw(scenario, 4, 0), POLICIES["volontaires"])


@settings(max_examples=cases(25, 2_000), suppress_health_check=list(HealthCheck))
@given(rules(most=5))
def test_a_rule_in_simulation_gives_what_it_gives_month_by_month(
    lived: tuple[Scenario, Rehearsed], rule: PayRule
) -> None:
    rule = replace(rule, steps=tuple(step for step in rule.steps if not unknown_to(PayRule("Essai", (step,)))))
    scenario, months = lived
    whole = Curious(**{each.name: getattr(rule, each.name) for each in fields(PayRule)})
    one_by_one = list(settle_played(scenario, months, rule))
    for light, full in zip(one_by_one, settle_played(scenario, months, whole), strict=True):
        for purse, values in vars(light.settled.closing).items():
            assert (values == getattr(full.settled.closing, purse)).all(), purse
    if together := settle_together(scenario, months, rule):
        rows, people = together.settled.month.sales.shape, together.settled.month.present.shape
        for turn in one_by_one:
            for purse, values in vars(turn.settled.closing).items():
                shape = people if purse in ("pay", "saved", "owed") else rows
                found = np.broadcast_to(getattr(together.settled.closing, purse), shape)[turn.number]
                assert purse == "to_share" or (found == values).all(), purse
            for purse in ("fund", "reserve"):  # what a month begins with, as well as what it ends with
                for side, other in ((together.settled.opening, turn.settled.opening),
                                    (together.settled.month, turn.settled.month)):  # fmt: skip
                    found = np.broadcast_to(getattr(side, purse), rows)[turn.number]
                    assert (found == getattr(other, purse)).all(), purse


@pytest.mark.parametrize("policy", ["volontaires", "moins_paye"])
def test_the_cap_of_a_scale_with_a_minimum_holds_over_each_simulated_year(
    policy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From October: a year of three months, a whole one, and one that begins. The cap is low, to be met often."""
    scenario, published = small(months=17), replace(scale("mosaique"), yearly_cap_cents=600_00)
    monkeypatch.setattr(levies, "scale", lambda _: published)
    scenario = replace(scenario, group=replace(scenario.group, first_month=10))
    rule = loads("titre: Essai\netapes: [frais_directs, contribution_cae: {bareme: mosaique}, parts_egales]")
    since = so_far = capped = np.zeros(1, np.int64)
    for turn in play(draw(scenario, 4, 0), POLICIES[policy], rule):
        if turn.number in (3, 15):
            since = so_far = np.zeros(1, np.int64)
        sales, costs = month_money(scenario, turn.played)
        due = np.maximum(published.yearly(since + sales - costs) - published.yearly(since), 40_00)
        due = np.minimum(due, 600_00 - so_far)
        assert (turn.settled.closing.cae == due).all(), turn.number
        since, so_far = since + sales - costs, so_far + due
        capped = capped + (so_far == 600_00)
    assert 0 < capped.mean() < 17
