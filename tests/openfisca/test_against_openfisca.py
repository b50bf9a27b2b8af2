"""Our own computation equals OpenFisca-France within one cent, on cases computed once; the gaps are ours, and told.

`cases.json` is written by `make_cases.py`; OpenFisca is never imported here.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from kpa_model.benefits import parameters
from kpa_model.benefits.allowances import aah, are_left, ass_kept, ass_month
from kpa_model.benefits.household import Household
from kpa_model.benefits.layers import band
from kpa_model.benefits.solidarity import declared_months, ppa, rsa
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.money import round_ratio

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))
KINDS = ["seul", "foyer", "irrégulier", "chômage", "aah"]


def month_of(case: dict) -> CalendarMonth:
    return CalendarMonth.parse(case["month"])


def ours(case: dict, skipped: int | None = None) -> tuple[int, int]:
    """RSA and prime d'activité of a case, in cents."""
    home, month = Household(**case["home"]), month_of(case)
    declared = [each.first_day for each in declared_months(month, skipped)]
    earned = 100 * np.array(case["earned"])
    allowance = np.zeros_like(earned)
    allowance[0] = 100 * case["aah"]
    minimum = rsa(home, month.first_day, earned.sum(0), 100 * (case["are"] + case["aah"]))
    prime = ppa(home, declared, earned, 100 * case["are"], aah=allowance, paid_on=month.first_day)
    return int(minimum), int(prime)


def within_a_cent(ours: int, theirs: float) -> bool:
    return abs(ours - 100 * theirs) <= 1


def test_there_are_more_than_three_hundred_household_months() -> None:
    assert CASES["openfisca_france"].startswith("176.")
    assert len(CASES["households"]) >= 300
    assert {each["kind"] for each in CASES["households"]} == set(KINDS)
    assert sum(each["ppa"] > 0 for each in CASES["households"]) > 200
    assert sum(each["rsa"] > 0 for each in CASES["households"]) > 200


@pytest.mark.parametrize("kind", KINDS)
def test_every_household_month_agrees_within_one_cent(kind: str) -> None:
    apart = []
    for case in (each for each in CASES["households"] if each["kind"] == kind):
        minimum, prime = ours(case)
        if not (within_a_cent(minimum, case["rsa"]) and within_a_cent(prime, case["ppa"])):
            apart.append((case, minimum, prime))
    assert apart == []


def test_gap_a_month_without_pay_does_not_wipe_out_the_quarter() -> None:
    """OpenFisca takes a pay of zero this month for an activity that ended: it forgets the quarter for RSA."""
    found = [each for each in CASES["gaps"] if each["kind"] == "interruption"]
    assert len(found) == 9
    for case in found:
        minimum, prime = ours(case)
        without = ours({**case, "earned": [[0, 0, 0]]})[0]
        assert within_a_cent(without, case["rsa"])
        assert without - minimum == 100 * case["earned"][0][0]
        assert within_a_cent(prime, case["ppa"])


def test_gap_a_pay_of_the_first_declared_month_opens_the_prime() -> None:
    """Since March 2025 OpenFisca asks for a pay in M-3..M-1, though M-4..M-2 is declared."""
    found = [each for each in CASES["gaps"] if each["kind"] == "premier mois"]
    assert len(found) == 4
    for case in found:
        minimum, prime = ours(case)
        assert within_a_cent(minimum, case["rsa"])
        assert case["ppa"] == 0
        slope = parameters.ppm("ppa_part_gardee", declared_months(month_of(case))[0].first_day)
        assert within_a_cent(prime, case["earned"][0][0] * slope / 3e6)


@pytest.mark.parametrize("case", CASES["ass"], ids=lambda case: f"{case['year']}-{case['pattern']}")
def test_ass_stops_and_comes_back_in_the_same_months(case: dict) -> None:
    days = [date(case["year"], month, 1) for month in range(1, 13)]
    kept = ass_kept([int(mark) for mark in case["pattern"]], days[0])
    for day, paid, theirs in zip(days, kept, case["ass"], strict=True):
        assert within_a_cent(ass_month(day) if paid else 0, theirs)


def test_are_pays_the_same_days() -> None:
    for case in CASES["are"]:
        daily = round(100 * case["daily"])
        left = int(are_left(30 * daily, 100 * case["gross"], month_of(case).first_day))
        assert within_a_cent(daily * int(round_ratio(left, daily)), case["are"]), case  # paid in whole days


def test_aah_is_the_same() -> None:
    for case in CASES["aah"]:
        assert within_a_cent(int(aah(month_of(case).first_day, 100 * np.array(case["earned"]))), case["aah"]), case


def test_gross_to_net_is_the_same() -> None:
    for case in CASES["pay"]:
        assert within_a_cent(int(band(month_of(case).first_day).low.net_of_gross(100 * case["gross"])), case["net"])


def test_the_cost_without_relief_differs_by_two_rates_only() -> None:
    """OpenFisca 176 has no apprenticeship tax in 2019, and keeps AGS at 0.20 % after July 2024."""
    for case in CASES["pay"]:
        day, gross = month_of(case).first_day, 100 * case["gross"]
        missing = 6_800 if day.year == 2019 else 500 if day >= date(2024, 7, 1) else 0
        ours = int(band(day).low.cost(gross))
        assert abs(ours - 100 * case["cost"] - gross * missing / 1_000_000) <= 1, case


def test_the_largest_relief_is_the_relief_at_the_smic() -> None:
    """Since June 2026 the SMIC is above the frozen amount the relief refers to: ours is the upper bound."""
    for case in CASES["pay"]:
        day, gross = month_of(case).first_day, 100 * case["gross"]
        both = band(day)
        relief = gross * (both.low.employer - both.high.employer) / 1_000_000
        if day < date(2026, 6, 1):
            assert abs(relief - 100 * case["general_relief"]) <= 1 + gross / 10_000, case
        else:
            assert 0 <= relief - 100 * case["general_relief"] <= gross * 0.025, case
