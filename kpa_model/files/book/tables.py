"""Grids → typed rows, led by the dictionaries. Every doubt is told; nothing is dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kpa_model.errors import nearest
from kpa_model.files.book import cells, dates
from kpa_model.files.book.cells import Cell, RefusedCell, as_text, bare, shown
from kpa_model.files.book.dictionaries import Column, Dictionary, dictionaries
from kpa_model.files.book.findings import Findings, Place, letter
from kpa_model.files.book.grids import Grid, header_rank, recognised
from kpa_model.words import count, listing

_READERS: dict[str, Callable[[Cell], Any]] = {
    "date": dates.read_date,
    "mois": dates.read_month,
    "euros": cells.read_euros,
    "taux": cells.read_rate,
    "duree": dates.read_duration,
    "nombre": cells.read_hundredths,
    "ouinon": cells.read_yes_no,
}
_LAYERS = {
    "avec la TVA": re.compile(r"\bttc\b|\btva comprise\b|\btoutes taxes\b", re.IGNORECASE),
    "sans la TVA": re.compile(r"\bh\.?t\b|\bhors taxes?\b", re.IGNORECASE),
}
_TOTAL = re.compile(r"(sous[ -]?)?(total|totaux)\b|grand total\b|(somme|cumul|report)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One line of a table: its typed values by column name, and where each cell stands. Empty cells are absent."""

    grid: Grid
    line: int
    columns: Mapping[str, int]
    titles: Sequence[str]
    values: dict[str, Any] = field(default_factory=dict)

    def place(self, column: str = "") -> Place:
        """Return where the cell of a column stands, or the whole line."""
        at = self.columns.get(column, -1)
        return self.grid.place(self.line, at, self.titles[at] if at >= 0 else "")

    def get(self, column: str, default: Any = None) -> Any:
        """Return the value of a column, or the default when the cell is empty or could not be read."""
        return self.values.get(column, default)


def read_cell(cell: Cell, column: Column) -> Any:
    """Return the typed value of a cell. Raises `RefusedCell`."""
    cells.refuse_fault(cell)
    if column.kind == "choix":
        return cells.read_choice(cell, column.choices)
    if column.kind in _READERS:
        return _READERS[column.kind](cell)
    text = cells.unprotected(as_text(cell))
    if column.choices:  # usual values of a free text
        try:
            return cells.read_choice(text, column.choices)
        except RefusedCell:
            return text
    return text


@dataclass(frozen=True)
class _Sheet:
    """A grid on its way to become a table: where its titles are, and which column each one leads to."""

    grid: Grid
    dictionary: Dictionary
    findings: Findings
    line: int
    titles: list[str]
    columns: dict[str, int] = field(default_factory=dict)

    def place(self, at: int = -1) -> Place:
        return self.grid.place(self.line, at, self.titles[at] if at >= 0 else "")


def typed_rows(grid: Grid, dictionary: Dictionary, findings: Findings) -> list[Row] | None:
    """Return the rows of a grid that holds a table; None when its titles are not there, so that nothing hangs on it."""
    rank = header_rank(grid, frozenset(dictionary.titles))
    if rank is None:
        expected = listing([column.name for column in dictionary.columns if column.required])
        findings.problem(
            grid.place(grid.lines[0][0]),
            f"aucun titre de colonne de la table « {dictionary.table} » n'est reconnu.",
            f"Écrivez les titres sur la première ligne. Il faut au moins : {expected}.",
        )
        return None
    if not as_text(grid.lines[0][1][0]).startswith(dictionary.label):  # the title of our own model workbook
        _say_above(grid, rank, findings)
    line, heads = grid.lines[rank]
    sheet = _Sheet(grid, dictionary, findings, line, [as_text(each) for each in heads])
    if not grid.separator:  # a workbook: what stands right of the titles is a column without a title
        widest = max(len(content) for _, content in grid.lines[rank:])
        sheet.titles.extend([""] * (widest - len(heads)))
    if not _matched(sheet):
        return None
    return [
        _row(sheet, number, content)
        for number, content in grid.lines[rank + 1 :]
        if not _skipped(sheet, number, content)
    ]


def _say_above(grid: Grid, rank: int, findings: Findings) -> None:
    if rank:
        lines = [str(number) for number, _ in grid.lines[:rank]]
        told = f"ligne {lines[0]}" if rank == 1 else f"lignes {listing(lines)}"
        start = grid.lines[rank][0]
        findings.note(
            grid.place(), f"les titres des colonnes sont à la ligne {start}. Au-dessus, rien n'est lu ({told})."
        )


def _matched(sheet: _Sheet) -> bool:
    """Find the rank of each known column; tell unknown, repeated and missing ones. False when one is not sure."""
    known, unknown = sheet.dictionary.titles, list[int]()
    for at, title in enumerate(sheet.titles):
        column = known.get(bare(title)) if bare(title) else None
        if column is None:
            unknown.append(at)
        elif column.name in sheet.columns:
            first = sheet.columns[column.name]
            sheet.findings.problem(
                sheet.place(at),
                f"cette colonne dit la même chose que la colonne {letter(first)} « {sheet.titles[first]} ». "
                "On ne sait pas laquelle lire.",
                "Supprimez l'une des deux, ou changez son titre.",
            )
        else:
            sheet.columns[column.name] = at
    missing = [each for each in sheet.dictionary.columns if each.required and each.name not in sheet.columns]
    for column in missing:
        _say_missing(sheet, column, [sheet.titles[at] for at in unknown if sheet.titles[at]])
    for at in unknown:
        _say_unknown(sheet, at)
    return not missing and len(sheet.columns) == len(sheet.titles) - len(unknown)  # a column said twice is not known


def _layer(text: str) -> str:
    """Return which money a title or a unit tells: with VAT, without, or an empty text."""
    return next((name for name, layer in _LAYERS.items() if layer.search(text)), "")


def _other_money(title: str, column: Column) -> bool:
    """Tell whether a title is another amount than the column: one holds the VAT, the other does not."""
    said, meant = _layer(title), _layer(column.unit)
    return bool(said and meant and said != meant)


def _say_missing(sheet: _Sheet, column: Column, unknown: Iterable[str]) -> None:
    unlike = [title for title in unknown if _other_money(title, column)]
    alike = [title for title in unknown if title not in unlike]
    near = nearest(column.name, alike) or nearest(column.label, alike)
    if near:
        todo = f"{near.replace('Vouliez-vous dire', 'Est-ce')} Si oui, donnez-lui ce titre : {column.name}."
    else:
        others = [name for name in column.other_names if bare(name) != bare(column.name)][:2]
        warned = f"« {unlike[0]} » ne convient pas : il faut le montant {_layer(column.unit)}. " if unlike else ""
        todo = f"{warned}Ajoutez cette colonne. Son titre peut être : {listing([column.name, *others], 'ou')}."
    what = f"il manque la colonne « {column.name} ». {column.definition}"
    sheet.findings.problem(sheet.grid.place(sheet.line), what, todo)


def _say_unknown(sheet: _Sheet, at: int) -> None:
    below = [content for number, content in sheet.grid.lines if number > sheet.line]
    filled = sum(1 for content in below if at < len(content) and as_text(content[at]))
    told, title = count(filled, "case remplie", "cases remplies"), sheet.titles[at]
    if title:
        columns = [each for each in sheet.dictionary.columns if not _other_money(title, each)]
        near = nearest(title, [name for column in columns for name in column.names])
        todo = near or _read_elsewhere(title) or "Pour la lire, changez son titre."
        sheet.findings.note(sheet.place(at), f"cette colonne n'est pas connue ({told}). Elle n'est pas lue. {todo}")
    elif filled:
        sheet.findings.note(sheet.place(at), f"cette colonne n'a pas de titre ({told}). Elle n'est pas lue.")


def _read_elsewhere(title: str) -> str:
    """Return which tables have a place for a title that this one does not know; an empty text when none does."""
    tables = [each.table for each in dictionaries().values() if bare(title) in each.titles]
    noun = "la table" if len(tables) == 1 else "les tables"
    return f"Elle se lit seulement dans {noun} {listing([f'« {each} »' for each in tables])}." if tables else ""


def _skipped(sheet: _Sheet, number: int, content: Sequence[Cell]) -> bool:
    """Tell whether a line is not a row: a total, titles written again, a remark alone. It is always said."""
    filled = [each for each in content if as_text(each)]
    needed = [sheet.columns[column.name] for column in sheet.dictionary.columns if column.required]
    complete = all(at < len(content) and as_text(content[at]) for at in needed)
    place = sheet.grid.place(number)
    if not complete and _TOTAL.match(as_text(filled[0])):
        sheet.findings.note(place, f"la ligne {shown(filled[0])} est un total. Elle n'est pas lue.")
        return True
    titles = {bare(title) for title in sheet.titles if bare(title)}
    if len(titles) > 1 and recognised(content, titles) == titles:
        sheet.findings.note(place, "les titres des colonnes sont écrits une seconde fois. Cette ligne n'est pas lue.")
        return True
    if len(filled) == 1 and len(needed) > 1:
        sheet.findings.problem(
            sheet.grid.place(number, content.index(filled[0])),
            f"cette ligne contient seulement {shown(filled[0])}. Il manque le reste.",
            "Complétez la ligne, ou supprimez-la.",
        )
        return True
    return False


def _row(sheet: _Sheet, number: int, content: Sequence[Cell]) -> Row:
    row = Row(sheet.grid, number, sheet.columns, sheet.titles)
    if _shifted(sheet, content):
        _say_shifted(row, content, sheet.findings)
        return row
    for column in sheet.dictionary.columns:
        at = sheet.columns.get(column.name, len(content))
        cell = content[at] if at < len(content) else ""
        if as_text(cell):
            try:
                row.values[column.name] = read_cell(cell, column)
            except RefusedCell as error:
                sheet.findings.problem(row.place(column.name), error.what, error.todo)
        elif column.required:
            sheet.findings.problem(row.place(column.name), "la case est vide.", _fill(column))
    return row


def _shifted(sheet: _Sheet, content: Sequence[Cell]) -> bool:
    """Tell whether a line of a CSV has too many cells: something is left over, or a comma cut an amount in two."""
    if len(content) <= len(sheet.titles):
        return False
    cut = sheet.grid.separator == "," and any(map(_cut_amount, content, content[1:]))
    return cut or any(as_text(each) for each in content[len(sheet.titles) :])


def _cut_amount(left: Cell, right: Cell) -> bool:
    return bool(re.fullmatch(r"-?\d[\d\s]*", as_text(left)) and re.fullmatch(r"\d{1,2}\s*€?", as_text(right)))


def _fill(column: Column) -> str:
    example = f" Par exemple {column.example}." if column.kind not in {"texte", "nom"} else ""
    return f"À remplir : {column.definition[:1].lower()}{column.definition[1:]}{example}"


def _say_shifted(row: Row, content: Sequence[Cell], findings: Findings) -> None:
    what = f"cette ligne a {len(content)} cases, mais il y a {len(row.titles)} titres. Les cases sont décalées."
    if row.grid.separator == ",":
        todo = 'La virgule sépare les cases : mettez les montants entre guillemets, par exemple "12,50".'
    else:
        todo = "Cherchez un séparateur de trop dans la ligne, ou donnez un titre à la dernière colonne."
    findings.problem(row.place(), what, todo)
