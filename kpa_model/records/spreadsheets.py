"""Workbooks (xlsx, xlsm, xls, ods) → rows of typed cells, by python-calamine, with limits checked before."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from kpa_model.records.cells import Cell
from kpa_model.records.findings import Findings, Place
from kpa_model.records.sources import GivenFile, opened_zip, within_limits

MOST_CELLS = 5_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_XLSX_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
_ODS_TAG = re.compile(rb"<(table:table-row|table:table-cell|table:covered-table-cell|table:table)\b([^>]*?)(/?)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')

Rows = list[tuple[int, list[Cell]]]


def workbook_sheets(file: GivenFile, findings: Findings) -> list[tuple[str, Rows]]:
    """Return the visible content of each sheet: numbered lines of typed cells. Problems go to `findings`."""
    place = Place(file.name)
    if fault := _fault(file):
        findings.problem(place, *fault)
        return []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        sheets = [(name, _rows(workbook, name)) for name in workbook.sheet_names]
    except PasswordError:
        findings.problem(place, *_LOCKED)
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        findings.problem(place, "ce classeur est abîmé : il ne s’ouvre pas.", f"{_AGAIN} (Détail technique : {error})")
    else:
        return sheets
    return []


_AGAIN = "Ouvrez-le dans le tableur, enregistrez-le de nouveau au format .xlsx, puis recommencez."
_LOCKED = ("ce classeur est protégé par un mot de passe.", "Enregistrez une copie sans mot de passe, puis recommencez.")


def _fault(file: GivenFile) -> tuple[str, str] | None:
    """Return what prevents from opening the file, told for people; None when it can be tried."""
    data = file.data
    if not data:
        return "ce fichier est vide.", "Remplissez-le, ou retirez-le du dossier."
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        return _LOCKED if locked else None
    archive = opened_zip(data) if data.startswith(b"PK") else None
    if archive is None:
        if data.lstrip()[:1] == b"<":
            return "ce fichier porte un nom de classeur, mais c’est une page web.", _AGAIN
        return "ce fichier n’est pas un classeur, ou il est abîmé.", _AGAIN
    try:
        if not within_limits(archive) or _largest(archive) > MOST_CELLS:
            todo = "Copiez les lignes utiles dans un classeur neuf, puis recommencez."
            return "ce classeur est trop grand une fois ouvert.", todo
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error):
        return "ce classeur est abîmé : il ne s’ouvre pas.", _AGAIN
    return None


def _rows(workbook: CalamineWorkbook, name: str) -> Rows:
    """Return the lines of a sheet, numbered as the spreadsheet shows them, with the columns before the first one."""
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return []
    first = sheet.start[0] + 1
    rows = sheet.to_python(skip_empty_area=True)
    return [(first + at, [""] * sheet.start[1] + list(row)) for at, row in enumerate(rows)]


# --- how large a sheet would be in memory: one far cell is enough to fill it ------------------------------------------


def _largest(archive: zipfile.ZipFile) -> int:
    """Return the number of cells of the largest sheet: last line × last column that hold something."""
    names = archive.namelist()
    if "content.xml" in names:
        return _ods_area(archive.read("content.xml"))
    sheets = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    return max((_xlsx_area(archive.read(name)) for name in sheets), default=0)


def _xlsx_area(xml: bytes) -> int:
    lines, columns = 0, 0
    for found in _XLSX_CELL.finditer(xml):
        if not found[3]:
            columns, lines = max(columns, _rank(found[1].decode())), max(lines, int(found[2]))
    return lines * columns


def _rank(letters: str) -> int:
    """Return 1 for A, 26 for Z, 27 for AA."""
    rank = 0
    for each in letters:
        rank = rank * 26 + ord(each) - ord("A") + 1
    return rank


def _ods_area(xml: bytes) -> int:
    return max((lines * columns for lines, columns in _ods_sizes(xml)), default=0)


def _ods_sizes(xml: bytes) -> Iterator[tuple[int, int]]:
    """Yield (last line, last column) that hold something, as they grow, repeated cells counted."""
    line = column = repeat = widest = 0
    for found in _ODS_TAG.finditer(xml):
        tag, times = found[1], int(again[1]) if (again := _REPEATED.search(found[2])) else 1
        if tag == b"table:table":
            line = column = repeat = widest = 0
        elif tag == b"table:table-row":
            line, repeat, column = line + repeat, times, 0
        else:
            column += times
            if not found[3]:
                widest = max(widest, column)
                yield line + repeat, widest
