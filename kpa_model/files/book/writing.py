"""An order book → tables of typed values → CSV or YAML text, as a French spreadsheet expects it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.orders import value_of
from kpa_model.declare.yaml_file import written
from kpa_model.files.book.building import HELD, attributes
from kpa_model.files.book.dictionaries import Column, Dictionary, dictionaries

Values = dict[str, Any]
"""One line: typed values by column name (cents, parts per million, minutes, hundredths, days)."""


def table_values(book: OrderBook) -> dict[str, list[Values]]:
    """Return every table of a book as lines of typed values, in the order of the lists of the book."""
    people = [_line("personnes", spell, member) for member in book.members for spell in member.spells]
    return {
        "personnes": people,
        **{table: [_line(table, noun) for noun in getattr(book, held)] for table, (held, _) in HELD.items()},
    }


def cooperative_values(cooperative: Cooperative) -> Values:
    """Return what the group says of itself, field by field."""
    return _line("cooperative", cooperative)


def _line(table: str, *nouns: Any) -> Values:
    """Return what nouns say of each column; the first one that knows it speaks."""
    said = {
        column: [value for noun in nouns if (value := value_of(noun, field)) is not None]
        for column, field in attributes(table).items()
    }
    return {column: next(iter(values), None) for column, values in said.items()}


def text_of(value: Any, column: Column) -> str:
    """Return the text of a typed value, as people write it: `1234,56`, `5,5 %`, `28/02/2019`, `3h30`."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " + ".join(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year:04d}"
    if column.kind == "euros":
        return f"{Decimal(value) / 100:.2f}".replace(".", ",")
    if column.kind == "taux":
        return f"{(Decimal(value) / 10_000).normalize():f} %".replace(".", ",")
    if column.kind == "nombre":
        return f"{(Decimal(value) / 100).normalize():f}".replace(".", ",")
    if column.kind == "duree":
        return f"{value // 60}h{value % 60:02d}"
    return str(value)


def protected(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula: `=…`, `+…`, `-…`, `@…` receive an apostrophe before.

    >>> protected("=2+2")
    "'=2+2"
    """
    return f"'{text}" if re.match(r"'*[=+\-@]", text) else text


def csv_text(dictionary: Dictionary, lines: Iterable[Values]) -> str:
    """Return one table as CSV, with the titles of its dictionary. Free texts are protected against formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    columns = dictionary.columns
    writer.writerow([column.name for column in columns])
    for line in lines:
        texts = [(column, text_of(line.get(column.name), column)) for column in columns]
        writer.writerow([protected(text) if column.kind in {"texte", "nom"} else text for column, text in texts])
    return out.getvalue()


def yaml_text(cooperative: Cooperative) -> str:
    """Return `cooperative.yaml`."""
    values = cooperative_values(cooperative)
    columns = dictionaries()["cooperative"].columns
    return written({column.name: text_of(values.get(column.name), column) for column in columns})
