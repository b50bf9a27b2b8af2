"""Payments that another line of their list says to be sent back, « F-7 ; 360,00 ; rejet »: that line is below zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import Sheet, cell_of
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.sales.discounts import written
from kpa_model.files.book.reading.sales.states import sent_back
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.words import euros


def taken_back(sheet: Sheet, lines: Sequence[Line]) -> dict[int, list[Cell]]:
    """Return the cells of lines that take a payment back, below zero, by their number; each is told.

    The payment has the same invoice and the same sum, on the same day or before. A first try that failed takes nothing.
    """
    at = sheet.columns.get("montant_ttc", -1)
    if sheet.dictionary.table != "encaissements" or "facture" not in sheet.columns or at < 0:
        return {}

    def key(content: Sequence[Cell]) -> tuple[str, int]:
        return same(as_text(cell_of(sheet, content, "facture"))), abs(cents_in(cell_of(sheet, content, "montant_ttc")))

    def day(content: Sequence[Cell]) -> date | None:
        return read_or_none(read_date, cell_of(sheet, content, "date"))

    said = {number for number, content in lines if any(sent_back(cell) for cell in content if isinstance(cell, str))}
    came = [(key(content), day(content)) for number, content in lines if number not in said]
    found: dict[int, list[Cell]] = {}
    for number, content in lines:
        mine, on = key(content), day(content)
        before = [each for each in came if each[0] == mine and on and each[1] and each[1] <= on]
        if number in said and all(mine) and before:
            came.remove(before[-1])
            found[number] = [written(-mine[1]) if rank == at else cell for rank, cell in enumerate(content)]
            name = as_text(cell_of(sheet, content, "facture"))
            sheet.findings.note(sheet.grid.place(number), f"« {name} » : {euros(mine[1])} sont repris.")
    return found
