"""Numbers of days on a second line of titles, under the names of their months; a title is never somebody."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.given_tables import minutes, read, sheet, table

WORKED = ("Solène;1,5;2;;3;0,5", "Idris;;6;4h;;1h15")
MONTHS = {
    ("Solène", "2026-05"): 210,
    ("Solène", "2026-06"): 210,
    ("Idris", "2026-05"): 360,
    ("Idris", "2026-06"): 240 + 75,
}


@pytest.mark.parametrize(
    "titles",
    [
        ("Nom;Mai 2026;;Juin 2026;;", ";28;29;2;3;4"),
        ("Nom;Mai 2026;Mai 2026;Juin 2026;Juin 2026;Juin 2026", ";28;29;2;3;4"),
        ("Nom;Mai 2026;;Juin 2026;;", "Nom;jeu 28;ven 29;mar 2;mer 3;jeu 4"),
        (";mai 2026;;juin 2026;;", "Salarié;28;29;2;3;4"),
        (";05/2026;;06/2026;;", ";28;29;2;3;4"),
        ("Planning réalisé 2026;;;;;", "Prénom;MAI;;JUIN;;", ";28;29;2;3;4"),
        ("Prénom;mai 2026;;juin 2026;;", ";J;V;M;M;J", ";28;29;2;3;4"),
        ("Prénom;mai 2026;;juin 2026;;", ";28;29;2;3;4", ";jeu;ven;mar;mer;jeu"),
    ],
)
def test_days_are_those_of_the_month_above_them(titles: tuple[str, ...]) -> None:
    proposal, asked = read(table("planning.csv", *titles, *WORKED), genre="commun")
    assert not [topic for topic in asked if topic.startswith("mois")]
    assert minutes(proposal) == MONTHS


def test_totals_of_months_and_of_all_stay_checks() -> None:
    titles = ("Nom;Mai 2026;;;Juin 2026;;;Total", ";28;29;Total;2;3;Total;")
    proposal, _ = read(
        table("planning.csv", *titles, "Solène;1,5;2;3,5;;3;3;6,5", "Idris;;6;6;4;1;5;11"), genre="commun"
    )
    assert minutes(proposal) == {**MONTHS, ("Solène", "2026-06"): 180, ("Idris", "2026-06"): 300}
    assert not [each for each in proposal.heeded if "ce total dit" in str(each)]


def test_a_month_may_be_a_true_day_of_the_spreadsheet() -> None:
    may, june = datetime(2026, 5, 1), datetime(2026, 6, 1)
    rows = (["Nom", may, None, june, None], [None, 28, 29, 2, 3], ["Solène", 1.5, 2, None, 3], ["Idris", None, 6, 4, 1])
    proposal, _ = read(sheet("planning.xlsx", *rows), genre="commun")
    assert minutes(proposal) == {**MONTHS, ("Solène", "2026-06"): 180, ("Idris", "2026-06"): 300}


def test_one_month_above_all_its_days() -> None:
    proposal, _ = read(
        table("planning.csv", "Nom;Juin 2026;;;", ";1;2;3;4", "Solène;1;2;;", "Idris;;;4;1h15"), genre="commun"
    )
    assert minutes(proposal) == {("Solène", "2026-06"): 180, ("Idris", "2026-06"): 315}


def test_whole_months_side_by_side() -> None:
    days = [*range(1, 32), *range(1, 31)]
    titles = ("Nom;Mai 2026" + ";" * 31 + "Juin 2026" + ";" * 29, ";" + ";".join(map(str, days)))
    ones = ";".join("1" if day in (4, 30) else "" for day in days)
    twos = ";".join("2" if day == 5 else "" for day in days)
    proposal, _ = read(table("planning.csv", *titles, f"Solène;{ones}", f"Idris;{twos}"), genre="commun")
    assert minutes(proposal) == {(who, f"2026-0{month}"): 120 for who in ("Solène", "Idris") for month in (5, 6)}


def test_months_without_a_year_go_from_one_to_the_next() -> None:
    titles = ("Nom;Décembre;;Janvier;", ";30;31;4;5")
    proposal, asked = read(table("planning.csv", *titles, "Solène;1;2;;3", "Idris;;6;4;"), genre="commun", annee="2025")
    assert "annee" in asked
    assert minutes(proposal)["Solène", "2025-12"] == 180
    assert minutes(proposal)["Solène", "2026-01"] == 180


def test_a_name_of_day_that_its_month_denies_is_refused() -> None:
    titles = ("Nom;Mai 2026;;Juin 2026;", ";jeu 28;lun 29;mar 2;mer 3")
    proposal, _ = read(table("planning.csv", *titles, "Solène;1;2;;3", "Idris;;6;4;"), genre="commun")
    assert "est un vendredi" in str(proposal.refusal)


@pytest.mark.parametrize("title", ["Prénom", "NOM", "Jour", "Heures", "Semaine", "Client", "Salariée"])
def test_a_title_is_nobody(title: str) -> None:
    lines = ("Date;Qui;Durée", "07/05/2026;Solène;2h", f"08/05/2026;{title};3h", "09/05/2026;Idris;1h")
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert proposal.reading is None
    assert f"« {title} »" in str(proposal.refusal)


def test_titles_that_come_again_among_the_lines_are_no_fact() -> None:
    lines = ("Date;Qui;Durée", "07/05/2026;Solène;2h", "DATE;Qui;Durée", "08/05/2026;Idris;3h")
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert minutes(proposal) == {("Solène", "2026-05"): 120, ("Idris", "2026-05"): 180}


@pytest.mark.parametrize("corner", ["mars 2026", "MARS 2026", "03/2026"])
@pytest.mark.parametrize("days", ["lun 2;mar 3;mer 4", "Lundi 2;Mardi 3;Mercredi 4", "2;3;4"])
def test_a_month_in_the_corner_dates_the_days_right_of_it(corner: str, days: str) -> None:
    lines = (f"{corner};{days};Total", "Ida;3h;2h;;5h", "Tom;;1h;4h30;5h30")
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-03"): 300, ("Tom", "2026-03"): 330}


@pytest.mark.parametrize(
    "days",
    ["14/09/2026;15/09/2026;16/09/2026", "14/09;15/09;16/09", "14 sept.;15 sept.;16 sept.", "14/09/26;15/09/26;"],
)
@pytest.mark.parametrize("corner", ["Nom", ""])
def test_days_below_the_names_of_days_are_titles_too(days: str, corner: str) -> None:
    lines = (f"{corner};Lundi;Mardi;Mercredi", f";{days}", "Ida;3h;2h;", "Noam;;4h;")
    proposal, _ = read(table("semaine 38 2026.csv", *lines))
    assert proposal.reading is not None, proposal.refusal
    worked = {(each.member, f"{each.on:%d/%m/%Y}"): each.minutes for each in proposal.reading.book.hours}
    assert worked == {("Ida", "14/09/2026"): 180, ("Ida", "15/09/2026"): 120, ("Noam", "15/09/2026"): 240}


@pytest.mark.parametrize(
    "below", ["07/09 au 13/09;14/09 au 20/09", "du 7 au 13 sept.;du 14 au 20 sept.", "07/09;14/09"]
)
def test_days_below_the_numbers_of_weeks_are_titles_too(below: str) -> None:
    proposal, _ = read(table("heures 2026.csv", "Nom;S37;S38", f";{below}", "Ida;3h;2h", "Noam;;4h"))
    assert minutes(proposal) == {("Ida", "2026-09"): 300, ("Noam", "2026-09"): 240}


@pytest.mark.parametrize(
    ("heads", "below"), [("Lundi;Mardi", "15/09/2026;16/09/2026"), ("S37;S38", "05/10 au 11/10;12/10 au 18/10")]
)
def test_days_that_are_not_those_of_the_titles_above_are_refused(heads: str, below: str) -> None:
    proposal, _ = read(table("heures 2026.csv", f"Nom;{heads}", f";{below}", "Ida;3h;2h", "Noam;1h;4h"))
    assert proposal.refusal
