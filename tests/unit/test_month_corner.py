"""A month in the corner of a table, over its days: it dates them, and the names beside are titles."""

from __future__ import annotations

from datetime import date

import pytest

from tests.given_tables import minutes, read, sheet, table

WORKED = {("Ida", "2026-05"): 360, ("Noam", "2026-05"): 300}
DAYS = (["{}2", 2, 3], ["{}9", 2, None], ["{}16", 2, 2])


@pytest.mark.parametrize("before", ["sam ", "Sam. ", "samedi "])
@pytest.mark.parametrize("corner", ["Mai 2026", "mai 2026", "05/2026", date(2026, 5, 1)])
def test_a_month_over_its_days_is_no_title(before: str, corner: object) -> None:
    lines = [[str(day).format(before), *times] for day, *times in DAYS]
    proposal, asked = read(sheet("permanences.xlsx", [corner, "Ida", "Noam"], *lines))
    assert not [topic for topic in asked if topic.startswith(("table", "colonne", "mois", "annee"))]
    assert minutes(proposal) == WORKED


def test_numbers_alone_are_days_too() -> None:
    lines = [[int(str(day).format("")), *times] for day, *times in DAYS]
    proposal, asked = read(sheet("permanences.xlsx", ["Mai 2026", "Ida", "Noam"], *lines))
    assert not [topic for topic in asked if topic.startswith(("table", "colonne"))]
    assert minutes(proposal) == WORKED


def test_the_year_of_the_corner_may_stand_elsewhere() -> None:
    lines = ("mai;Ida;Noam", "sam 2;2;3", "sam 9;2;", "sam 16;2;2", "Total;6;5")
    assert minutes(read(table("tours 2026.csv", *lines))[0]) == WORKED


def test_hours_of_two_months_are_no_days() -> None:
    proposal, _ = read(sheet("suivi.xlsx", ["Nom", "Mai 2026", "Juin 2026"], ["Ida", 6, 1], ["Noam", 5, 2]))
    assert minutes(proposal) == {**WORKED, ("Ida", "2026-06"): 60, ("Noam", "2026-06"): 120}
