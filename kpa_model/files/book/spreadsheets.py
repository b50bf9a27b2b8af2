"""Workbooks (xlsx, xlsm, xls, ods) → rows of typed cells, by python-calamine, with limits checked before."""

from __future__ import annotations

import io
from collections.abc import Mapping

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from kpa_model.files.book.archives import MOST_UNPACKED, failed_formulas, largest_sheet, opened_zip, unpacked_size
from kpa_model.files.book.cells import Cell
from kpa_model.files.book.findings import Findings, Place
from kpa_model.files.book.sources import GivenFile

MOST_CELLS = 5_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_AGAIN = "Ouvrez-le dans le tableur, enregistrez-le de nouveau au format .xlsx, puis recommencez."
_LOCKED = ("ce classeur est protégé par un mot de passe.", "Enregistrez une copie sans mot de passe, puis recommencez.")
_DAMAGED = ("ce classeur est abîmé : il ne s'ouvre pas.", _AGAIN)

Rows = list[tuple[int, list[Cell]]]


def workbook_sheets(file: GivenFile, findings: Findings) -> list[tuple[str, Rows]]:
    """Return the content of each sheet: numbered lines of typed cells. Problems go to `findings`."""
    place = Place(file.name)
    if fault := _fault(file.data):
        findings.problem(place, *fault)
        return []
    archive = opened_zip(file.data)
    faults = failed_formulas(archive) if archive else {}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        return [(name, _rows(workbook, name, faults.get(name, {}))) for name in workbook.sheet_names]
    except PasswordError:
        findings.problem(place, *_LOCKED)
    except (CalamineError, OSError, ValueError):
        findings.problem(place, *_DAMAGED)
    return []


def _fault(data: bytes) -> tuple[str, str] | None:
    """Return what prevents from opening a workbook, told for people; None when it can be tried."""
    if not data:
        return "ce fichier est vide.", "Remplissez-le, ou retirez-le du dossier."
    if data.startswith(_OLE):
        return _LOCKED if "EncryptedPackage".encode("utf-16-le") in data else None
    if data.lstrip()[:1] == b"<":
        return "ce fichier porte un nom de classeur, mais c'est une page web.", _AGAIN
    archive = opened_zip(data)
    if archive is None:
        return "ce fichier n'est pas un classeur, ou il est abîmé.", _AGAIN
    if (size := unpacked_size(archive)) is None:
        return _DAMAGED
    if size > MOST_UNPACKED or largest_sheet(archive) > MOST_CELLS:
        return "ce classeur est trop grand une fois ouvert.", "Copiez les lignes utiles dans un classeur neuf."
    return None


def _rows(workbook: CalamineWorkbook, name: str, faults: Mapping[tuple[int, int], str]) -> Rows:
    """Return the lines of a sheet, numbered as the spreadsheet shows them, with the columns before the first one.

    Calamine shows a failed formula as an empty cell: what the spreadsheet shows, `#DIV/0!`, is put back.
    """
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return []
    first, left = sheet.start[0] + 1, [""] * sheet.start[1]
    content = enumerate(sheet.to_python(skip_empty_area=True), first)
    rows: Rows = [(line, [*left, *cells]) for line, cells in content]
    for (line, column), shown in faults.items():
        if first <= line < first + len(rows) and column < len(rows[line - first][1]):
            rows[line - first][1][column] = shown
    return rows
