"""A rule as a noun: read aloud, changed, compared."""

from __future__ import annotations

from datetime import date

import pytest

from kpa_model.pay.promise import known_promises
from kpa_model.pay.rule import PayRule, Trial
from kpa_model.pay.step import known_steps

EQUAL, REST = known_steps()["parts_egales"](), known_steps()["reste_au_fonds"]()


def test_a_rule_is_read_aloud_in_order() -> None:
    within = known_promises()["enveloppe_respectee"]()
    rule = PayRule("Essai", (EQUAL, REST), (within,), Trial(2, date(2027, 3, 31)))
    assert rule.read_aloud() == (
        "On partage l'enveloppe à parts égales.",
        "Ce qui reste va au fonds commun.",
        "Nous promettons : on ne paie jamais plus que l'enveloppe.",
        "On essaie cette règle pendant 2\u00a0trimestres. On en reparle le 31 mars 2027.",
    )


def test_a_trial_without_a_date_says_its_length_only() -> None:
    assert Trial().says() == "On essaie cette règle pendant 1\u00a0trimestre."


def test_the_first_of_a_month_is_written_in_french() -> None:
    assert Trial(1, date(2027, 4, 1)).says().endswith("On en reparle le 1er avril 2027.")


def test_other_steps_make_another_rule() -> None:
    rule = PayRule("Essai", (EQUAL,), sentence="Une phrase.")
    other = rule.with_steps(EQUAL, REST)
    assert rule.steps == (EQUAL,)
    assert other.steps == (EQUAL, REST)
    assert other.sentence == rule.sentence


def test_a_rule_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        PayRule("Essai").title = "Autre"  # type: ignore[misc]
