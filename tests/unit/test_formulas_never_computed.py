"""Formulas whose result the file does not keep: their column is what it would be, and the refusal names them."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, table


def grid(*rows: list[object]) -> GivenFile:
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return GivenFile("heures.xlsx", out.getvalue())


def refused(proposal: ImportProposal) -> str:
    return str(proposal.refusal or " ".join(proposal.unread)).replace("\xa0", " ")


ALL = (["Jour", "Lou", "Ana"], ["02/09/2026", 3.5, "=2+1"], ["03/09/2026", 4, "=1+1"], ["04/09/2026", 2, "=3"])
ONE = (["Jour", "Lou", "Ana"], ["02/09/2026", 3.5, 3], ["03/09/2026", 4, "=1+1"], ["04/09/2026", 2, 1])
THREE = (["Jour", "Lou", "Ana", "Zoé"], ["02/09/2026", 3.5, 3, "=4"], ["03/09/2026", 4, 2, "=B3"])
LISTED = (["Qui", "Jour", "Durée"], ["Lou", "02/09/2026", 3.5], ["Ana", "02/09/2026", "=2+1"])


@pytest.mark.parametrize("rows", [ALL, ONE, THREE, LISTED], ids=["all", "one", "three", "listed"])
def test_hours_that_were_never_computed_are_refused_where_they_stand(rows: tuple[list[object], ...]) -> None:
    proposal, asked = read(grid(*rows))
    assert {*asked} <= {"genre", "personnes.cape", "personnes.colonnes"}
    said = refused(proposal)
    assert "cette case contient une formule, et le fichier ne garde pas son résultat" in said
    assert "FORMULE" not in said


def test_an_error_of_a_formula_is_refused_where_it_stands() -> None:
    lines = ("Jour;Lou;Ana", "02/09/2026;3h;#REF!", "03/09/2026;4h;#REF!", "04/09/2026;4h;2h")
    proposal, asked = read(table("heures.csv", *lines))
    assert "duree" not in " ".join(asked)
    assert "« #REF! » est une erreur de calcul" in refused(proposal)


def test_a_total_that_was_never_computed_refuses_nothing() -> None:
    rows = (["Jour", "Lou", "Ana", "Total"], ["02/09/2026", 3.5, 3, "=B2+C2"], ["03/09/2026", 4, 1, "=B3+C3"],
            ["Total", "=SUM(B2:B3)", "=SUM(C2:C3)", "=SUM(D2:D3)"])  # fmt: skip
    proposal, _ = read(grid(*rows))
    assert proposal.reading is not None, proposal.refusal
    assert sum(each.minutes for each in proposal.reading.book.hours) == 690
