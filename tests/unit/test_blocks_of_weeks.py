"""A block for each week, one under the other: its week stands above the names of its days, halves of days add up."""

from __future__ import annotations

import pytest

from kpa_model.files.book.reading.dated.weeks import said
from tests.given_tables import minutes, read, table, workbook

DAYS = ["", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "Total"]


def block(week: str, *lines: list[str]) -> list[list[str]]:
    return [[week, *[""] * 6], DAYS, *lines, [""] * 7]


MARCH = (
    ["Matin", "3h", "", "2h", "", "congé", ""],
    ["Après-midi", "3h", "1h30", "", "", "2h", ""],
    ["total", "6h", "1h30", "2h", "", "2h", "11h30"],
)
APRIL = (
    ["Matin", "9h-12h", "8h-12h", "", "férié", "", ""],
    ["Après-midi", "", "14h-15h30", "13h-17h", "", "", ""],
    ["total", "3h", "5h30", "4h", "", "", "12h30"],
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Semaine du 16 au 22 mars 2026", "Semaine du 30 mars au 5 avril 2026"),
        ("du 16 au 20 mars 2026", "du 30 mars au 3 avril 2026"),
        ("16-20 mars 2026", "30 mars - 3 avril 2026"),
        ("Semaine 12 - 2026", "Semaine 14 - 2026"),
    ],
)
def test_the_week_above_each_block_dates_its_days(first: str, second: str) -> None:
    rows = [["Feuille d'heures", *[""] * 6], [""] * 7, *block(first, *MARCH), *block(second, *APRIL)]
    proposal, _ = read(workbook("heures.xlsx", {"Ida": rows, "Tom": rows}), genre="commun")
    told = {(who, month): many for who in ("Ida", "Tom") for month, many in (("2026-03", 1200), ("2026-04", 240))}
    assert minutes(proposal) == told
    assert not proposal.unread
    assert not any("Est-ce voulu" in each for each in proposal.notes)


def test_a_week_told_from_its_tuesday_keeps_its_days() -> None:
    lines = ("Du 2 au 5 juin 2026", "Nom;mardi;mercredi;jeudi;vendredi", "Ida;1h;2h;3h;4h", "Tom;;1h;;")
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert proposal.reading is not None
    assert {each.on.isoformat(): each.minutes for each in proposal.reading.book.hours if each.member == "Ida"} == {
        f"2026-06-0{day}": 60 * (day - 1) for day in range(2, 6)
    }


@pytest.mark.parametrize("text", ["9-12", "1-2/3", "de 9 à 12", "3 au total", "12 au 18"])
def test_two_numbers_without_a_month_are_no_week(text: str) -> None:
    assert said(text) is None


def test_a_whole_month_above_names_of_days_is_no_week_of_it() -> None:
    lines = ("Du 1er au 30 juin 2026", "Nom;lundi;mardi;mercredi;jeudi", "Ida;1h;2h;3h;4h", "Tom;;1h;;")
    _, asked = read(table("heures.csv", *lines), genre="commun")
    assert [topic for topic in asked if topic.startswith("mois")]
