"""Amounts beside hours that are no sales: another list gives the invoices, or a column says they are not billed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpa_model.files.book.cells import as_text, bare, cell_at, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.words import listing

_HOURLY = re.compile(r"\b(taux|tarif|rate)\b|\bprix\b.*(/ ?h|heure)|horaire", re.IGNORECASE)
SOLD_APART = "argent.factures"


def billed_apart(block: Block, priced: int, context: Context, findings: Findings) -> bool:
    """Tell whether what hours are worth, beside their rate, is no sale: another list gives the invoices; it is asked.

    While it is not answered, only the hours are read.
    """
    if not context.sold or not any(_HOURLY.search(title) for at, title in enumerate(block.titles) if at != priced):
        return False
    answer, title = block.grid.answers.get(SOLD_APART, ""), block.titles[priced]
    if not answer:
        question = f"« {title} », à côté des heures : ces montants sont-ils déjà dans vos factures ?"
        options = (("oui", "oui, ou ce ne sont pas des ventes"), ("non", "non : ce sont d'autres ventes"))
        doubt = Doubt(SOLD_APART, question, options, "Enlevez cette colonne, ou l'autre liste de factures.")
        findings.doubt(block.grid.place(block.head, priced, title), doubt)
    return answer != "non"


_BILLED = {"facture", "facturee", "factureounon", "factureouinon", "facturation", "facturefaite"}


def but_unbilled(block: Block, lines: Sequence[Line], amount: int, findings: Findings) -> list[Line]:
    """Return the lines that are sales: one that says « Facturé ? non » is not one yet, and is told."""
    at = next((at for at, title in enumerate(block.titles) if bare(title) in _BILLED and block.column(at)), -1)
    said = [same(as_text(cell_at(cells, at))) for _, cells in lines]
    if at < 0 or not {*said} <= {"oui", "non", "o", "n", "x", ""} or not {"non", "n"} & {*said}:
        return list(lines)
    left = [line for line, word in zip(lines, said, strict=True) if word in ("non", "n")]
    told = listing(
        [f"ligne {int(number)} : {as_text(cell_at(cells, amount)) or 'sans montant'}" for number, cells in left[:6]]
    )
    text = f"« {block.titles[at]} » dit non. Ce ne sont pas encore des ventes ({told})."
    findings.heed(block.grid.place(block.head, at, block.titles[at]), text)
    return [line for line in lines if line not in left]
