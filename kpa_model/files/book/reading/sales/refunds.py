"""What a program of payment gave back of each sum, in a column beside it: « Amount Refunded »; it is taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, cell_at, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.discounts import column_in, lowered
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.words import count, euros

_REFUNDED = re.compile(r"(amount |total )?(refunded|refunds?)( amount)?|(montant |total )?(rembourse|remboursements?)")
_TOLD = re.compile(r"(transaction|payment|charge|id|status|statut|etat|commande|payeur|client)\b")
_BOUGHT = re.compile(r"(fournisseur|magasin|avance|achat|depense|note de frais|beneficiaire)")


def given_back(cells: Sequence[Cell]) -> bool:
    """Tell whether a line of titles names what was given back of each sum."""
    return any(_REFUNDED.fullmatch(same(as_text(cell))) for cell in cells)


def after_refunds(block: Block, findings: Findings) -> Block:
    """Return sums less what was given back of them; those given back whole are left out. Both are told.

    An expense that is paid back to a member is no refund: titles of sales, or of a program of payment, stand beside.
    """
    said = [same(title) for title in block.titles]
    off = next((at for at, title in enumerate(said) if _REFUNDED.fullmatch(title)), -1)
    sums = (
        column_in(block, name, table) for name, table in (("montant_ttc", "encaissements"), ("montant_ht", "factures"))
    )
    whole = next((at for at in sums if at >= 0 and at != off), -1)
    if off < 0 or whole < 0 or not any(map(_TOLD.match, said)) or any(map(_BOUGHT.match, said)):
        return block
    back = [abs(cents_in(cell_at(cells, off))) for _, cells in block.lines]
    came = [cents_in(cell_at(cells, whole)) for _, cells in block.lines]
    if not any(back) or any(cents > max(sum_, 0) for cents, sum_ in zip(back, came, strict=True)):
        return block
    gone = [row for row, cents in enumerate(back) if cents and cents == came[row]]
    if gone:
        one, several = "somme entièrement remboursée ne compte pas", "sommes entièrement remboursées ne comptent pas"
        text = f"{count(len(gone), one, several)} : {euros(sum(back[row] for row in gone))}."
        findings.heed(block.grid.place(block.head, off, block.titles[off]), text)
    kept = replace(block, lines=[line for row, line in enumerate(block.lines) if row not in gone])
    left = [sum_ - cents for row, (sum_, cents) in enumerate(zip(came, back, strict=True)) if row not in gone]
    return lowered(kept, off, whole, left, findings)
