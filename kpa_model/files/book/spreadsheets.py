"""Workbooks (xlsx, xlsm, xls, ods…) → rows of typed cells, by python-calamine, with limits checked before."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from itertools import product

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from kpa_model.files.book.cells import Cell, Euros, as_text, shown
from kpa_model.files.book.encodings import as_unicode, once_written, text_of_bytes, without_entities
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.inside.archives import (
    MOST_UNPACKED,
    failed_formulas,
    largest_sheet,
    opened_zip,
    unpacked_size,
)
from kpa_model.files.book.inside.beside import MONEY, UNCOMPUTED, Beside, Spot
from kpa_model.files.book.inside.xls import beside_old
from kpa_model.files.book.inside.xlsb import BOOK, beside_binary
from kpa_model.files.book.inside.zipped import beside
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.where import Place, letter
from kpa_model.words import listing

MOST_CELLS = 5_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_PASSWORD = re.compile(rb"\x09\x08(\x08\x00.{8}|\x10\x00.{16})(\x86\x00\x00\x00)?\x2f\x00[\x04-\xff]\x00", re.DOTALL)
"""The first records of an old workbook (.xls), when one of them says how it is closed."""
_AGAIN = "Ouvrez-le dans le tableur, enregistrez-le de nouveau au format .xlsx, puis recommencez."
_LOCKED = ("ce classeur est protégé par un mot de passe.", "Enregistrez une copie sans mot de passe, puis recommencez.")
_DAMAGED = ("ce classeur est abîmé : il ne s'ouvre pas.", _AGAIN)
_BINARY_COMMENTS = re.compile(r"xl/comments\d*\.bin")
_VERIFY = "Relisez-les : « annulée » ôterait une ligne. Ou enregistrez-le au format .xlsx."
_ODS_DURATION = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")

Rows = list[tuple[int, list[Cell]]]
HEADED = 12
"""Titles stand on one of the first lines."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its numbered lines, and what of it the person does not see."""

    name: str
    rows: Rows
    hidden: bool = False
    hidden_lines: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[Spot] = frozenset()
    """The cells of lines struck through, and the numbers struck through in others."""
    comments: Mapping[Spot, str] = field(default_factory=dict)
    merged: Mapping[Spot, Spot] = field(default_factory=dict)
    """Where the cell begins that several lines, or several columns, share."""


def workbook_sheets(file: GivenFile, findings: Findings) -> list[Sheet]:
    """Return the content of each sheet: numbered lines of typed cells. Problems go to `findings`."""
    place = Place(file.name)
    if pages := _tables_of_page(file.data):
        findings.note(place, "c'est une page web sous un nom de classeur. Ses tableaux sont lus.")
        return pages
    if fault := _fault(file.data):
        findings.problem(place, *fault)
        return []
    archive = opened_zip(file.data)
    if archive and any(_BINARY_COMMENTS.fullmatch(name) for name in archive.namelist()):
        findings.heed(place, f"ce classeur a des commentaires de cases, qui ne se lisent pas dans ce format. {_VERIFY}")
    faults, said = (
        (failed_formulas(archive), _beside(archive, place, findings)) if archive else ({}, beside_old(file.data))
    )
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        hidden = {each.name: each.visible is not SheetVisibleEnum.Visible for each in workbook.sheets_metadata}
        return [
            _sheet(workbook.get_sheet_by_name(name), hidden[name], faults.get(name, {}), said.get(name, Beside()))
            for name in workbook.sheet_names
        ]
    except PasswordError:
        findings.problem(place, *_LOCKED)
    except (CalamineError, OSError, ValueError):
        findings.problem(place, *_DAMAGED)
    return []


def _beside(archive: zipfile.ZipFile, place: Place, findings: Findings) -> dict[str, Beside]:
    """Return what each sheet of a zipped workbook says beside its values; it is told when that cannot be seen."""
    if BOOK not in archive.namelist():
        return beside(archive)
    if (found := beside_binary(archive)) is None:
        findings.heed(place, f"les lignes masquées ou barrées de ce classeur (.xlsb) ne se voient pas. {_AGAIN}")
    return found or {}


def is_text(data: bytes) -> bool:
    """Tell whether what bears the name of a workbook is a plain text with columns, as many web programs give it."""
    if data.startswith((b"PK", _OLE)) or data.lstrip()[:1] == b"<":
        return False
    text = as_unicode(data) or ("" if b"\0" in data else data.decode("cp1252", errors="replace"))
    first = " ".join(text.partition("\n")[0].replace("\t", ";").split())
    return ";" in first and first.isprintable()


def _tables_of_page(data: bytes) -> list[Sheet]:
    """Return the tables of a web page, or of a workbook written as XML; none when a cell of it stands on two lines."""
    if data.lstrip()[:1] != b"<":
        return []
    page = _Page()
    page.feed(text_of_bytes(data)[0] or "")
    named = [f"tableau {at}" if len(page.tables) > 1 else "" for at in range(1, len(page.tables) + 1)]
    sheets = [Sheet(name, list(enumerate(rows, 1))) for name, rows in zip(named, page.tables, strict=True) if rows]
    return [] if page.spans else sheets


class _Page(HTMLParser):
    """Reads the tables of a page, one inside another left aside."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[Cell]]] = []
        self.spans, self._in = False, False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "table":
            self.tables.append([])
        elif tag in ("tr", "row") and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th", "cell") and self.tables and self.tables[-1]:
            row = self.tables[-1][-1]
            row += [""] * (int(told.get("ss:index") or len(row) + 1) - len(row))
            self.spans |= (told.get("rowspan") or "1") != "1" or (told.get("colspan") or "1") != "1"
            self._in = True

    def handle_endtag(self, tag: str) -> None:
        self._in &= tag not in ("td", "th", "cell", "tr", "row", "table")

    def handle_data(self, data: str) -> None:
        if self._in and self.tables[-1] and self.tables[-1][-1]:
            said = f"{self.tables[-1][-1][-1]} {data.strip()}"
            self.tables[-1][-1][-1] = said.strip()


def _fault(data: bytes) -> tuple[str, str] | None:
    """Return what prevents from opening a workbook, told for people; None when it can be tried."""
    if not data:
        return "ce fichier est vide.", "Remplissez-le, ou retirez-le du dossier."
    if data.startswith(_OLE):
        return _LOCKED if "EncryptedPackage".encode("utf-16-le") in data or _PASSWORD.search(data) else None
    if data.lstrip()[:1] == b"<":
        return "ce fichier porte un nom de classeur, mais c'est une page web.", _AGAIN
    archive = opened_zip(data)
    if archive is None:
        return "ce fichier n'est pas un classeur, ou il est abîmé.", _AGAIN
    if (size := unpacked_size(archive)) is None:
        return _DAMAGED
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        return _LOCKED
    if size > MOST_UNPACKED or largest_sheet(archive) > MOST_CELLS:
        return "ce classeur est trop grand une fois ouvert.", "Copiez les lignes utiles dans un classeur neuf."
    return None


def _sheet(sheet: CalamineSheet, hidden: bool, faults: Mapping[tuple[int, int], str], said: Beside) -> Sheet:
    """Return a sheet whose cells say all that the person sees.

    Calamine shows a failed formula, or one never computed, as an empty cell: what stands there is put back. A unit
    that only the format shows (`20 min`) joins the number.
    A merged cell gives its value to each of its lines, and a merged number to each of its columns.
    """
    if sheet.start is None:
        return Sheet(sheet.name, [], hidden)
    first, left = sheet.start[0] + 1, [""] * sheet.start[1]
    rows: Rows = [
        (line, [*left, *map(_as_seen, cells)])
        for line, cells in enumerate(sheet.to_python(skip_empty_area=True), first)
    ]

    def put(line: int, column: int, value: Cell) -> None:
        if first <= line < first + len(rows) and column < len(cells := rows[line - first][1]):
            cells[column] = value

    for (line, column), word in said.units.items():
        if first <= line < first + len(rows) and column < len(cells := rows[line - first][1]):
            cells[column] = _with_unit(cells[column], word)
    for spot in said.uncomputed:
        put(*spot, UNCOMPUTED)
    for spot, fault in faults.items():
        put(*spot, fault)
    merged = said.merged or [((a + 1, b), (c + 1, d)) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
    shared: dict[Spot, Spot] = {}
    for start, (bottom, last) in merged:
        line, column = start
        if not first <= line < first + len(rows) or column >= len(rows[line - first][1]):
            continue
        value = rows[line - first][1][column]
        if column == last or (line == bottom and _of_several(value, rows[: line - first], column, last)):
            for spot in product(range(line, min(bottom, first + len(rows) - 1) + 1), range(column, last + 1)):
                put(*spot, value)
                shared[spot] = start
    unseen = frozenset(said.hidden_lines), frozenset(said.hidden_columns), _struck(rows, said.struck), said.comments
    return Sheet(sheet.name, rows, hidden, *unseen, shared)


def _struck(rows: Rows, spots: Collection[Spot]) -> frozenset[Spot]:
    """Return the cells of lines of which most are struck through, and the numbers that are in the others."""
    many, found = Counter(line for line, _ in spots), set[Spot]()
    for line, cells in rows if spots else ():
        filled = [at for at, each in enumerate(cells) if as_text(each)]
        whole = 2 * many[line] > len(filled)
        found |= {
            (line, at) for at in filled if whole or ((line, at) in spots and re.search(r"\d", as_text(cells[at])))
        }
    return frozenset(found)


def say_unseen(sheet: Sheet, lines: Rows, place: Place, findings: Findings) -> None:
    """Tell what of the lines of a sheet is hidden, struck through or commented: it is read like the rest."""
    if masked := [line for line, _ in lines if line in sheet.hidden_lines]:
        told = listing([str(line) for line in masked], most=8)
        one = len(masked) == 1
        what = f"la ligne {told} est masquée" if one else f"{len(masked)} lignes sont masquées ({told})"
        findings.heed(
            place, f"{what}, peut-être par un filtre. {'Elle est lue' if one else 'Elles sont lues'} quand même."
        )
    _say_struck(sheet, lines, place, findings)
    _say_comments(sheet, {line for line, _ in lines}, place, findings)
    filled = {at for _, cells in lines for at in sheet.hidden_columns if at < len(cells) and as_text(cells[at])}
    if filled:
        told = listing([letter(at) for at in sorted(filled)])
        which = (
            f"la colonne {told} est masquée. Elle est lue"
            if len(filled) == 1
            else f"les colonnes {told} sont masquées. Elles sont lues"
        )
        findings.heed(place, f"{which} quand même, sauf si une colonne visible dit la même chose.")


def _say_struck(sheet: Sheet, lines: Rows, place: Place, findings: Findings) -> None:
    """Tell the lines that are struck through, and the cells of other lines that are."""
    whole = [n for n, cells in lines if any(map(as_text, cells)) and _all_struck(sheet, n, cells)]
    cells = sorted(spot for spot in sheet.struck if spot[0] not in whole)
    names = ([str(line) for line in whole], [f"{letter(at)}{line}" for line, at in cells])
    for what, many, told in zip(("ligne", "case"), names, (listing(each, most=8) for each in names), strict=True):
        alone = f"la {what} {told} est barrée. Vérifiez si elle compte."
        several = f"{len(many)} {what}s sont barrées ({told}). Vérifiez si elles comptent."
        if many:
            findings.heed(place, alone if len(many) == 1 else several)


def _all_struck(sheet: Sheet, line: int, cells: Sequence[Cell]) -> bool:
    return all((line, at) in sheet.struck for at, each in enumerate(cells) if as_text(each))


def _say_comments(sheet: Sheet, lines: Collection[int], place: Place, findings: Findings) -> None:
    """Tell the first comments of cells, and how many others there are."""
    own = sorted((spot, text) for spot, text in sheet.comments.items() if spot[0] in lines)
    told = [f"{letter(at)}{line}, {shown(text)}" for (line, at), text in own]
    if told:
        what = "un commentaire de case" if len(told) == 1 else f"{len(told)} commentaires de cases"
        more = " ; …" if len(told) > _TOLD else ""
        findings.heed(place, f"{what} : {' ; '.join(told[:_TOLD])}{more}. Vérifiez si cela change un chiffre.")


_TOLD = 4
"""Beyond so many comments, the others are only counted."""


def _of_several(value: Cell, above: Rows, column: int, last: int) -> bool:
    """Tell whether a number stands below several titles at once: no year, and no title itself."""
    if isinstance(value, bool) or not re.match(r"\d", as_text(value)) or re.fullmatch(r"(19|20)\d\d", as_text(value)):
        return False
    below = (cells[column : last + 1] for _, cells in above[:HEADED])
    return any(len(cells) == last + 1 - column and all(map(as_text, cells)) for cells in below)


def _with_unit(cell: Cell, word: str) -> Cell:
    """Return a cell as it is shown: `20 min`; a number in euros stays a number, and is known to be no time."""
    if word != MONEY:
        return f"{as_text(cell)} {word}"
    return Euros(cell) if isinstance(cell, float) else cell


def _as_seen(cell: Cell) -> Cell:
    """Return a long duration of an ods, which comes as `PT255H10M10S`, as a duration; a text in plain letters."""
    if isinstance(cell, str) and cell.startswith(("PT", "-PT")) and (found := _ODS_DURATION.fullmatch(cell)):
        length = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4]))
        return -length if found[1] else length
    return without_entities(once_written(cell)) if isinstance(cell, str) else cell
