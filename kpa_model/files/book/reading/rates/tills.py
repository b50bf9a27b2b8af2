"""What came in a till each day, as its means of payment make it: « Recette du jour » = « Espèces » + « CB »."""

from __future__ import annotations

from dataclasses import replace

from kpa_model.files.book.cells import cell_at
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.matching import column_of, layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.spread.people import MEANS, says_total
from kpa_model.words import listing

_AMOUNT = "Montant TTC"


def with_takings(block: Block, findings: Findings) -> Block:
    """Return a table of a till whose total is an amount with its VAT, once its means of payment make it; it is told.

    The float of the till is no part of it: nothing but these means is.
    """
    means = [at for at, title in enumerate(block.titles) if MEANS.fullmatch(title) and block.column(at)]
    lines = [cells for _, cells in block.lines if not says_total(cells)]
    sums = [sum(cents_in(cell_at(cells, at)) for at in means) for cells in lines]
    if len(means) < 2 or sum(map(bool, sums)) < 2:
        return block
    others = (at for at in range(len(block.titles)) if at not in means and block.column(at))
    whole = next((at for at in others if [cents_in(cell_at(cells, at)) for cells in lines] == sums), -1)
    if whole < 0:
        return block
    title, grid = block.titles[whole], block.grid
    told = listing([f"« {block.titles[at]} »" for at in means])
    findings.note(
        grid.place(block.head, whole, title), f"« {title} » est la somme de {told}. Chaque euro compte une fois."
    )
    read = replace(block, read=(*block.read, *(block.titles[at] for at in means)))
    if layer(title) or any(column_of(title, dictionaries()[table]) for table in ("encaissements", "factures")):
        return read
    findings.titles[grid.file, grid.sheet] = {**findings.titles.get((grid.file, grid.sheet), {}), _AMOUNT: title}
    return replace(read, titles=[_AMOUNT if at == whole else text for at, text in enumerate(block.titles)])
