"""A look inside zips, and the workbooks that are zips, before they are opened: damage, true size, failed formulas."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

MOST_UNPACKED = 200_000_000
_DAMAGED = (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error)
_XLSX_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/>|></c>|>)')
_XLSX_FAULT = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<f\b.*?(?:</f>|/>))?<v>(#[^<]*)</v>', re.DOTALL
)
_ODS_TAG = re.compile(rb"<(table:table-row|table:table-cell|table:covered-table-cell|table:table)\b([^>]*?)(/?)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')


def opened_zip(data: bytes) -> zipfile.ZipFile | None:
    """Return an archive, or None when it is not one, is damaged, or is locked by a password."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED:
        return None
    return None if any(each.flag_bits & 1 for each in archive.infolist()) else archive


def locked_zip(data: bytes) -> bool:
    """Tell whether an archive asks for a password."""
    try:
        return any(each.flag_bits & 1 for each in zipfile.ZipFile(io.BytesIO(data)).infolist())
    except _DAMAGED:
        return False


def unpacked_size(archive: zipfile.ZipFile) -> int | None:
    """Return the true size once unpacked, counted by unpacking up to the limit; None when the archive is damaged.

    The size an archive tells of itself is not enough: a zip bomb lies.
    """
    entries, size = archive.infolist(), 0
    if len(entries) > 5_000 or sum(each.file_size for each in entries) > MOST_UNPACKED:
        return MOST_UNPACKED + 1
    try:
        for entry in entries:
            with archive.open(entry) as stream:
                while (block := stream.read(1_000_000)) and size <= MOST_UNPACKED:
                    size += len(block)
    except _DAMAGED:
        return None
    return size


# --- how large a sheet would be in memory: one far cell is enough to fill it ------------------------------------------


def largest_sheet(archive: zipfile.ZipFile) -> int:
    """Return the number of cells of the largest sheet: last line × last column that hold something."""
    names = archive.namelist()
    if "content.xml" in names:
        return max((lines * columns for lines, columns in _ods_sizes(archive.read("content.xml"))), default=0)
    sheets = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    return max((_xlsx_area(archive.read(name)) for name in sheets), default=0)


def _xlsx_area(xml: bytes) -> int:
    lines, columns = 0, 0
    for found in _XLSX_CELL.finditer(xml):
        if found[3] == b">":  # a cell that holds something
            columns, lines = max(columns, _rank(found[1])), max(lines, int(found[2]))
    return lines * columns


def _rank(letters: bytes) -> int:
    """Return 1 for A, 26 for Z, 27 for AA."""
    rank = 0
    for each in letters:
        rank = rank * 26 + each - ord("A") + 1
    return rank


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


# --- failed formulas --------------------------------------------------------------------------------------------------


def failed_formulas(archive: zipfile.ZipFile) -> dict[str, dict[tuple[int, int], str]]:
    """Return the cells of an xlsx whose formula failed, by name of sheet: (line, column) → what they show."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    try:
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        sheets = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    except ElementTree.ParseError:
        return {}
    parts = {link.get("Id"): str(link.get("Target")).removeprefix("/").removeprefix("xl/") for link in links}
    found = {}
    for sheet in sheets.iter():
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        if sheet.tag.endswith("}sheet") and (part := f"xl/{parts.get(link)}") in names:
            found[str(sheet.get("name"))] = _faults(archive.read(part))
    return found


def _faults(xml: bytes) -> dict[tuple[int, int], str]:
    return {(int(each[2]), _rank(each[1]) - 1): each[3].decode() for each in _XLSX_FAULT.finditer(xml)}
