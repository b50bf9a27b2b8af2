"""Days without takings, « fermé » where an amount could stand: told, and no line is made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, cell_at, read_euros, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import rank_of_titles, width
from kpa_model.files.book.reading.columns.titles import tells_time
from kpa_model.files.book.reading.rates.titled import rate_in, taken
from kpa_model.files.book.reading.sales.taxes import cents_of
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing

_CLOSED = pattern("closed.closed", r"(?!.*\d)(jour )?(WORDS)\b.*")
_SALES = re.compile(r"\b(ventes?|ca|chiffre|encaiss\w*)\b|€")


def but_closed(grid: Grid, findings: Findings) -> Grid:
    """Return takings without « fermé » in the place of an amount, nor the lines that say nothing else; it is told."""
    rank = rank_of_titles(grid.lines)
    titles = [as_text(cell) for cell in grid.lines[rank][1]] if grid.lines else []
    if not titles or not _of_takings(grid, rank, titles):
        return grid
    under = grid.lines[rank + 1 :]
    ranks = [at for at in range(width(under)) if _of_amounts([cell_at(cells, at) for _, cells in under])]
    told, lines = dict[str, list[str]](), list(grid.lines[: rank + 1])
    for number, cells in under:
        shut = [at for at in range(len(cells)) if _says_closed(cells[at])]
        sold = [at for at in ranks if as_text(cell_at(cells, at)) and at not in shut]
        if shut and (not sold or {*shut} <= {*ranks}):
            told.setdefault(as_text(cells[shut[0]]), []).append(str(int(number)))
        if sold or not shut or not ranks:
            lines.append((number, ["" if at in shut and at in ranks else cell for at, cell in enumerate(cells)]))
    for word, rows in told.items() if ranks else ():
        where = f"ligne{'s' if len(rows) > 1 else ''} {listing(rows, most=8)}"
        findings.note(grid.place(), f"« {word} » ({where}) : pas de recette.")
    return replace(grid, lines=tuple(lines))


def _of_takings(grid: Grid, rank: int, titles: Sequence[str]) -> bool:
    """Tell whether a table is one of what a till takes: hours of people may be closed another way."""
    timed = any(may_say(title, "duree", dictionaries()["heures"]) or tells_time(title) for title in titles)
    sold = any(rate_in(title) or _SALES.search(same(title)) for title in titles)
    return not timed and (sold or taken(grid, rank))


def _says_closed(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(_CLOSED.fullmatch(same(cell)))


def _of_amounts(cells: Sequence[Cell]) -> bool:
    """Tell whether a column holds amounts, but for days without any."""
    said = [cell for cell in cells if as_text(cell) and not _says_closed(cell)]
    return bool(said) and all(cents_of(read_euros, cell) is not None for cell in said)
