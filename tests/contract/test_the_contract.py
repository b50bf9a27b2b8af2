"""The contract refuses faulty steps: tests of the tests. None of these steps is registered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, settings

from kpa_model.cooperative.month import Month
from kpa_model.money import part_of, split_cents
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import Step
from tests.contract import laws
from tests.contract.months import Situation, situations
from tests.contract.readable import faults


class LosesACent(Step):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=np.ones(1, np.int64))  # one cent leaves the pot, everyone receives one


class LosesReplicates(Step):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(fund=np.ones((2, 5), np.int64))


class PaysEverybody(Step):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=np.ones(len(month.members), np.int64))


class TakesFromTheFund(Step):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(fund=np.asarray(-100))


class TakesFromPeople(Step):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=np.where(month.paid, np.int64(-100), 0))


class TalksAcrossReplicates(Step):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(fund=np.asarray(month.sales.max(initial=0) // 10))


class WritesInTheFacts(Step):
    def move(self, month: Month, now: Purses) -> Move:
        month.minutes[...] = 0
        return Move()


class RemembersTheLastCall(Step):
    calls = 0

    def move(self, month: Month, now: Purses) -> Move:
        type(self).calls += 1
        return Move(fund=np.asarray(type(self).calls))


class ServesTheFirst(Step):
    def move(self, month: Month, now: Purses) -> Move:
        first = np.arange(len(month.members)) == 0
        return Move(pay=np.where(month.paid & first, 100, 0))


class PrefersAName(Step):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=np.where(month.paid & (np.array(month.members) == "Awa"), 100, 0))


class PunishesHours(Step):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=np.where(month.paid, np.maximum(10_000 - month.all_minutes, 0), 0))


class GivesAFixedAmount(Step):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(fund=np.asarray(100_00))


class SharesTooMuch(Step):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=split_cents(part_of(now.left, 1_010_000), month.paid * 1, if_nobody="keep"))


FAULTY = {
    LosesACent: laws.no_cent_is_created_or_lost,
    LosesReplicates: laws.no_cent_is_created_or_lost,
    PaysEverybody: laws.nobody_unpayable_is_paid,
    TakesFromTheFund: laws.nobody_goes_below_zero,
    TakesFromPeople: laws.nobody_goes_below_zero,
    TalksAcrossReplicates: laws.replicates_do_not_talk,
    WritesInTheFacts: laws.inputs_are_left_unchanged,
    RemembersTheLastCall: laws.inputs_are_left_unchanged,
    ServesTheFirst: laws.the_order_of_people_does_not_matter,
    PrefersAName: laws.names,
    PunishesHours: laws.monotone_hours,
    GivesAFixedAmount: laws.scale,
    SharesTooMuch: laws.positive_pot,
}


@pytest.mark.parametrize("faulty", FAULTY, ids=lambda cls: cls.__name__)
def test_the_contract_refuses_a_faulty_step(faulty: type[Step]) -> None:
    law = FAULTY[faulty]

    def refused(of: Situation) -> bool:
        try:
            law(of)
        except (AssertionError, ValueError):
            return True
        return False

    found, health = [Phase.generate], list(HealthCheck)  # one is enough: nobody reads it, so it is not made smaller
    look = settings(max_examples=100, derandomize=True, database=None, suppress_health_check=health, phases=found)
    assert find(situations(dataclass(frozen=True)(faulty)), refused, settings=look)


def test_every_law_refuses_some_faulty_step() -> None:
    assert set(FAULTY.values()) == {*laws.ALWAYS, *laws.OPTIONAL.values()}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sans point final",
        "La règle nommée par_heures agit.",
        "Awa reçoit nan €.",
        "None reçoit sa part.",
        "The pot is empty.",
        "C'est au nom de Awa.",
        "C'est le tour d'Bruno.",
        "La CAE reçoit 5\u00a0% de les ventes.",
        "Cette phrase est beaucoup trop longue pour que quelqu'un la lise à voix haute devant tout le monde.",
        "On retire -3,00\u00a0€.",
        "Il y a 1 personnes.",
        "On partage.. Voilà.",
        "il manque une majuscule.",
    ],
)
def test_a_sentence_that_reads_badly_is_refused(text: str) -> None:
    assert faults(text)
