"""Hours that a book holds from another file are asked about when files tell them again, in one import after another."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import minutes, read, table

LIST = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;14/09/2026;2h;commun", "Lou;15/09/2026;3h;commun")
WEEK = table("semaine.csv", "Personne;14/09/2026;15/09/2026;16/09/2026", "Lou;2;3;1,5", "Max;1;;1")
MONTH = table("bilan.csv", "Qui;Mois;Heures", "Lou;09/2026;5h")


def after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: GivenFile, said: str) -> tuple[ImportProposal, int]:
    """Keep a book, bring other hours in, and all again; return what is proposed, how often it is asked."""
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    book = keep(read(LIST)[0], "Essai", [], datetime(2026, 10, 1))
    recipe, asked = recipe_in(book), 0
    while (added := propose([then], "Essai", recipe, Findings(), held_in(book))).questions:
        question = added.questions[0]
        twice = question.doubt.topic == "heures.deux_fois"
        recipe, asked = added.answer(question, said if twice else question.doubt.options[0][0]), asked + twice
    keep(added, "Essai", [], datetime(2026, 11, 1))
    again = propose([then], "Essai", recipe_in(book), Findings(), held_in(book))
    assert not again.questions
    assert minutes(again) == minutes(added)
    return added, asked


@pytest.mark.parametrize(("said", "lou"), [("une", 390), ("deux", 690)])
def test_days_told_by_another_file_later_are_asked_about(
    said: str, lou: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added, asked = after(tmp_path, monkeypatch, WEEK, said)
    assert asked == 1
    assert minutes(added) == {("Lou", "2026-09"): lou, ("Max", "2026-09"): 120}
    assert any("Cela compte une fois" in each for each in added.heeded) == (said == "une")


@pytest.mark.parametrize(("said", "lou"), [("une", 300), ("deux", 600)])
def test_a_month_that_sums_up_the_hours_of_the_book_is_asked_about(
    said: str, lou: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added, asked = after(tmp_path, monkeypatch, MONTH, said)
    assert asked == 1
    assert minutes(added) == {("Lou", "2026-09"): lou}


@pytest.mark.parametrize("lines", [("Lou;16/09/2026;2h;commun",), ("Ana;14/09/2026;2h;commun",)])
def test_other_work_is_never_asked_about(
    lines: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = table("agenda.csv", "Prénom;Date;Durée;Nature du travail", *lines)
    assert after(tmp_path, monkeypatch, other, "une")[1] == 0
