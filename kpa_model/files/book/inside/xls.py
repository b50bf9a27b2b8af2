"""What an old workbook (.xls) says beside its values: hidden or struck lines, hidden columns, comments of cells."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from struct import iter_unpack, unpack_from

from kpa_model.files.book.inside.beside import Beside, without_author

_END = 0xFFFFFFF0
"""From this number on, what stands for a sector is none."""
_BEGINS, _ENDS, _SHEET, _FONT, _STYLE = 0x809, 0x0A, 0x85, 0x31, 0xE0
_ROW, _COLUMNS, _NOTE, _OBJECT, _TEXT, _MORE, _NUMBERS = 0x208, 0x7D, 0x1C, 0x5D, 0x1B6, 0x3C, 0xBD
_CELLS = {0x06, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E}
_STRIKEOUT, _HIDDEN_ROW = 0x08, 0x20
Record = tuple[int, bytes]


def beside_old(data: bytes) -> dict[str, Beside]:
    """Return what each sheet says beside its values, by name; nothing when the file is damaged or of another age."""
    try:
        stream = _stream(data, "Workbook")
        records = [*_records(stream, 0)]
        fonts = [bool(body[2] & _STRIKEOUT) for kind, body in records if kind == _FONT]
        fonts.insert(4, False)  # none has this number
        styles = [unpack_from("<H", body)[0] for kind, body in records if kind == _STYLE]
        struck = {at for at, font in enumerate(styles) if font < len(fonts) and fonts[font]}
        sheets = [body for kind, body in records if kind == _SHEET]
        return {
            _letters(body[7:], body[6]): _sheet([*_records(stream, unpack_from("<I", body)[0])], struck)
            for body in sheets
        }
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return {}


def _sheet(records: Sequence[Record], struck: set[int]) -> Beside:
    found, notes, texts, last = Beside(), list[tuple[int, int, int]](), dict[int, str](), 0
    for at, (kind, body) in enumerate(records):
        if kind in _CELLS:
            row, column, style = unpack_from("<HHH", body)
            found.struck |= {(row + 1, column)} if style in struck else set()
        elif kind == _NUMBERS:
            row, column = unpack_from("<HH", body)
            styles = [style for style, _ in iter_unpack("<HI", body[4:-2])]
            found.struck |= {(row + 1, column + each) for each, style in enumerate(styles) if style in struck}
        elif kind == _ROW and unpack_from("<H", body, 12)[0] & _HIDDEN_ROW:
            found.hidden_lines.add(unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and unpack_from("<H", body, 8)[0] & 1:
            first, end = unpack_from("<HH", body)
            found.hidden_columns.update(range(first, min(end + 1, 300)))
        elif kind == _NOTE:
            notes.append(unpack_from("<HHxxH", body))
        elif kind == _OBJECT:
            last = unpack_from("<H", body, 6)[0]
        elif kind == _TEXT and at + 1 < len(records) and records[at + 1][0] == _MORE:
            texts[last] = _letters(records[at + 1][1], unpack_from("<H", body, 10)[0])
    found.comments = {(row + 1, column): without_author(texts[each]) for row, column, each in notes if texts.get(each)}
    return found


def _letters(body: bytes, many: int) -> str:
    """Return a text after the byte that says how wide its letters are."""
    return body[1 : 1 + 2 * many].decode("utf-16-le") if body[0] & 1 else body[1 : 1 + many].decode("latin-1")


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Yield the records of one part of a workbook, from where it begins to where it ends."""
    deep = 0
    while at + 4 <= len(stream):
        kind, long = unpack_from("<HH", stream, at)
        deep += (kind == _BEGINS) - (kind == _ENDS)
        if not deep:
            return
        yield kind, stream[at + 4 : at + 4 + long]
        at += 4 + long


def _stream(data: bytes, name: str) -> bytes:
    """Return one of the files that an OLE container holds. Raises `ValueError` when it is not there."""
    size, first = 1 << unpack_from("<H", data, 30)[0], unpack_from("<I", data, 48)[0]
    small, start, most = 1 << unpack_from("<H", data, 32)[0], *unpack_from("<II", data, 56)[::-1]
    more, tables = unpack_from("<I", data, 68)[0], [*unpack_from("<109I", data, 76)]

    def sector(at: int) -> bytes:
        return data[(at + 1) * size : (at + 2) * size]

    seen = set[int]()
    while more < _END and more not in seen:
        seen.add(more)
        *own, more = (each for (each,) in iter_unpack("<I", sector(more)))
        tables += own
    following = [each for at in tables if at < _END for (each,) in iter_unpack("<I", sector(at))]

    def chain(at: int, table: Sequence[int]) -> Iterator[int]:
        for _ in table:
            if at >= _END:
                return
            yield at
            at = table[at]

    folder = b"".join(map(sector, chain(first, following)))
    held = {
        entry[: max(unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le"): unpack_from("<II", entry, 116)
        for entry in (folder[at : at + 128] for at in range(0, len(folder) - 127, 128))
    }
    if name not in held:
        raise ValueError(name)
    at, long = held[name]
    if long >= most:
        return b"".join(map(sector, chain(at, following)))[:long]
    inside = b"".join(map(sector, chain(held["Root Entry"][0], following)))
    steps = [each for at in chain(start, following) for (each,) in iter_unpack("<I", sector(at))]
    return b"".join(inside[each * small : (each + 1) * small] for each in chain(at, steps))[:long]
