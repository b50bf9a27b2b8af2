"""Bytes → text, whatever machine wrote them: Unicode first, else the French code page whose letters look right."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Iterator
from operator import methodcaller

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.where import Place

_OLD = {
    "cp1252": "à la façon de Windows (cp1252)",
    "iso-8859-15": "à la façon d'ISO-8859-15, pour « € » et « œ »",
    "mac_roman": "à la façon des anciens Macintosh (Mac Roman)",
    "cp850": "à la façon des anciens PC (cp850)",
}
_FRENCH = frozenset("éèêëàâäçîïôöùûüÿœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆ«»’‘“”–—…€°·²№½¼¾\u00a0\u202f")
_ASTRAY = re.compile(
    r"(?<=[a-z0-9])[ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ]|[ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜ](?=\d)"
    # A part of one in a word, or a letter after a figure: « c½ur », « 2hœ ».
    r"|(?<=[a-zà-ÿ]{2})[½¼¾]|[½¼¾](?=[a-zà-ÿ]{2})|(?<=\d)[œŒŸ]|(?<=\dh)[œŒŸ]|(?<=\d )[œŒŸ](?![a-zà-ÿ])"
)
_AT_HOME = re.compile("\\d[\u00a0\u202f]?€|(?<=\\d)[\u00a0\u202f](?=\\d)")
_TWICE = re.compile(
    "√[^\\s\\d]|\u201aÇ¨|[├┬┼][^\\s\\d─├┼┤┴┬]|[ÂÃÅâ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
UNREADABLE = "\ufffd"


def as_unicode(data: bytes) -> str | None:
    """Return the text of bytes that say they are Unicode, or can only be; None otherwise."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        return _wide(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> str | None:
    """Return a UTF-16 text written without its mark: one byte out of two is empty in French."""
    half = len(data) // 2
    for empty, name in ((data[1::2], "utf-16-le"), (data[::2], "utf-16-be")):
        if half and empty.count(0) > 0.8 * half:
            text = data.decode(name, errors="replace")
            return None if "\0" in text else text
    return None


_ENTITY = re.compile(r"&(?!(?:quot|#0*34|#x0*22);)(?:[A-Za-z]{2,8}|#\d{2,5}|#x[0-9A-Fa-f]{2,4});")


def without_entities(text: str) -> str:
    """Return a text without the letters of web pages, but quotes: they may close a cell.

    >>> without_entities("Zo&eacute; &amp; fils, R&D;3 &#8211; &quot;non&quot;")
    'Zoé & fils, R&D;3 – &quot;non&quot;'
    """
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def text_of_bytes(data: bytes) -> tuple[str | None, tuple[str, ...]]:
    """Return a text and what to know of its letters; None when these bytes are no text at all."""
    text, notes = _text(data)
    plain = without_entities(text or "")
    if text is None or plain == text:
        return text, notes
    return plain, (*notes, f"des lettres étaient écrites pour le web. Elles sont remises : {_example(text, plain)}.")


def _text(data: bytes) -> tuple[str | None, tuple[str, ...]]:
    text = as_unicode(data)
    if text is not None:
        return _mended(text)
    if b"\0" in data:
        return None, ()
    mac = b"\r" in data and b"\n" not in data
    tried = max(_tries(data), key=lambda each: _likely(each[0]) + 3 * (mac and each[1] == "mac_roman"))
    text, name = tried  # the first one, when they look the same
    notes = [f"les lettres accentuées sont lues {_OLD[name]}. Vérifiez-en une."]
    if UNREADABLE in text:
        notes.insert(0, f"quelques lettres sont illisibles ; elles apparaissent comme « {UNREADABLE} ».")
    return text, tuple(notes)


def _tries(data: bytes) -> Iterator[tuple[str, str]]:
    for name in _OLD:
        yield data.decode(name, errors="replace"), name


def _likely(text: str) -> int:
    """Return how much the letters beyond the plain ones look French; a capital inside a word or a number does not."""
    beyond = sum(1 if each in _FRENCH else -2 for each in text if ord(each) > 126)
    return beyond - 3 * len(_ASTRAY.findall(text)) + len(_AT_HOME.findall(text))


def _mended(text: str) -> tuple[str, tuple[str, ...]]:
    """Undo the double writing of UTF-8, `Ã©` for `é`, when the whole text allows it."""
    if not _TWICE.search(text):
        return text, ()
    mended = "\n".join(map(once_written, text.split("\n")))
    if _TWICE.search(mended) or mended == text:
        word = next(each for each in _WORDS.findall(text) if _TWICE.search(each))
        return text, (f"des lettres semblent abîmées, par exemple « {word} ». Vérifiez les noms.",)
    told = f"les lettres accentuées étaient écrites deux fois. Elles sont remises : {_example(text, mended)}."
    return mended, (told,)


_WORDS = re.compile(r"(?:&#?\w+;|[^ ;,|\"\t\r\n])+")
_SHOWN = 30


def _example(before: str, after: str) -> str:
    """Return the first word that two writings of a text show in two ways, cut when long; both have the same lines.

    >>> _example("Nom;NoÃ«l", "Nom;Noël")
    '« NoÃ«l » est lu « Noël »'
    """
    lines = next(each for each in zip(before.split("\n"), after.split("\n"), strict=True) if each[0] != each[1])
    words = [*zip(*map(_WORDS.findall, lines), strict=False)]
    own, read = next((each for each in words if each[0] != each[1]), lines)
    return f"« {own[:_SHOWN]} » est lu « {read[:_SHOWN]} »"


def once_written(line: str) -> str:
    """Return a line as it was before a Windows, a Linux, a Mac or an old program took its UTF-8 for its own letters.

    >>> once_written("DurÃ©e"), once_written("cl√©"), once_written("Dur├⌐e"), once_written("déjà"), once_written("√2")
    ('Durée', 'clé', 'Durée', 'déjà', '√2')
    """
    for encoded in _PROGRAMS if _TWICE.search(line) else ():
        try:
            return once_written(encoded(line).decode("utf-8"))  # it may have happened again
        except UnicodeError:
            continue
    return line


def _as_windows(text: str) -> bytes:
    """Return the bytes that Windows showed as this text; what it has no letter for, and Linux hides, is itself."""
    return b"".join(each.encode("latin-1" if each in _HIDDEN else "cp1252") for each in text)


_PROGRAMS: tuple[Callable[[str], bytes], ...] = (
    _as_windows,
    *(methodcaller("encode", name) for name in ("mac_roman", "cp437", "cp850")),
)

_HIDDEN = frozenset(map(chr, range(0x80, 0xA0)))


_AS_CSV = "Ouvrez-le dans le tableur, puis enregistrez-le au format CSV ou .xlsx."
_WORKBOOK = "ce fichier est un classeur ou une archive, mais son nom ne le dit pas."
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_NOT_TEXT = (
    (b"PK\x03\x04", _WORKBOOK, "Donnez-lui la fin de nom .xlsx, .ods ou .zip, selon ce qu'il est."),
    (b"\xd0\xcf\x11\xe0", _WORKBOOK, "Donnez-lui la fin de nom .xls."),
    (b"%PDF", "ce fichier est un PDF. Un PDF ne se lit pas comme un tableau.", "Retrouvez le classeur dont il vient."),
    *((start, "ce fichier est une image.", "Donnez le tableau lui-même, au format CSV ou .xlsx.") for start in _IMAGES),
)


def decoded(file: GivenFile, findings: Findings) -> str | None:
    """Return the text of a file; None, and a problem, when it is something else. What was guessed is told."""
    place, data = Place(file.name), file.data
    if fault := next((told for start, *told in _NOT_TEXT if data.startswith(start)), None):
        findings.problem(place, *fault)
        return None
    text, notes = text_of_bytes(data)
    if text is None:
        findings.problem(place, "ce fichier n'est pas un tableau : il contient des signes illisibles.", _AS_CSV)
        return None
    for note in notes:
        findings.note(place, note)
    return text.replace("\r\n", "\n").replace("\r", "\n")
