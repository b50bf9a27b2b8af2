"""Amounts of which each cell says whether it holds the VAT, « 120 € TTC », « 100 HT », in one column."""

from __future__ import annotations

from dataclasses import replace

from kpa_model.files.book.cells import as_text, cell_at
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.spread.people import is_total


def by_cells(block: Block) -> Block:
    """Return a block whose amounts with the VAT, and without, stand in two columns, where one held both kinds."""
    at = next((at for at, title in enumerate(block.titles) if not layer(title) and _both(block, at)), -1)
    if at < 0:
        return block
    wide = len(block.titles)
    lines = []
    for number, cells in block.lines:
        cell = cell_at(cells, at)
        whole = layer(as_text(cell)) == "avec la TVA"
        row = [*cells[:wide], *[""] * (wide - len(cells)), cell if whole else ""]
        row[at] = "" if whole else cell
        lines.append((number, row))
    titles = ["montant_ht" if rank == at else title for rank, title in enumerate(block.titles)]
    return replace(block, titles=[*titles, "montant_ttc"], heads=[*block.heads, "montant_ttc"], lines=lines)


def _both(block: Block, at: int) -> bool:
    """Tell whether every cell of a column says its kind of money, and both kinds are there."""
    if not layer(as_text(next(iter(block.column(at)), ""))):
        return False  # most columns say nothing of it
    lines = [cells for _, cells in block.lines if as_text(cell_at(cells, at)) and not is_total(cells, -1)]
    return {layer(as_text(cells[at])) for cells in lines} == {"avec la TVA", "sans la TVA"}
