"""Titles that count something, « Séance 1 », « Semaine 2 » under « mai 2026 », say no day; days, by any name, do."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sheet

MONTH = {("Rose", "2026-05"): 6 * 60, ("Tom", "2026-05"): 5 * 60 + 30}


def _days(*titles: str) -> tuple[list[int], list[str]]:
    lines = (["Prénom", *titles], ["Rose", 2, 3, 1], ["Tom", 1, 2, 2.5])
    proposal, asked = read(sheet("suivi.xlsx", ["Mai 2026"], *lines))
    assert minutes(proposal) == MONTH
    assert proposal.reading is not None
    return sorted({each.on.day for each in proposal.reading.book.hours}), asked


@pytest.mark.parametrize("word", ["Séance", "Atelier", "Jour", "J", "Tournée n°", "Marché", "RDV", "Lot"])
def test_a_number_after_a_word_is_no_day(word: str) -> None:
    days, asked = _days(*(f"{word} {number}" for number in (2, 3, 4)))
    assert "mois_entier" in asked
    assert len(days) == 21


def test_parts_of_one_thing_are_no_days() -> None:
    assert "mois_entier" in _days("Cours 1/3", "Cours 2/3", "Cours 3/3")[1]


@pytest.mark.parametrize(
    "titles",
    [
        ("lun 4", "mar 5", "mer 6"),
        ("L4", "M5", "M6"),
        ("le 4", "le 5", "le 6"),
        ("4", "5", "6"),
        ("Mon 4", "Tue 5", "Wed 6"),
        ("Séance 04/05", "Séance 05/05", "Séance 06/05"),
        ("Séance 1 (04/05)", "Séance 2 (05/05)", "Séance 3 (06/05)"),
        ("Matin 4", "Matin 5", "Matin 6"),
    ],
)
def test_a_number_after_the_name_of_a_day_is_one(titles: tuple[str, ...]) -> None:
    assert _days(*titles)[0] == [4, 5, 6]


@pytest.mark.parametrize(
    "titles", [("Semaine 1", "Semaine 2", "Semaine 4"), ("S1", "S2", "S3"), ("Sem. 3", "Sem. 4", "Sem. 5")]
)
def test_weeks_that_are_not_those_of_the_month_are_asked_about(titles: tuple[str, ...]) -> None:
    days, asked = _days(*titles)
    assert "semaine.mois" in asked
    assert len(days) == 21


def test_weeks_of_the_year_stay_so_when_the_group_says_it() -> None:
    lines = (["Prénom", "S2", "S3"], ["Rose", 2, 3], ["Tom", 1, 2])
    proposal, _ = read(sheet("suivi.xlsx", ["Mai 2026"], *lines), semaine_mois="annee")
    assert {month for _, month in minutes(proposal)} == {"2026-01"}


def test_weeks_of_the_year_in_the_month_are_not_asked_about() -> None:
    assert "semaine.mois" not in _days("S20", "S21", "S22")[1]


@pytest.mark.parametrize("weeks", [("Semaine 1", "Semaine 2"), (1, 2), ("sem. 3", "sem. 4")])
def test_a_column_of_weeks_of_the_month_is_asked_about(weeks: tuple[object, ...]) -> None:
    lines = [[week, who, 3] for week in weeks for who in ("Rose", "Tom")]
    proposal, asked = read(sheet("suivi.xlsx", ["Heures de mai 2026"], ["Semaine", "Qui", "Heures"], *lines))
    assert asked.count("semaine.mois") == 1
    assert minutes(proposal) == {("Rose", "2026-05"): 360, ("Tom", "2026-05"): 360}


@pytest.mark.parametrize("corner", ["", "Nom"])
def test_people_under_no_title_keep_the_hours_of_each_session(corner: str) -> None:
    lines = ([corner, "Séance 2", "Séance 3"], ["Rose", 4, 2], ["Tom", 3, 2.5])
    proposal, asked = read(sheet("suivi.xlsx", ["Mai 2026"], *lines))
    assert minutes(proposal) == MONTH
    assert "mois_entier" in asked


@pytest.mark.parametrize("word", ["Jour ", "J", "Séance "])
def test_a_column_of_days_that_only_counts_says_none(word: str) -> None:
    lines = [[f"{word}{at}", who, time] for at, (who, time) in enumerate((("Rose", 4), ("Rose", 2), ("Tom", 5.5)), 1)]
    proposal, asked = read(sheet("suivi.xlsx", ["Mai 2026"], ["Jour", "Qui", "Heures"], *lines))
    assert minutes(proposal) == MONTH
    assert "mois_entier" in asked


def test_ranked_weeks_of_a_month_are_asked_about() -> None:
    assert "semaine.mois" in _days("1ère semaine", "2e semaine", "3ème semaine")[1]


def test_the_same_time_of_two_periods_is_told_once() -> None:
    lines = [[week, "Rose", 7] for week in ("Semaine 1", "Semaine 2")]
    proposal, _ = read(sheet("suivi.xlsx", ["Heures de mai 2026"], ["Semaine", "Qui", "Heures"], *lines))
    assert [each for each in proposal.heeded if "(Rose, du 01/05/2026 au 29/05/2026, " in each]
