"""Purchases told in two columns, « Débit HT » and « Crédit HT »: what was paid, and what a supplier gave back."""

from __future__ import annotations

import re
from dataclasses import replace

from kpa_model.errors import Refused
from kpa_model.files.book.cells import as_text, bare, cell_at, read_euros
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import blanked
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.discounts import written

_SIDES = ("debit", "credit")
_SUPPLIER = re.compile(r"(fournisseur|supplier|vendor|magasin|ach(at|et))", re.IGNORECASE)


def with_one_side(block: Block, findings: Findings) -> Block:
    """Return a list of purchases with one amount, below zero where money came back: « Débit HT ; Crédit HT »; told.

    A debit and a credit that say neither HT nor TTC are those of a bank, or of a ledger.
    """
    ranks = [
        next((at for at, title in enumerate(block.titles) if layer(title) and bare(title)[:-2].startswith(side)), -1)
        for side in _SIDES
    ]
    paid, back = ranks
    bought = any(map(_SUPPLIER.match, block.titles))
    if min(ranks) < 0 or layer(block.titles[paid]) != layer(block.titles[back]) or not bought:
        return block
    lines = []
    for number, cells in block.lines:
        try:
            sums = [read_euros(cell) if as_text(cell := cell_at(cells, at)) else 0 for at in ranks]
        except Refused:
            return block
        row = [*cells, *[""] * (len(block.titles) - len(cells))]
        row[paid], row[back] = written(sums[0] - sums[1]) if any(sums) else "", ""
        lines.append((number, row))
    told = f"« {block.titles[back]} » vient en moins de « {block.titles[paid]} »."
    findings.heed(block.grid.place(block.head, back, block.titles[back]), told)
    letters = "TTC" if layer(block.titles[paid]) == "avec la TVA" else "HT"
    titles = blanked(block.titles, {back})
    titles[paid] = f"Montant {letters}"
    return replace(block, titles=titles, lines=lines)
