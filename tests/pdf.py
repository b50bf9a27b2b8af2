"""A small reader of the PDF that typst writes."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

from pypdf import PdfReader

LEAST = 12
FOOT = 60
"""Points from the bottom of the page, where its number stands."""


def objects(pdf: bytes) -> dict[int, bytes]:
    """Return every object, its stream inflated."""
    found = {}
    for number, body in re.findall(rb"(?s)(\d+) 0 obj\n(.*?)\nendobj", pdf):
        head, _, stream = body.partition(b"\nstream\n")
        if b"FlateDecode" in head and stream:
            stream = zlib.decompress(stream.rsplit(b"\nendstream", 1)[0])
        found[int(number)] = head + b"\n" + stream
    return found


def letters(cmap: bytes) -> dict[bytes, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", cmap.split(b"beginbfchar", 1)[1])
    return {bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def unescaped(text: bytes) -> bytes:
    simple = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def one(found: re.Match[bytes]) -> bytes:
        return bytes([int(found[1], 8)]) if found[1].isdigit() else simple.get(found[1], found[1])

    return re.sub(rb"(?s)\\([0-7]{3}|.)", one, text)


def strings(line: bytes) -> Iterator[bytes]:
    """Yield the strings of a line: `(…)`, where brackets in pairs need no escape, or `<hexadecimal>`."""
    depth, start = 0, 0
    for found in re.finditer(rb"(?s)\\.|[()]|<([0-9A-Fa-f]+)>", line):
        mark = found[0]
        if mark == b"(":
            start = found.end() if depth == 0 else start
            depth += 1
        elif mark == b")":
            depth -= 1
            if depth == 0:
                yield unescaped(line[start : found.start()])
        elif found[1] and depth == 0:
            yield bytes.fromhex(found[1].decode())


def text_of(pdf: bytes) -> str:
    """Return what is printed, page after page."""
    known, said = objects(pdf), []
    for page in re.findall(rb"/Type/Page/Resources (\d+) 0 R.*?/Contents (\d+) 0 R", pdf):
        resources, content = (known[int(each)] for each in page)
        fonts = {
            name: letters(known[int(re.search(rb"/ToUnicode (\d+)", known[int(font)])[1])])  # type: ignore[index]
            for name, font in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
        }
        for name, line in re.findall(rb"(?s)\nBT\b.*?/(f\d+) [\d.]+ Tf(.*?)\nET(?=\n)", content):
            spoken = re.sub(rb"/ActualText\s*(\(.*?\)|<[^>]*>)", b"", line)
            glyphs = b"".join(strings(spoken))
            said.append("".join(fonts[name].get(glyphs[at : at + 2], "?") for at in range(0, len(glyphs), 2)))
    return "\n".join(said)


def flat(text: str) -> str:
    """Return a text without spaces, line ends and invisible breaks, so that wrapping does not matter."""
    return re.sub(r"[\s\u200b]+", "", text)


def everything(pdf: bytes) -> str:
    """Return all that the file holds: printed text, alternatives, titles, and raw bytes."""
    raw = b"\n".join(objects(pdf).values())
    hexa = "\n".join(
        bytes.fromhex(each.decode()).decode("utf-16-be", "ignore") for each in re.findall(rb"<FEFF([0-9A-F]+)>", pdf)
    )
    return "\n".join([text_of(pdf), hexa, raw.decode("utf-8", "ignore"), raw.decode("latin-1")])


def small(pdf: bytes, only: str = "") -> set[tuple[float, str]]:
    """Return what is printed under 12 points: size, text; what pictures say is drawn, and not seen here."""
    found: set[tuple[float, str]] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        if only not in page.extract_text():
            continue

        def seen(text: str, cm: list[float], tm: list[float], _: object, size: float) -> None:
            scale = max(abs(tm[0] * cm[0]), abs(tm[1] * cm[0]), abs(tm[1] * cm[1]), abs(tm[0] * cm[1]))
            at = tm[5] * cm[3] + cm[5]
            if text.strip() and at > FOOT and size * scale < LEAST - 0.05:
                found.add((round(size * scale, 1), text.strip()))

        page.extract_text(visitor_text=seen)
    return found
