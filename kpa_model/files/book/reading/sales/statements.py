"""A bank statement whose text stands under « Référence »: it is a label, in which a number of invoice may stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.grids import Grid, header_rank
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.sales.taxes import cents_in

_OTHERS = re.compile(
    r"(nomdela?)?(contrepartie|contreparty|counterparty|tiers|beneficiaire|emetteur|payee|payer)(nom|name)?"
)


def goes_both_ways(cells: Iterable[Cell]) -> bool:
    """Tell whether money comes in and goes out in a column."""
    cents = [cents_in(cell) for cell in cells]
    return any(each > 0 for each in cents) and any(each < 0 for each in cents)


def of_a_bank(grid: Grid, dictionary: Dictionary) -> bool:
    """Tell whether money comes and goes in the amounts of payments."""
    rank = header_rank(grid, frozenset(dictionary.titles))
    titles = grid.lines[rank][1] if rank is not None else ()
    money = [at for at, title in enumerate(titles) if may_say(as_text(title), "montant_ttc", dictionary)]
    under = [cells for _, cells in grid.lines[(rank or 0) + 1 :]]
    return any(goes_both_ways(cells[at] for cells in under if at < len(cells)) for at in money)


def labelled(block: Block, found: Assigned, context: Context) -> tuple[Block, Assigned]:
    """Return a statement whose references are labels, with the name beside them, when some are no known invoice."""
    at, money = found.ranks.get("facture", -1), found.ranks.get("montant_ttc", -1)
    if found.dictionary.table != "encaissements" or at < 0 or money < 0 or not goes_both_ways(block.column(money)):
        return block, found
    if all(same(as_text(cell)) in context.invoices for cell in block.column(at)):
        return block, found
    named = [rank for rank, title in enumerate(block.titles) if _OTHERS.fullmatch(bare(title))]
    parts = [at, *named, *([found.ranks["libelle"]] if "libelle" in found.ranks else [])]
    wide = len(block.titles)
    lines = [
        (number, [*cells[:wide], *[""] * (wide - len(cells)), _joined(cell_at(cells, rank) for rank in parts)])
        for number, cells in block.lines
    ]
    ranks = {**{name: rank for name, rank in found.ranks.items() if name != "facture"}, "libelle": wide}
    titles = ["" if rank in parts else title for rank, title in enumerate(block.titles)]
    whole = replace(block, titles=[*titles, "libelle"], heads=[*block.heads, "libelle"], lines=lines)
    return whole, replace(found, ranks=ranks)


def _joined(cells: Iterable[Cell]) -> Cell:
    return " ".join(text for cell in cells if (text := as_text(cell)))
