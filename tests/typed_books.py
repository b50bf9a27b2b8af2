"""A book written at once, as the screens write it: an hour, an invoice, a workbook of every table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kpa_model.cooperative.book import OrderBook
from kpa_model.files.book.tables import Values
from kpa_model.files.book.workbooks import workbook
from kpa_model.files.book.writing import cooperative_values, table_values
from kpa_model.files.importing.typing import changed, hours_changes, invoice_changes


def put_hours(folder: Path, who: str, day: date, kind: str, order: str, minutes: int) -> OrderBook:
    """Say how long somebody worked one day, for a kind and an order: it replaces what was said before; 0 removes it."""
    return changed(folder, lambda book: hours_changes(book, who, day, kind, order, minutes))[0]


def put_invoice(folder: Path, values: Values) -> OrderBook:
    """Add an invoice, and its order when it has none yet."""
    return changed(folder, lambda book: invoice_changes(book, values))[0]


def write_xlsx(book: OrderBook, path: Path) -> None:
    """Write a book as one workbook, one sheet per table, with help and lists to choose from."""
    workbook(table_values(book), cooperative_values(book.cooperative)).save(path)
