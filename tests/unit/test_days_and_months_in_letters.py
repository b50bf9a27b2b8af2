"""« 2-avr », as a spreadsheet shows 2/4, « le 3 », « jeudi 2 »: days whose year, or month, stands elsewhere."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

EACH = {("Iris", "2026-05"): 300, ("Omar", "2026-06"): 240}


@pytest.mark.parametrize(
    "days", [("4-mai", "5-mai", "9-juin"), ("4-mai.", "05-mai", "9 juin"), ("4 mai", "mardi 5 mai", "9-juin")]
)
def test_days_without_a_year_are_those_of_the_file(days: tuple[str, str, str]) -> None:
    rows = (
        "Date;Qui;Heures;Genre",
        *(f"{day};{who};{time};commun" for day, who, time in zip(days, ("Iris", "Iris", "Omar"), "324", strict=True)),
    )
    proposal, asked = read(table("heures 2026.csv", *rows))
    assert minutes(proposal) == EACH
    assert asked == ["personnes.cape"]


def test_they_are_titles_of_columns_too() -> None:
    rows = ("Nom;4-mai;5-mai;9-juin;Total", "Iris;3;2;;5", "Omar;;;4;4")
    proposal, _ = read(table("heures 2026.csv", *rows), genre="commun")
    assert minutes(proposal) == EACH


def test_the_year_is_asked_where_nothing_tells_it() -> None:
    rows = ("Date;Qui;Heures;Genre", "4-mai;Iris;5;commun", "9-juin;Omar;4;commun")
    sold = table("ventes.csv", "N°;Date;Client;Montant HT;TVA", "F1;4-mai;Mairie;100,00;20,00")
    proposal, asked = read(table("heures.csv", *rows), sold, sold="", annee="2026")
    assert "annee" in asked
    assert (minutes(proposal), sales(proposal)) == (EACH, {"2026-05": 10_000})


@pytest.mark.parametrize("days", [("lundi 4", "le 5", "7"), ("le lundi 4", "le 5", "le 7"), ("4", "5", "7")])
def test_days_said_in_several_ways_are_of_the_month_above(days: tuple[str, str, str]) -> None:
    rows = ("Heures mai 2026;;;", "Jour;Qui;Heures;Genre", *(f"{day};Iris;1;commun" for day in days))
    proposal, asked = read(table("feuille.csv", *rows))
    assert minutes(proposal) == {("Iris", "2026-05"): 180}
    assert asked == ["personnes.cape"]


@pytest.mark.parametrize("titles", [";lun 4;mar 5;mer 6;jeu 7", ";lun. 4;mar. 5;mer. 6;jeu. 7", ";4;5;6;7"])
def test_days_under_an_empty_corner_are_titles(titles: str) -> None:
    grid = table("planning mai 2026.csv", titles, "Iris;3;;2;", "Omar;;4;;")
    proposal, asked = read(grid, genre="commun")
    assert minutes(proposal) == {("Iris", "2026-05"): 300, ("Omar", "2026-05"): 240}
    marks = table("planning mai 2026.csv", titles, "Iris;J;;1/2;", "Omar;;J;;")
    proposal, asked = read(marks, genre="commun", journee="420")
    assert minutes(proposal) == {("Iris", "2026-05"): 630, ("Omar", "2026-05"): 420}
    assert "journee" in asked


def test_half_days_under_people_are_no_days_of_january() -> None:
    rows = ("Date;Iris;Omar", "04/05/2026;J;", "05/05/2026;1/2;1/2", "06/05/2026;;1/2")
    proposal, _ = read(table("planning.csv", *rows), genre="commun", journee="420")
    assert minutes(proposal) == {("Iris", "2026-05"): 630, ("Omar", "2026-05"): 420}
