"""Read a whole order book: a folder of tables, one workbook, or a zip. All or nothing, with every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from kpa_model.cooperative.book import OrderBook
from kpa_model.errors import nearest
from kpa_model.files.book.building import built, cooperative_of
from kpa_model.files.book.cells import RefusedCell, as_text, bare
from kpa_model.files.book.checks import check, repeated_lines
from kpa_model.files.book.copies import refuse_copies
from kpa_model.files.book.dictionaries import Dictionary, dictionaries, table_named
from kpa_model.files.book.findings import Findings, Place
from kpa_model.files.book.grids import Grid, grids_of, header_rank
from kpa_model.files.book.matching import Sheet, column_of
from kpa_model.files.book.reading.context import NOBODY, Context, context_of
from kpa_model.files.book.reading.fields import share
from kpa_model.files.book.reading.seconds import settle_minutes
from kpa_model.files.book.reading.understand import understood
from kpa_model.files.book.settings import grid_of_yaml
from kpa_model.files.book.sources import SETTINGS, TEXTS, WORKBOOKS, GivenFile, given_files
from kpa_model.files.book.tables import Row, read_cell, typed_rows
from kpa_model.words import listing

_DENIED = 0.2
"""Under this part of cells that a column can read, its title lies."""


@dataclass(frozen=True)
class Reading:
    """A book that was read whole, and what the reader wants to tell about it."""

    book: OrderBook
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """What was given and not read, among the notes: while there is some, nobody may say that all is read."""


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
    refuse_copies(tables, findings)
    settle_minutes(tables.get("heures", ()), findings)
    check(tables, findings)
    findings.refuse()
    repeated_lines(tables, findings)
    book = built(cooperative_of(values, _without_ending(name)), tables)
    return Reading(book, findings.told(), findings.told_unread())


def _without_ending(name: str) -> str:
    """Return the name of a file without `.xlsx`, `.zip`…; a dot in the name of a group is not an ending."""
    path = PurePosixPath(name)
    return path.stem if path.suffix.lower() in WORKBOOKS | TEXTS | {".zip"} else name


def _grids(files: Iterable[GivenFile], known: dict[str, Dictionary], findings: Findings) -> dict[str, list[Grid]]:
    """Return the grids of each table, by the name of the sheet or file, else by the titles they hold."""
    titles = {name for dictionary in known.values() for column in dictionary.columns for name in column.names}
    grids: dict[str, list[Grid]] = {}
    others: list[Grid] = []
    for file in files:
        if file.ending in SETTINGS:
            found = [grid] if (grid := grid_of_yaml(file, findings)) else []
        else:
            found = grids_of(file, titles | {"champ", "valeur"}, findings)
        for grid in found:
            if grid.hidden:
                text = "cette feuille est cachée. Elle n'est pas lue. Pour la lire, affichez-la."
                findings.left_out(grid.place(), text)
            elif table := _plain_table(grid, known, findings):
                grids.setdefault(table, []).append(grid)
            else:
                others.append(grid)
    context = context_of(grids, known)
    for grid in others:
        for table, laid in _laid(grid, context, known, findings):
            grids.setdefault(table, []).append(laid)
    return grids


def _plain_table(grid: Grid, known: dict[str, Dictionary], findings: Findings) -> str:
    """Return the table of a grid written as the book expects; an empty text otherwise."""
    named = table_named(grid.name, known)
    if named == "cooperative" or (named and _fit(grid, known[named])):
        return named
    if named:
        return ""
    found = fitting(grid, known)
    if found:
        findings.note(grid.place(), f"lu comme la table « {found} », d'après les titres de ses colonnes.")
    return found


def _laid(grid: Grid, context: Context, known: dict[str, Dictionary], findings: Findings) -> list[tuple[str, Grid]]:
    """Return the tables of a grid written in another way; what nothing recognises is left to its name, or told."""
    if laid := understood(grid, context, known, findings, completing=findings.asking):
        told = listing(sorted({f"« {table} »" for table, _ in laid}))
        findings.note(grid.place(), f"lu comme {'la table' if len(laid) == 1 else 'les tables'} {told}.")
        return laid
    if table := table_named(grid.name, known):
        return [(table, grid)]
    expected = f"Les tables sont : {listing(list(known))}."
    findings.left_out(grid.place(), f"ce n'est pas une table du carnet. Rien n'y est lu. {expected}")
    return []


def fitting(grid: Grid, known: Mapping[str, Dictionary]) -> str:
    """Return the table whose required titles all stand on one line of the grid; the one that knows the most titles."""
    scores = {each.table: _fit(grid, each) for each in known.values() if each.table != "cooperative"}
    best, most = max(scores.values()), max(_known(grid, each) for each in known.values())
    tables = [table for table, score in scores.items() if score == best]
    return tables[0] if best and len(tables) == 1 and best >= most else ""


def _known(grid: Grid, dictionary: Dictionary) -> int:
    rank = header_rank(grid, frozenset(dictionary.titles))
    titles = [as_text(each) for each in grid.lines[rank][1]] if rank is not None else []
    return len({column.name for title in titles if (column := column_of(title, dictionary))})


def _fit(grid: Grid, dictionary: Dictionary) -> int:
    """Return how many columns of a table the titles give; 0 when a required one is not there, nor what gives it."""
    if (rank := header_rank(grid, frozenset(dictionary.titles))) is None:
        return 0
    titles = [as_text(each) for each in grid.lines[rank][1]]
    found = {column.name: at for at, title in enumerate(titles) if (column := column_of(title, dictionary))}
    sheet = Sheet(grid, dictionary, Findings(), 0, titles, found)
    needed = [each for each in dictionary.columns if each.required]
    under = grid.lines[rank + 1 :]
    for column in needed:
        cells = [each[at] for _, each in under if (at := found.get(column.name, -1)) >= 0 and at < len(each)]
        if cells and share(column, [each for each in cells if as_text(each)], NOBODY) < _DENIED:
            return 0
    return len(found) if all(sheet.gives(each.name) for each in needed) else 0


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
