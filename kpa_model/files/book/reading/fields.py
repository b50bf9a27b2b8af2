"""Columns → fields of a table, by title and content together, all at once; what neither proves is not assigned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kpa_model.files.book.cells import Cell, as_text, bare, read_euros, unguarded
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.reading.assignment import scored_pairs
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.titles import may_be_asked
from kpa_model.files.book.reading.context import SPENT, Context
from kpa_model.files.book.reading.sales import taxes
from kpa_model.files.book.reading.scores import TITLED, readable, score
from kpa_model.files.book.reading.spread.people import MEANS
from kpa_model.files.book.vocabulary import word_set

ACCEPTED = 0.8
"""Under this score, a column is not assigned by itself."""


@dataclass(frozen=True)
class Assigned:
    """Which column of a block leads to which field of a table, and how sure that is."""

    dictionary: Dictionary
    ranks: Mapping[str, int]
    score: float

    def text(self, cells: Sequence[Cell], name: str) -> str:
        """Return what a line says of a field; an empty text when no column leads to it."""
        at = self.ranks.get(name, -1)
        return as_text(cells[at]) if 0 <= at < len(cells) else ""


def assigned(
    block: Block, dictionary: Dictionary, context: Context, fixed: Mapping[str, int] | None = None
) -> Assigned:
    """Return the best way to lead the columns of a block to the fields of a table.

    Args:
        block: the table as written.
        dictionary: what the book expects.
        context: names already known.
        fixed: what the group, or a recipe, said of some fields; −1 for a field that no column gives.
    """
    key = dictionary.table, id(context), *sorted((fixed or {}).items())
    if key not in block.led:  # it is asked several times of the same table
        block.led[key] = context, _assigned(block, dictionary, context, fixed or {})
    return block.led[key][1]


def _assigned(block: Block, dictionary: Dictionary, context: Context, fixed: Mapping[str, int]) -> Assigned:
    fixed = {**({"date": block.weeks} if block.weeks >= 0 else {}), **fixed}
    known = (*dictionary.columns, *dictionary.aids)
    fixed = {name: at for name, at in fixed.items() if name in {each.name for each in known}}
    fields = [each for each in known if each.name not in fixed]
    ranks = [at for at in range(len(block.titles)) if at not in fixed.values()]
    if dictionary.table == "factures":  # what was spent is not what is asked
        ranks = [at for at in ranks if not SPENT.match(block.titles[at])]
    scores = np.array([[score(each, block, at, context, dictionary.table) for at in ranks] for each in fields])
    for row, each in enumerate(fields):  # what two columns prove, neither does
        proved = (scores[row] > 0) & (scores[row] < TITLED) if scores.size else scores
        if each.required and proved.sum() > 1:
            scores[row, proved] = 0
    found = {name: at for name, at in fixed.items() if at >= 0}
    total = 3.0 * len(found)
    if scores.size:
        for row, at in scored_pairs(scores):
            if scores[row, at] >= ACCEPTED:
                found[fields[row].name] = ranks[at]
                total += scores[row, at]
    if "montant_ht" not in found and "montant_ht" in {each.name for each in fields}:
        proved = taxes.parts_of(block.lines, _euros(block), found)
        total += TITLED * len(proved.keys() - found.keys())
        if "montant_tva" in proved and found.get("taux_tva") == proved["montant_tva"]:
            del found["taux_tva"]
        found |= proved
        free = [at for at in _euros(block) if at not in found.values() and may_be_asked(block.titles[at])]
        if dictionary.table == "factures" and (told := taxes.beside_vat(block.lines, free, found)):
            found = {name: at for name, at in found.items() if name != "taux_tva"} | told
            total += TITLED
    if dictionary.table == "factures" and "montant_ht" in found and not found.keys() & _TAXED:
        free = [at for at in _euros(block) if at not in found.values() and bare(block.titles[at]) in _WHOLE]
        whole = [at for at in free if taxes.with_tax(block.column(found["montant_ht"]), block.column(at))]
        found |= {"montant_ttc": whole[0]} if len(whole) == 1 else {}
    return Assigned(dictionary, found, total)


_TAXED = {"montant_ttc", "montant_tva", "taux_tva"}
_WHOLE = word_set("fields.whole")
"""Titles of an amount that may hold the VAT, beside the one before tax."""


def _euros(block: Block) -> list[int]:
    """Return the columns whose cells are all amounts; cash and cards are parts of what came, never a VAT."""
    columns = {at: block.column(at) for at, title in enumerate(block.titles) if not MEANS.fullmatch(title)}
    return [at for at, cells in columns.items() if cells and all(readable(read_euros, unguarded(c)) for c in cells)]
