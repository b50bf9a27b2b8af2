"""A line that a file of before gave, and that its remark now leaves out, leaves the book; other months stay."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import minutes, read, table

WORK = "Jour;Qui;Durée;Remarque"
MAY, JUNE = ("04/05/2026;Inès;3h;", "28/05/2026;Paul;2h;{}"), ("02/06/2026;Inès;1h;", "03/06/2026;Paul;4h;")
PAID = ("Date;Facture;Montant;Remarque", "20/09/2026;F1;100,00;", "28/09/2026;F1;500,00;{}")


def again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *lines: tuple[str, ...], words: str) -> ImportProposal:
    """Keep the files one after the other, the first again with a remark; a line with it does not count."""
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    first, *others = [table(f"f{at}.csv", *(line.format("") for line in each)) for at, each in enumerate(lines)]
    others.append(table("f0.csv", *(line.format(words) for line in lines[0])))
    hours = () if lines[0][0] == WORK else (table("temps.csv", WORK, *JUNE),)
    book = keep(read(first, *hours)[0], "Essai", [], datetime(2026, 10, 1))
    for each in others:
        recipe = recipe_in(book)
        while (now := propose([each], "Essai", recipe, Findings(), held_in(book))).questions:
            recipe = now.answer(now.questions[0], "non")
        book = keep(now, "Essai", [], datetime(2026, 11, 1))
    return now


@pytest.mark.parametrize(("words", "left"), [("pas venu", None), ("", 120)])
def test_hours_left_out_since_leave_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, left: int | None
) -> None:
    now = again(tmp_path, monkeypatch, (WORK, *MAY), (WORK, *JUNE), words=words)
    told = minutes(now)
    assert told.pop(("Paul", "2026-05"), None) == left
    assert told == {("Inès", "2026-05"): 180, ("Inès", "2026-06"): 60, ("Paul", "2026-06"): 240}


def test_a_line_left_out_of_a_later_month_takes_nothing_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = "29/06/2026;Paul;2h;{}"
    now = again(tmp_path, monkeypatch, (WORK, *MAY[:1], more), (WORK, *JUNE), words="prévu")
    assert minutes(now)["Inès", "2026-06"] == 60


def test_a_payment_sent_back_since_leaves_the_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = again(tmp_path, monkeypatch, PAID, words="chèque rejeté")
    assert now.reading is not None
    assert [each.amount for each in now.reading.book.payments] == [10_000]
