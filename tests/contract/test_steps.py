"""What every step must satisfy, over the registry: a new step is here without touching this file."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.errors import NoSuchExample

from kpa_model.pay.promise import known_promises
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import dumps, loads
from kpa_model.pay.step import known_steps
from tests.contract.laws import ALWAYS, OPTIONAL, after, laws_of, the_order_of_people_does_not_matter
from tests.contract.months import Situation, cases, set_at_random, situations, with_all_paid

each_step = pytest.mark.parametrize("name", known_steps())
declared = [(name, law) for name, cls in known_steps().items() for law in cls.breaks]


@each_step
def test_a_step_keeps_every_law_it_does_not_declare_broken(name: str) -> None:
    cls = known_steps()[name]

    @settings(max_examples=cases(40))
    @given(situations(cls))
    def kept(of: Situation) -> None:
        for law in laws_of(cls.breaks):
            try:
                law(of)
            except AssertionError as error:
                raise AssertionError(f"« {name} » breaks the law « {law.__name__} »") from error

    kept()


@each_step
def test_a_guarded_step_keeps_what_every_step_keeps(name: str) -> None:
    """For whom, when, with which money: whatever is asked, no cent is lost, and the others are left alone."""

    @settings(max_examples=cases(25, 3_000))
    @given(situations(known_steps()[name], guarded=True))
    def kept(of: Situation) -> None:
        for law in ALWAYS:
            if law is not the_order_of_people_does_not_matter:  # a guard may leave few people, so more odd cents
                law(of)
        if known_steps()[name].for_each:
            moved = after(of).pay - of.now.pay
            assert not (moved * ~of.step.who(of.month)).any()

    kept()


@each_step
def test_a_step_says_in_french_why_it_breaks_a_law(name: str) -> None:
    breaks = known_steps()[name].breaks
    assert set(breaks) <= set(OPTIONAL)
    assert all(reason.endswith(".") for reason in breaks.values())


@pytest.mark.parametrize(("name", "law"), declared)
def test_a_law_declared_broken_is_really_broken_somewhere(name: str, law: str) -> None:
    def broken(of: Situation) -> bool:
        try:
            OPTIONAL[law](of)
        except AssertionError:
            return True
        return False

    found = [Phase.generate]  # one is enough: nobody reads it, so it is not made smaller
    health = list(HealthCheck)
    look = settings(max_examples=250, database=None, suppress_health_check=health, phases=found)
    anywhere = situations(known_steps()[name])
    for seed in range(80):  # many short looks meet a rare thing sooner than a long one, which keeps to its ways
        with suppress(NoSuchExample):
            assert find(anywhere | anywhere.map(with_all_paid), broken, settings=look, random=Random(seed))
            return
    pytest.fail("twenty thousand situations keep a law that is declared broken")


@pytest.mark.parametrize("name", {**known_steps(), **known_promises()})
def test_the_file_says_all_its_settings(name: str) -> None:
    cls = {**known_steps(), **known_promises()}[name]

    @settings(max_examples=cases(60, 1_000))
    @given(set_at_random(cls))
    def kept(item: object) -> None:
        plain = known_steps()["parts_egales"]()
        both = ((item,), ()) if name in known_steps() else ((plain,), (item,))
        rule = PayRule("Essai", *both)
        assert loads(dumps(rule)) == rule

    kept()
