"""What a book holds, and what each import gave to it: when, from which files, the lines added and removed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import Refused
from kpa_model.files.book.cells import same
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.tables import Given, Held, Tables, Values, read_cell
from kpa_model.files.book.writing import text_of
from kpa_model.files.importing.merging import TableChange, content, plain, still_spoken_of
from kpa_model.files.importing.naming import customer_of
from kpa_model.files.importing.recipe import Source
from kpa_model.files.importing.since import of_receipt

IMPORTS = "apports"


@dataclass(frozen=True)
class Import:
    """One import kept: when, from which files, and what it added and removed; each line with its source."""

    path: Path
    when: str
    files: tuple[str, ...]
    added: Mapping[str, Sequence[tuple[str, Values]]]
    removed: Held

    @property
    def changes(self) -> dict[str, TableChange]:
        """Return what it did, table by table."""
        tables = self.added.keys() | self.removed.keys()
        return {
            table: TableChange(
                tuple(values for _, values in self.added.get(table, ())), tuple(self.removed.get(table, ()))
            )
            for table in tables
        }


def imports_in(folder: Path) -> list[Import]:
    """Return the imports of a book, the oldest first."""
    return [_read_import(path) for path in sorted((folder / IMPORTS).glob("*/apport.json"))]


def copy_imports(folder: Path, new: Path) -> None:
    if (folder / IMPORTS).exists():
        shutil.copytree(folder / IMPORTS, new / IMPORTS)


_BY_DAYS = ("heures", "achats", "encaissements")


def spoken_of(
    by_source: Mapping[str, Held], tables: Tables, sources: Mapping[tuple[str, str], Source]
) -> dict[str, Held]:
    """Return what each source had given, without the days of which its new lines do not speak.

    A list of invoices speaks of the payments of its invoices, whatever their days.

    Args:
        by_source: the tables that each source gave, by its key.
        tables: the new lines.
        sources: the source of each file and sheet.
    """
    told = dict(by_source)
    for key, table in product({each.key for each in sources.values()} & told.keys(), _BY_DAYS):
        mine = {place for place, source in sources.items() if source.key == key}
        own = {each: [row for row in rows if row.source in mine] for each, rows in tables.items()}
        if table != "encaissements" or not own.get("factures"):
            told[key] = still_spoken_of(told[key], own.get(table, ()), table)
    return told


def with_left(tables: Tables, findings: Findings) -> Given:
    """Return tables with the days of the lines left out, « pas venu »: a file speaks of them, in its own months."""
    told = {table: [*rows] for table, rows in tables.items()}
    for (table, file, sheet, _), (_, cell) in findings.aside.items():
        mine = [row for row in tables.get(table, ()) if row.source == (file, sheet) and row.get("date")]
        with suppress(Refused):
            day = read_date(cell)
            near = next((row for row in mine if CalendarMonth.of(row.get("date")) == CalendarMonth.of(day)), None)
            if near is not None:
                who = {"personne": near.get("personne")} if near.get("personne") else {}
                told[table].append(replace(near, values={**who, "date": day}))
    return told


def write_import(
    imports: Path, changes: Mapping[str, TableChange], source_of: Callable[[str, Values], str], files: list[GivenFile],
    now: datetime, noticed: Sequence[str] = (), unread: Sequence[str] = (),
) -> None:  # fmt: skip
    """Write one import after those of before."""
    place = imports / f"{len([*imports.glob('*/apport.json')]) + 1:03d}"
    place.mkdir(parents=True)
    told = {
        "quand": f"{now:%Y-%m-%d %H:%M}",
        "remarques": [*noticed],
        "non_lu": [*unread],
        "fichiers": [{"nom": each.name, "empreinte": hashlib.sha256(each.data).hexdigest()} for each in files],
        "ajoute": {
            table: [[source_of(table, each), texts_of(table, each)] for each in change.added]
            for table, change in changes.items()
            if change.added
        },
        "retire": {
            table: [texts_of(table, each) for each in change.removed]
            for table, change in changes.items()
            if change.removed
        },
    }
    (place / "apport.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    for each in files:
        (place / each.name).parent.mkdir(parents=True, exist_ok=True)  # « 2026-02/heures.csv »
        (place / each.name).write_bytes(each.data)


def texts_of(table: str, values: Values) -> dict[str, str]:
    """Return the words of a line of a table, column by column; `values_of` reads them back."""
    columns = {each.name: each for each in dictionaries()[table].columns}
    return {name: text_of(value, columns[name]) for name, value in plain(table, values).items()}


def notes_kept(folder: Path) -> tuple[str, ...]:
    """Return what the reader noticed in the files that gave a book, each once: it stays as long as they do."""
    return _kept(folder, "remarques")


def unread_kept(folder: Path) -> tuple[str, ...]:
    """Return what was not read of the files that gave a book, when it was kept all the same."""
    return _kept(folder, "non_lu")


def _kept(folder: Path, name: str) -> tuple[str, ...]:
    told = [json.loads(path.read_text("utf-8")) for path in sorted((folder / IMPORTS).glob("*/apport.json"))]
    return tuple(dict.fromkeys(note for each in told for note in each.get(name, ())))


def _read_import(path: Path) -> Import:
    told = json.loads(path.read_text("utf-8"))
    return Import(
        path.parent,
        told["quand"],
        tuple(each["nom"] for each in told["fichiers"]),
        {
            table: [(source, values_of(table, texts)) for source, texts in rows]
            for table, rows in told["ajoute"].items()
        },
        {table: [values_of(table, texts) for texts in rows] for table, rows in told["retire"].items()},
    )


def values_of(table: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the typed line that words say."""
    columns = {each.name: each for each in dictionaries()[table].columns}
    values = {name: read_cell(text, columns[name]) for name, text in texts.items() if name in columns}
    if table == "commandes" and "apportee_par" in values:
        values["apportee_par"] = tuple(values["apportee_par"].split(" + "))
    return values


@dataclass(frozen=True)
class KeptBook:
    """What a book holds before an import, and what each source had given to it."""

    tables: Held = field(default_factory=dict)
    by_source: Mapping[str, Held] = field(default_factory=dict)
    cooperative: Mapping[str, Any] = field(default_factory=dict)

    def given_by(self, keys: Iterable[str]) -> Held:
        """Return what some sources had given."""
        before: dict[str, list[Values]] = {}
        for key in self.by_source.keys() & set(keys):
            for table, rows in self.by_source[key].items():
                before.setdefault(table, []).extend(rows)
        return before

    def spoken_of(self, tables: Tables, sources: Mapping[tuple[str, str], Source]) -> Held:
        """Return what these sources had given, without what their new lines do not speak of."""
        told = replace(self, by_source=spoken_of(self.by_source, tables, sources))
        return told.given_by({each.key for each in sources.values()})

    def without(self, gone: Held) -> KeptBook:
        """Return the book without some lines of its tables."""
        less = {table: but(self.tables.get(table, ()), lines) for table, lines in gone.items()}
        return replace(self, tables={**self.tables, **less})

    @property
    def own_orders(self) -> bool:
        """Tell whether a file gave a list of orders: then a name that is not among them is a fault of typing."""
        return any(tables.get("commandes") for source, tables in self.by_source.items() if source)

    @property
    def context(self) -> Context:
        """Return the names that the book already knows."""

        def names(table: str, column: str) -> dict[str, str]:
            return {
                same(str(each[column])): str(each[column]) for each in self.tables.get(table, ()) if each.get(column)
            }

        listed = [each for each in self.tables.get("factures", ()) if not of_receipt(each)]
        rows = (each for table in ("factures", "heures") for each in self.tables.get(table, ()))
        days = [each["date"] for each in rows if each.get("date")]
        years = tuple(sorted({day.year for day in days}))
        return Context(
            names("personnes", "personne"),
            names("commandes", "commande"),
            {same(str(each["facture"])): str(each["facture"]) for each in listed if each.get("facture")},
            years,
            customers=frozenset(same(customer_of(each)) for each in self.tables.get("commandes", ())) - {""},
        )


def but(rows: Iterable[Values], given: Iterable[Values]) -> list[Values]:
    """Return the lines of a book that these files had not given before."""
    gone = [content(each) for each in given]
    return [each for each in rows if content(each) not in gone]
