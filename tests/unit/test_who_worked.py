"""Which column says who worked: a title that is known in English too; else it is asked, even of names seen once."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.whose import named_file
from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, table

LINES = ("Lou,2026-09-02,3,Market", "Ana,2026-09-03,2.5,Call")
WORKED = {("Lou", "2026-09"): 180, ("Ana", "2026-09"): 150}


@pytest.mark.parametrize("title", ["Staff member", "Worker", "Done by"])
def test_a_title_in_english_says_who_worked(title: str) -> None:
    proposal, asked = read(table("timesheets.csv", f"{title},Day,Hours,Activity", *LINES))
    assert {*asked} <= {"genre", "personnes.cape"}
    assert minutes(proposal) == WORKED


@pytest.mark.parametrize("title", ["Resource", "Technicien", "Booked against"])
def test_a_title_that_nobody_knows_is_proposed_before_the_name_of_the_file(title: str) -> None:
    proposal, asked = read(table("worklogs.csv", f"{title},Day,Hours", *(line.rsplit(",", 1)[0] for line in LINES)))
    assert "colonne.personne" in asked
    assert minutes(proposal) == WORKED


@pytest.mark.parametrize("name", ["timesheets.csv", "Pointages 2026.csv", "team-shifts.csv", "journal équipe.csv"])
def test_the_name_of_a_file_that_is_nobody_is_not_proposed(name: str) -> None:
    assert named_file(Grid(name, "", ())) == ""


def test_the_name_of_a_new_sheet_is_the_first_that_is_proposed() -> None:
    made, out = Workbook(), BytesIO()
    for who in ("Lou", "Ana", "Zoé"):
        sheet = made.create_sheet(who)
        for row in (["Jour", "Temps", "Genre"], ["02/09/2026", "3h", "commun"]):
            sheet.append(row)
    made.save(out)
    people = table("personnes.csv", "Nom;Statut;Début", "Lou;cape;01/09/2024", "Ana;cape;01/09/2024")
    proposal, asked = read(people, GivenFile("temps.xlsx", out.getvalue()))
    assert "personne.zoe" in asked
    assert minutes(proposal)["Zoé", "2026-09"] == 180
