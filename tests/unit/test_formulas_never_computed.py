"""Formulas whose result the file does not keep: their column is what it would be, and the refusal names them."""

from __future__ import annotations

import io
from datetime import time

import pytest
from openpyxl import Workbook

from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, table


def grid(*rows: list[object], name: str = "heures.xlsx") -> GivenFile:
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return GivenFile(name, out.getvalue())


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


BILLS = ["N°", "Date", "Client", "Nombre", "Prix"]


@pytest.mark.parametrize(
    ("title", "formula", "other"),
    [
        ("Total HT", "=D2*E2", "Taux TVA"),
        ("Montant TTC", "=D2*E2*1.2", "Taux TVA"),
        ("Prix total HT", "=D2*E2", "TVA (%)"),
    ],
)
def test_an_amount_that_was_never_computed_is_refused_and_no_other_column_is_offered(
    title: str, formula: str, other: str
) -> None:
    rows = [[*BILLS, title, other], ["7", "02/09/2026", "Mairie", 3, 90, formula, 0.2],
            ["8", "04/09/2026", "Amap", 1, 70, formula, 0.2]]  # fmt: skip
    hours = table("heures.csv", "Jour;Qui;Durée;Genre", "02/09/2026;Lou;3h;commun")
    proposal, asked = read(grid(*rows, name="ventes.xlsx"), hours, sold="")
    assert not any("colonne" in each for each in asked)
    said = refused(proposal)
    assert "le fichier ne garde pas son résultat" in said
    assert title in said


def test_a_day_that_was_never_computed_is_refused_where_it_stands() -> None:
    proposal, asked = read(grid(["Qui", "Jour", "Durée"], ["Lou", "=A1+1", 3.5], ["Ana", "=B2+1", 2]))
    assert not any("colonne" in each for each in asked)
    assert "« Jour »" in refused(proposal)


def test_under_a_title_nobody_knows_the_column_that_was_never_computed_is_offered_first() -> None:
    rows = [[*BILLS, "À nous verser", "Taux TVA"], ["7", "02/09/2026", "Mairie", 3, 90, "=D2*E2", 0.2],
            ["8", "04/09/2026", "Amap", 1, 70, "=D3*E3", 0.2]]  # fmt: skip
    hours = table("heures.csv", "Jour;Qui;Durée;Genre", "02/09/2026;Lou;3h;commun")
    proposal, asked = read(grid(*rows, name="ventes.xlsx"), hours, sold="")
    assert "colonne.montant_ht" in asked
    assert "« À nous verser »" in refused(proposal)


CLOCKED = (["Jour", "Qui", "De", "À", "Coupure", "Temps"],
           ["02/09/2026", "Lou", time(8, 30), time(16, 30), time(0, 45), "=D2-C2-E2"],
           ["03/09/2026", "Ana", time(13), time(18), None, "=D3-C3-E3"])  # fmt: skip


def test_a_time_that_was_never_computed_is_made_from_the_clock_once_it_is_agreed() -> None:
    proposal, asked = read(grid(*CLOCKED))
    assert asked.count("duree.formule") == 1
    assert minutes(proposal) == {("Lou", "2026-09"): 435, ("Ana", "2026-09"): 300}
    told = " ".join(proposal.heeded)
    assert "Le temps va de « De » à « À », moins la pause." in told
    lines = [line for each in proposal.understood if each.table == "heures" for line in each.lines]
    assert "dès 8h30" in lines[0]
    assert "8h30" not in lines[0]


def test_a_time_that_was_never_computed_is_refused_when_the_clock_does_not_make_it() -> None:
    proposal, _ = read(grid(*CLOCKED), duree_formule="non")
    assert "le fichier ne garde pas son résultat" in refused(proposal)
    more = [[*row[:4], end, *row[4:]] for row, end in zip(CLOCKED, ("Reprise", time(17), time(19)), strict=True)]
    proposal, asked = read(grid(*more))
    assert "duree.formule" not in asked
    assert "le fichier ne garde pas son résultat" in refused(proposal)


def test_only_the_times_that_were_not_computed_are_made_from_the_clock() -> None:
    rows = [CLOCKED[0], CLOCKED[1], [*CLOCKED[2][:5], time(4, 30)]]
    proposal, _ = read(grid(*rows))
    assert minutes(proposal) == {("Lou", "2026-09"): 435, ("Ana", "2026-09"): 270}
