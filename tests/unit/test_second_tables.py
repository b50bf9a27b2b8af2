"""A second table on the sheet of the hours: read, told first, or asked about; never dropped, and it refuses nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.given_tables import minutes, read, sheet, table

HOURS = ("personne;date;genre;duree", "Nadège;07/09/2026;prestation;4h", "Olivier;05/10/2026;prestation;1h30")
WORKED = {("Nadège", "2026-09"): 240, ("Olivier", "2026-10"): 90}
TRIPS = ("Date;Véhicule;Km", "08/09/2026;Camion;42", "09/09/2026;Vélo;7")


def beside(*tables: tuple[str, ...]) -> list[str]:
    """Return tables side by side, an empty column between them."""
    wide = [max(line.count(";") for line in each) for each in tables]
    high = max(map(len, tables))
    even = [[*each, *[""] * (high - len(each))] for each in tables]
    lines = zip(*even, strict=True)
    return [
        ";;".join(cell + ";" * (most - cell.count(";")) for cell, most in zip(row, wide, strict=True)) for row in lines
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("Article;Reste", "Savon;40", "Sel;12"),
        ("Adhérente;Cotisation", "Mme Ferrand;15,00", "Mme Roux;20,00"),
        ("Semaine;Repas", "S36;4", "S37;5"),
    ],
)
def test_lines_under_the_hours_that_follow_other_titles_are_told_with_their_figures(lines: tuple[str, ...]) -> None:
    proposal, _ = read(table("heures.csv", *HOURS, "", *lines))
    assert minutes(proposal) == WORKED
    (told,) = (each for each in proposal.unread if "ne suivent pas les titres du tableau" in each)
    assert "les lignes 6 et 7" in told
    assert all(line.replace(";", " ; ") in told for line in lines[1:])
    assert not any("n'a pas d'heures" in each for each in proposal.heeded)


def test_days_written_in_advance_are_no_other_table() -> None:
    proposal, _ = read(table("heures.csv", *HOURS, "Nadège;06/10/2026;prestation;", "Olivier;07/10/2026;;"))
    assert minutes(proposal) == WORKED
    assert not proposal.unread


@pytest.mark.parametrize("lines", [[*HOURS, "", *TRIPS], beside(HOURS, TRIPS)])
def test_a_table_of_trips_is_told_first_and_refuses_no_hours(lines: list[str]) -> None:
    proposal, _ = read(table("heures.csv", *lines), cote="deux")
    assert minutes(proposal) == WORKED
    assert any("« Date », « Véhicule » et « Km »" in each or "« Km »" in each for each in proposal.unread), (
        proposal.unread
    )


def test_a_table_alone_without_any_time_still_refuses_its_file() -> None:
    proposal, _ = read(table("heures.csv", "Date;Qui;Km", "08/09/2026;Nadège;42", "09/09/2026;Olivier;7"))
    assert "aucune colonne ne dit : durée" in str(proposal.refusal)


def test_days_on_both_sides_of_an_empty_column_are_asked_about() -> None:
    wide = ("Jour;Nadège;Olivier", "07/09/2026;4;", "05/10/2026;;1,5")
    trips = ("Date;Qui;Km", "01/09/2026;Nadège;42", "02/09/2026;Olivier;7")
    proposal, asked = read(table("heures.csv", *beside(wide, trips)), genre="commun")
    assert "cote" in asked
    assert minutes(proposal) == WORKED


def test_numbers_of_a_workbook_under_the_hours_are_no_days() -> None:
    rows = [[*line.split(";")[:3], hours] for line, hours in zip(HOURS, ("duree", 4.0, 1.5), strict=True)]
    rows[1][1], rows[2][1] = date(2026, 9, 7), date(2026, 10, 5)
    proposal, _ = read(sheet("heures.xlsx", *rows, [], ["Article", "Reste"], ["Savon", 40], ["Sel", 12]))
    assert minutes(proposal) == WORKED
    assert any("Savon ; 40" in each for each in proposal.unread)


KNOWN = table("personnes.csv", "personne;statut;du", "Nadège;cape;01/01/2026", "Olivier;cape;01/01/2026")
SEPTEMBER = ("Septembre 2026", "Jour;Nadège;Olivier;Météo", "07/09/2026;4;;beau", "08/09/2026;;1,5;vent", "")


def test_one_person_alone_in_the_second_month_keeps_her_hours() -> None:
    october = ("Octobre 2026", "Jour;Nadège;Météo", "05/10/2026;2;beau", "06/10/2026;1;pluie")
    proposal, _ = read(table("heures.csv", *SEPTEMBER, *october), KNOWN, genre="commun")
    told = {("Nadège", "2026-09"): 240, ("Olivier", "2026-09"): 90, ("Nadège", "2026-10"): 180}
    assert proposal.reading is not None
    assert minutes(proposal) == told


def test_a_table_that_nothing_recognises_is_told_first_with_its_titles() -> None:
    october = ("Octobre 2026", "Jour;Zoé;Météo", "05/10/2026;2;beau", "06/10/2026;1;pluie")
    proposal, asked = read(table("heures.csv", *SEPTEMBER, *october), KNOWN, genre="commun")
    told = any("n'est pas reconnu" in each and "« Zoé »" in each for each in proposal.unread)
    assert told or any("personne" in each or "duree" in each for each in asked)


def test_whoever_checks_the_hours_of_somebody_does_not_get_them() -> None:
    rows = ("Jour;Validé par;Nadège", "07/09/2026;Olivier;4", "05/10/2026;Zoé;1,5")
    proposal, _ = read(table("heures.csv", *rows), KNOWN, genre="commun")
    assert minutes(proposal) == {("Nadège", "2026-09"): 240, ("Nadège", "2026-10"): 90}


def test_a_period_beside_days_that_are_not_its_own_is_asked_about() -> None:
    work = ("Qui;Heures;Du;Au", "Nadège;4;07/09/2026;07/09/2026", "Olivier;1,5;05/10/2026;05/10/2026")
    proposal, asked = read(table("heures.csv", *beside(work, TRIPS)), genre="commun")
    assert "cote" in asked
    assert minutes(proposal) == WORKED


@pytest.mark.parametrize("titles", ["Du;Au", "Départ le;Retour le"])
def test_days_that_are_not_read_as_those_of_the_work_are_told(titles: str) -> None:
    rows = ("Nadège;4;01/09/2026;02/09/2026;07/09/2026", "Olivier;1,5;01/10/2026;02/10/2026;05/10/2026")
    proposal, _ = read(table("heures.csv", f"Qui;Heures;{titles};Date", *rows), genre="commun")
    assert minutes(proposal) == WORKED
    first, last = titles.split(";")
    assert any(f"pas de « {first} » et « {last} »" in each for each in proposal.heeded)
