"""« Zo&eacute; », as a program of the web exports it, is Zoé: one person, in any kind of file; it is told."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, table

ROWS = (
    ("Qui", "Jour", "Temps", "Genre", "Objet"),
    ("Zo&eacute; N&eacute;ron", "02/09/2026", "3h", "commun", "l&#039;accueil &amp; co"),
    ("Zoé Néron", "03/09/2026", "1h", "commun", "R&D"),
)
WORKED = {("Zoé Néron", "2026-09"): 240}


def test_a_name_with_letters_of_the_web_is_the_same_person_whatever_separates_the_cells() -> None:
    for mark in ";,\t":
        proposal, _ = read(table("heures.csv", *(mark.join(row) for row in ROWS)))
        assert minutes(proposal) == WORKED
        assert any("le web" in note for note in proposal.notes)


def test_in_a_workbook_too() -> None:
    made, out = Workbook(), BytesIO()
    for row in ROWS:
        made.active.append(row)
    made.save(out)
    proposal, _ = read(GivenFile("heures.xlsx", out.getvalue()))
    assert minutes(proposal) == WORKED
