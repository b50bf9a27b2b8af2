"""An old workbook (.xls) of one sheet, as small as one may be: its cells, what is struck, hidden or commented."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from struct import pack

from kpa_model.files.book.sources import GivenFile

_SIZE, _NONE, _END = 512, 0xFFFFFFFF, 0xFFFFFFFE


def old_workbook(
    name: str,
    rows: Sequence[Sequence[str | float]],
    comments: Mapping[tuple[int, int], str] | None = None,
    struck: Collection[int] = (),
    hidden: Collection[int] = (),
) -> GivenFile:
    """Return a workbook; lines count from 1, columns from 0."""
    fonts = [
        _record(0x31, pack("<HHHHHBBBBBB", 200, bits, 0, 400, 0, 0, 0, 0, 0, 1, 0) + b"A") for bits in [0] * 5 + [8]
    ]
    styles = [_record(0xE0, pack("<H18x", font)) for font in (0, 6)]  # no font has the number 4
    begins = [_record(0x809, pack("<HHHHII", 0x600, kind, 0, 0, 0, 6)) for kind in (5, 16)]
    head = begins[0] + b"".join(fonts + styles)
    sheet = _record(0x85, pack("<IBBBB", len(head) + 22, 0, 0, 6, 0) + b"Ventes")  # where it begins
    lines = b"".join(_record(0x208, pack("<HHHHHHHH", at - 1, 0, len(rows[0]), 255, 0, 0, 0x20, 0)) for at in hidden)
    cells = b"".join(
        _cell(line, at, value, line + 1 in struck) for line, row in enumerate(rows) for at, value in enumerate(row)
    )
    notes = b"".join(_comment(rank, *spot, text) for rank, (spot, text) in enumerate((comments or {}).items(), 1))
    end = _record(0x0A, b"")
    return GivenFile(name, _container(head + sheet + end + begins[1] + lines + cells + notes + end))


def _record(kind: int, body: bytes) -> bytes:
    return pack("<HH", kind, len(body)) + body


def _cell(line: int, at: int, value: str | float, struck: bool) -> bytes:
    where = pack("<HHH", line, at, struck)
    if isinstance(value, str):
        return _record(0x204, where + pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x203, where + pack("<d", value))


def _comment(rank: int, line: int, at: int, text: str) -> bytes:
    body = pack("<HHHHH12x", 0x15, 0x12, 0x19, rank, 0) + pack("<HH", 0, 0)
    letters = _record(0x3C, b"\1" + text.encode("utf-16-le"))
    told = _record(0x1B6, pack("<H8xHHHH", 0, len(text), 0, 0, 0))
    return _record(0x5D, body) + told + letters + _record(0x1C, pack("<HHHHHBB", line - 1, at, 0, rank, 1, 0, 76))


def _container(stream: bytes) -> bytes:
    """Return a stream in the container of old documents: a table of sectors, a folder of two names, the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SIZE) * _SIZE), b"\0")
    many = len(stream) // _SIZE
    table = [0xFFFFFFFD, _END, *range(3, 2 + many), _END]
    places = (0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH6x10I", 62, 3, 0xFFFE, 9, 6, *places)
    head += pack("<108I", *[_NONE] * 108)
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _NONE, 2, len(stream))
    return head[:_SIZE] + pack("<128I", *table, *[_NONE] * (128 - len(table))) + folder.ljust(_SIZE, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, long: int) -> bytes:
    letters = name.encode("utf-16-le")
    told = pack("<HBBIII36xIII", len(letters) + 2, kind, 1, _NONE, _NONE, child, start, long, 0)
    return letters.ljust(64, b"\0") + told
