"""A number in one cell over several lines: for each line or for all of them, it is asked; without answer, refused."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import read_files
from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, sales

Cells = list[list[object]]


def workbook(name: str, rows: Cells, *merged: str) -> GivenFile:
    made, out = Workbook(), io.BytesIO()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    for each in merged:
        sheet.merge_cells(each)
    made.save(out)
    return GivenFile(name, out.getvalue())


HEAD = ["Qui", "Jour", "Temps passé", "Genre"]
PEOPLE: Cells = [HEAD, ["Lou", "02/09/2026", "5h", "commun"], ["Ana", "02/09/2026", None, "commun"]]
TASKS: Cells = [HEAD, ["Lou", "02/09/2026", 2.5, "commun"], ["Lou", "03/09/2026", None, "appui"]]


@pytest.mark.parametrize(("said", "each"), [("ensemble", 150), ("chacune", 300)])
def test_a_time_over_two_people_is_asked_about(said: str, each: int) -> None:
    proposal, asked = read(workbook("heures.xlsx", PEOPLE, "C2:C3"), duree_fusion=said)
    assert "duree.fusion" in asked
    assert minutes(proposal) == {("Lou", "2026-09"): each, ("Ana", "2026-09"): each}


@pytest.mark.parametrize(("said", "whole"), [("ensemble", 150), ("chacune", 300)])
def test_a_time_over_two_days_of_one_person_is_asked_about(said: str, whole: int) -> None:
    proposal, _ = read(workbook("heures.xlsx", TASKS, "A2:A3", "C2:C3"), duree_fusion=said)
    assert minutes(proposal) == {("Lou", "2026-09"): whole}


def test_a_time_under_a_person_is_asked_about_too() -> None:
    rows: Cells = [["Jour", "Lou", "Ana"], ["02/09/2026", "4h", "2h"], ["03/09/2026", None, "1h"]]
    proposal, asked = read(workbook("heures.xlsx", rows, "B2:B3"))
    assert "duree.fusion" in asked
    assert minutes(proposal) == {("Lou", "2026-09"): 240, ("Ana", "2026-09"): 180}


@pytest.mark.parametrize(("said", "each"), [("ensemble", 60), ("chacune", 180)])
def test_a_time_over_the_columns_of_several_people_is_asked_about(said: str, each: int) -> None:
    rows: Cells = [["Jour", "Lou", "Ana", "Zoé"], ["02/09/2026", "1h", "2h", "1h"], ["03/09/2026", "3h", None, None]]
    proposal, asked = read(workbook("heures.xlsx", rows, "B3:D3"), duree_fusion=said)
    assert "duree.fusion" in asked
    assert minutes(proposal) == {
        ("Lou", "2026-09"): 60 + each,
        ("Ana", "2026-09"): 120 + each,
        ("Zoé", "2026-09"): 60 + each,
    }


def test_a_title_over_several_columns_and_a_leave_are_no_number() -> None:
    days: Cells = [["02/09/2026", 4, 2], ["03/09/2026", "CP", None]]
    rows: Cells = [["Heures de 2026", None, None], ["Jour", "Lou", "Ana"], *days]
    proposal, asked = read(workbook("heures.xlsx", rows, "A1:C1", "B4:C4"))
    assert "duree.fusion" not in asked
    assert minutes(proposal) == {("Lou", "2026-09"): 240, ("Ana", "2026-09"): 120}


HOURS = workbook("heures.xlsx", [HEAD, ["Lou", "02/09/2026", "5h", "commun"]])
SOLD: Cells = [
    ["N° facture", "Date", "Objet", "Montant HT", "TVA"],
    ["F1", "02/09/2026", "chaise", 300, 0.2],
    [None, None, "table", None, None],
    ["F2", "03/09/2026", "banc", 100, 0.2],
    ["F2", "03/09/2026", "pose", 50, 0.2],
]


def test_an_amount_of_an_invoice_counts_once_for_all_its_lines() -> None:
    sold = workbook("factures.xlsx", SOLD, "A2:A3", "B2:B3", "D2:D3", "E2:E3")
    proposal, asked = read(HOURS, sold, sold="")
    assert "montant_ht.fusion" in asked
    assert sales(proposal) == {"2026-09": 45_000}


@pytest.mark.parametrize(("said", "cents"), [("ensemble", 14_000), ("chacune", 18_000)])
def test_an_amount_of_two_things_bought_together_is_asked_about(said: str, cents: int) -> None:
    rows: Cells = [
        ["Date", "Achat", "Montant HT", "TVA"],
        ["02/09/2026", "clous", 40, 0.2],
        ["02/09/2026", "colle", None, 0.2],
        ["04/09/2026", "bois", 100, 0.2],
    ]
    proposal, asked = read(HOURS, workbook("achats.xlsx", rows, "C2:C3"), montant_ht_fusion=said)
    assert "montant_ht.fusion" in asked
    assert proposal.reading is not None
    assert sum(each.before_tax for each in proposal.reading.book.costs) == cents


def test_without_anybody_to_answer_it_is_refused_with_its_place() -> None:
    rows: Cells = [["personne", "date", "genre", "duree"], ["Lou", "02/09/2026", "commun", "5h"],
                   ["Ana", "02/09/2026", "commun", None]]  # fmt: skip
    with pytest.raises(UnreadableFile, match="« 5\u00a0h » est dans une seule case pour les lignes 2 à 3"):
        read_files([workbook("heures.xlsx", rows, "D2:D3")], "Essai")


def test_a_name_or_a_day_over_several_lines_still_counts_for_each() -> None:
    rows: Cells = [HEAD, ["Lou", "02/09/2026", "5h", "commun"], [None, None, "1h", "appui"]]
    proposal, asked = read(workbook("heures.xlsx", rows, "A2:A3", "B2:B3"))
    assert asked == ["personnes.cape"]
    assert minutes(proposal) == {("Lou", "2026-09"): 360}
