"""A table of records by week, its days in letters and its tags: nobody is called Mon, nor as a customer is."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

HEAD = "Wk,Date,Day,Tags,Start,End,Time,Total"
FIRST = ("W37,2026-09-07,Mon,tri,9:00:00,10:00:00,1:00:00,", ',,,"Ville d\'Ax, pose",13:30:00,15:00:00,1:30:00,2:30:00')
NEXT = ("W37,2026-09-08,Tue,tri,8:00:00,9:00:00,1:00:00,", ",,,tri,{},18:00:00,1:00:00,2:00:00")
SOLD = "Numéro;Client;Date;Montant HT;TVA\nB12;Ville d'Ax;10/09/2026;500,00;100,00"


def test_neither_a_day_of_the_week_nor_a_customer_is_somebody() -> None:
    given = table("ida.csv", HEAD, *FIRST, NEXT[0], NEXT[1].format("17:00:00"))
    proposal, asked = read(given, sold=SOLD, personne_ida="Ida Roche", genre="prestation")
    assert minutes(proposal) == {("Ida Roche", "2026-09"): 270}
    assert {each for each in asked if each != "capes"} <= {"personne.ida", "genre"} | {
        each for each in asked if "cape" in each
    }
    assert {f"{each.on:%d}": each.on.day for each in proposal.reading.book.hours} == {"07": 7, "08": 8}


def test_a_line_that_starts_before_the_one_above_is_asked_about() -> None:
    given = table("ida.csv", HEAD, *FIRST, NEXT[0], NEXT[1].format("7:00:00"))
    _, asked = read(given, sold=SOLD, personne_ida="Ida Roche", genre="prestation")
    assert "date.vides" in asked


@pytest.mark.parametrize("days", [("Lundi", "Mardi"), ("Mon", "Tue"), ("Thursday", "Friday"), ("jeu.", "ven.")])
def test_a_column_of_days_of_the_week_does_not_say_who_worked(days: tuple[str, str]) -> None:
    lines = [f"0{at}/09/2026;{day};2;tri" for at, day in enumerate((*days, *days), 3)]
    proposal, asked = read(table("ida.csv", "Date;J;Heures;Tâche", *lines), personne_ida="Ida", genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 480}
    assert "colonne.personne" not in asked
