"""The first lines of each table, as the assistant understands them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpa_model.files.book.dates import Period
from kpa_model.files.book.dictionaries import Column, dictionaries
from kpa_model.files.book.tables import Row
from kpa_model.files.book.writing import text_of
from kpa_model.words import listing

_SHOWN = 3


@dataclass(frozen=True)
class Understood:
    """One table as the assistant understands it: where it was, what it is, its first lines."""

    place: str
    table: str
    count: int
    titles: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def first_lines(table: str, rows: Sequence[Row]) -> Understood:
    """Return the first lines of a table, as the book writes them; a week that was shared by its days is one line."""
    facts = [row for row in rows if not row.get("suite_de_periode")]
    known = dictionaries()[table]
    before_tax = any("montant_ht" in row.values for row in rows)
    taxed = [replace(each, label="Montant TTC") for each in known.aids if each.name == "montant_ttc" and not before_tax]
    columns = [each for each in (*known.columns, *taxed) if any(row.get(each.name) is not None for row in rows)]
    lines = tuple(tuple(_cell(row, each) for each in columns) for row in facts[:_SHOWN])
    return Understood(_places(rows), table, len(facts), tuple(each.label for each in columns), lines)


def _places(rows: Sequence[Row]) -> str:
    """Return the files that gave a table, each with its sheets."""
    sheets: dict[str, dict[str, None]] = {}
    for row in rows:
        sheets.setdefault(row.grid.file, {}).setdefault(row.grid.sheet)
    told = []
    for file, names in sheets.items():
        named = [f"« {each} »" for each in names if each]
        word = "feuille" if len(named) == 1 else "feuilles"
        told.append(f"{file}, {word} {listing(named)}" if named else file)
    return " + ".join(told)


def _cell(row: Row, column: Column) -> str:
    value = row.get("periode", {}).get(column.name, row.get(column.name))
    if column.name == "debut" and value is not None:  # it would look like the time worked
        return f"dès {text_of(round(value), column)}"
    if isinstance(value, Period):
        return value.told
    return text_of(round(value) if column.kind == "duree" and value is not None else value, column)
