"""What is said, or asked, of several files or sheets at once never looks like one cell, or like a sum."""

from __future__ import annotations

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, table, workbook


def test_a_figure_said_of_two_files_is_that_of_each() -> None:
    files = [
        table(f"{who}.csv", "Qui;Le;Durée", f"{who};01/10/2026;3h", f"{who};02/10/2026;0", f"{who};03/10/2026;2h")
        for who in ("Nina", "Omar")
    ]
    proposal, _ = read(*files)
    assert [each for each in proposal.notes if each.startswith("Fichiers Nina.csv et Omar.csv, dans chacun : ")]


def test_a_figure_said_of_sheets_is_that_of_each() -> None:
    rows = [["Qui", "Le", "Durée"], ["Nina", "01/10/2026", "3h"], ["Nina", "02/10/2026", 0]]
    book = workbook("mois.xlsx", {name: [*rows, ["Nina", day, "1h"]] for name, day in (
        ("A", "05/10/2026"), ("B", "06/10/2026"), ("C", "07/10/2026"))})  # fmt: skip
    proposal, _ = read(book)
    assert any("feuilles « A », « B » et « C », dans chacune : " in each for each in proposal.notes)


def test_a_question_that_two_files_ask_names_both() -> None:
    files = [
        table(f"{who}.csv", "Qui;Le;Durée", f"{who};01/10/2026;3.40", f"{who};02/10/2026;2.15")
        for who in ("Nina", "Omar")
    ]
    questions = propose(files, "Essai", findings=Findings()).questions
    where = next(each.where for each in questions if each.doubt.topic == "duree.point")
    assert where.startswith("Fichier Nina.csv, ligne 2")
    assert where.endswith("de même dans Omar.csv")


def test_what_holds_in_several_files_is_said_once() -> None:
    lines = ("Qui;Le;Durée", "{0};01/10/2026;3h", "", "Signature : ;;")
    files = [table(f"{who}.csv", *(each.format(who) for each in lines)) for who in ("Nina", "Omar", "Sam")]
    (told,) = [each for each in read(*files)[0].heeded if "Signature" in each]
    assert told.startswith("Fichiers Nina.csv, Omar.csv et Sam.csv : « Signature : » est écrit sous le tableau.")
