"""French numbers: one grammar, whoever reads."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.declare.number import BeyondAnHourError, duration, numbers, written
from kpa_model.declare.unit import EURO, HOURS, MONTHS, PERCENT, PLAIN, TIMES
from kpa_model.files.book.cells import read_euros
from kpa_model.lessons.typed import read_typed
from kpa_model.words import euros


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1 234,56 €", 123456),
        ("1234.56", 123456),
        ("−3", -300),
        ("1.234,56", 123456),
        ("+0,5 euros", 50),
        ("12\u202f000 EUR", 1200000),
    ],
)
def test_euros_are_read_as_people_type_them(text, cents):
    assert EURO.exact(text) == cents


@pytest.mark.parametrize("text", ["", "€", "abc", "1.23,4", "1,2,3", "0,005", "1e3", "--1"])
def test_what_is_not_an_amount_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
        EURO.exact(text)


@pytest.mark.parametrize(("text", "ppm"), [("5 %", 50_000), ("5,5", 55_000), ("11,5 %", 115_000), ("0", 0)])
def test_rates_are_always_percentages(text, ppm):
    assert PERCENT.exact(text) == ppm


def test_a_rate_finer_than_a_millionth_is_refused():
    with pytest.raises(ValueError, match="1,23456"):
        PERCENT.exact("1,23456 %")


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_written_in_french_is_read_back(value):
    assert written(f"{value:,}".replace(",", " ").replace(".", ",")) == Decimal(value)


@pytest.mark.parametrize("text", ["1.234", "12,345", "-1.000"])
def test_a_thousand_or_a_decimal_gives_both_readings(text):
    literal, thousands = numbers(text)
    assert literal[0] * 1000 == thousands[0]


@pytest.mark.parametrize("text", ["0.500", "1.2345", "1.234.567", "1.234,5", "1 234,567", "12.50"])
def test_what_is_not_doubtful_gives_one_reading(text):
    assert len(numbers(text)) == 1


@pytest.mark.parametrize(
    "text", ["12 5", "1 23,4", "1.23,4", "1,2,3", "", ".", "\u066b", "1e3", "²", "--1", "9" * 5000]
)
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
        written(text)


@pytest.mark.parametrize("text", ["\u0669\u0665,25", "\uff19\uff15.25", "'95,25", "\u0669\u0665\u066b\u0662\u0665"])
def test_any_decimal_digit_is_a_digit(text):
    assert written(text) == Fraction(9525, 100)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0:59:59", 3599), ("2h30", 9000), ("2 h 30 min", 9000), ("45'", 2700), ("3h30'", 12600), ("3h05", 11100),
     ("90 mn", 5400), ("2 heures et demie", 9000), ("1:00", 3600)],
)  # fmt: skip
def test_a_duration_is_exact_to_the_second(text, seconds):
    assert duration(text) == Fraction(seconds, 3600)


@pytest.mark.parametrize("text", ["3h75", "3:75", "3:10:75"])
def test_an_hour_has_sixty_minutes(text):
    with pytest.raises(BeyondAnHourError):
        duration(text)


@pytest.mark.parametrize(("unit", "text"), [(EURO, "12 %"), (PERCENT, "12 €"), (MONTHS, "3 h"), (PLAIN, "3 mois")])
def test_the_unit_asked_is_the_only_one_taken(unit, text):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
        unit.exact(text)


@given(st.integers(-(10**11), 10**11))
def test_a_box_a_spreadsheet_and_an_exercise_read_the_same_euros(cents):
    text = euros(cents)
    assert EURO.exact(text) == cents
    assert [each.value * 100 for each in read_typed(text, "€")] == [cents]
    if abs(cents) <= 10**10:
        assert read_euros(text) == cents


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused_in_every_unit(text):
    for unit in (EURO, PERCENT, HOURS, MONTHS, TIMES, PLAIN):
        with suppress(ValueError):
            assert unit.exact(text) == unit.exact(f" {text} ")
