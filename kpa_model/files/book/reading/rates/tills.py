"""One amount in several columns: « Recette du jour » = « Espèces » + « CB », what is sold = « CA Ana » + « CA Bob »."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from kpa_model.files.book.cells import as_text, cell_at, read_euros, same
from kpa_model.files.book.dictionaries import Dictionary, dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import blanked
from kpa_model.files.book.matching import column_of, layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.fields import assigned
from kpa_model.files.book.reading.sales.discounts import written
from kpa_model.files.book.reading.sales.taxes import cents_in, cents_of
from kpa_model.files.book.reading.spread.people import MEANS, called, says_total
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


_SOLD = re.compile(
    r"(ca|ventes?|factur\w*|recettes?|montants?|chiffre d.affaires)( h\.?t\.?| ttc)? (de |d['’] ?)?(?P<who>.+)"
)


def sold_by_each(
    block: Block, people: Collection[int], sales: Dictionary, context: Context, findings: Findings
) -> tuple[Block, set[int]]:
    """Return a table, and where it says what is sold: in a column more when people have each theirs, « CA Ana »; told.

    `people`: the columns of their hours. A column that says the whole counts instead of them.
    """
    names = [same(name) for at, name in enumerate(called(block.titles)) if at in people]
    told = {at: _SOLD.fullmatch(same(title)) for at, title in enumerate(block.titles) if at not in people}
    parts = [at for at, found in told.items() if found and found["who"] in names]
    alone = replace(block, titles=blanked(block.titles, parts))
    ranks = assigned(alone, sales, context).ranks
    whole = [ranks[name] for name in ("montant_ht", "montant_ttc") if name in ranks]
    cells = [cell for at in parts for cell in block.column(at)]
    layers = {layer(block.titles[at]) for at in parts}
    if not any(map(cents_in, cells)) or any(cents_of(read_euros, each) is None for each in cells) or len(layers) > 1:
        return block, {*whole}
    which, place = listing([f"« {block.titles[at]} »" for at in parts]), block.grid.place(block.head)
    if whole:
        findings.heed(place, f"{which} : c'est « {block.titles[whole[0]]} » qui dit ce qui est vendu.")
        return alone, {*whole}
    title = {"avec la TVA": "Montant TTC", "sans la TVA": "Montant HT"}.get(layers.pop(), "Montant")
    findings.heed(place, f"{which} : leur somme est ce qui est vendu sur chaque ligne.")
    lines, sums = [], list[int]()
    for number, row in block.lines:
        each = [cell_at(row, at) for at in parts]
        sums.append(sum(map(cents_in, each)))
        made = written(sums[-1]) if any(map(as_text, each)) else ""
        lines.append((number, [*row, *[""] * (len(block.titles) - len(row)), made]))
    again = {at for at, said in enumerate(alone.titles) if said and _cents(block, at) == sums}  # « Total »
    titles = [*("" if at in again else said for at, said in enumerate(alone.titles)), title]
    return replace(block, titles=titles, heads=[*block.heads, title], lines=lines), {len(titles) - 1}


def _cents(block: Block, at: int) -> list[int]:
    return [cents_in(cell_at(cells, at)) for _, cells in block.lines]
