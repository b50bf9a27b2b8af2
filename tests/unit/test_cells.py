"""Cells: what people type → a value, or a reason."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import Refused
from kpa_model.files.book.cells import (
    as_text,
    bare,
    read_choice,
    read_euros,
    read_hundredths,
    read_number,
    read_rate,
    read_yes_no,
    refuse_fault,
    same,
    shown,
    tidy,
)
from kpa_model.files.book.dates import read_date, read_duration, read_month
from kpa_model.words import euros


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1 234,56 €", 123_456),
        ("1\u202f234,56\u00a0€", 123_456),
        ("1.234,56", 123_456),
        ("1,234.56", 123_456),
        ("1'234,56", 123_456),
        ("1.234.567,80 EUR", 123_456_780),
        ("1234.5", 123_450),
        ("12", 1_200),
        (",5", 50),
        ("(12,00)", -1_200),
        ("−3,50 euros", -350),
        ("-3,50", -350),
        ("€ 12", 1_200),
        ("12,00 € HT", 1_200),
        (1234.56, 123_456),
        (0.1 + 0.2, 30),
        (7.0, 700),
    ],
)
def test_euros_as_french_people_type_them(typed: object, cents: int) -> None:
    assert read_euros(typed) == cents


@pytest.mark.parametrize(
    "typed", ["1.234", "1,234", "12 5", "1 23,4", "douze", "12,345", "1,2,3", "1.23,4", "€", "9999999999", "12€5"]
)
def test_doubtful_euros_are_refused(typed: str) -> None:
    with pytest.raises(Refused):
        read_euros(typed)


@pytest.mark.parametrize("strange", [float("inf"), float("nan"), 1e300, True, time(3), "", " ", "=1+1"])
def test_no_strange_cell_passes_for_a_number(strange: object) -> None:
    for reader in (read_euros, read_rate, read_number, read_hundredths):
        with pytest.raises(Refused):
            reader(strange)


@given(st.integers(-(10**9), 10**9))
def test_every_amount_shown_is_read_again(cents: int) -> None:
    assert read_euros(euros(cents)) == cents
    assert read_euros(f"{Decimal(cents) / 100}".replace(".", ",")) == cents
    assert read_euros(cents / 100) == cents


@pytest.mark.parametrize(
    ("typed", "ppm"),
    [
        ("20 %", 200000),
        ("20", 200000),
        ("5,5", 55000),
        ("5.5 %", 55000),
        ("0", 0),
        ("0,9 %", 9000),
        (0.2, 200000),
        (0.055, 55000),
        (20.0, 200000),
        ("2,1\xa0%", 21000),
        ("100 %", 1000000),
        ("20 pour cent", 200000),
    ],
)
def test_rates(typed: object, ppm: int) -> None:
    assert read_rate(typed) == ppm


@pytest.mark.parametrize("typed", ["0,2", "0.055", "200 %", "-5 %", "vingt", "%", "5,55555 %", 0.5])
def test_doubtful_rates_are_refused(typed: object) -> None:
    with pytest.raises(Refused):
        read_rate(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "03/02/2019",
        "3/2/19",
        "3-2-2019",
        "03.02.2019",
        "2019-02-03",
        "2019-02-03T00:00:00",
        "3 février 2019",
        "43499",
        "dimanche 3 février 2019",
        "3 fevr. 2019",
        "3-févr-19",
        "03/02/2019 10:00",
        "3 Février 2019",
        43499.0,
        datetime(2019, 2, 3, 10),
        date(2019, 2, 3),
    ],
)
def test_dates_are_read_the_french_way(typed: object) -> None:
    assert read_date(typed) == date(2019, 2, 3)


def test_the_first_of_a_month_is_read() -> None:
    assert read_date("1er mars 2019") == date(2019, 3, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "02/13/2019",
        "31/04/2019",
        "29/02/2019",
        "2019",
        "février",
        "3 ju 2019",
        "3 juil",
        "0/1/2019",
        "1/0/2019",
        "01/01/1019",
        "hier",
        "12:30",
        3.5,
        1000000000000.0,
        True,
        timedelta(hours=3),
        "3 mai 9999",
        datetime(1900, 1, 1),
    ],
)
def test_what_is_not_a_date_is_refused(typed: object) -> None:
    with pytest.raises(Refused):
        read_date(typed)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_date_written_is_read_again(day: date) -> None:
    for written in (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", day.isoformat(), as_text(day)):
        assert read_date(written) == day


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_two_digits_of_a_year_stand_for_the_century_around_us(day: date) -> None:
    assert read_date(f"{day.day}/{day.month}/{day:%y}") == day


@pytest.mark.parametrize(
    "typed",
    [
        "2019-02",
        "02/2019",
        "2/2019",
        "février 2019",
        "févr. 2019",
        "fév-19",
        "FEVRIER 2019",
        "01/02/2019",
        date(2019, 2, 1),
        datetime(2019, 2, 1),
        "2019/02",
    ],
)
def test_months(typed: object) -> None:
    assert read_month(typed) == CalendarMonth.parse("2019-02")


@pytest.mark.parametrize("typed", ["2019-13", "00/2019", "jui 2019", "2019", "février", "au printemps"])
def test_what_is_not_a_month_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        read_month(typed)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("3h30", 210),
        ("3:30", 210),
        ("3,5", 210),
        ("3.5", 210),
        ("3 h", 180),
        ("45 min", 45),
        ("3 h 30 min", 210),
        ("3H30", 210),
        ("03:30:00", 210),
        ("0,25 h", 15),
        ("2 heures", 120),
        ("90 mn", 90),
        ("3h5", 185),
        ("3,33", 200),
        (time(3, 30), 210),
        (timedelta(hours=27, minutes=30), 1650),
        (3.5, 210),
        (2.0, 120),
        ("0h00", 0),
        (datetime(1899, 12, 31, 3, 30), 210),
    ],
)
def test_durations(typed: object, minutes: int) -> None:
    assert read_duration(typed) == minutes


@pytest.mark.parametrize("typed", ["3h75", "3:75", "-2", "la matinée", "1 jour", "", float("inf"), float("nan"), "9e9"])
def test_what_is_not_a_duration_is_refused(typed: object) -> None:
    with pytest.raises(Refused):
        read_duration(typed)


def test_yes_and_no() -> None:
    assert all(map(read_yes_no, ["oui", "OUI", "x", "Vrai", True, "o"]))
    assert not any(map(read_yes_no, ["non", "N", "faux", False, "0"]))
    with pytest.raises(Refused):
        read_yes_no("parfois")


def test_choices_do_not_mind_case_accents_and_spaces() -> None:
    choices = {"benevole": ("bénévoles",), "service_civique": ("sc",)}
    for typed in ("Bénévole", "BENEVOLE", "bénévoles", " benevole "):
        assert read_choice(typed, choices) == "benevole"
    assert read_choice("Service civique", choices) == "service_civique"
    with pytest.raises(Refused, match="permise") as refused:
        read_choice("bénévolle", choices)
    assert "benevole ou service civique" in refused.value.todo


def test_titles_are_compared_without_case_accent_punctuation_nor_unit() -> None:
    for title in (
        "Montant HT",
        "MONTANT H.T.",
        "montant_ht",
        "Montant HT (€)",
        "Montant HT [euros]",
        "Montant HT en €",
    ):
        assert bare(title) == "montantht"
    assert bare("Présent(e)") == "presente"
    assert bare("Œuvre") == "oeuvre"


def test_names_keep_their_punctuation_when_compared() -> None:
    assert same("  ÉLODIE ") == same("elodie")
    assert same("F1-1") != same("F11")


@pytest.mark.parametrize("fault", ["#REF!", "#DIV/0!", "#N/A", "#VALEUR!", "#NOM?", "Err:502"])
def test_a_failed_formula_is_named(fault: str) -> None:
    with pytest.raises(Refused, match="erreur de calcul"):
        refuse_fault(fault)


@given(st.text())
def test_tidy_is_stable(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert len(shown(text)) <= 64


@given(st.text() | st.floats() | st.datetimes() | st.times() | st.timedeltas() | st.booleans() | st.dates())
def test_any_cell_is_read_or_refused(cell: object) -> None:
    for reader in (
        read_euros,
        read_rate,
        read_number,
        read_hundredths,
        read_date,
        read_month,
        read_duration,
        read_yes_no,
    ):
        try:
            reader(cell)
        except Refused as error:
            said = (error.what, error.todo)
            assert all(said)
