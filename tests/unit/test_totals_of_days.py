"""A last column that counts days, or adds up those of everybody, is no unit of the times beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tests.given_tables import minutes, read, sheet, table

DAYS = [date(2026, 9, day) for day in (1, 2, 3)]
OF_PEOPLE = {
    "Total journée": [[2, 1, 3], [6.5, 3, 9.5], [4, "", 4]],
    "Total par jour": [[0.5, 1, 1.5], [1, 0.5, 1.5], [1, "", 1]],
    "Nbre de jours": [[2, 1, 2], [3, 3, 2], [4, "", 1]],
    "Somme jour": [[2, 1, 3], [3, 3, 6], [4, "", 4]],
}


@pytest.mark.parametrize("title", OF_PEOPLE)
def test_beside_columns_of_people(title: str) -> None:
    rows: Sequence[list[Any]] = OF_PEOPLE[title]
    lines = [[day, *row] for day, row in zip(DAYS, rows, strict=True)]
    proposal, asked = read(sheet("pointage.xlsx", ["Date", "Nora", "Ismaël", title], *lines))
    assert minutes(proposal)["Nora", "2026-09"] == 60 * sum(row[0] for row in rows)
    assert "duree.unite" not in asked


@pytest.mark.parametrize("title", ["Jours", "Total jours", "Nb de journées"])
def test_beside_columns_of_days(title: str) -> None:
    rows = [["Septembre 2026"], ["Qui", 1, 2, 3, title], ["Nora", 3, 2, "", 2], ["Ismaël", 7, "", 4, 2]]
    proposal, asked = read(sheet("pointage.xlsx", *rows))
    assert minutes(proposal) == {("Nora", "2026-09"): 300, ("Ismaël", "2026-09"): 660}
    assert "duree.unite" not in asked


@pytest.mark.parametrize("title", ["Total (j)", "Total jours", "Nb jours"])
def test_a_total_that_adds_up_days_still_asks_how_long_one_is(title: str) -> None:
    rows = [["Septembre 2026"], ["Qui", 1, 2, 3, title], ["Nora", 1, 0.5, "", 1.5], ["Ismaël", 1, "", 1, 2]]
    proposal, asked = read(sheet("pointage.xlsx", *rows))
    assert "duree.unite" in asked
    assert minutes(proposal)["Nora", "2026-09"] == 630


REMARKS = ["pause retirée", "repos compensateur travaillé", "absence de Léo remplacée", "pause méridienne non comprise"]


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_that_speaks_of_an_absence_drops_no_work(remark: str) -> None:
    lines = ["03/09/2026;Nora;3;tri", f"04/09/2026;Ismaël;7;{remark}"]
    proposal, _ = read(table("heures.csv", "Date;Qui;Heures;Description", *lines))
    assert minutes(proposal)["Ismaël", "2026-09"] == 420


@pytest.mark.parametrize(("said", "kept"), [("non", 0), ("oui", 420)])
def test_words_that_may_say_an_absence_are_asked_about(said: str, kept: int) -> None:
    lines = ["03/09/2026;Nora;3;tri", "04/09/2026;Ismaël;7;congé de Paul aux archives"]
    proposal, asked = read(table("heures.csv", "Date;Qui;Heures;Activité", *lines), heures_absences=said)
    assert "heures.absences" in asked
    assert minutes(proposal).get(("Ismaël", "2026-09"), 0) == kept


def test_an_absence_left_out_says_its_hours() -> None:
    lines = ["03/09/2026;Nora;3;tri", "04/09/2026;Ismaël;7;congé payé"]
    proposal, asked = read(table("heures.csv", "Date;Qui;Heures;Activité", *lines))
    assert "heures.absences" not in asked
    assert any("« congé payé »" in each and "(« Heures » : 7)" in each for each in proposal.heeded)
