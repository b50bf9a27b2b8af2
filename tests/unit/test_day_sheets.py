"""One sheet a person, her month and her name above, a line for each day of it, mornings and afternoons."""

from __future__ import annotations

from typing import Any

import pytest

from tests.given_tables import minutes, read, workbook

HOURS = {1: ["8h00", "12h00", "13h30", "17h00", "7h30"], 4: ["8h15", "11h45", "", "", "3h30"]}
WORKED = {("Karim Aziz", "2026-05"): 660, ("Flora Dumas", "2026-05"): 660}


def rows(label: str, who: str, last: list[list[Any]], total: str = "") -> list[list[Any]]:
    """Return a sheet whose total is as it is written, or a formula that was never computed."""
    heads = [["Jour", "Matin", "", "Soir", "", "Total"], ["", "début", "fin", "début", "fin", ""]]
    days = [[day, *HOURS.get(day, [""] * 5)] for day in range(1, 32)]
    days = [[*cells[:5], total.format(at)] if total else cells for at, cells in enumerate(days, 6)]
    return [[label, who], ["Mois :", "mai 2026"], [], *heads, *days, *last]


@pytest.mark.parametrize("label", ["Livreuse :", "Coursier :", "Nom :"])
@pytest.mark.parametrize("last", [[["Signature :"]], [["Fait à Vez, le"]], []])
def test_numbers_of_days_are_those_of_the_month_above(label: str, last: list[list[Any]]) -> None:
    sheets = {"KA": rows(label, "Karim Aziz", last), "FD": rows(label, "Flora Dumas", last)}
    proposal, asked = read(workbook("feuilles.xlsx", sheets))
    assert not [topic for topic in asked if topic.startswith(("table", "personne.", "date"))]
    assert minutes(proposal) == WORKED


def test_the_name_of_the_group_is_nobody_though_its_initials_are_those_of_a_sheet() -> None:
    sheets = {name: rows("Kiosque Abricot", "", []) for name in ("KA", "FD")}
    assert minutes(read(workbook("feuilles.xlsx", sheets))[0]) == {("KA", "2026-05"): 660, ("FD", "2026-05"): 660}


def test_totals_that_were_never_computed_are_not_needed_beside_the_hours() -> None:
    last = [["", "", "", "", "TOTAL", "=SUM(F6:F36)"], ["Signature :"]]
    total = "=(C{0}-B{0})+(E{0}-D{0})"
    sheets = {
        "KA": rows("Coursier :", "Karim Aziz", last, total),
        "FD": rows("Coursier :", "Flora Dumas", last, total),
    }
    assert minutes(read(workbook("feuilles.xlsx", sheets))[0]) == WORKED


def test_a_lone_start_beside_a_total_never_computed_is_refused() -> None:
    sheet = rows("Nom :", "Karim Aziz", [], "=C{0}-B{0}")
    sheet[7][1] = "9h00"
    proposal, _ = read(workbook("feuilles.xlsx", {"KA": sheet}))
    assert proposal.reading is None
    assert "ligne 8" in str(proposal.refusal)
