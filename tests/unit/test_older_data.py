"""What a group kept with an older version opens with this one: nothing is missing, nothing is renamed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kpa_model.decision import record_file
from kpa_model.files import register
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import personal_books
from kpa_model.files.log.events import EventLog
from kpa_model.lessons import progress
from kpa_model.server import catalogue
from kpa_model.server.workshop import LiveWorkshop
from kpa_model.ui import library, state

KEPT = Path(__file__).parent / "older_data"
VERSIONS = sorted(path for path in KEPT.iterdir() if path.is_dir())


@pytest.fixture(params=VERSIONS, ids=lambda path: path.name)
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what an older version left, with invented names."""
    home = tmp_path / "mes_donnees"
    shutil.copytree(request.param, home)
    monkeypatch.setenv("KPA_MES_DONNEES", str(home))
    return home


def test_the_rule_and_the_month_looked_at_are_found_again(folder: Path) -> None:
    found = state.open_store().state
    assert found.ours.title == "Notre fonds, puis les heures"
    assert found.month == "2025-04"
    assert not (folder / "atelier.ancien").exists()


def test_the_rules_of_the_group_are_in_the_list(folder: Path) -> None:
    assert "notre_fonds" in library.own_rules()
    assert [step.name for step in library.library()["notre_fonds"].steps][1] == "part_au_fonds_commun"


def test_the_book_of_the_group_is_read_whole(folder: Path) -> None:
    book = read_book(personal_books()["Nos Lilas"]).book
    assert len(book.members) >= 2
    assert book.lines
    assert book.hours


def test_the_decisions_are_read(folder: Path) -> None:
    shelf = register.read_all()
    assert shelf.problems == ()
    record = record_file.loads(shelf.records["2026-05-12_notre_fonds"])
    assert (record.cooperative, record.present) == ("Nos Lilas", ("Awa", "Bruno"))


def test_the_workshops_are_opened_again(folder: Path) -> None:
    catalogue.load()
    with EventLog() as log:
        kept = log.workshops()
        assert [opening.payload["title"] for _, opening in kept] == ["Thermomètre"]
        assert LiveWorkshop(log, kept[0][0]).script.steps


def test_the_exercises_done_are_remembered(folder: Path) -> None:
    assert progress.found() == ("prix_ttc_a_afficher",)
