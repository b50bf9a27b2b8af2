"""A second table on the sheet of the hours: read, told first, or asked about; never dropped, and it refuses nothing."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

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
