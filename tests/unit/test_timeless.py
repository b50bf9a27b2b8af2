"""A month or a year in a title, in the name of a file or of a sheet: next month's is the same, and asks nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.context import timeless
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import minutes, read, table

SOLD = "Numéro;Client;Date;Montant HT;TVA\nB12;École;10/{0}/2026;500,00;100,00"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))


def kept(*files: GivenFile, sold: str = SOLD.format("05"), **answers: str) -> Path:
    files = (*files, table("factures.csv", sold))
    return keep(read(*files, sold="", genre="commun", **answers)[0], "Les Mois", files, datetime(2026, 5, 31))


def later(folder: Path, *files: GivenFile) -> ImportProposal:
    files = (*files, table("factures.csv", SOLD.replace("B12", "B13").format("06")))
    return propose(files, folder.name, recipe_in(folder), Findings(), held_in(folder))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Temps mai", "Temps juin"),
        ("Mai 2026 : fait", "juin 2026 : fait"),
        ("Jours d'oct.", "Jours de nov."),
        ("Mars", "MARS"),
    ],
)
def test_a_month_is_no_part_of_a_title(one: str, other: str) -> None:
    assert timeless(one).replace("d", "") == timeless(other).replace("de", "")


@pytest.mark.parametrize("text", ["Maintenance", "Équipe 2", "Marsouin", "Décor", "Semaine 12", "Juinot"])
def test_other_words_and_numbers_stay(text: str) -> None:
    assert timeless(text) == timeless(text + " ") != timeless(text[:-1])


def test_a_table_set_aside_stays_aside_under_the_title_of_the_next_month() -> None:
    def lent(month: str) -> GivenFile:
        return table("prêts.csv", f"Outil;Prêts {month}", "Remorque;3", "Perceuse;9")

    done = table("temps.csv", "Jour;Qui;Heures;Tâche", "07/05/2026;Lou;3;tri")
    folder = kept(done, lent("mai"), table="rien")
    second = later(folder, table("temps.csv", "Jour;Qui;Heures;Tâche", "08/06/2026;Lou;3;tri"), lent("juin"))
    assert not second.questions
    assert len(recipe_in(folder).seen([]).sources) == len(second.recipe.sources)


@pytest.mark.parametrize(("may", "june"), [("noé mai.csv", "noé juin.csv"), ("noé_2026-05.csv", "noé_2026-06.csv")])
def test_whose_a_file_is_holds_for_the_file_of_the_next_month(may: str, june: str) -> None:
    def done(name: str, day: str) -> GivenFile:
        return table(name, "Jour;Heures;Tâche", f"07/{day}/2026;3;tri", f"08/{day}/2026;2;tri")

    folder = kept(done(may, "05"), **{f"personne_{timeless('noé')}": "Noé Bastide"})
    second = later(folder, done(june, "06"))
    assert not second.questions
    assert minutes(second)["Noé Bastide", "2026-06"] == 300


def test_a_column_chosen_once_is_the_one_of_the_next_month() -> None:
    def done(title: str, day: str) -> GivenFile:
        return table(
            "relevé.csv", f"Jour;Qui;Passé {title};Lieu", f"07/{day}/2026;Lou;3;Serre", f"08/{day}/2026;Lou;2;Serre"
        )

    folder = kept(done("mai", "05"), colonne_duree="Passé mai")
    second = later(folder, done("juin", "06"))
    assert not second.questions
    assert minutes(second)["Lou", "2026-06"] == 300


def test_names_of_the_book_are_told_as_they_are_written() -> None:
    folder = kept(table("temps.csv", "Jour;Qui;Heures;Pour", "07/05/2026;Lou;3;Les Halles"))
    second = later(folder)
    told = next(each for each in second.heeded if "aucune commande" in each)
    assert "« Les Halles »" in told
    assert "« B12 »" in told
    assert "…." not in told


def test_hours_of_nobody_yet_are_not_told_to_be_written_twice() -> None:
    lines = ("Jour;Heures;Tâche", "07/05/2026;3;tri", "08/05/2026;2;tri", "09/05/2026;1;tri")
    given = [table(f"{name}.csv", *lines[: 3 + at]) for at, name in enumerate(("ida", "jo"))]
    findings = Findings()
    propose([*given, table("factures.csv", SOLD.format("05"))], "Essai", None, findings)
    assert not [text for _, text in findings.heeded if "None" in text]
