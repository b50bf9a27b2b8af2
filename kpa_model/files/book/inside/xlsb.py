"""What a binary workbook (.xlsb) says beside its values: hidden, struck lines, hidden columns, merged cells; units."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from struct import unpack_from

from kpa_model.files.book.inside.beside import Beside
from kpa_model.files.book.inside.zipped import unit_of

BOOK = "xl/workbook.bin"
_ROW, _COLUMNS, _SHEET, _MERGED, _FONT, _FORMAT, _STYLE, _STYLES, _STYLES_END = 0, 60, 156, 176, 43, 44, 47, 617, 618
_CELLS, _NUMBERS = range(2, 12), (2, 5, 9)
_STRIKEOUT, _HIDDEN_ROW, _MOST = 0x08, 0x10, 300
Record = tuple[int, bytes]


def beside_binary(archive: zipfile.ZipFile) -> dict[str, Beside] | None:
    """Return what each sheet says beside its values, by name; None when it cannot be seen."""
    names = set(archive.namelist())
    try:
        links = archive.read("xl/_rels/workbook.bin.rels").decode("utf-8", "replace")
        told = [(re.search(r'\bId="([^"]*)"', each), re.search(r'\bTarget="([^"]*)"', each)) for each in _links(links)]
        targets = {one[1]: two[1].removeprefix("/").removeprefix("xl/") for one, two in told if one and two}
        struck, units = _styles(archive.read("xl/styles.bin")) if "xl/styles.bin" in names else (set(), {})
        sheets = [_named(body) for kind, body in _records(archive.read(BOOK)) if kind == _SHEET]
        return {name: _sheet(archive.read(f"xl/{targets[link]}"), struck, units) for link, name in sheets}
    except (struct.error, IndexError, KeyError, ValueError):
        return None


def _links(xml: str) -> list[str]:
    return re.findall(r"[<]Relationship\b[^>]*>", xml)


def _records(data: bytes) -> Iterator[Record]:
    """Yield the kind and the content of each record; its kind takes one or two bytes, its length one to four."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        if at + length > len(data):
            raise ValueError
        yield kind, data[at : at + length]
        at += length


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number written seven bits at a time, and where it ends."""
    total = 0
    for rank in range(most):
        byte = data[at + rank]
        total |= (byte & 0x7F) << (7 * rank)
        if not byte & 0x80:
            return total, at + rank + 1
    return total, at + most


def _named(body: bytes) -> tuple[str, str]:
    """Return the link and the name of a sheet."""
    link, at = _letters(body, 8)
    return link, _letters(body, at)[0]


def _letters(body: bytes, at: int) -> tuple[str, int]:
    length = int(unpack_from("<I", body, at)[0])
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le"), end


def _styles(data: bytes) -> tuple[set[int], dict[int, str]]:
    """Return which styles of cells strike through, and the units that others write after their numbers."""
    fonts, formats, styles, within = list[bool](), dict[int, str](), list[tuple[int, int]](), False
    for kind, body in _records(data):
        within = (within or kind == _STYLES) and kind != _STYLES_END
        if kind == _FONT:
            fonts.append(bool(body[2] & _STRIKEOUT))
        elif kind == _FORMAT:
            formats[unpack_from("<H", body)[0]] = _letters(body, 2)[0]
        elif kind == _STYLE and within:
            styles.append(unpack_from("<HH", body, 2))
    struck = {at for at, (_, font) in enumerate(styles) if font < len(fonts) and fonts[font]}
    units = {at: unit for at, (each, _) in enumerate(styles) if (unit := unit_of(formats.get(each, "")))}
    return struck, units


def _sheet(data: bytes, struck: set[int], units: Mapping[int, str]) -> Beside:
    found, line = Beside(), 0
    for kind, body in _records(data):
        if kind == _ROW:
            line = unpack_from("<I", body)[0] + 1
            if body[11] & _HIDDEN_ROW:
                found.hidden_lines.add(line)
        elif kind == _COLUMNS and body[16] & 1:
            first, last = unpack_from("<II", body)
            found.hidden_columns.update(range(first, min(last + 1, _MOST)))
        elif kind == _MERGED:
            top, bottom, first, last = unpack_from("<IIII", body)
            found.merged.append(((top + 1, first), (bottom + 1, last)))
        elif kind in _CELLS:
            column, style = unpack_from("<II", body)
            spot, style = (line, column), style & 0xFFFFFF
            if style in struck:
                found.struck.add(spot)
            elif kind in _NUMBERS and style in units:
                found.units[spot] = units[style]
    return found
