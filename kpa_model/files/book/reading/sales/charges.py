"""What is added to the price of a line, « Port HT », in a column beside it: proved to be held or not, or asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, cell_at
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.discounts import (
    NO_CHARGE,
    Cents,
    added,
    alike,
    at_rates,
    cents_at,
    column_in,
    written,
)
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import euros

_CHARGED = pattern("charges.charged", flags=re.IGNORECASE)
"""Titles of what is added to the price of a line."""
ADDED, _MORE = "montant_ht.frais", "plus"


def charges(cells: Sequence[Cell]) -> bool:
    """Tell whether a line of titles names what is added to an amount: « Port HT »."""
    texts = [as_text(cell) for cell in cells]
    return any(map(_CHARGED.match, texts)) and any(layer(text) for text in texts if not _CHARGED.match(text))


def with_charges(block: Block, findings: Findings) -> Block:
    """Return a block whose amounts before tax hold what is added to them; asked when nothing proves whether they do."""
    beside = [at for at, title in enumerate(block.titles) if _CHARGED.match(title) and not NO_CHARGE.search(title)]
    charge = next((at for at in beside if any(cents_at(block, at))), -1)
    whole = column_in(block, "montant_ht")
    if charge < 0 or whole < 0 or whole == charge or None in cents_at(block, whole):
        return block
    without = cents_at(block, whole)
    more = added(without, [cents or 0 for cents in cents_at(block, charge)])
    held = _held(block, without, more) or block.grid.answers.get(ADDED, "")
    title, named = block.titles[charge], block.titles[whole]
    if not held:
        row = next(row for row, cents in enumerate(cents_at(block, charge)) if cents)
        number, cells = block.lines[row]
        question = f"« {title} » ({as_text(cell_at(cells, charge))}) : en plus de « {named} », ou compris dedans ?"
        options = ((_MORE, "en plus : il s'ajoute"), ("compris", "compris dedans"))
        todo = "Donnez un seul montant hors taxes."
        findings.doubt(block.grid.place(number, charge, title), Doubt(ADDED, question, options, todo))
        return block
    more_of_it = held == _MORE
    total = euros(sum(cents or 0 for cents in cents_at(block, charge)))
    what = f"s'ajoute à « {named} » : {total} en tout" if more_of_it else f"({total}) est compris dans « {named} »"
    findings.heed(block.grid.place(block.head), f"« {title} » {what}.")
    lines = [
        (number, [written(cents or 0) if more_of_it and at == whole else cell for at, cell in enumerate(cells)])
        for (number, cells), cents in zip(block.lines, more, strict=True)
    ]
    return replace(block, lines=lines, titles=["" if at == charge else text for at, text in enumerate(block.titles)])


def _held(block: Block, without: Cents, more: Cents) -> str:
    """Return whether what is added makes the whole with the VAT, or the VAT at rates in force; nothing in doubt."""
    taxed, ways = column_in(block, "montant_ttc"), {"compris": without, _MORE: more}
    for vat in (column_in(block, "montant_tva"), column_in(block, "taux_tva")):  # « TVA » may be either
        taxes = cents_at(block, vat) if vat >= 0 else []
        if not any(taxes) or any("%" in as_text(cell) for cell in block.column(vat)):
            continue
        if taxed >= 0:
            proved = [way for way, cents in ways.items() if alike(added(cents, taxes), cents_at(block, taxed))]
        else:
            proved = [way for way, cents in ways.items() if at_rates(cents, taxes)]
        if len(proved) == 1:
            return proved[0]
    return ""
