"""Grids: files → numbered cells."""

from __future__ import annotations

import io
from datetime import date, time

import openpyxl
import pytest

from kpa_model.files.book import grids, spreadsheets
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, decoded, grids_of, guessed_separator, header_rank
from kpa_model.files.book.inside import archives
from kpa_model.files.book.inside.archives import largest_sheet, opened_zip
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.where import Place, letter

KNOWN = frozenset({"personne", "date", "genre", "duree"})
TABLE = "personne;date;genre;duree\nAwa;20/01/2026;appui;3,5\n\n;;;\nBruno;21/01/2026;appui;2\n"


def read(data: bytes, name: str = "heures.csv") -> tuple[list[Grid], Findings]:
    findings = Findings()
    return grids_of(GivenFile(name, data), KNOWN, findings), findings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_four_usual_encodings_give_the_same_text(encoding: str) -> None:
    text = "personne;date\nChloé;« 12 € »\n"
    assert decoded(GivenFile("a.csv", text.encode(encoding)), Findings()) == text


def test_iso_8859_15_is_guessed_and_told() -> None:
    findings = Findings()
    assert decoded(GivenFile("a.csv", "œufs à 3 €".encode("iso-8859-15")), findings) == "œufs à 3 €"
    assert "ISO-8859-15" in findings.told()[0]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_the_one_that_shows_the_titles(separator: str) -> None:
    text = "Heures, à vérifier, janvier, février, mars\n" + TABLE.replace(",", ".").replace(";", separator)
    assert guessed_separator(text, KNOWN) == separator


def test_empty_lines_are_left_out_and_line_numbers_kept() -> None:
    (grid,), _ = read(TABLE.encode())
    assert [line for line, _ in grid.lines] == [1, 2, 5]


def test_a_cell_on_two_lines_does_not_shift_the_numbers() -> None:
    (grid,), _ = read(b'personne;date\n"Awa\nMartin";x\nBruno;y\n')
    assert [line for line, _ in grid.lines] == [1, 2, 4]


def test_old_mac_and_windows_line_ends_are_read() -> None:
    for end in ("\r\n", "\r"):
        (grid,), _ = read(TABLE.replace("\n", end).encode())
        assert len(grid.lines) == 3


def test_titles_are_found_under_other_lines() -> None:
    grid = Grid("a.csv", "", ((1, ["Les Acacias"]), (3, ["date", "2026"]), (4, ["personne", "date", "x"])))
    assert header_rank(grid, KNOWN) == 2
    assert header_rank(Grid("a.csv", "", ((1, ["x"]),)), KNOWN) is None


def workbook(*rows: list[object], start: str = "A1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    column = ord(start[0]) - ord("A")
    for at, row in enumerate(rows):
        for rank, value in enumerate(row):
            sheet.cell(int(start[1:]) + at, column + rank + 1, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_keeps_types_and_places() -> None:
    (grid,), _ = read(
        workbook(["personne", "date"], ["Awa", date(2026, 1, 2), time(3, 30), 12.5], start="C4"), "a.xlsx"
    )
    assert [line for line, _ in grid.lines] == [4, 5]
    assert grid.lines[1][1] == ["", "", "Awa", date(2026, 1, 2), time(3, 30), 12.5]


def test_a_far_cell_is_refused_before_it_fills_the_memory() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "personne"
    book.active["XFD1048576"] = "loin"
    out = io.BytesIO()
    book.save(out)
    found, findings = read(out.getvalue(), "a.xlsx")
    assert not found
    assert "trop grand" in findings.problems[0][1]


def test_a_far_format_without_value_is_harmless() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "personne"
    book.active["XFD1048576"].number_format = "0.00"
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue(), "a.xlsx")[0]


def test_repeated_cells_of_ods_are_counted() -> None:
    xml = (
        b'<table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">'
        b'<table:table-cell table:number-columns-repeated="1000" office:value="1"><text:p>1</text:p></table:table-cell>'
        b"</table:table-row></table:table>"
    )
    empty = xml.replace(b"><text:p>1</text:p></table:table-cell>", b"/>")
    assert max(a * b for a, b in archives._ods_sizes(xml)) == 10**9
    assert list(archives._ods_sizes(empty)) == []


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook(["personne"], *[["x" * 1000]] * 50)
    monkeypatch.setattr(archives, "MOST_UNPACKED", 3_000)
    monkeypatch.setattr(spreadsheets, "MOST_UNPACKED", 3_000)
    found, findings = read(data, "a.xlsx")
    assert not found
    assert "trop grand" in findings.problems[0][1]


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "MOST_LINES", 2)
    found, findings = read(TABLE.encode())
    assert not found
    assert "plus de 2 lignes" in findings.problems[0][1]


def test_the_size_of_a_workbook_is_its_last_filled_cell() -> None:
    archive = opened_zip(workbook(["a", "b"], start="C4"))
    assert archive is not None
    assert largest_sheet(archive) == 4 * 4


def test_letters_of_columns() -> None:
    assert [letter(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_a_place_is_told_in_french() -> None:
    assert str(Place("carnet.xlsx", "factures", 7, 2, "Montant HT")) == (
        "Fichier carnet.xlsx, feuille « factures », ligne 7, colonne C « Montant HT »"
    )
    assert str(Place("Les Acacias")) == "Dossier Les Acacias"
