"""Amounts of which each cell says whether it holds the VAT, « 120 € TTC », « 100 HT », in one column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, cell_at, read_yes_no
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, blanked
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.weights import says_money
from kpa_model.files.book.reading.spread.people import is_total

_RATE = re.compile(r"\b(tva|vat|taux)\b|%", re.IGNORECASE)
_LETTERS = {"avec la TVA": "TTC", "sans la TVA": "HT"}


def with_letters(grid: Grid, rank: int, titles: Sequence[str], findings: Findings) -> Grid:
    """Return a grid whose amounts say whether they hold the VAT, where a column says it line by line: « HT », « TTC ».

    Args:
        grid: the grid.
        rank: which of its lines holds the titles.
        titles: these titles.
        findings: where it is told.
    """
    under = grid.lines[rank + 1 :]
    ways = {at: _layers_said(title, [cell_at(cells, at) for _, cells in under]) for at, title in enumerate(titles)}
    told = next((at for at, way in ways.items() if way), -1)
    money = [at for at, title in enumerate(titles) if at != told and says_money(title) and not layer(title)]
    amounts = [at for at in money if not _RATE.search(titles[at])]
    if told < 0 or not amounts:
        return grid
    findings.note(grid.place(grid.lines[rank][0], told, titles[told]), "cette colonne dit, ligne par ligne, HT ou TTC.")

    def lettered(cells: Sequence[Cell]) -> list[Cell]:
        letters = ways[told].get(as_text(cell_at(cells, told)), "")
        return [
            "" if at == told else f"{as_text(cell)} {letters}" if at in amounts and letters and as_text(cell) else cell
            for at, cell in enumerate(cells)
        ]

    number, head = grid.lines[rank]
    own = (number, blanked(head, {told}))
    return replace(grid, lines=(*grid.lines[:rank], own, *((at, lettered(cells)) for at, cells in under)))


def _layers_said(title: str, cells: Sequence[Cell]) -> dict[str, str]:
    """Return the letters that each cell says, « HT » or « TTC », or « oui » under « TVA comprise »; else nothing."""
    said = {text for cell in cells if (text := as_text(cell))}
    if said and all(layer(text) and not re.search(r"\d", text) for text in said):
        return {text: _LETTERS[layer(text)] for text in said}
    yes, own = {text: _yes(text) for text in said}, layer(title)
    if not said or not own or None in yes.values() or any(text.isdigit() for text in said):
        return {}
    other = next(each for each in _LETTERS if each != own)
    return {text: _LETTERS[own if is_so else other] for text, is_so in yes.items()}


def _yes(text: str) -> bool | None:
    try:
        return read_yes_no(text)
    except Refused:
        return None


def by_cells(block: Block) -> Block:
    """Return a block whose amounts with the VAT, and without, stand in two columns, where one held both kinds."""
    at = next((at for at, title in enumerate(block.titles) if not layer(title) and _both(block, at)), -1)
    if at < 0:
        return block
    whole = {rank for rank, (_, cells) in enumerate(block.lines) if layer(as_text(cell_at(cells, at))) == "avec la TVA"}
    taxed = [cell_at(cells, at) if rank in whole else "" for rank, (_, cells) in enumerate(block.lines)]
    titles = ["montant_ht" if rank == at else title for rank, title in enumerate(block.titles)]
    lines = [(n, blanked(cells, {at}) if rank in whole else cells) for rank, (n, cells) in enumerate(block.lines)]
    return replace(block, titles=titles, lines=lines).with_column("montant_ttc", taxed)


def _both(block: Block, at: int) -> bool:
    """Tell whether every cell of a column says its kind of money, and both kinds are there."""
    if not layer(as_text(next(iter(block.column(at)), ""))):
        return False  # most columns say nothing of it
    lines = [cells for _, cells in block.lines if as_text(cell_at(cells, at)) and not is_total(cells, -1)]
    return {layer(as_text(cells[at])) for cells in lines} == {"avec la TVA", "sans la TVA"}
