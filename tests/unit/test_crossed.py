"""Limits that a later step breaks, and the money of a month that adds up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from kpa_model.cooperative.month import Month
from kpa_model.pay.crossed import crossings, crossings_told
from kpa_model.pay.engine import settle, settle_months
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import loads
from kpa_model.story.pay.balance import balance
from tests.contract.months import cases, months, rules
from tests.contract.readable import faults


def rule(steps: str, promises: str = "") -> PayRule:
    return loads(f"titre: Essai\netapes: [{steps}]\npromesses: [{promises}]")


MONTH = Month.of(["Awa", "Bruno"], sales=1000_00, minutes=[[540, 60], [0, 0], [0, 0], [0, 0]])


def test_a_maximum_broken_by_a_later_step_is_said_with_name_and_amount() -> None:
    steps = "par_heures, {plafond: {euros: 300}}, {montant_par_unite: {compter: parts, euros: 0.5}}"
    (found,) = crossings(settle(rule(steps), MONTH))
    assert (
        found.says()
        == "L'étape 3 (« Un montant pour chaque chose comptée ») fait dépasser le maximum : Awa, 300,50\u00a0€."
    )


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("{plancher: {euros: 150}}, {epargne_de_lancement: {taux: 50 %}}", "fait passer sous le minimum"),
        (
            "{par_heures: {part: 50 %}}, {ecart_maximal: {fois: 2}}, par_heures",
            "agrandit l'écart",
        ),
        ("par_heures, ramener_a_l_enveloppe, taux_horaire", "fait dépasser l'enveloppe"),
        ("par_heures, {plafond: {euros: 20, par: heure}}, {par_heures: {}}", "fait dépasser le maximum par heure"),
    ],
)
def test_each_limit_that_is_broken_names_the_step_that_breaks_it(steps: str, said: str) -> None:
    assert said in " ".join(each.says() for each in crossings(settle(rule(steps), MONTH)))


def test_a_limit_that_holds_says_nothing() -> None:
    assert not list(crossings(settle(rule("par_heures, {plafond: {euros: 300}}, reste_en_reserve"), MONTH)))


def test_other_months_are_counted() -> None:
    lived = settle_months(rule("par_heures, {plafond: {euros: 300}}, par_heures"), [MONTH] * 3)
    assert "2\u00a0mois d'avant" in crossings_told(lived)[-1]


def test_the_rule_read_aloud_says_that_a_limit_may_be_broken() -> None:
    loose = rule("par_heures, {plafond: {euros: 300}}, {parts_egales: {part: 50 %}}")
    assert loose.read_aloud()[1].endswith("Une étape plus loin peut dépasser ce maximum.")
    checked = rule(
        "par_heures, {plafond: {euros: 300}}, {parts_egales: {part: 50 %}}", "{personne_au_dessus: {euros: 300}}"
    )
    assert "peut dépasser" not in checked.read_aloud()[1]
    assert "peut" not in rule("par_heures, {plafond: {euros: 300}}, reste_au_fonds").read_aloud()[1]


@settings(max_examples=cases(60, 5_000))
@given(rules(), months())
def test_whatever_breaks_a_limit_is_told_and_the_money_adds_up(drawn: PayRule, month: Month) -> None:
    settled = settle(drawn, month)
    for each in crossings(settled):
        assert drawn.steps[each.by].may_break(each.claim), (drawn.steps[each.by], each.claim)
    assert not [fault for each in crossings(settled) for fault in faults(each.says())]
    assert not [fault for said in drawn.read_aloud() for fault in faults(said)]
    money = balance([settled])
    assert sum(cents for _, cents in money.came) == sum(cents for _, cents in money.went)
    assert not [fault for said in money.purses() for fault in faults(said)]
