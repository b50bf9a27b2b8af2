"""Columns of months beside the word « heures », and of halves of a month: their titles say when the hours are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpa_model.command.program import main
from tests.given_tables import minutes, read, table

IDA, NOAM = "Ida", "Noam"
OF_MAY = {(IDA, "2026-05"): 1350, (NOAM, "2026-05"): 480}


@pytest.mark.parametrize(
    "titles",
    [
        "Quinzaine 1;Quinzaine 2",
        "1re quinzaine;2e quinzaine",
        "Première quinzaine;Deuxième quinzaine",
        "1 au 15;16 au 31",
        "du 1er au 15;du 16 à fin de mois",
        "Heures 1ère quinzaine;Heures 2ème quinzaine",
    ],
)
def test_halves_are_those_of_the_month_around(titles: str) -> None:
    proposal, asked = read(table("Heures mai 2026.csv", f"Nom;{titles};Total", "Ida;10;12,5;22,5", "Noam;8;;8"))
    assert not [topic for topic in asked if topic.startswith(("colonne", "mois"))]
    assert minutes(proposal) == OF_MAY
    assert proposal.reading is not None
    assert max(each.on.day for each in proposal.reading.book.hours if each.member == NOAM) <= 15


def test_the_month_of_halves_is_asked_when_nothing_says_it() -> None:
    lines = ("Nom;1ère quinzaine;2ème quinzaine", "Ida;10;12,5", "Noam;8;")
    proposal, asked = read(table("heures.csv", *lines), mois_heurescsvquinzaines="mai 2026")
    assert "mois.heurescsvquinzaines" in asked
    assert minutes(proposal) == OF_MAY


def test_halves_of_something_else_can_be_denied() -> None:
    proposal, asked = read(
        table("stock.csv", "Article;1ère quinzaine;2ème quinzaine", "Farine;7;8", "Sel;12,5;3"), table="rien"
    )
    assert asked[:2] == ["mois.stockcsvquinzaines", "table"]
    assert proposal.reading is None or not minutes(proposal)


def test_the_month_of_the_one_title_of_hours_is_offered() -> None:
    proposal, asked = read(table("heures.csv", "Nom;Heures mai 2026", "Ida;22,5", "Noam;8"))
    assert "mois_entier" in asked
    assert minutes(proposal) == OF_MAY


def test_each_section_of_a_month_has_its_own_halves() -> None:
    lines = (";du 1er au 15;du 16 au 31;TOTAL", "Mai 2026;;;", "Ida;10h00;12h30;22h30", "Noam;8h00;;8h00")
    proposal, _ = read(table("suivi 2026.csv", *lines, "Juillet 2026;;;", "Ida;3h00;;3h00"))
    assert minutes(proposal) == {**OF_MAY, (IDA, "2026-07"): 180}


@pytest.mark.parametrize(
    "titles",
    [
        "Mai heures;Juin heures",
        "Heures mai;Heures juin",
        "Nb d'heures de mai;Nb d'heures de juin",
        "Mai (h);Juin (h)",
        "Temps mai 2026;Temps juin 2026",
    ],
)
def test_a_month_beside_the_word_heures_is_that_of_its_column(titles: str) -> None:
    proposal, asked = read(table("suivi 2026.csv", f"Nom;{titles}", "Ida;22,5;3", "Noam;8;"), annee="2026")
    assert not [topic for topic in asked if topic.startswith(("colonne", "mois"))]
    assert minutes(proposal) == {**OF_MAY, (IDA, "2026-06"): 180}


def test_money_beside_the_hours_of_each_month_is_told() -> None:
    lines = ("Nom;Mai heures;Mai CA HT;Juin heures;Juin CA HT", "Ida;22,5;1250;3;900", "Noam;8;980,50;;")
    proposal, _ = read(table("suivi 2026.csv", *lines), annee="2026")
    assert minutes(proposal) == {**OF_MAY, (IDA, "2026-06"): 180}
    assert any("Mai CA HT" in text and "2\u202f230,50" in text for text in proposal.heeded)


def test_halves_that_their_months_name() -> None:
    proposal, _ = read(table("bilan 2026.csv", "Nom;Nov Q1;Nov Q2;Déc Q1;Janv Q2", "Ida;1;2;3;4"), annee="2026")
    assert minutes(proposal) == {(IDA, "2026-11"): 180, (IDA, "2026-12"): 180, (IDA, "2027-01"): 240}


def test_quarters_are_no_halves() -> None:
    _, asked = read(table("mai 2026.csv", "Nom;Q1;Q2", "Ida;1;2", "Noam;3;4"))
    assert "mois_entier" in asked


def test_a_month_that_can_be_written_is_among_the_answers_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))
    path = tmp_path / "bilan.csv"
    path.write_text("Nom;Heures\nIda;7\nNoam;12,5\n", "utf-8")
    assert main(["importer", str(path), "--dans", "Essai", "--essai"]) == 1
    assert "ou à écrire : le mois, par exemple mars 2026" in " ".join(capsys.readouterr().err.split())
