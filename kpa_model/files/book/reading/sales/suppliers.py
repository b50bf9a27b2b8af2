"""Lists of what was bought: their name, a title or their numbers say it. They are no sales, whatever else they say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kpa_model.files.book.cells import as_text, same
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.blocks import rank_of_titles
from kpa_model.files.book.reading.fields import Assigned

_SUPPLIER = re.compile(
    r"\b(fournisseure?s?|suppliers?|vendors?|factures? (d.?achats?|recues?|entrantes?)|bills? received)\b"
)
_CUSTOMER = re.compile(r"\b(client[es]*|customers?|ventes?|sales)\b")
_BILL = re.compile(
    r"R?BILL/.+|S[IA]\d\d(0[1-9]|1[0-2])-\d{4,}"
    r"|(?i:(facture|avoir) (fournisseur|d'achat)|(vendor|supplier) (bill|invoice)|in_invoice)"
)
"""The numbers that Odoo and Dolibarr give to the invoices of suppliers, and the words that say what a line is."""
_READ = 15
"""So many lines tell what the numbers are."""
_SAID = {name: name for name in ("date", "montant_ht", "montant_ttc", "montant_tva", "taux_tva")} | {
    "libelle": "client"
}
"""What says each fact of a purchase, under the titles of an invoice: who sold it stands where the customer does."""


def of_suppliers(grid: Grid, beside: bool = False) -> bool:
    """Tell whether a list is one of what suppliers sold: a title, what is above, its sheet or its file names them.

    A title that names customers denies it, unless suppliers may stand `beside` them. Without names, numbers may say it.
    """
    head = rank_of_titles(grid.lines)
    lines = [[as_text(cell) for cell in cells] for _, cells in grid.lines[: head + _READ]]
    titles = [same(title) for title in lines[head] if "/" not in title] if lines else []  # « Client/Fournisseur »
    if any(map(_CUSTOMER.search, titles)):
        return beside and any(map(_SUPPLIER.search, titles))
    around = (*(" ".join(cells) for cells in lines[:head]), grid.sheet, grid.file)
    for text in (*titles, *(same(re.sub(r"[_\W]+", " ", each)) for each in around)):
        if _SUPPLIER.search(text) or _CUSTOMER.search(text):
            return not _CUSTOMER.search(text)
    under = lines[head + 1 :]
    return 2 * sum(any(map(_BILL.fullmatch, cells)) for cells in under) > len(under)


def as_bought(found: Assigned, sold: Mapping[str, int]) -> Assigned:
    """Return the columns of a list of purchases, those that it lacks found under the titles of invoices."""
    more = {name: sold[said] for name, said in _SAID.items() if name not in found.ranks and said in sold}
    free = {name: at for name, at in more.items() if at not in found.ranks.values()}
    return replace(found, ranks={**found.ranks, **free}, score=found.score + 2 * len(free))
