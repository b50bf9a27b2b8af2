"""Read a whole order book: a folder of tables, one workbook, or a zip. All or nothing, with every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from kpa_model.cooperative.book import OrderBook
from kpa_model.errors import Refused, nearest
from kpa_model.files.book.building import built, cooperative_of
from kpa_model.files.book.cells import as_text, bare, same
from kpa_model.files.book.checks import check
from kpa_model.files.book.copies import refuse_copies, repeated_lines, without_overlap, worked_once
from kpa_model.files.book.dictionaries import MADE, Dictionary, dictionaries, table_named
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.invoices import numbered_twice, own_orders, paid_out, say_cents, told_once
from kpa_model.files.book.reading.dated.yearly import numbered_again
from kpa_model.files.book.reading.periods import settle_minutes, shared
from kpa_model.files.book.reading.recognise import recognised_grids
from kpa_model.files.book.reading.sales.accounts.arriving import booked_once
from kpa_model.files.book.reading.sales.as_days import say_days
from kpa_model.files.book.reading.sales.both_ways import credits_paid, say_leaving
from kpa_model.files.book.reading.sales.same_order import counted_once, once_sold
from kpa_model.files.book.reading.spread.recaps import but_recaps
from kpa_model.files.book.reading.together import together
from kpa_model.files.book.reading.written.not_yet import but_ordered, but_to_come
from kpa_model.files.book.sources import SETTINGS, TEXTS, WORKBOOKS, GivenFile, given_files
from kpa_model.files.book.tables import Given, read_cell, typed_rows
from kpa_model.files.book.where import Place
from kpa_model.words import listing


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
    grids = recognised_grids(files, known, findings)
    _say_missing(set(grids), name, known, findings)
    values = cooperative_values(grids.pop("cooperative", []), name, findings)
    tables = typed(grids, findings)
    own_orders(tables, findings)
    return finished(values, tables, name, findings)


def typed(grids: Mapping[str, list[Grid]], findings: Findings) -> Given:
    """Return the typed rows of each table."""
    tables: Given = {}
    for table, group in grids.items():
        made = MADE.get(table, frozenset())
        parts = [typed_rows(replace(each, later=each.later | made), dictionaries()[table], findings) for each in group]
        if None not in parts:  # else nothing that refers to it can be checked
            rows = (row for part in parts if part for row in part)
            tables[table] = but_to_come(table, counted_once(rows, dictionaries()[table], findings), findings)
        _say_several(table, group, findings)
    if findings.asking and "factures" in tables:
        tables["factures"] = but_ordered(tables["factures"], findings)
        tables["factures"] = without_overlap(booked_once(tables["factures"], findings), findings)
        numbered_again(tables, findings)
    refuse_copies(tables, findings)
    say_days(tables.get("factures", ()), findings)
    if findings.asking and "factures" in tables:
        numbered_twice(tables["factures"], findings)
        once_sold(tables, findings)
        tables["factures"] = told_once(tables["factures"], findings)
    say_cents(tables.get("factures", ()), findings)
    if findings.asking and "achats" in tables:
        tables["achats"] = paid_out(tables["achats"], findings)
    credits_paid(tables, findings)
    say_leaving(tables.get("achats", ()), findings)
    if findings.asking and "heures" in tables:
        known = {same(who): who for row in tables.get("personnes", ()) if (who := row.get("personne", ""))}
        tables["heures"] = but_recaps(worked_once(together(tables["heures"], known, findings), findings), findings)
    if not findings.asking and (said := [row for row in tables.get("heures", ()) if row.get("client")]):
        more = "« kpa importer » mène ces heures à la commande de la facture de leur client."
        findings.note(said[0].grid.place(), f"« {said[0].place('client').title} » n'est pas lu ici. {more}")
    return {table: shared(table, rows, findings) for table, rows in tables.items()}


def finished(values: Mapping[str, Any], tables: Given, name: str, findings: Findings) -> Reading:
    """Return the whole book of typed rows, once nothing is wrong. Raises UnreadableFile."""
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


def _say_several(table: str, group: list[Grid], findings: Findings) -> None:
    places = dict.fromkeys(f"« {grid.sheet or grid.file} »" for grid in group)
    if len(places) > 1:
        told = f"la table « {table} » est écrite en {len(places)} endroits, lus à la suite : {listing([*places])}."
        findings.note(group[-1].place(), told)


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


def _fields(grid: Grid) -> list[Line]:
    """Return the lines of a sheet of settings, without its titles."""
    return [line for line in grid.lines if bare(as_text(line[1][0])) != "champ"]


def cooperative_values(grids: list[Grid], name: str, findings: Findings) -> dict[str, Any]:
    """Return the settings, field by field, from lines `champ ; valeur`."""
    if not any(len(cells) > 1 and as_text(cells[1]) for grid in grids for _, cells in _fields(grid)):
        where = " : la feuille « cooperative » est vide" if any(grid.sheet for grid in grids) else " (cooperative.yaml)"
        text = f"rien ne dit le nom de la coopérative{where}. Le nom du fichier en tient lieu."
        findings.note(Place(name), text)
        return {}
    values: dict[str, Any] = {}
    dictionary = dictionaries()["cooperative"]
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
                except Refused as error:
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
