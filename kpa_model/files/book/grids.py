"""Files → grids of cells. Each cell keeps its file, sheet, line and column; nothing is interpreted yet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TypeVar

from kpa_model.files.book.cells import Cell, as_text, bare, shown
from kpa_model.files.book.encodings import decoded
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import WORKBOOKS, GivenFile
from kpa_model.files.book.spreadsheets import Sheet, is_text, say_unseen, workbook_sheets
from kpa_model.files.book.vocabulary import pattern
from kpa_model.files.book.where import Place

MOST_LINES = 100_000
MOST_COLUMNS = 200
_SEPARATORS = (";", "\t", ",", "|")
_SEARCHED = 30
"""How many lines are looked at to find the titles of columns."""

_ANY = re.compile(r"(feuil|feuille|sheet|onglet|worksheet)[ _]?1?", re.IGNORECASE)
"""The name that a program gives to the first sheet of a workbook."""

Line = tuple[int, list[Cell]]
_Text = TypeVar("_Text")


class LaidLine(int):
    """The number of a line that was laid out again: it remembers from which column of the file each cell comes."""

    columns: tuple[int, ...]
    titles: tuple[str, ...]

    def __new__(cls, number: int, columns: Iterable[int], titles: Iterable[str]) -> LaidLine:
        """Make the number of a line; a column of −1 is a value that stands elsewhere, as the name of the sheet."""
        made = super().__new__(cls, number)
        made.columns, made.titles = tuple(columns), tuple(titles)
        return made


def first_text(cells: Sequence[Cell]) -> str:
    """Return the first text of a line; an empty one when it has none."""
    return next((text for each in cells if (text := as_text(each))), "")


def only_text(cells: Sequence[Cell]) -> str:
    """Return the one text of a line; an empty one when it has none, or several."""
    texts = [text for each in cells if (text := as_text(each))]
    return texts[0] if len(texts) == 1 else ""


def blanked(cells: Sequence[_Text], ranks: Collection[int]) -> list[_Text | str]:
    """Return the cells of a line, or titles, empty where some columns are not to be read."""
    return ["" if at in ranks else cell for at, cell in enumerate(cells)]


def laid_again(number: int, columns: Sequence[int], titles: Sequence[str]) -> LaidLine:
    """Return the number of a line made from another one, itself perhaps laid out again: `columns` are those of it."""
    if isinstance(number, LaidLine):  # it may be shorter than the others
        held = [at if at < len(number.columns) else -1 for at in columns]
        columns = [number.columns[at] if at >= 0 else -1 for at in held]
        return LaidLine(number, columns, [number.titles[at] if at >= 0 else "" for at in held])
    return LaidLine(number, columns, [titles[at] if at >= 0 else "" for at in columns])


@dataclass(frozen=True)
class Grid:
    """One table as written: numbered lines of cells, empty lines left out."""

    file: str
    sheet: str
    lines: tuple[Line, ...]
    separator: str = ""
    hidden: bool = False
    masked: frozenset[int] = frozenset()  # hidden columns
    answers: Mapping[str, str] = field(default_factory=dict)
    """What the group answered about it: `duree.unite` → `min`."""

    before: tuple[Line, ...] = ()
    """The lines of the sheet above it, when it is one of its tables."""
    below: tuple[str, ...] = ()
    """What is written under its table, after an empty line."""
    above: tuple[Line, ...] = ()
    """The lines between the table before it, or the top, and its titles, when it is laid out again."""

    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Where the cell begins that several lines, or several columns, share."""

    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """What people wrote beside a cell, by line and column."""

    struck: frozenset[tuple[int, int]] = frozenset()
    """The cells of lines struck through, and the numbers struck through in others, by line and column."""

    later: frozenset[str] = frozenset()
    """Required columns that may stay empty here: the book as a whole gives them."""

    @property
    def name(self) -> str:
        """Return the name that says which table it is: the sheet, unless it has the name of any; else the file."""
        return self.sheet if self.sheet and not _ANY.fullmatch(self.sheet) else PurePosixPath(self.file).stem

    def place(self, line: int = 0, column: int = -1, title: str = "") -> Place:
        """Return a spot of this grid, as the person sees it in the file."""
        if isinstance(line, LaidLine) and 0 <= column < len(line.columns):
            column, title = line.columns[column], line.titles[column] or title
        return Place(self.file, self.sheet, line, column, title)


def grids_of(file: GivenFile, known: Iterable[str], findings: Findings) -> list[Grid]:
    """Return the grids of one file: one for a CSV, one per sheet that holds something for a workbook.

    Args:
        file: what was given.
        known: every usual title of a column; it helps to tell the separator of a CSV.
        findings: where problems and notes go.
    """
    if file.ending in WORKBOOKS and not is_text(file.data):
        grids = [_sheet_grid(file.name, sheet, findings) for sheet in workbook_sheets(file, findings)]
    else:
        grids = [grid] if (grid := _csv_grid(file, frozenset(map(bare, known)), findings)) else []
    return [grid for grid in grids if grid.lines and _reasonable(grid, findings)]


def _sheet_grid(name: str, sheet: Sheet, findings: Findings) -> Grid:
    """Return the grid of a sheet. What is hidden in it is read like the rest, and told."""
    numbered, masked = _numbered(sheet.rows), sheet.hidden_columns
    grid = Grid(name, sheet.name, numbered, hidden=sheet.hidden, masked=masked, merged=sheet.merged)
    grid = replace(grid, comments=sheet.comments, struck=sheet.struck)
    say_unseen(sheet, [*grid.lines], grid.place(), findings)
    return grid


def _numbered(rows: Iterable[tuple[int, Sequence[Cell]]]) -> tuple[Line, ...]:
    """Leave out the empty lines, the spaces around texts, and what comes after too many lines."""
    kept: list[Line] = []
    for number, row in rows:
        cells = [each.strip() if isinstance(each, str) else each for each in row]
        if any(as_text(each) for each in cells):
            kept.append((number, cells))
        if len(kept) > MOST_LINES:
            break
    return tuple(kept)


def _reasonable(grid: Grid, findings: Findings) -> bool:
    if len(grid.lines) > MOST_LINES:
        findings.problem(
            grid.place(),
            f"ce tableau a plus de {MOST_LINES} lignes.",
            "Découpez-le par année, ou gardez les lignes utiles.",
        )
        return False
    widest = max(grid.lines, key=lambda line: len(line[1]))
    if len(widest[1]) > MOST_COLUMNS:
        findings.problem(
            grid.place(widest[0]),
            f"cette ligne a {len(widest[1])} colonnes ; {MOST_COLUMNS} au plus sont lues.",
            "Supprimez les colonnes inutiles, puis recommencez.",
        )
        return False
    return True


# --- CSV --------------------------------------------------------------------------------------------------------------


def _csv_grid(file: GivenFile, known: frozenset[str], findings: Findings) -> Grid | None:
    before = len(findings.notes)
    if (text := decoded(file, findings)) is None:
        return None
    if not text.strip():
        if file.ending == ".txt":
            findings.note(Place(file.name), "ce texte est vide. Il est laissé de côté.")
            return None
        findings.problem(Place(file.name), "ce fichier est vide.", "Remplissez-le, ou retirez-le du dossier.")
        return None
    if file.ending == ".txt" and not _looks_like_table(text, known):
        del findings.notes[before:]  # how its letters are written matters no more
        _say_text(Place(file.name), text.splitlines(), findings)
        return None
    separator = guessed_separator(text, known)
    try:
        lines = _numbered(_csv_rows(text, separator))
    except csv.Error:  # a cell beyond 131 072 characters
        lines, endless = (), 0
    else:
        endless = -1 if len(lines) > MOST_LINES else _endless(text, separator) or _swallowing(text, separator)
    if endless < 0:
        return Grid(file.name, "", lines, separator)
    what = "un guillemet ouvre une case, et rien ne la ferme. Tout ce qui suit est avalé."
    findings.problem(Place(file.name, "", endless), what, 'Supprimez ce guillemet ", ou fermez-le à la fin de la case.')
    return None


_WRITTEN = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(,? (à )?\d{1,2}[:h]\d\d(:\d\d)?)?")
"""The day of a line, and the time of a message."""
_FIGURES = pattern("grids.figures", flags=re.IGNORECASE)
"""What may be a time given, or an amount: « 3h30 », « 45 min », « 3,5 », « 12 € »; never « à 14h »."""


def _say_text(place: Place, lines: Sequence[str], findings: Findings) -> None:
    """Tell that a text is no table: first, when two of its lines say times or amounts."""
    told = "c'est un texte, pas un tableau. Il est laissé de côté."
    if any(re.search(r"[\t;|]", line) and re.search(r"\d", line) for line in lines):
        todo = "Si ce sont des heures ou des ventes, écrivez un titre au-dessus de chaque colonne."
        findings.left_out(place, f"{told} {todo}")
    elif len(figures := [line for line in lines if _FIGURES.search(_WRITTEN.sub("", line))]) > 1:
        what = f"{len(figures)} de ses lignes disent un temps ou un montant ({shown(figures[0])})."
        todo = "Si ce sont ceux du groupe, recopiez-les dans un tableau. Heures : une ligne par personne et par jour."
        findings.left_out(place, f"{told} {what} {todo}")
    else:
        findings.note(place, told)


def _looks_like_table(text: str, known: frozenset[str]) -> bool:
    """Tell whether a text is a table: titles that are known, or the same number of separators on most lines."""
    lines = [line for line in text.splitlines()[:_SEARCHED] if line.strip()]
    for separator in _SEPARATORS:
        if any(len(recognised([part.strip('" ') for part in line.split(separator)], known)) > 1 for line in lines):
            return True
        counts = [line.count(separator) for line in lines]
        usual = max(counts, key=counts.count, default=0)
        if len(lines) > 2 and usual > 1 and counts.count(usual) > 0.7 * len(lines):
            return True
    return False


def _endless(text: str, separator: str) -> int | None:
    """Return the line where a quote opens that nothing closes; None when all is well."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for _ in reader:
            start = reader.line_num + 1
    except csv.Error as error:
        return start if "unexpected end" in str(error) else None
    return None


def _swallowing(text: str, separator: str) -> int:
    """Return the first line whose cell holds whole lines of the table, up to another quote; −1 when none does."""
    wide = 0
    for line, cells in _csv_rows(text, separator):
        wide = wide or len(cells)
        below = (part for cell in cells for part in str(cell).split("\n")[1:])
        if any(part.count(separator) >= wide - 1 > 1 for part in below):
            return line
    return -1


_GUARDED = re.compile(r'\s*="([^"]*)"\s*')
"""What a program writes so that a spreadsheet takes a cell for a text."""


def _csv_rows(text: str, separator: str) -> Iterator[tuple[int, list[Cell]]]:
    """Yield rows with the number of their first line in the file, as a text editor shows it; no guard, `="0012"`."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    for row in reader:
        yield before + 1, [found[1] if (found := _GUARDED.fullmatch(cell)) else cell for cell in row]
        before = reader.line_num


def guessed_separator(text: str, known: frozenset[str]) -> str:
    """Return the separator that shows the most known titles on one line; then the one that cuts the most."""
    start = "\n".join(text.splitlines()[:_SEARCHED])

    def score(separator: str) -> tuple[int, int]:
        try:
            rows = [row for _, row in _csv_rows(start, separator)]
        except csv.Error:
            return (0, 0)
        titles = max((len(recognised(row, known)) for row in rows), default=0)
        return (titles, max((len(row) for row in rows), default=0))

    return max(_SEPARATORS, key=score)


# --- titles of columns ------------------------------------------------------------------------------------------------


def recognised(cells: Sequence[Cell], known: Iterable[str]) -> set[str]:
    """Return the known titles found in a line, in their bare form."""
    return {bare(as_text(each)) for each in cells if isinstance(each, str)}.intersection(known)


def header_rank(grid: Grid, known: frozenset[str]) -> int | None:
    """Return the rank of the line of titles: the one that holds the most known titles. None without any."""
    scores = [len(recognised(cells, known)) for _, cells in grid.lines[:_SEARCHED]]
    best = max(scores, default=0)
    return scores.index(best) if best else None
