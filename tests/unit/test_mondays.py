"""Columns that are days a week apart are weeks when it is written, and a question when they are all Mondays."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

MONDAYS = "Nom;07/09/2026;14/09/2026;21/09/2026;28/09/2026"
LINES = ("Ida;1;2;3;10", "Bo;;1;;5")


@pytest.mark.parametrize("above", ["Heures par semaine", "Relevé hebdo : une colonne par semaine"])
def test_days_under_a_title_that_says_weeks_are_weeks(above: str) -> None:
    proposal, asked = read(table("relevé.csv", above, "", MONDAYS, *LINES), genre="commun")
    assert "colonnes.semaines" not in asked
    assert minutes(proposal)["Ida", "2026-10"] == 240  # two of the five days of the last week are in October


@pytest.mark.parametrize(("said", "october"), [("semaines", 240), ("jours", 0)])
def test_mondays_alone_are_asked_about(said: str, october: int) -> None:
    proposal, asked = read(table("relevé.csv", MONDAYS, *LINES), genre="commun", colonnes_semaines=said)
    assert asked.count("colonnes.semaines") == 1
    assert minutes(proposal).get(("Ida", "2026-10"), 0) == october


def test_days_of_one_week_are_days() -> None:
    days = "Nom;21/09/2026;22/09/2026;28/09/2026"
    proposal, asked = read(table("relevé.csv", days, "Ida;1;2;3", "Bo;1;1;1"), genre="commun")
    assert "colonnes.semaines" not in asked
    assert minutes(proposal)["Ida", "2026-09"] == 360
