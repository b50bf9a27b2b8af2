"""What was paid for a customer and asked back, « Débours »: outside the sales and the VAT, though in the whole."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import permutations

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.discounts import added, alike, at_rates, cents_at, column_in, written
from kpa_model.words import euros

_OUTLAYS = re.compile(r"((total )?d[ée]bours|(frais|sommes?) avanc[ée]e?s)\b", re.IGNORECASE)


def without_outlays(block: Block, findings: Findings) -> Block:
    """Return invoices whose whole holds no outlay, where an amount, its VAT and the outlays make it; it is told."""
    out = next((at for at, title in enumerate(block.titles) if _OUTLAYS.match(title) and any(cents_at(block, at))), -1)
    vat = max(column_in(block, "montant_tva"), column_in(block, "taux_tva"))  # « TVA » may be either
    if min(out, vat) < 0 or out == vat:
        return block
    cents = {at: cents_at(block, at) for at in range(len(block.titles))}
    taxes, spent = ([each or 0 for each in cents[at]] for at in (vat, out))
    full = [at for at, said in cents.items() if at not in (out, vat) and None not in said]
    for at, whole in permutations(full, 2):
        paid = [each or 0 for each in cents[whole]]
        if not alike(added(added(cents[at], taxes), spent), paid) or not at_rates(cents[at], taxes):
            continue
        told = f"« {block.titles[out]} » ({euros(sum(spent))}) : avancé pour le client, hors des ventes et de la TVA."
        findings.heed(block.grid.place(block.head, out, block.titles[out]), told)
        named = {at: "Montant HT", vat: "Montant TVA", whole: "Montant TTC", out: ""}
        lines = [
            (number, [written(sold - less) if rank == whole else cell for rank, cell in enumerate(cells)])
            for (number, cells), sold, less in zip(block.lines, paid, spent, strict=True)
        ]
        return replace(block, titles=[named.get(rank, title) for rank, title in enumerate(block.titles)], lines=lines)
    return block
