"""All the files of a folder, chosen one by one: what is no table is left, as when the folder itself is given."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import given_files, given_together

TABLES = ("heures.csv", "ventes.csv")
OTHERS = ("~$heures.xlsx", ".~lock.ventes.ods#", "desktop.ini", "Thumbs.db", "._ventes.csv")
"""What nobody chose: locks, and what a system hides."""
TOLD = ("photo du tableau.JPG", "facture.pdf", "ventes.numbers", "ventes.csv.crdownload", "notes.docx")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (*TABLES, *OTHERS, *TOLD):
        (tmp_path / name).write_bytes(b"Jour;Qui;Temps\n01/09/2026;Ida;1h")
    return tmp_path


def test_files_chosen_one_by_one_are_read_as_their_folder_is(folder: Path) -> None:
    alone, together = Findings(), Findings()
    whole = given_files(folder, alone)
    found = given_together(sorted(folder.iterdir()), together)
    assert [file.name for _, file in found] == [file.name for file in whole] == [*TABLES]
    assert not together.problems
    assert together.told_unread() == alone.told_unread()
    assert all(any(name in each for each in together.told()) for name in TOLD)
    assert not any(name in each for each in together.told() for name in OTHERS)


def test_what_an_archive_holds_beside_tables_is_told_too(folder: Path) -> None:
    with zipfile.ZipFile(folder / "tout.zip", "w") as archive:
        for name in (*TABLES, *OTHERS, *TOLD):
            archive.write(folder / name, f"nos fichiers/{name}")
    findings = Findings()
    assert [file.name for file in given_files(folder / "tout.zip", findings)] == [*TABLES]
    assert all(any(name in each for each in findings.told()) for name in TOLD)
    assert not any(name in each for each in findings.told() for name in OTHERS)


def test_a_download_that_is_not_over_is_a_file_and_says_what_to_do(folder: Path) -> None:
    findings = Findings()
    given_files(folder, findings)
    assert any(
        each.startswith("Fichier ventes.csv.crdownload") and "recommencez-le" in each for each in findings.told_unread()
    )


def test_a_table_whose_ending_says_nothing_is_tried(folder: Path) -> None:
    (folder / "heures.export").write_text("Jour;Qui;Temps\n02/09/2026;Ida;1h")
    found = given_together([folder / "heures.export", folder / "facture.pdf"], Findings())
    assert [file.name for _, file in found] == ["heures.export"]


@pytest.mark.parametrize("name", ["budget.numbers", "bilan.pages", "relevé.ofx", "reçus/mars.docx", "loyer.pdf"])
def test_what_a_folder_inside_holds_is_named_even_when_it_cannot_be_read(tmp_path: Path, name: str) -> None:
    findings = Findings()
    (inside := tmp_path / "mai" / name).parent.mkdir(parents=True)
    inside.write_bytes(b"PK")
    given_files(tmp_path, findings)
    assert any(f"mai/{name}" in each for each in findings.told()), findings.told()
