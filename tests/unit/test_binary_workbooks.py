"""A binary workbook (.xlsb): its hidden lines, its lines struck through and its units are those of any workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from struct import pack

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.spreadsheets import workbook_sheets
from tests.given_tables import minutes, read, sales, table

ROWS = (("Numéro", "Date", "Montant HT", "TVA"), ("F1", "03/03/2026", 500, 100), ("F2", "04/03/2026", 50, 10))
HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "03/03/2026;Awa;4h;prestation")
_LINKS = '<Relationships><Relationship Id="rId1" Type="{}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
_OF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _record(kind: int, body: bytes = b"") -> bytes:
    """Write a record: its kind, then its length, seven bits at a time."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    length = bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80, size >> 7])
    return head + length + body


def _text(text: str) -> bytes:
    return pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(at: int, value: str | float, style: int) -> bytes:
    head = pack("<II", at, style)
    return _record(6, head + _text(value)) if isinstance(value, str) else _record(5, head + pack("<d", value))


def binary(
    rows: Sequence[Sequence[str | float]], hidden: int = 0, struck: int = 0, columns: int = -1, unit: str = ""
) -> GivenFile:
    """Return a binary workbook; lines count from 1; `columns` is the rank of a hidden one."""
    styles = _record(44, pack("<H", 170) + _text(f'0" {unit}"')) + b"".join(
        _record(43, pack("<HH", 220, grbit) + bytes(17) + _text("Arial")) for grbit in (0, 8)
    )
    style = [(0, 0), (0, 1), (170 if unit else 0, 0)]
    styles += _record(617, pack("<I", 3))
    styles += b"".join(_record(47, pack("<HHH", 0, each, font) + bytes(10)) for each, font in style) + _record(618)
    sheet = _record(129) + _record(148, pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1))
    if columns >= 0:
        sheet += _record(390) + _record(60, pack("<IIIIH", columns, columns, 2560, 0, 1)) + _record(391)
    sheet += _record(145)
    for line, cells in enumerate(rows, 1):
        flags = 0x10 if line == hidden else 0
        sheet += _record(0, pack("<IIHBBBI", line - 1, 0, 300, 0, flags, 0, 0))
        sheet += b"".join(_cell(at, each, 1 if line == struck else 2) for at, each in enumerate(cells))
    sheet += _record(146) + _record(130)
    book = _record(131) + _record(143) + _record(156, pack("<II", 0, 1) + _text("rId1") + _text("Feuille"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.bin", book + _record(144) + _record(132))
        archive.writestr("xl/_rels/workbook.bin.rels", _LINKS.format(_OF))
        archive.writestr("xl/styles.bin", styles)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return GivenFile("factures.xlsb", out.getvalue())


def test_a_hidden_line_and_a_hidden_column_are_seen() -> None:
    found = workbook_sheets(binary(ROWS, hidden=3, columns=3), Findings())[0]
    assert [cells for _, cells in found.rows] == [[*each] for each in ROWS]
    assert (found.hidden_lines, found.hidden_columns) == ({3}, {3})
    proposal, _ = read(binary(ROWS, hidden=3), HOURS, sold="")
    assert any("la ligne 3 est masquée" in each for each in proposal.heeded)


@pytest.mark.parametrize(("said", "counted"), [("oui", 55_000), ("non", 50_000)])
def test_a_line_struck_through_is_asked_about(said: str, counted: int) -> None:
    proposal, asked = read(binary(ROWS, struck=3), HOURS, sold="", etat_lignebarree=said)
    assert "etat.lignebarree" in asked
    assert sales(proposal) == {"2026-03": counted}


def test_a_unit_that_the_format_shows_is_that_of_its_times() -> None:
    proposal, _ = read(binary((("Date", "Qui", "Temps"), ("03/03/2026", "Awa", 90)), unit="min"))
    assert minutes(proposal) == {("Awa", "2026-03"): 90}


def test_what_cannot_be_seen_is_told() -> None:
    out, findings = io.BytesIO(), Findings()
    with zipfile.ZipFile(io.BytesIO(binary(ROWS).data)) as whole, zipfile.ZipFile(out, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, b"\xff\xff\xff" if name.endswith("styles.bin") else whole.read(name))
    workbook_sheets(GivenFile("factures.xlsb", out.getvalue()), findings)
    assert any("ne se voient pas" in text for _, text in findings.heeded)
