"""Days up to the twelfth, written with their month first: what shows it makes one ask, whatever the titles."""

from __future__ import annotations

import pytest

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, sales, table

WORKED = {("Ida", "2026-09"): 300, ("Noam", "2026-09"): 120, ("Noam", "2026-10"): 60}
SHIFTS = ("Ida", "9/2/2026", 3), ("Ida", "9/4/2026", 2), ("Noam", "9/8/2026", 2), ("Noam", "10/5/2026", 1)


def shifts(titles: str, line: str, two: bool = False) -> GivenFile:
    short = ("/2026", "/26") if two else ("", "")
    return table("heures.csv", titles, *(line.format(who, day.replace(*short), at) for who, day, at in SHIFTS))


@pytest.mark.parametrize("two", [False, True])
@pytest.mark.parametrize(
    ("titles", "line"),
    [
        ("Worker,Date,Clock in,Clock out", "{0},{1},00:00,{2}:00"),
        ("Employee,Date,Total", "{},{},{}.0"),
        ("Qui,Date,Durée", "{},{},{}.0"),
        ("Qui;Jour;Durée", "{};{};{}h"),
    ],
)
def test_days_scattered_over_months_are_asked_about(titles: str, line: str, two: bool) -> None:
    proposal, asked = read(shifts(titles, line, two), date_ordre="mois", table="heures")
    assert asked.count("date.ordre") == 1
    assert minutes(proposal) == WORKED


@pytest.mark.parametrize("hours", ["9:00 AM;11:00 AM", "9:00am;11:00am", "9:00 a.m.;11:00 a.m."])
def test_the_half_of_a_day_in_another_column_makes_one_ask(hours: str) -> None:
    proposal, asked = read(
        table("heures.csv", "Qui;Jour;Début;Fin", f"Ida;9/2/2026;{hours}", f"Noam;9/4/2026;{hours}"), date_ordre="mois"
    )
    assert "date.ordre" in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 120, ("Noam", "2026-09"): 120}


@pytest.mark.parametrize(
    "titles", ["Invoice no,Issued,Client,Net amount,VAT amount", "Facture,Date,Client,Montant HT,TVA"]
)
def test_sales_with_dots_far_apart_are_asked_about(titles: str) -> None:
    lines = [f"A{at},09/{at:02}/2026,Luna,100.00,20.00" for at in (2, 3, 8)]
    worked = table("heures.csv", "Qui;Jour;Durée", "Ida;15/09/2026;3h")
    proposal, asked = read(worked, table("ventes.csv", titles, *lines), sold="", date_ordre="mois")
    assert "date.ordre" in asked
    assert sales(proposal) == {"2026-09": 30000}


@pytest.mark.parametrize(
    "days",
    [
        ("02/09/2026", "04/09/2026", "08/09/2026", "05/10/2026"),
        ("01/05/2026", "01/06/2026", "01/07/2026", "01/08/2026"),
        ("01/01/2026", "01/04/2026", "01/07/2026", "01/10/2026"),
        ("05/06/2026", "08/07/2026", "03/08/2026", "07/09/2026"),
        ("05/05/2026", "06/06/2026", "05/07/2026", "06/08/2026"),
        ("05/09/2025", "05/11/2025", "05/01/2026", "05/03/2026"),
    ],
)
def test_days_written_as_usual_are_not_asked_about(days: tuple[str, ...]) -> None:
    lines = [f"Ida;{day};{at}h" for at, day in enumerate(days, 1)]
    assert "date.ordre" not in read(table("heures.csv", "Qui;Jour;Durée", *lines))[1]


@pytest.mark.parametrize("mark", ["-", ".", " "])
def test_scattered_days_are_asked_about_whatever_parts_their_numbers(mark: str) -> None:
    lines = [f"{who};{day.replace('/', mark)};{at}h" for who, day, at in SHIFTS]
    proposal, asked = read(table("heures.csv", "Qui;Jour;Durée", *lines), date_ordre="mois")
    assert "date.ordre" in asked
    assert minutes(proposal) == WORKED


def test_a_month_in_order_with_dots_is_not_asked_about() -> None:
    lines = ("A1,02/09/2026,Luna,100.00,20.00", "A2,03/09/2026,Mira,200.00,40.00", "A3,05/10/2026,Mira,200.00,40.00")
    assert "date.ordre" not in read(table("ventes.csv", "Facture,Date,Client,Montant HT,TVA", *lines), sold="")[1]
