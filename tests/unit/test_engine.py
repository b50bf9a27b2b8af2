"""Settling: one month, and months that follow each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from kpa_model.cooperative.month import Month
from kpa_model.errors import BrokenStep
from kpa_model.pay.engine import MEMORY, settle, settle_each, settle_months
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import loads
from kpa_model.pay.step import Step


def rule(steps: str, promises: str = "") -> PayRule:
    return loads(f"titre: Essai\netapes: [{steps}]\npromesses: [{promises}]")


def month(sales: int, **facts) -> Month:
    return Month.of(["Awa", "Bruno"], sales=sales, **facts)


def test_steps_act_in_the_order_of_the_list() -> None:
    saved_first = settle(rule("{mise_en_reserve: {taux: 50 %}}, parts_egales"), month(1000))
    shared_first = settle(rule("parts_egales, {mise_en_reserve: {taux: 50 %}}"), month(1000))
    assert saved_first.pay.tolist() == [250, 250]
    assert shared_first.pay.tolist() == [500, 500]


def test_every_step_is_a_line_of_the_payslip() -> None:
    settled = settle(rule("{parts_egales: {part: 50 %}}, parts_egales"), month(1000))
    assert [int((line.after.pay - line.before.pay)[0]) for line in settled.lines] == [250, 250]
    assert [seen.delta for _, seen in settled.seen_by(0)] == [250, 250]


def test_a_rule_without_steps_leaves_everything_in_the_pot() -> None:
    settled = settle(PayRule("Vide"), month(1000))
    assert settled.closing.pot == 1000
    assert not settled.lines


def test_what_is_missing_is_said() -> None:
    settled = settle(rule("demandes_libres", "enveloppe_respectee"), month(100, claims=[80, 70]))
    assert settled.missing == 50
    assert [promise.name for promise in settled.broken()] == ["enveloppe_respectee"]


def test_a_promise_broken_in_one_replicate_is_broken() -> None:
    settled = settle(rule("demandes_libres", "enveloppe_respectee"), month([100, 500], claims=[80, 70]))
    assert settled.broken()
    assert settled.rule.promises[0].kept(settled).tolist() == [False, True]


def test_the_next_month_starts_with_what_was_left() -> None:
    steps = "{parts_egales: {part: 50 %}}, {part_au_fonds_commun: {taux: 10 %}}"
    first, second = settle_months(rule(steps), [month(1000)] * 2)
    assert (first.closing.pot, first.closing.fund) == (450, 50)
    assert (second.opening.pot, second.opening.fund) == (1450, 50)
    assert second.month.past_pay.tolist() == [[250, 250]]


def test_a_shortage_is_carried_too() -> None:
    both = settle_months(rule("frais_directs, parts_egales"), [month(0, direct_costs=300), month(1000)])
    assert both[1].pay.tolist() == [350, 350]


def test_what_is_owed_is_paid_later() -> None:
    steps = "payer_les_dettes, demandes_libres, {ramener_a_l_enveloppe: {reporter: oui}}"
    first, second = settle_months(rule(steps), [month(100, claims=[100, 100]), month(1000)])
    assert first.closing.owed.tolist() == [50, 50]
    assert second.pay.tolist() == [50, 50]
    assert second.closing.owed.tolist() == [0, 0]


def test_one_year_is_remembered() -> None:
    done = settle_months(rule("parts_egales"), [month(10 * at) for at in range(MEMORY + 3)])
    assert done[-1].month.past_pay[:, 0].tolist() == [5 * at for at in range(2, MEMORY + 2)]


def test_months_with_and_without_replicates_may_follow_each_other() -> None:
    done = settle_months(rule("parts_egales"), [month(100), month([100, 200]), month(100)])
    assert done[-1].month.past_pay.tolist() == [[[50, 50], [50, 50]], [[50, 50], [100, 100]]]


def test_settlements_come_one_by_one() -> None:
    each = settle_each(rule("parts_egales"), iter([month(100), month(200)]))
    assert next(each).pay.tolist() == [50, 50]
    assert next(each).pay.tolist() == [100, 100]


@dataclass(frozen=True)
class Faulty(Step):
    """A step that does as told, to be stopped by the engine."""

    move_of: Move
    name = "faux"

    def move(self, month: Month, now: Purses) -> Move:
        return self.move_of


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (Move(fund=np.int64(-1)), "fund"),
        (Move(pay=np.array([-1, 0])), "pay"),
        (Move(owed=np.array([-1, 0])), "owed"),
        (Move(pay=np.array([0, 5])), "sans CAPE"),
    ],
)
def test_an_impossible_move_is_stopped(move: Move, said: str) -> None:
    with pytest.raises(BrokenStep, match=said):
        settle(PayRule("Essai", (Faulty(move),)), month(1000, payable=[True, False]))
