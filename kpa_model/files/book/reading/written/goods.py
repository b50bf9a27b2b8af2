"""What was bought and who sold it, in two columns of a list of purchases: both name the purchase, « vis (Brico) »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, cell_at, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line, laid_again
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import rank_of_titles, width
from kpa_model.files.book.reading.context import named_as
from kpa_model.files.book.reading.sales.suppliers import of_suppliers
from kpa_model.files.book.reading.spread.people import is_total

_SELLER = re.compile(r"\b(fournisseu|supplier|vendor|magasin|marchand|merchant|commercant|product|emetteu)")


def with_goods(grid: Grid, findings: Findings) -> Grid:
    """Return a list of purchases whose sellers stand after what they sold, in one column; any other grid as it is."""
    bought = "achats" in (grid.answers.get("table"), named_as(grid, dictionaries())) or of_suppliers(grid)
    if not (findings.asking and bought) or grid.masked or grid.comments:
        return grid
    head = rank_of_titles(grid.lines)
    titles = [as_text(cell) for cell in grid.lines[head][1]] if grid.lines else []
    named = [at for at, title in enumerate(titles) if title and may_say(title, "libelle", dictionaries()["achats"])]
    sellers = [at for at in named if _SELLER.search(same(titles[at]))]
    if len(named) != 2 or len(sellers) != 1:
        return grid
    (seller,), (what,) = sellers, [at for at in named if at not in sellers]
    kept = [at for at in range(width(grid.lines)) if at != what]
    heads = [*titles, *[""] * (width(grid.lines) - len(titles))]
    read: list[Line] = []
    for rank, (number, cells) in enumerate(grid.lines):
        row = _named(cells, what, seller) if rank > head else cells
        read.append((laid_again(number, kept, heads), [cell_at(row, at) for at in kept]))
    return replace(grid, lines=tuple(read))


def _named(cells: Sequence[Cell], what: int, seller: int) -> Sequence[Cell]:
    """Return a line whose seller stands after what was sold; a total says so."""
    sold, by = as_text(cell_at(cells, what)), as_text(cell_at(cells, seller))
    if not sold:
        return cells
    row = [*cells, *[""] * (seller + 1 - len(cells))]
    both = f"{sold} ({by})" if by and same(by) not in same(sold) else sold
    row[seller] = by or sold if is_total(cells, -1) else both
    return row
