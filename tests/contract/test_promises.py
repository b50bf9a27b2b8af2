"""What every promise must satisfy, over the registry."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kpa_model.cooperative.month import Month
from kpa_model.pay.engine import settle
from kpa_model.pay.promise import Promise, known_promises
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import loads
from kpa_model.pay.step import known_steps
from tests.contract.months import NAMES, cases, freeze, months, pick, rules, set_at_random

each_promise = pytest.mark.parametrize("name", known_promises())
FIGURES = re.compile(r"[\d\u202f\u00a0,€−]+")


@each_promise
def test_replicates_of_a_promise_do_not_talk(name: str) -> None:
    @settings(max_examples=cases(50, 1_000))
    @given(set_at_random(known_promises()[name]), rules(most=4), months((3,)))
    def kept(promise: Promise, rule: PayRule, month: Month) -> None:
        freeze(month)
        whole = np.broadcast_to(promise.kept(settle(rule, month)), (3,))
        assert whole.dtype == np.bool_
        for at in range(3):
            assert promise.kept(settle(rule, pick(month, (at,)))) == whole[at]

    kept()


@each_promise
def test_a_verdict_never_says_the_same_of_a_promise_kept_and_broken(name: str) -> None:
    told: dict[bool, set[str]] = {True: set(), False: set()}
    claims = known_steps()["demandes_libres"]()  # rules at random overdraw 2 months in 100; with claims, many

    @settings(max_examples=cases(150, 2_000), phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(set_at_random(known_promises()[name]), rules(most=4), months(), st.booleans())
    def listen(promise: Promise, rule: PayRule, month: Month, usual: bool) -> None:
        for asked in (rule, rule.with_steps(*rule.steps, claims)):
            result = settle(asked, month)
            for each in (promise, known_promises()[name]()):
                told[bool(each.kept(result))].add(FIGURES.sub("#", each.verdict(result)))

    listen()
    assert told[True]
    assert told[False]
    assert not told[True] & told[False]


@each_promise
def test_a_promise_does_not_look_at_names(name: str) -> None:
    @settings(max_examples=cases(20, 2_000))
    @given(set_at_random(known_promises()[name]), months())
    def kept(promise: Promise, month: Month) -> None:
        rule = loads("titre: Essai\netapes: [par_heures]")
        renamed = replace(month, members=tuple(f"x{name}" for name in NAMES[: len(month.members)]))
        assert promise.kept(settle(rule, month)) == promise.kept(settle(rule, renamed))

    kept()
