"""Read a whole order book: a folder of tables, one workbook, or a zip. All or nothing, with every problem at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from kpa_model.cooperative.book import OrderBook
from kpa_model.errors import nearest
from kpa_model.files.book.building import built, cooperative_of
from kpa_model.files.book.cells import RefusedCell, as_text, bare
from kpa_model.files.book.checks import check, repeated_lines
from kpa_model.files.book.dictionaries import Dictionary, dictionaries, table_named
from kpa_model.files.book.findings import Findings, Place
from kpa_model.files.book.grids import Grid, grids_of, header_rank, recognised
from kpa_model.files.book.settings import grid_of_yaml
from kpa_model.files.book.sources import SETTINGS, TEXTS, WORKBOOKS, GivenFile, given_files
from kpa_model.files.book.tables import Row, read_cell, typed_rows
from kpa_model.words import listing


@dataclass(frozen=True)
class Reading:
    """A book that was read whole, and what the reader wants to tell about it."""

    book: OrderBook
    notes: tuple[str, ...] = ()


def read_book(path: Path) -> Reading:
    """Read an order book: all its tables, or nothing.

    Args:
        path: a folder (`cooperative.yaml` with CSV or XLSX), one workbook (XLSX, XLS, ODS), or a zip of a folder.

    Raises:
        UnreadableFile: every problem at once, sorted by file, sheet, line and column.
    """
    path, findings = Path(path).absolute(), Findings()
    files = given_files(path, findings)
    return read_files(files, path.name, findings)


def read_files(files: Iterable[GivenFile], name: str, findings: Findings | None = None) -> Reading:
    """Read a book from files already in memory; `name` serves when the group does not say its own."""
    findings, known = findings or Findings(), dictionaries()
    grids = _grids(files, known, findings)
    _say_missing(set(grids), name, known, findings)
    values = _cooperative(grids.pop("cooperative", []), name, known["cooperative"], findings)
    tables: dict[str, list[Row]] = {}
    for table, group in grids.items():
        parts = [typed_rows(grid, known[table], findings) for grid in group]
        if None not in parts:  # else nothing that refers to it can be checked
            tables[table] = [row for part in parts if part for row in part]
        _say_several(table, group, findings)
    check(tables, findings)
    findings.refuse()
    repeated_lines(tables, findings)
    return Reading(built(cooperative_of(values, _without_ending(name)), tables), findings.told())


def _without_ending(name: str) -> str:
    """Return the name of a file without `.xlsx`, `.zip`…; a dot in the name of a group is not an ending."""
    path = PurePosixPath(name)
    return path.stem if path.suffix.lower() in WORKBOOKS | TEXTS | {".zip"} else name


def _grids(files: Iterable[GivenFile], known: dict[str, Dictionary], findings: Findings) -> dict[str, list[Grid]]:
    """Return the grids of each table, by the name of the sheet or file, else by the titles they hold."""
    titles = {name for dictionary in known.values() for column in dictionary.columns for name in column.names}
    grids: dict[str, list[Grid]] = {}
    for file in files:
        if file.ending in SETTINGS:
            found = [grid] if (grid := grid_of_yaml(file, findings)) else []
        else:
            found = grids_of(file, titles | {"champ", "valeur"}, findings)
        for grid in found:
            if table := _table_of(grid, known, findings):
                grids.setdefault(table, []).append(grid)
    return grids


def _table_of(grid: Grid, known: dict[str, Dictionary], findings: Findings) -> str:
    """Return the table a grid holds; an empty text, and a note, when nothing tells."""
    if table := table_named(grid.name, known):
        return table
    fitting = [each.table for each in known.values() if each.table != "cooperative" and _fits(grid, each)]
    if len(fitting) == 1:
        findings.note(grid.place(), f"lu comme la table « {fitting[0]} », d'après les titres de ses colonnes.")
        return fitting[0]
    near = nearest(grid.name, known)
    expected = f"Les tables sont : {listing(list(known))}."
    findings.note(grid.place(), f"ce n'est pas une table du carnet. Rien n'y est lu. {near or expected}")
    return ""


def _fits(grid: Grid, dictionary: Dictionary) -> bool:
    """Tell whether all required titles of a table stand on one line of the grid."""
    if (rank := header_rank(grid, frozenset(dictionary.titles))) is None:
        return False
    there = recognised(grid.lines[rank][1], dictionary.titles)
    found = {dictionary.titles[title].name for title in there}
    return all(column.name in found for column in dictionary.columns if column.required)


def _say_several(table: str, group: list[Grid], findings: Findings) -> None:
    if len(group) > 1:
        told = listing([f"« {grid.sheet or grid.file} »" for grid in group])
        findings.note(
            group[-1].place(), f"la table « {table} » est écrite en {len(group)} endroits, lus à la suite : {told}."
        )


def _say_missing(found: set[str], name: str, known: dict[str, Dictionary], findings: Findings) -> None:
    """Tell the required tables that are not there, unless they may be in a file that did not open."""
    closed = [PurePosixPath(place.file) for place, _, _ in findings.problems]
    if any(path.suffix.lower() not in SETTINGS | TEXTS for path in closed):
        return
    there = found | {table_named(path.stem, known) for path in closed}
    missing = [each for each in known.values() if each.required and each.table not in there]
    if missing and not there:
        expected = listing([f"{each.table}.csv" for each in missing])
        what = "aucun tableau du carnet n'est là."
        findings.problem(Place(name), what, f"Mettez-y au moins {expected}, ou un classeur qui contient ces feuilles.")
        return
    for each in missing:
        what = f"il manque la table « {each.table} ». {each.definition}"
        sheet = f"une feuille « {each.table} »"
        in_workbook = PurePosixPath(name).suffix.lower() in WORKBOOKS
        todo = (
            f"Ajoutez {sheet}." if in_workbook else f"Ajoutez un fichier {each.table}.csv, ou {sheet} dans un classeur."
        )
        findings.problem(Place(name), what, todo)


def _cooperative(grids: list[Grid], name: str, dictionary: Dictionary, findings: Findings) -> dict[str, Any]:
    """Return the settings, field by field, from lines `champ ; valeur`."""
    if not grids:
        findings.note(
            Place(name), "rien ne dit le nom de la coopérative (cooperative.yaml). Le nom du fichier en tient lieu."
        )
    values: dict[str, Any] = {}
    for grid in grids:
        for line, cells in grid.lines:
            title = as_text(cells[0])
            value = cells[1] if len(cells) > 1 else ""
            column = dictionary.titles.get(bare(title))
            if column is None:
                _say_unknown_field(grid, line, title, dictionary, findings)
            elif column.name in values:
                findings.problem(
                    grid.place(line), f"« {title} » est écrit deux fois.", "Gardez une seule des deux lignes."
                )
            elif as_text(value):
                try:
                    values[column.name] = read_cell(value, column)
                except RefusedCell as error:
                    findings.problem(grid.place(line, -1, title), error.what, error.todo)
    if grids and "nom" not in values:
        what = "il manque le nom de la coopérative."
        findings.problem(grids[0].place(), what, "Ajoutez une ligne « nom », par exemple « nom: Les Tilleuls ».")
    return values


def _say_unknown_field(grid: Grid, line: int, title: str, dictionary: Dictionary, findings: Findings) -> None:
    if bare(title) in {"champ", ""}:
        return
    names = [column.name for column in dictionary.columns]
    near = nearest(title, names) or f"Les champs sont : {listing(names)}."
    findings.note(grid.place(line), f"« {title} » n'est pas un champ connu. Il n'est pas lu. {near}")
