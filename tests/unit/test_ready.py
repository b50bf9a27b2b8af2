"""The ready rules: they load, differ, read aloud, and share any month."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings

from kpa_model.cooperative.facts import months_of
from kpa_model.files.book.book_reader import read_book
from kpa_model.pay.engine import settle, settle_months
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule_file import dumps, fingerprint, load, loads
from kpa_model.places import data
from tests.contract.months import cases, months
from tests.contract.readable import faults, sentences, words
from tests.contract.test_rules import adds_up

BOOKS = ("moulins_2018_2019", "tilleuls")
each_rule = pytest.mark.parametrize("name", ready_rules())


def test_there_are_at_least_fourteen() -> None:
    assert len(ready_rules()) >= 14
    assert next(iter(ready_rules())) == "parts_egales"


@each_rule
def test_a_ready_rule_says_where_it_comes_from(name: str) -> None:
    rule = ready_rules()[name]
    assert rule == load(data() / "regles" / f"{name}.yaml") == loads(dumps(rule))
    assert all((rule.title, rule.sentence, rule.favours, rule.objections, rule.seen_at))
    assert rule.trial
    assert rule.trial.review_on is None
    assert rule.steps[0].name == "frais_directs"


@each_rule
def test_a_ready_rule_reads_aloud(name: str) -> None:
    rule = ready_rules()[name]
    texts = (rule.sentence, rule.favours, rule.objections, rule.seen_at)
    assert not [fault for text in (*texts, *rule.read_aloud()) for fault in faults(text)]
    assert max(words(each) for text in texts for each in sentences(text)) <= 15
    assert max(words(each) for each in sentences(rule.sentence)) <= 12


@pytest.mark.parametrize(("one", "other"), list(combinations(ready_rules(), 2)))
def test_two_ready_rules_differ(one: str, other: str) -> None:
    assert fingerprint(ready_rules()[one]) != fingerprint(ready_rules()[other])


@each_rule
def test_a_ready_rule_shares_any_month(name: str) -> None:
    @settings(max_examples=cases(25, 1_000))
    @given(months())
    def shared(month) -> None:
        adds_up(settle(ready_rules()[name], month))

    shared()


@each_rule
@pytest.mark.parametrize("book", BOOKS)
def test_a_ready_rule_shares_every_month_of_a_book(name: str, book: str) -> None:
    rule = ready_rules()[name]
    for settled in settle_months(rule, _facts(book)):
        adds_up(settled)
        for who in range(len(settled.month.members)):
            assert not [fault for step, seen in settled.seen_by(who) for fault in faults(step.because(seen))]
        assert not [fault for promise in rule.promises for fault in faults(promise.verdict(settled))]


_READ: dict[str, tuple] = {}


def _facts(book: str) -> tuple:
    if book not in _READ:
        read = read_book(data() / book)
        _READ[book] = months_of(getattr(read, "book", read))
    return _READ[book]
