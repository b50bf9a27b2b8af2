"""Published amounts: SMIC, net of gross, cost bands, RSA and prime d'activité in 2019 and 2026, ASS, ARE."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from kpa_model.benefits import parameters
from kpa_model.benefits.allowances import are_left, ass_kept, ass_month
from kpa_model.benefits.household import Household
from kpa_model.benefits.in_hand import in_hand, least_useful_pay
from kpa_model.benefits.layers import band
from kpa_model.benefits.situations import typical
from kpa_model.benefits.solidarity import declared_months, ppa, rsa
from kpa_model.cooperative.calendar import CalendarMonth

# fmt: off
SMIC = [
    ("2018-01", 9.88, 1498.47), ("2019-01", 10.03, 1521.22), ("2020-01", 10.15, 1539.42), ("2021-01", 10.25, 1554.58),
    ("2021-10", 10.48, 1589.47), ("2022-01", 10.57, 1603.12), ("2022-05", 10.85, 1645.58), ("2022-08", 11.07, 1678.95),
    ("2023-01", 11.27, 1709.28), ("2023-05", 11.52, 1747.20), ("2024-01", 11.65, 1766.92), ("2024-11", 11.88, 1801.80),
    ("2025-01", 11.88, 1801.80), ("2026-01", 12.02, 1823.03), ("2026-06", 12.31, 1867.02),
]
BASES = [
    ("2018-05", 550.93, 531.51, 62), ("2018-08", 550.93, 551.51, 61), ("2019-04", 559.74, 551.51, 61),
    ("2020-04", 564.78, 553.16, 61), ("2021-04", 565.34, 553.71, 61), ("2022-04", 575.52, 563.68, 61),
    ("2022-07", 598.54, 586.23, 61), ("2023-04", 607.75, 595.25, 61), ("2024-04", 635.71, 622.63, 61),
    ("2025-04", 646.52, 633.21, 59.85), ("2026-04", 651.69, 638.28, 59.85),
]
COSTS = [  # year, cost / gross without and with relief, net / cost without and with
    (2018, 1.432, 1.151, 0.547, 0.680), (2019, 1.374, 1.054, 0.576, 0.751), (2021, 1.374, 1.054, 0.576, 0.751),
    (2023, 1.374, 1.054, 0.576, 0.751), (2024, 1.376, 1.056, 0.575, 0.749), (2025, 1.376, 1.056, 0.575, 0.749),
    (2026, 1.455, 1.057, 0.544, 0.749),
]
RIGHTS = [  # net earned a month, RSA and prime in June 2019, RSA and prime in June 2026
    (0, 492.57, 0, 573.49, 0), (25, 467.57, 15.25, 548.49, 0), (50, 442.57, 30.50, 523.49, 29.93),
    (100, 392.57, 61, 473.49, 59.85), (200, 292.57, 122, 373.49, 119.70), (300, 192.57, 183, 273.49, 179.55),
    (500, 0, 290.33, 73.49, 299.25), (600, 0, 253.49, 0, 319.30),
]
ASS = [
    ("2018-04", 16.48), ("2019-04", 16.74), ("2020-04", 16.89), ("2021-04", 16.91), ("2022-04", 17.21),
    ("2022-07", 17.90), ("2023-04", 18.17), ("2024-04", 19.01), ("2025-04", 19.33), ("2026-04", 19.48),
]
# fmt: on
JUNE_2026 = date(2026, 6, 1)


def first_day(month: str) -> date:
    return CalendarMonth.parse(month).first_day


@pytest.mark.parametrize(("month", "hour", "whole"), SMIC)
def test_smic(month: str, hour: float, whole: float) -> None:
    day = first_day(month)
    assert parameters.cents("smic_horaire", day) == round(100 * hour)
    assert parameters.cents("smic_mensuel", day) == round(100 * whole)


@pytest.mark.parametrize(("month", "minimum", "flat", "slope"), BASES)
def test_rsa_and_prime_amounts(month: str, minimum: float, flat: float, slope: float) -> None:
    day = first_day(month)
    assert parameters.cents("rsa_base", day) == round(100 * minimum)
    assert parameters.cents("ppa_base", day) == round(100 * flat)
    assert parameters.ppm("ppa_part_gardee", day) == round(10_000 * slope)
    assert parameters.cents("rsa_minimum_verse", day) == 600
    assert parameters.cents("ppa_minimum_verse", day) == 1500


@pytest.mark.parametrize("year", range(2019, 2027))
def test_net_is_79_16_per_cent_of_gross(year: int) -> None:
    rates = band(date(year, 6, 1)).low
    assert int(rates.net_of_gross(1_000_000)) == 791_598
    assert round((1_000_000 - rates.person) / 10_000, 2) == 79.16


def test_net_was_lower_before_october_2018() -> None:
    assert band(date(2018, 3, 1)).low.person == pytest.approx(217_000, abs=1_000)
    assert band(date(2018, 11, 1)).low.person < band(date(2018, 9, 30)).low.person


@pytest.mark.parametrize(("year", "full", "relieved", "low", "high"), COSTS)
def test_cost_bands(year: int, full: float, relieved: float, low: float, high: float) -> None:
    both = band(date(year, 3, 1))
    assert 1 + both.low.employer / 1e6 == pytest.approx(full, abs=0.001)
    assert 1 + both.high.employer / 1e6 == pytest.approx(relieved, abs=0.002)
    assert both.low.net_per_cost / 1e6 == pytest.approx(low, abs=0.001)
    assert both.high.net_per_cost / 1e6 == pytest.approx(high, abs=0.001)


@pytest.mark.parametrize(("net", "rsa_2019", "ppa_2019", "rsa_2026", "ppa_2026"), RIGHTS)
def test_rsa_and_prime_of_a_single_person(
    net: int, rsa_2019: float, ppa_2019: float, rsa_2026: float, ppa_2026: float
) -> None:
    """The table was computed with the three months before, in both years."""
    home, pays = Household(), [100 * net] * 3
    for year, minimum, prime in ((2019, rsa_2019, ppa_2019), (2026, rsa_2026, ppa_2026)):
        months = [each.first_day for each in declared_months(CalendarMonth.parse(f"{year}-06"), skipped=0)]
        assert int(rsa(home, date(year, 6, 1), pays)) == round(100 * minimum)
        assert int(ppa(home, months, [pays])) == round(100 * prime)


def test_one_month_is_skipped_since_march_2025() -> None:
    assert [str(each) for each in declared_months(CalendarMonth.parse("2025-02"))] == ["2024-11", "2024-12", "2025-01"]
    assert [str(each) for each in declared_months(CalendarMonth.parse("2025-03"))] == ["2024-11", "2024-12", "2025-01"]


def test_nothing_is_kept_under_about_25_euros_at_rsa_in_2026() -> None:
    least = least_useful_pay(JUNE_2026)
    assert 2500 <= least <= 2510
    assert int(in_hand(typical("seul_rsa"), [least - 1] * 3, JUNE_2026).kept) == 0
    assert int(in_hand(typical("seul_rsa"), [least] * 3, JUNE_2026).kept) > 0
    assert least_useful_pay(date(2019, 6, 1)) == 2460


@pytest.mark.parametrize(("month", "daily"), ASS)
def test_ass_amounts(month: str, daily: float) -> None:
    assert parameters.cents("ass_jour", first_day(month)) == round(100 * daily)


def test_ass_stops_in_the_fourth_month_of_any_pay() -> None:
    assert ass_month(JUNE_2026) == 58_440
    assert ass_kept([1, 1, 1, 1, 1], JUNE_2026).tolist() == [True, True, True, False, False]
    assert ass_kept([1, 0, 1, 0, 1, 0, 1], JUNE_2026).tolist() == [True] * 6 + [False]
    assert ass_kept([1, 1, 1, 0, 0, 0, 1], JUNE_2026).all()


def test_are_example() -> None:
    kept = int(are_left(100_000, 15_000, JUNE_2026))
    net = int(band(JUNE_2026).low.net_of_gross(15_000))
    assert (kept, net, kept + net) == (89_500, 11_874, 101_374)


def test_are_is_felt_at_about_twelve_per_cent_and_the_days_are_postponed() -> None:
    seen = in_hand(typical("are"), [10_000] * 3, JUNE_2026)
    assert int(seen.kept) / int(seen.paid) == pytest.approx(0.12, abs=0.01)
    lost = -int(seen.change_at_once)
    assert int(seen.postponed.sum()) / 100 * 100_000 / 30 == pytest.approx(lost, abs=100)


def test_grouping_within_a_quarter_changes_nothing_at_rsa() -> None:
    pays = np.array([[20_00, 20_00, 20_00], [0, 0, 60_00], [60_00, 0, 0]])
    assert len(set(in_hand(typical("seul_rsa"), pays, JUNE_2026).kept.tolist())) == 1


def test_other_dated_rules() -> None:
    assert [parameters.ppm(name, JUNE_2026) for name in ("tva_normale", "tva_intermediaire", "tva_reduite")] == [
        200_000, 100_000, 55_000,
    ]  # fmt: skip
    cape = [int(parameters.amount(f"cape_{name}", JUNE_2026)) for name in ("duree", "renouvellements", "age")]
    assert cape == [12, 2, 16]
    assert parameters.cents("aah_montant", JUNE_2026) == 104_159
