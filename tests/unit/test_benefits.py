"""Layers of pay, households, rights and what stays in hand: shapes, bounds, and laws that hold for any pay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.benefits import own_rates
from kpa_model.benefits.allowances import ass_kept
from kpa_model.benefits.household import Household
from kpa_model.benefits.in_hand import in_hand
from kpa_model.benefits.layers import Rates, WrongPayslip, band, from_payslip, supposed
from kpa_model.benefits.parameters import UncoveredDay
from kpa_model.benefits.rhythm import RHYTHMS, compare_rhythms
from kpa_model.benefits.situations import TYPICAL, Situation, typical
from kpa_model.benefits.solidarity import ppa, rsa
from kpa_model.errors import UnreadableFile

DAY = date(2026, 6, 1)
PAYS = st.lists(st.integers(0, 400_00), min_size=3, max_size=3)


# --- layers


def test_the_two_cases_bound_the_net() -> None:
    both = band(DAY)
    assert not both.known
    assert int(both.low.net(100_00)) < int(both.high.net(100_00)) < 100_00
    assert set(supposed(DAY).values()) == {22_000, 20_000}
    with pytest.raises(UncoveredDay):
        band(date(2035, 1, 1))


@given(st.integers(0, 10_000_00))
def test_layers_come_back_within_two_cents(cost: int) -> None:
    rates = band(DAY).low
    gross = rates.gross(cost)
    assert abs(int(rates.cost(gross)) - cost) <= 1
    assert abs(int(rates.gross_of_net(rates.net_of_gross(gross))) - int(gross)) <= 1


def test_a_payslip_gives_two_rates_and_no_amount(tmp_path: Path) -> None:
    rates = from_payslip(137_41, 100_00, 79_16)
    assert (rates.employer, rates.person) == (374_100, 208_400)
    path = tmp_path / own_rates.NAME
    assert own_rates.load(path) is None
    own_rates.save(path, rates, DAY)
    assert own_rates.load(path) == rates
    assert own_rates.group_band(path, DAY).known
    written = path.read_text(encoding="utf-8")
    assert "137" not in written.replace("37,41", "")
    own_rates.forget(path)
    assert own_rates.group_band(path, DAY) == band(DAY)


@pytest.mark.parametrize("three", [(100_00, 120_00, 80_00), (100_00, 80_00, 90_00), (0, 0, 0), (300_00, 100_00, 79_00)])
def test_three_figures_that_do_not_fit_are_refused(three: tuple[int, int, int]) -> None:
    with pytest.raises(WrongPayslip, match="Bulletin de paie"):
        from_payslip(*three)


@pytest.mark.parametrize(
    "text", ["", "part_employeur: abc\npart_personne: 3 %\n", "part_employeur: 900 %\npart_personne: 3 %\n", "["]
)
def test_damaged_own_rates_are_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / own_rates.NAME
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="Effacez ce fichier"):
        own_rates.load(path)


# --- households and rights


@pytest.mark.parametrize("wrong", [{"adults": 3}, {"children": -1}, {"recent_lone_parent": True}])
def test_households_that_do_not_exist_are_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="adult"):
        Household(**wrong)


def test_people_and_months_are_computed_together() -> None:
    draw = np.random.default_rng(6)
    pays = draw.integers(0, 900_00, (40, 5, 2, 3))
    home = Household(adults=2, children=1)
    together = rsa(home, DAY, pays.sum(-2)), ppa(home, [DAY] * 3, pays)
    assert together[0].shape == together[1].shape == (40, 5)
    assert together[0].dtype == together[1].dtype == np.int64
    for at in np.ndindex(40, 5):
        assert rsa(home, DAY, pays[at].sum(0)) == together[0][at]
        assert ppa(home, [DAY] * 3, pays[at]) == together[1][at]


@given(PAYS, st.integers(0, 300_00))
def test_rsa_never_rises_with_a_pay_and_order_does_not_matter(pays: list[int], more: int) -> None:
    home = Household(children=1)
    assert rsa(home, DAY, [pays[0] + more, *pays[1:]]) <= rsa(home, DAY, pays)
    assert rsa(home, DAY, pays) == rsa(home, DAY, pays[::-1])
    assert ppa(home, [DAY] * 3, [pays]) == ppa(home, [DAY] * 3, [pays[::-1]])


@given(PAYS)
def test_a_small_pay_at_rsa_keeps_between_nothing_and_all_of_it(pays: list[int]) -> None:
    for name in ("seul_rsa", "couple_rsa", "parent_rsa"):
        seen = in_hand(typical(name), pays, DAY)
        assert -2 <= int(seen.kept) <= int(seen.paid)


@given(st.lists(st.booleans(), min_size=1, max_size=24), st.integers(0, 3))
def test_ass_is_kept_in_every_month_without_pay_and_never_more_than_three_in_a_row(paid: list[bool], used: int) -> None:
    kept = ass_kept(paid, DAY, used)
    assert kept[~np.array(paid)].all()
    run = 0
    for active, there in zip(paid, kept, strict=True):
        run = run + 1 if active and there else 0
        assert run <= 3 - (used if run == len(paid) else 0)


# --- in hand


def test_pays_come_by_whole_quarters() -> None:
    for wrong in ([1, 2], [], [-1, 0, 0]):
        with pytest.raises(ValueError, match="quarters"):
            in_hand(typical("seul_rsa"), wrong, DAY)
    with pytest.raises(UncoveredDay):
        in_hand(typical("seul_rsa"), [1, 2, 3], date(2030, 1, 1))


def test_without_pay_nothing_moves() -> None:
    for each in TYPICAL:
        seen = in_hand(each, [0] * 12, DAY)
        assert int(seen.kept) == int(seen.change_later) == int(seen.change_at_once) == 0


def test_many_sequences_at_once_give_the_same_as_one_by_one() -> None:
    pays = np.stack([each.pays(60_00) for each in RHYTHMS])
    for situation in TYPICAL:
        together = in_hand(situation, pays, DAY).kept
        assert together.tolist() == [int(in_hand(situation, one, DAY).kept) for one in pays]


def test_the_prime_of_a_young_person_comes_on_top() -> None:
    assert int(in_hand(typical("jeune"), [100_00] * 3, DAY).kept) == 3 * 159_85


def test_a_partner_who_earns_counts_for_the_household() -> None:
    alone = Situation("", "", Household(adults=2), "rsa")
    with_pay = Situation("", "", Household(adults=2), "rsa", partner=1_500_00)
    assert int(in_hand(with_pay, [0] * 3, DAY).without.rsa.sum()) == 0
    assert int(in_hand(alone, [0] * 3, DAY).without.rsa.sum()) > 0


def test_grouping_small_pays_over_half_a_year_passes_the_threshold() -> None:
    kept = {each.rhythm.name: each.kept for each in compare_rhythms(typical("seul_rsa"), 20_00, DAY)}
    assert kept == {"mois": 0, "trimestre": 0, "semestre": 143_64, "an": 143_64, "garde": 0}


def test_the_rhythm_decides_when_ass_stops() -> None:
    stops = {each.rhythm.name: each.ass_stops for each in compare_rhythms(typical("ass"), 20_00, DAY)}
    assert stops == {"mois": 9, "trimestre": 1, "semestre": 0, "an": 0, "garde": 0}


def test_every_rhythm_pays_the_same_total() -> None:
    assert {int(each.pays(35_00).sum()) for each in RHYTHMS if each.every} == {12 * 35_00}


def test_rates_of_a_group_replace_both_cases() -> None:
    rates = Rates(374_000, 20_840_000)
    assert int(rates.gross(137_40)) == 100_00
    assert int(rates.net(137_40)) == 79_16
