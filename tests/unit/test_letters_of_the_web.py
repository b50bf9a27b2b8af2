"""« Zo&eacute; », as a program of the web exports it, or « ZoÃ© », written twice, is Zoé in any kind of file."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from kpa_model.files.book.encodings import text_of_bytes
from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, sheet, table

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


@pytest.mark.parametrize("wrong", ["latin-1", "mac_roman", "cp1252", "cp437", "cp850"])
def test_letters_written_twice_are_put_back_whatever_program_did_it(wrong: str) -> None:
    rows = ("Employée;Jour;Durée;Genre", "Anaïs Élie;02/09/2026;3h;commun", "Noë Łapiński;03/09/2026;1h;commun")
    twice = "\n".join(rows).encode().decode(wrong, errors="replace")
    if wrong == "cp1252":
        twice = twice.replace("\ufffd", "\x81")
    proposal, asked = read(table("heures.csv", twice))
    assert not any("colonne" in each for each in asked)
    assert minutes(proposal) == {("Anaïs Élie", "2026-09"): 180, ("Noë Łapiński", "2026-09"): 60}
    assert any("écrites deux fois" in each for each in proposal.notes)
    proposal, _ = read(sheet("heures.xlsx", *(row.split(";") for row in twice.split("\n"))))
    assert {who for who, _ in minutes(proposal)} == {"Anaïs Élie", "Noë Łapiński"}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Qui;Quoi\nZoÃ©;FÃªte", "« ZoÃ© » est lu « Zoé »"),
        ("Nom;Jour\nCl√©o;lundi", "« Cl√©o » est lu « Cléo »"),
        ("Nom;Lieu\nLou;&Eacute;cole", "« &Eacute;cole » est lu « École »"),
        ("Nom;Lieu\nLou;Caf&#233;", "« Caf&#233; » est lu « Café »"),
        ("Nom;Lieu\nZoÃ©;√â Ã\x81", "par exemple « ZoÃ© »"),
    ],
)
def test_what_is_told_of_letters_shows_those_of_the_file(written: str, told: str) -> None:
    assert any(told in each for each in text_of_bytes(written.encode())[1])


def test_letters_written_twice_two_times_are_put_back_too() -> None:
    rows = "Employée;Jour;Durée;Genre\nAnaïs;02/09/2026;3h;commun"
    proposal, _ = read(table("heures.csv", rows.encode().decode("cp1252").encode().decode("cp1252")))
    assert minutes(proposal) == {("Anaïs", "2026-09"): 180}
