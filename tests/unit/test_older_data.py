"""What a group kept with an older version opens with this one: nothing is missing, nothing is renamed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kpa_model.assessment import booklet, versions
from kpa_model.command.program import main
from kpa_model.decision import record_file
from kpa_model.files import register
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import personal_books
from kpa_model.files.closed import booklets
from kpa_model.files.importing.keeping import recipe_in, undo
from kpa_model.files.log.events import EventLog
from kpa_model.invoicing import numbering
from kpa_model.lessons import progress
from kpa_model.server import catalogue
from kpa_model.server.workshop import LiveWorkshop
from kpa_model.ui import library, pieces, state
from kpa_model.ui.screens.years.supposed import scenarios

KEPT = Path(__file__).parent / "older_data"
PHRASE = "le thé de mamie à cinq heures"
WORDS = "fontaine moulin jongleur wagon epice zebre vigne fromage pinceau coude cactus fusain"


def opened(version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Open a copy of what an older version left, with invented names."""
    home = tmp_path / "mes_donnees"
    shutil.copytree(KEPT / version, home)
    monkeypatch.setenv("KPA_MES_DONNEES", str(home))
    return home


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What version 0.1 kept."""
    return opened("version_0_1", tmp_path, monkeypatch)


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the first programs that could import files and keep real months kept."""
    return opened("avant_0_2", tmp_path, monkeypatch)


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


@pytest.mark.parametrize(("secret", "kind"), [(PHRASE, "phrase"), (WORDS, "mots")])
def test_a_booklet_opens_with_its_words(folder: Path, secret: str, kind: str) -> None:
    assert booklets.known() == ["livre-figue"]
    one = booklets.open_booklet("livre-figue", secret, kind)
    mine = booklet.from_data(one.content)
    assert (mine.name, mine.talents[0].title, mine.goals[0].title) == ("Awa", "Coudre", "Tenir un stand")
    one.close()


def test_the_grids_scenarios_notes_and_numbers_are_found_again(folder: Path) -> None:
    found = versions.versions("notre_grille_de_cuisine")
    assert [each.number for each in found] == [1, 2]
    assert len(found[1].grid.criteria) == 5
    assert "revoir le minimum en juin" in pieces.notes("00_bienvenue").children[0].value
    assert "Notre année" in [each.title for each in scenarios().values()]
    assert [each.number for each in numbering.read_register(numbering.register_path())] == ["EX-F2026-001"]


def test_an_imported_book_its_recipe_and_its_last_import_are_found_again(later: Path) -> None:
    place = personal_books()["Nos Lilas"]
    assert len(read_book(place).book.hours) == 5
    assert recipe_in(place).answers
    last, edited = undo(place)
    assert (last.when, edited) == ("2026-02-01 10:00", [])
    assert not place.exists()  # it held nothing else


def test_the_real_months_are_read_and_go_on(later: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mois", "Nos Lilas", "2026-01"]) == 0
    told = capsys.readouterr().out
    assert "Janvier 2026 est adopté. Adopté le 3 février 2026 par Nadège et Olivier." in told
    assert main(["payer", "Nos Lilas", "2026-01", "--personne", "Nadège", "--montant", "557,82"]) == 0
    assert "891,68" in capsys.readouterr().out
