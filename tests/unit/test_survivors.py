"""What a draw of small changes showed that no test near saw: see docs/mutations.md."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpa_model.cooperative.month import Month
from kpa_model.decision.activities.claims import Claims
from kpa_model.decision.options import effect_told
from kpa_model.pay.engine import settle
from kpa_model.pay.rule_file import loads
from kpa_model.shortage.arrival import LISTED
from kpa_model.shortage.claims import METHODS
from kpa_model.simulation.months.play import play
from kpa_model.simulation.months.staffing import POLICIES
from kpa_model.simulation.months.worked import draw
from kpa_model.simulation.weather.orders import _shares_of_levels
from kpa_model.simulation.weather.scenario import Scenario
from kpa_model.workshop.activity import Room

EQUAL = loads("titre: Parts égales\netapes: [parts_egales]")


def why(rule: str, month: Month, who: int) -> list[str]:
    return [step.because(seen) for step, seen in settle(loads(rule), month).seen_by(who)]


@pytest.mark.parametrize(("advance", "left"), [(30_00, False), (50_00, False), (80_00, True)])
def test_an_advance_says_that_something_is_left_only_when_something_is(advance: int, left: bool) -> None:
    month = Month.of(["Awa", "Bruno"], sales=100_00, advance=[advance, 0])
    said = why("titre: x\netapes: [parts_egales, avances]", month, 0)[-1]
    assert ("Le reste est à régler le mois prochain." in said) == left


@pytest.mark.parametrize(("high", "same"), [(100_00, True), (100_01, True), (100_02, False)])
def test_amounts_a_cent_apart_are_the_same_amount(high: int, same: bool) -> None:
    told = effect_told({"sentence": "Tout pareil.", "effect": {"low": 100_00, "middle": 100_00, "high": high}})
    assert ("Chaque personne reçoit" in told) == same


def test_the_calendar_of_simulated_months_goes_from_one_to_twelve() -> None:
    group = replace(Scenario().group, months=4, first_month=11)
    turns = play(draw(replace(Scenario(), group=group), 4, 0), POLICIES["volontaires"], EQUAL)
    assert [set(turn.settled.month.calendar.tolist()) for turn in turns] == [{11}, {12}, {1}, {2}]


def test_a_share_of_a_millionth_alone_takes_everything() -> None:
    assert set(_shares_of_levels((1, 0))) == {0}


@pytest.mark.parametrize(("many", "told"), [(LISTED, True), (LISTED + 1, False)])
def test_claims_of_a_cent_count_among_those_that_are_too_many_for_random_arrival(many: int, told: bool) -> None:
    given = {f"p{at}": {"montant": 1} for at in range(many)}
    room = Room(dict.fromkeys(given, "x"), {"demande": given}, {"pot": 5})
    assert (METHODS["arrivee_au_hasard"].label in str(Claims(every_method=True).page("demande", room))) == told
