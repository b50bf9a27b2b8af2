"""What the live screens of the course calculate."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.figures.curve import Curve, curves
from kpa_model.lessons.cases import BreakEven, cash_calendar, hourly_rate, price_that_pays, working_capital

CENTS = st.integers(0, 1_000_000)
PART = st.integers(0, 450_000)


@given(CENTS, CENTS, CENTS, PART, PART)
def test_the_parts_add_up_and_pay_the_work(purchases: int, work: int, trip: int, cae: int, commons: int) -> None:
    made = price_that_pays(purchases, work, trip, cae, commons)
    margin = made.total - purchases
    assert margin == work + trip + made.cae + made.commons
    assert abs(made.cae * 1_000_000 - margin * cae) <= 1_000_000
    assert abs(made.commons * 1_000_000 - margin * commons) <= 2_000_000


def test_nothing_left_is_refused() -> None:
    with pytest.raises(ValueError, match="whole margin"):
        price_that_pays(0, 1, 0, 600_000, 400_000)


def test_break_even_of_the_domain() -> None:
    made = BreakEven(60_000, 1_400, 520)
    assert (made.each, made.least, made.sales) == (880, 69, 95_455)
    assert made.result(68) < 0 <= made.result(69)
    assert BreakEven(60_000, 500, 520).least is None
    assert BreakEven(60_000, 500, 520).sales is None


def test_a_rate_doubles_when_half_the_hours_are_billed() -> None:
    assert hourly_rate(1_791, 40, 20, 0) == 3_582


@given(st.lists(CENTS, min_size=1, max_size=12), PART, PART, st.integers(0, 500_000), st.integers(0, 4), CENTS)
def test_no_cent_of_cash_is_lost(orders, purchases, pays, deposit, delay, start) -> None:
    waited = [*orders, *[0] * delay]
    made = cash_calendar(start, waited, purchases, pays, deposit, delay)
    assert sum(each.received for each in made) == sum(orders)
    assert made[-1].left == start + sum(each.received - each.spent for each in made)


def test_a_full_order_book_can_empty_the_till() -> None:
    orders = [120_000, 160_000, 460_000, 0, 0]
    late = cash_calendar(80_000, orders, 350_000, 400_000, 0, 2)
    assert min(each.left for each in late) < 0 < late[-1].left
    assert min(each.left for each in cash_calendar(80_000, orders, 350_000, 400_000, 0, 0)) >= 0


def test_working_capital_of_months_of_thirty_days() -> None:
    assert working_capital(30_000, 240_000, 45, 80_000, 15) == (360_000, 40_000, 350_000)


def test_a_curve_says_its_numbers_in_a_table_and_escapes_names() -> None:
    drawn = curves("Caisse <b>", ["mars", "avril"], [Curve("A & B", (100, -250_000))], "Mois")
    assert 'role="img"' in drawn
    assert "Caisse &lt;b&gt;" in drawn
    assert "A &amp; B" in drawn
    assert len(re.findall(r"<td", drawn)) == 2
    assert "−2" in drawn.replace("\u202f", "")
    points = re.search(r'points="([^"]+)"', drawn)
    assert points
    assert all(0 <= float(each) <= 460 for pair in points[1].split() for each in pair.split(","))
