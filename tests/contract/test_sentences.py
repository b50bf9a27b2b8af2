"""Every step and promise can be read aloud: what it is, what it does, why this amount, whether it was kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from kpa_model.declare.setting import settings_of
from kpa_model.pay.promise import Result, known_promises
from kpa_model.pay.purses import Purses
from kpa_model.pay.rule import Trial
from kpa_model.pay.step import Family, Seen, known_steps
from kpa_model.words import euros
from tests.contract.laws import after
from tests.contract.months import Situation, cases, set_at_random, situations
from tests.contract.readable import faults

EVERYTHING = {**known_steps(), **known_promises()}


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_reference_page_is_readable(name: str) -> None:
    known = EVERYTHING[name]
    assert not faults(known.about)
    assert known.title
    assert not faults(f"{known.title}.")
    assert not [fault for reason in getattr(known, "breaks", {}).values() for fault in faults(reason)]
    assert not [fault for each in settings_of(known).values() for fault in faults(f"{each.label}.")]


@pytest.mark.parametrize("name", EVERYTHING)
def test_it_says_what_it_does_whatever_its_settings(name: str) -> None:
    @settings(max_examples=cases(30, 1_000))
    @given(set_at_random(EVERYTHING[name]))
    def said(item) -> None:
        assert not faults(item.says())
        assert not [fault for each in settings_of(item).values() for fault in faults(f"{each.label}.")]

    said()


@pytest.mark.parametrize("name", known_steps())
def test_a_step_tells_each_person_why(name: str) -> None:
    @settings(max_examples=cases(30, 1_000))
    @given(situations(known_steps()[name], ()))
    def told(of: Situation) -> None:
        then = after(of)
        for who in range(len(of.month.members)):
            assert not faults(of.step.because(Seen(of.month, who, of.now, then)))

    told()


@pytest.mark.parametrize("name", known_steps())
def test_a_step_tells_each_person_the_amount_that_changed(name: str) -> None:
    @settings(max_examples=cases(30, 1_000))
    @given(situations(known_steps()[name], ()))
    def told(of: Situation) -> None:
        then = after(of)
        for seen in (Seen(of.month, who, of.now, then) for who in range(len(of.month.members))):
            assert not seen.delta or euros(abs(seen.delta)) in of.step.because(seen)

    told()


@pytest.mark.parametrize("name", [name for name, cls in known_steps().items() if cls.family is Family.SHARE])
def test_a_share_tells_who_cannot_be_paid(name: str) -> None:
    @settings(max_examples=cases(30, 1_000))
    @given(situations(known_steps()[name], ()))
    def told(of: Situation) -> None:
        then = after(of)
        for seen in (Seen(of.month, who, of.now, then) for who in range(len(of.month.members))):
            why = "n'est pas là ce mois-ci" if not of.month.present[seen.who] else "n'a pas de contrat CAPE ce mois-ci"
            assert bool(of.month.paid[seen.who]) != (why in of.step.because(seen))

    told()


@pytest.mark.parametrize("name", known_promises())
def test_a_promise_tells_in_figures_whether_it_was_kept(name: str) -> None:
    @settings(max_examples=cases(30, 1_000))
    @given(situations(known_steps()["parts_egales"], ()), set_at_random(known_promises()[name]))
    def told(of: Situation, promise) -> None:
        assert not faults(promise.verdict(Result(of.month, Purses.opening(of.month), of.now)))

    told()


@pytest.mark.parametrize("quarters", range(1, 9))
def test_a_trial_is_readable(quarters: int) -> None:
    assert not faults(Trial(quarters).says())
