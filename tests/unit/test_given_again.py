"""A file given again speaks of its own lines alone: those of another person, or of other days, stay in the book."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import SOLD, minutes, table


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))


def given(*files: GivenFile, into: Path | None = None, **answers: str) -> tuple[ImportProposal, Path, list[str]]:
    """Bring files in a book, a new one or the one kept before; return what was asked too."""
    recipe, held, asked = recipe_in(into) if into else Recipe(), held_in(into) if into else None, list[str]()
    while (proposal := propose(files, "Les Fois", recipe, Findings(), held)).questions:
        question = proposal.questions[0]
        options = [value for value, _ in question.doubt.options]
        usual = "|".join(options) if question.doubt.several else options[0]
        recipe = proposal.answer(question, answers.get(question.doubt.topic.split(".")[0], usual))
        asked.append(question.doubt.topic)
    return proposal, keep(proposal, "Les Fois", files, datetime(2026, 10, len(asked) + 1)), asked


def hours(name: str, *days: int, much: str = "2h") -> GivenFile:
    return table(name, "Date;Durée;Genre", *(f"{day:02d}/09/2026;{much};commun" for day in days))


TIAGO, MAUD = ("Tiago", "2026-09"), ("Maud", "2026-09")


def test_a_file_of_one_person_takes_away_no_hours_of_another() -> None:
    first = [hours("Tiago.csv", 7, 8, 9), hours("Maud.csv", 7, 9, much="1h"), table("factures.csv", SOLD)]
    proposal, book, _ = given(*first)
    assert minutes(proposal) == {TIAGO: 360, MAUD: 120}
    again, book, asked = given(hours("Tiago.csv", 7, 9, much="3h"), into=book)
    assert asked == []
    assert minutes(again) == {TIAGO: 360, MAUD: 120}
    late, _, _ = given(hours("Maud.csv", 7, 9), into=book)
    assert minutes(late) == {TIAGO: 360, MAUD: 240}


def test_two_lists_given_again_over_other_days_each_speak_of_their_own() -> None:
    def site(*days: int) -> GivenFile:
        return table(
            "terrain.csv", "Date;Qui;Temps;Genre;Lieu", *(f"{day:02d}/09/2026;Ida;1h;commun;ici" for day in days)
        )

    def desk(*days: int) -> GivenFile:
        return table("bureau.csv", "Le;Membre;Nb heures;Type", *(f"{day:02d}/09/2026;Ida;2h;appui" for day in days))

    _, book, _ = given(site(1, 2, 28), desk(3, 24), table("factures.csv", SOLD))
    again, _, _ = given(site(28), desk(3, 24), into=book)
    assert minutes(again) == {("Ida", "2026-09"): 3 * 60 + 4 * 60}
    less, _, _ = given(site(1, 28), desk(3, 24), into=book)
    assert minutes(less) == {("Ida", "2026-09"): 2 * 60 + 4 * 60}
