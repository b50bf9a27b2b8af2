"""A title that was forgotten when the sheet was copied: the month of its days is asked, or proved, never taken."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, table


def workbook(name: str, sheets: dict[str, tuple[str, int, dict[int, float]]]) -> GivenFile:
    """Return sheets, each with its title, how many days it has, and the hours of Piotr on some of them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet, (title, days, hours) in sheets.items():
        page = book.create_sheet(sheet)
        page.append([title])
        page.append([])
        page.append(["Prénom", *range(1, days + 1), "Total"])
        page.append(["Piotr", *(hours.get(day) for day in range(1, days + 1)), sum(hours.values())])
        page.append(["Ondine", None, None, 1, *[None] * (days - 3), 1])
    stream = io.BytesIO()
    book.save(stream)
    return GivenFile(name, stream.getvalue())


def test_days_prove_the_month_of_a_copied_sheet() -> None:
    pages = {"Septembre": ("Pointage septembre 2026", 30, {2: 3.0, 30: 2.0}),
             "Octobre": ("Pointage septembre 2026", 31, {5: 1.0, 31: 4.0})}  # fmt: skip
    proposal, asked = read(workbook("pointage 2026.xlsx", pages))
    assert minutes(proposal) == {("Piotr", "2026-09"): 300, ("Ondine", "2026-09"): 60,
                                 ("Piotr", "2026-10"): 300, ("Ondine", "2026-10"): 60}  # fmt: skip
    assert not [each for each in asked if each.startswith("mois")]
    assert any("octobre 2026" in each and "septembre 2026" in each for each in proposal.heeded)


@pytest.mark.parametrize(("said", "month"), [("2026-07", "2026-07"), ("2026-08", "2026-08")])
def test_a_month_that_nothing_proves_is_asked(said: str, month: str) -> None:
    given = workbook("pointage 2026.xlsx", {"Août": ("JUILLET 2026", 31, {5: 1.0, 31: 4.0})})
    proposal, asked = read(given, mois_pointage2026xlsxaout=said)
    assert len([each for each in asked if each.startswith("mois")]) == 1
    assert minutes(proposal) == {("Piotr", month): 300, ("Ondine", month): 60}


def test_a_day_without_hours_proves_no_month() -> None:
    given = workbook("pointage 2026.xlsx", {"Août": ("SEPTEMBRE 2026", 31, {5: 1.0, 30: 4.0})})
    proposal, asked = read(given)
    assert any(each.startswith("mois") for each in asked)
    assert minutes(proposal) == {("Piotr", "2026-09"): 300, ("Ondine", "2026-09"): 60}


def test_a_title_and_the_name_of_its_file_disagree() -> None:
    rows = ("Juillet 2026", "Jour;Qui;Durée", "1;Piotr;2", "2;Piotr;1", "5;Ondine;1")
    proposal, asked = read(table("pointage août 2026.csv", *rows))
    assert any(each.startswith("mois") for each in asked)
    assert minutes(proposal) == {("Piotr", "2026-07"): 180, ("Ondine", "2026-07"): 60}


@pytest.mark.parametrize(
    ("name", "sheet", "title"),
    [("pointage 2026-10-02.xlsx", "Feuil1", "Septembre 2026"),
     ("pointage octobre 2026.xlsx", "Septembre", "Piotr, Ondine"),
     ("pointage.xlsx", "Septembre", "Heures de septembre 2026, imprimé le 02/10/2026"),
     ("heures août-octobre 2026.xlsx", "Septembre", "Pointage"), ("pointage 2026.xlsx", "sept.", "SEPTEMBRE 2026")],
)  # fmt: skip
def test_names_that_agree_ask_nothing(name: str, sheet: str, title: str) -> None:
    proposal, asked = read(workbook(name, {sheet: (title, 30, {2: 3.0, 30: 2.0})}))
    assert minutes(proposal) == {("Piotr", "2026-09"): 300, ("Ondine", "2026-09"): 60}
    assert not [each for each in asked if each.startswith("mois")]


def test_hours_on_a_day_that_the_month_has_not_come_first() -> None:
    proposal, _ = read(workbook("pointage 2026.xlsx", {"Septembre": ("SEPTEMBRE 2026", 31, {5: 1.0, 31: 4.5})}))
    assert minutes(proposal) == {("Piotr", "2026-09"): 60, ("Ondine", "2026-09"): 60}
    assert any("le 31 n'existe pas en septembre 2026" in each and "4,5" in each for each in proposal.unread)
