"""What every rule must satisfy, whatever its steps and their order: any rule that can be written."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kpa_model.cooperative.month import Month
from kpa_model.pay.engine import MEMORY, Settlement, settle, settle_months
from kpa_model.pay.purses import Purses
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import dumps, fingerprint, loads
from kpa_model.words import euros
from tests.contract.months import cases, freeze, months, pick, rules
from tests.contract.readable import faults

MONEY = ("costs", "cae", "fund", "reserve", "pot")


def adds_up(settled: Settlement) -> None:
    """Raise unless each payslip is the sum of its lines, and all purses together are what there was at the start."""
    opening, closing = settled.opening, settled.closing
    lines = sum((line.after.pay - line.before.pay for line in settled.lines), np.zeros_like(opening.pay))
    assert np.array_equal(np.broadcast_to(lines, closing.pay.shape), closing.pay)
    shared = sum(getattr(closing, name) - getattr(opening, name) for name in MONEY)
    personal = (closing.pay + closing.saved - opening.saved).sum(-1)
    assert (shared + personal == 0).all()
    assert (closing.total() == settled.month.sales + settled.month.carried + opening.fund + opening.reserve
            + opening.saved.sum(-1)).all()  # fmt: skip


@settings(max_examples=cases(150, 20_000))
@given(rules(most=8), st.sampled_from([(), (3,), (2, 2)]).flatmap(months))
def test_a_payslip_adds_up(rule: PayRule, month: Month) -> None:
    freeze(month)
    adds_up(settle(rule, month))


@settings(max_examples=cases(100))
@given(rules(), months((3,)))
def test_settling_a_stack_is_settling_each_month(rule: PayRule, month: Month) -> None:
    whole = settle(rule, month).closing
    for at in range(3):
        alone = settle(rule, pick(month, (at,))).closing
        here = pick(whole, (at,))
        assert all(np.array_equal(getattr(here, each.name), getattr(alone, each.name)) for each in fields(Purses))


@settings(max_examples=cases(60))
@given(rules(), st.integers(2, 5), st.sampled_from([(), (2,)]), st.data())
def test_no_cent_is_lost_from_month_to_month(rule: PayRule, count: int, axes: tuple[int, ...], data) -> None:
    first = data.draw(months(axes))
    later = [data.draw(months(axes)) for _ in range(count)]
    people = len(first.members)
    row = [first, *(each for each in later if len(each.members) == people)]
    done = settle_months(rule, row)
    for settled in done:
        adds_up(settled)
    for before, after in pairwise(done):
        assert all(
            np.array_equal(getattr(before.closing, name), getattr(after.opening, name))
            for name in ("fund", "reserve", "saved", "owed")
        )
        assert (after.opening.pot == before.closing.pot + after.month.sales).all()


@settings(max_examples=cases(20))
@given(rules(most=2), months(), st.integers(MEMORY, MEMORY + 3))
def test_a_rule_remembers_one_year_and_no_more(rule: PayRule, month: Month, count: int) -> None:
    last = settle_months(rule, [replace(month, sales=np.asarray(10_000))] * (count + 1))[-1]
    assert last.month.past_pay.shape[-2] == MEMORY


@settings(max_examples=cases(300))
@given(rules())
def test_the_file_says_it_all(rule: PayRule) -> None:
    written = dumps(rule)
    read = loads(written)
    assert read == rule
    assert dumps(read) == written
    assert fingerprint(read) == fingerprint(rule)


@settings(max_examples=cases(100, 20_000))
@given(rules(most=8), months())
def test_a_rule_reads_aloud(rule: PayRule, month: Month) -> None:
    """Any steps with any guards read well, and what is told to a person is what her payslip holds."""
    assert not [fault for said in rule.read_aloud() for fault in faults(said)]
    settled = settle(rule, month)
    for who in range(len(month.members)):
        told = [(seen.delta, step.because(seen)) for step, seen in settled.seen_by(who)]
        assert not [fault for _, said in told for fault in faults(said)]
        assert all(not cents or euros(abs(cents)) in said for cents, said in told)
        assert sum(cents for cents, _ in told) == settled.pay[who]


@settings(max_examples=cases(100))
@given(rules(), months())
def test_a_fingerprint_tells_rules_apart_by_what_they_do(rule: PayRule, month: Month) -> None:
    assert fingerprint(replace(rule, title="Autre titre", objections="")) == fingerprint(rule)
    assert fingerprint(replace(rule, steps=(*rule.steps, rule.steps[0]))) != fingerprint(rule)
