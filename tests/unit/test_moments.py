"""A start and an end that each say a day and an hour; days beside « AM » and « PM », whose month may come first."""

from __future__ import annotations

from datetime import date

import pytest

from tests.given_tables import read, table

SOLD = "Numéro;Date;Montant HT;TVA\nF1;10/03/2026;500,00;100,00"


def worked(*lines: str, order: str = "jour") -> tuple[list[tuple[str, date, int]], list[str]]:
    proposal, asked = read(table("pointages.csv", *lines), sold=SOLD, date_ordre=order)
    assert proposal.reading is not None, proposal.refusal
    return [(each.member, each.on, each.minutes) for each in proposal.reading.book.hours], asked


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("05/03/2026 8:15", "05/03/2026 9:45"),
        ("5/3/26 à 8h15", "5/3/26 à 9h45"),
        ("5 mars 2026, 8:15", "5 mars 2026, 9:45"),
        ("2026/03/05 8h15", "2026/03/05 9h45"),
        ('"Mar 5, 2026, 8:15 AM"', '"Mar 5, 2026, 9:45 AM"'),
        ("05/03/2026 23h30", "06/03/2026 1h"),
    ],
)
def test_a_start_and_an_end_with_their_day_give_the_day_and_the_time(begin: str, end: str) -> None:
    found, _ = worked("Qui;Arrivée;Départ;Tâche", f"Ida;{begin};{end};four")
    assert found == [("Ida", date(2026, 3, 5), 90)]


@pytest.mark.parametrize("titles", ["User;Start;End;Task", "Qui;Début;Fin;Tâche"])
@pytest.mark.parametrize(("order", "day"), [("jour", date(2026, 5, 3)), ("mois", date(2026, 3, 5))])
def test_an_order_that_halves_of_days_make_doubtful_is_asked(titles: str, order: str, day: date) -> None:
    found, asked = worked(titles, "Ida;03/05/2026 1:00 PM;03/05/2026 2:30 PM;four", order=order)
    assert "date.ordre" in asked
    assert found == [("Ida", day, 90)]


@pytest.mark.parametrize(
    "halves", [("03/26/2026 11:00 AM", "03/26/2026 12:30 PM"), ("26/03/2026 11:00 AM", "26/03/2026 12:30 PM")]
)
def test_a_day_over_twelve_tells_the_order(halves: tuple[str, str]) -> None:
    found, asked = worked("User;Start;End;Task", f"Ida;{halves[0]};{halves[1]};four")
    assert "date.ordre" not in asked
    assert found == [("Ida", date(2026, 3, 26), 90)]


def test_a_day_with_its_half_in_one_column_is_asked_about_too() -> None:
    found, asked = worked("User;Date;Duration", "Ida;03/05/2026 9:00 AM;1:30", order="mois")
    assert "date.ordre" in asked
    assert found == [("Ida", date(2026, 3, 5), 90)]


def test_an_end_days_after_its_start_is_not_believed() -> None:
    proposal, _ = read(
        table("pointages.csv", "Qui;Début;Fin;Tâche", "Ida;05/03/2026 8:15;09/03/2026 9:45;four"), sold=SOLD
    )
    assert proposal.reading is None
