"""Days in English over columns of times: they are days, and nobody; a week that crosses two months is not shared."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

WEEKS = ("02/10/2026;Ida;4;2;3;1;5", "02/10/2026;Noam;3;6;2;6;1", "09/10/2026;Ida;1;;;2;")


@pytest.mark.parametrize(
    "days", ["Mon;Tue;Wed;Thu;Fri", "MON;TUES;WEDS;THURS;FRI", "Mon.;Tue.;Wed.;Thu.;Fri.", "Lun;Mar;Mer;Jeu;Ven"]
)
@pytest.mark.parametrize("who", ["Name", "Worker", "Team member", "Prénom"])
def test_english_days_are_days_beside_who_worked(days: str, who: str) -> None:
    proposal, asked = read(table("sheets.csv", f"Week ending;{who};{days}", *WEEKS), genre="commun")
    assert "personnes.colonnes" not in asked
    assert minutes(proposal) == {
        ("Ida", "2026-09"): 540,
        ("Ida", "2026-10"): 540,
        ("Noam", "2026-09"): 660,
        ("Noam", "2026-10"): 420,
    }


def test_a_week_over_two_months_keeps_the_days_of_its_columns() -> None:
    week = "Week starting;Staff;Monday;Tuesday;Wednesday;Thursday;Friday;Saturday;Sunday"
    proposal, asked = read(table("plan.csv", week, "28/09/2026;Ida;1;1;1;7;;2;", "21/09/2026;Noam;;;;;;5;"))
    assert not [topic for topic in asked if topic.startswith("colonne.duree")]
    assert minutes(proposal) == {("Ida", "2026-09"): 180, ("Ida", "2026-10"): 540, ("Noam", "2026-09"): 300}


@pytest.mark.parametrize("days", ["Mon 28;Tue 29;Wed 30;Thu 1", "Mon 28/09;Tue 29/09;Wed 30/09;Thu 01/10"])
def test_english_days_with_their_numbers(days: str) -> None:
    proposal, _ = read(table("plan septembre 2026.csv", f"Employee;{days}", "Ida;1;2;;4", "Noam;;;3;"), annee="2026")
    assert minutes(proposal) == {("Ida", "2026-09"): 180, ("Ida", "2026-10"): 240, ("Noam", "2026-09"): 180}


@pytest.mark.parametrize("days", ["Mon 7;Tue 8;Wed 9", "Lun 7;Mar 8;Mer 9"])
def test_the_months_that_named_days_fit_are_offered_when_nothing_says_theirs(days: str) -> None:
    lines = (f"Employee;{days}", "Ida;1;2;", "Noam;;;3")
    proposal, asked = read(table("plan 2026.csv", *lines), mois_plan2026csv="2026-12")
    assert [topic for topic in asked if topic.startswith(("table", "colonne", "mois"))] == ["mois.plan2026csv"]
    assert minutes(proposal) == {("Ida", "2026-12"): 180, ("Noam", "2026-12"): 180}


def test_somebody_called_as_a_day_is_still_somebody() -> None:
    proposal, _ = read(table("heures.csv", "Date;Sun;Wed;Ida", "07/09/2026;2;1;3", "08/09/2026;;4;"))
    assert minutes(proposal) == {("Sun", "2026-09"): 120, ("Wed", "2026-09"): 300, ("Ida", "2026-09"): 180}
