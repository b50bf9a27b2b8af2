"""Days of titles, or without a year, whose month comes first: told when nothing else fits, asked when they may."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sheet, table

PROVED = [("9/14", "9/15"), ("09/14/2026", "09/15/2026"), ("Mon 9/14", "Tue 9/15"), ("9-14", "9-15")]


@pytest.mark.parametrize(("one", "two"), PROVED)
def test_titles_of_which_one_is_over_twelve_have_their_month_first(one: str, two: str) -> None:
    proposal, asked = read(table("heures 2026.csv", f"Nom;{one};{two}", "Awa;3;4", "Lou;2;5"), annee="2026")
    assert minutes(proposal) == {("Awa", "2026-09"): 420, ("Lou", "2026-09"): 420}
    assert not any("ordre" in each for each in asked)
    assert any("le mois est écrit avant le jour" in each for each in proposal.heeded)


@pytest.mark.parametrize("head", ["Nom;9/1;9/2;9/3", "Employee;9/1;9/2;9/3", "Qui;Mon 9/7;Tue 9/8;Wed 9/9"])
def test_titles_that_may_have_their_month_first_are_asked_about(head: str) -> None:
    worked = table("suivi 2026.csv", head, "Awa;3;4;1", "Lou;2;5;1")
    proposal, asked = read(worked, titres_ordre="mois", annee="2026")
    assert "titres.ordre" in asked
    assert minutes(proposal) == {("Awa", "2026-09"): 480, ("Lou", "2026-09"): 480}


@pytest.mark.parametrize(
    "head", ["Nom;7/9;8/9;9/9", "Nom;5/10;6/10;7/10", "Nom;1/6;8/6;15/6", "Nom;7/9/2026;8/9/2026;9/9/2026"]
)
def test_days_of_one_month_are_not_asked_about(head: str) -> None:
    assert not any("ordre" in each for each in read(table("suivi 2026.csv", head, "Awa;3;4;1", "Lou;2;5;1"))[1])


def test_a_month_that_is_told_settles_it() -> None:
    proposal, asked = read(table("heures septembre 2026.csv", "Nom;9/1;9/2;9/3", "Awa;3;4;1", "Lou;2;5;1"))
    assert not any("ordre" in each for each in asked)
    assert minutes(proposal) == {("Awa", "2026-09"): 480, ("Lou", "2026-09"): 480}


def test_days_of_a_column_without_their_year_are_proved_too() -> None:
    rows = (["Qui", "Date", "Heures"], ["Awa", "9/14", 3], ["Lou", "9/15", 4])
    proposal, _ = read(sheet("suivi 2026.xlsx", *[[*row] for row in rows]), annee="2026")
    assert minutes(proposal) == {("Awa", "2026-09"): 180, ("Lou", "2026-09"): 240}


def test_parts_of_one_thing_are_no_days() -> None:
    assert not any("ordre" in each for each in read(table("suivi.csv", "Nom;Date;1/2;1/4", "Awa;07/09/2026;x;"))[1])
