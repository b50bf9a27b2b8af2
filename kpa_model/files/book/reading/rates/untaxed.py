"""Lines of an invoice without VAT beside others that have some: paid for the customer perhaps. They are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.written.doubted import outlay
from kpa_model.words import euros, listing

if TYPE_CHECKING:
    from kpa_model.files.book.tables import Row


_FEW, _PART = 2, 0.2
"""More lines, or a greater part of the invoices, are the habit of a group that sells with VAT and without."""


def say_untaxed(table: str, rows: Sequence[Row], findings: Findings) -> None:
    """Tell the lines of an invoice that have no VAT where its others do, but those that are asked about."""
    bills = defaultdict[str, list["Row"]](list)
    for row in rows if table == "factures" and findings.asking else ():
        bills[same(row.get("facture", ""))].append(row)
    told = [
        row
        for number, group in bills.items()
        if number and any(each.get("taux_tva") for each in group)
        for row in group
        if row.get("taux_tva") == 0 and row.get("montant_ht") and not outlay(row.get("libelle", ""))
    ]
    if 0 < len(told) <= max(_FEW, _PART * len(bills)):
        named = [f"« {row.get('libelle') or row.get('facture')} » ({euros(row.get('montant_ht'))})" for row in told]
        what = f"{listing(named, most=4)} : sans TVA, sur une facture qui en a. Cela compte comme une vente."
        findings.heed(told[0].place(), f"{what} Si c'est avancé pour le client, ce n'en est pas une.")
