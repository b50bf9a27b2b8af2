"""A line of weekday letters beside the numbers of the days of a month says nothing more: the grid is read at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.given_tables import minutes, read, sheet

DAYS = [date(2026, 10, 1) + timedelta(days=at) for at in range(31)]
NAMES = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
LIA = [3 if day.weekday() < 2 else None for day in DAYS]
OUM = [2.5 if day.weekday() == 4 else None for day in DAYS]


@pytest.mark.parametrize(
    "short", [lambda name: name[0].upper(), lambda name: name[:2], lambda name: f"{name[:3]}.", str]
)
@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("corner", ["Nom", "Noms", "", "Salariés"])
def test_the_letters_of_weekdays_beside_the_numbers_of_days_change_nothing(short, above: bool, corner: str) -> None:
    letters = ["", *(short(NAMES[day.weekday()]) for day in DAYS)]
    numbers = [corner, *(day.day for day in DAYS), "Total"]
    heads = (letters, numbers) if above else (numbers, letters)
    given = sheet(
        "présences octobre 2026.xlsx",
        *heads,
        ["Lia", *LIA, sum(filter(None, LIA))],
        ["Oum", *OUM, sum(filter(None, OUM))],
    )
    proposal, asked = read(given, genre="commun")
    assert not [topic for topic in asked if topic not in ("genre", "personnes.cape")]
    assert minutes(proposal) == {("Lia", "2026-10"): 8 * 180, ("Oum", "2026-10"): 5 * 150}
