"""What an hour of each kind brings follows what the rule values, not only who did it."""

from __future__ import annotations

import numpy as np
import pytest

from kpa_model.cooperative.month import Month
from kpa_model.pay import rule_file
from kpa_model.pay.engine import settle
from kpa_model.simulation.kinds import PARTS, kinds_met, pay_by_kind, time_by_kind

MINUTES = [[[600, 0], [0, 0], [600, 300], [0, 60]]] * 3
"""Three replicates alike: Awa has ten hours of jobs, ten for the commons; Bruno five for the commons, one to learn."""


def _cents(steps: str, months: int = 0):
    rule = rule_file.loads(f"titre: Essai\netapes:\n{steps}")
    minutes, sales = np.array(MINUTES), np.full(3, 30_000)
    if months:
        minutes, sales = np.stack([minutes] * months), np.stack([sales] * months)
    settled = settle(rule, Month.of(["Awa", "Bruno"], minutes=minutes, sales=sales))
    pay = np.broadcast_to(settled.pay, (*sales.shape, 2))
    found = pay_by_kind(settled, pay) / PARTS
    assert found.sum(-1) == pytest.approx(pay.reshape(-1, 3, 2).sum((0, 2)), abs=1)
    return found[0].tolist(), time_by_kind(settled)[0].tolist()


def test_hours_alike_bring_alike():
    cents, minutes = _cents("- par_heures")
    assert minutes == [600, 0, 900, 60]
    assert np.divide(cents, np.maximum(minutes, 1)) * 60 == pytest.approx([1153.8, 0, 1153.8, 1153.8], rel=1e-3)


def test_kinds_are_met_until_every_minute_is_counted():
    month = Month.of(["Awa", "Bruno"], minutes=np.array(MINUTES), sales=np.full(3, 1))
    assert kinds_met(month) == [0, 2, 3]
    assert kinds_met(Month.of(["Awa", "Bruno"], minutes=np.zeros((3, 4, 2), np.int64))) == []


def test_a_kind_without_weight_brings_nothing():
    cents, _ = _cents("- par_heures_ponderees: {poids: {prestation: 1, appui: 1, commun: 0, formation: 0}}")
    assert cents == pytest.approx([30_000, 0, 0, 0], abs=1)


def test_a_kind_that_weighs_half_brings_half_an_hour():
    cents, minutes = _cents("- par_heures_ponderees: {poids: {prestation: 1, appui: 1, commun: 0.5, formation: 0.5}}")
    job, _, commons, learning = np.divide(cents, np.maximum(minutes, 1))
    assert job == pytest.approx(2 * commons, rel=1e-3)
    assert commons == pytest.approx(learning, rel=1e-3)


def test_paid_training_is_training_and_the_rest_follows_all_hours():
    cents, _ = _cents("- heures_de_formation: {euros_par_heure: 3, heures_au_plus: 10}")
    assert cents == pytest.approx([0, 0, 0, 300], abs=1)


def test_months_add_up():
    steps = "- par_heures_ponderees: {poids: {prestation: 2, appui: 1, commun: 1, formation: 1}}"
    (one, time), (four, times) = _cents(steps), _cents(steps, months=4)
    assert four == pytest.approx([4 * each for each in one], abs=1)
    assert times == [4 * each for each in time]
