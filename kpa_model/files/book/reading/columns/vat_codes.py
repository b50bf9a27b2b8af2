"""« Code TVA »: numbers or letters that stand for rates; a legend says which, on another sheet or around the table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, read_rate
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import rank_of_titles
from kpa_model.files.book.reading.sales.taxes import RATES, cents_of
from kpa_model.words import listing, percent

_CODED = re.compile(r"codes?[ _-]*(de )?(la )?(tva|taxe|vat|tax)|(tva|taxe|vat|tax)[ _-]*codes?", re.IGNORECASE)
_CODE = re.compile(r"codes?\b.*|n°|num[ée]ro", re.IGNORECASE)
_SAID = re.compile(r"\b(\w{1,4}) ?(?:=|:|->|→) ?(\d{1,2}(?:[.,]\d+)? ?%|(?:exo|non|sans|auto)[\w ]*)", re.IGNORECASE)
_MOST = 12
"""A legend is short."""
_TAXED = ("taux_tva", "montant_tva", "montant_ttc")


def with_rates_of_codes(grids: Sequence[Grid], findings: Findings) -> list[Grid]:
    """Return the grids of a file with rates for codes of VAT, as its legend says; without one, codes are refused."""
    coded = {at: column for at, grid in enumerate(grids) if (column := _coded(grid)) >= 0}
    legends = {at: told for at, grid in enumerate(grids) if coded and at not in coded and (told := _legend(grid))}
    said = {code: rate for told in legends.values() for code, rate in told.items()}
    for at in legends:
        findings.note(grids[at].place(), "cette feuille dit ce que valent les codes de TVA.")
    return [
        _rated(grid, coded[at], {**said, **_around(grid)}, findings) if at in coded else grid
        for at, grid in enumerate(grids)
        if at not in legends
    ]


def _coded(grid: Grid) -> int:
    """Return the column of codes of VAT, when nothing else says the VAT of amounts before tax; else −1."""
    titles = [as_text(cell) for cell in grid.lines[rank_of_titles(grid.lines)][1]] if grid.lines else []
    sales = dictionaries()["factures"]
    at = next((at for at, title in enumerate(titles) if _CODED.fullmatch(title)), -1)
    sold = any(may_say(title, "montant_ht", sales) for title in titles)
    told = any(may_say(title, name, sales) for rank, title in enumerate(titles) if rank != at for name in _TAXED)
    return at if sold and not told else -1


def _codes(grid: Grid, at: int) -> set[str]:
    lines = grid.lines[rank_of_titles(grid.lines) + 1 :]
    return {as_text(cell_at(cells, at)) for _, cells in lines} - {""}


def _legend(grid: Grid) -> dict[str, Cell]:
    """Return the rate of each code, where a sheet holds nothing else: « Code ; Taux »."""
    rows = [[cell for cell in cells if as_text(cell)] for _, cells in grid.lines] or [[""]]
    named = _CODE.match(as_text(rows[0][0]))
    pairs = {as_text(row[0]): row[-1] for row in rows[1:] if len(row) > 1 and _rate(row[-1]) is not None}
    return pairs if named and len(pairs) == len(rows) - 1 <= _MOST else {}


def _rate(cell: Cell) -> int | None:
    return cents_of(read_rate, cell)


def _around(grid: Grid) -> dict[str, Cell]:
    """Return the rate of each code that sentences above or below a table say: « 1 = 20 %, 2 = 5,5 % »."""
    above = (as_text(cell) for _, cells in grid.lines[: rank_of_titles(grid.lines)] for cell in cells)
    return {code: rate for text in (*above, *grid.below) for code, rate in _SAID.findall(text)}


def _rated(grid: Grid, at: int, said: Mapping[str, Cell], findings: Findings) -> Grid:
    rank = rank_of_titles(grid.lines)
    number, heads = grid.lines[rank]
    place, codes = grid.place(number, at, as_text(heads[at])), sorted(_codes(grid, at))
    rates = {bare(code): rate for code, rate in said.items()}
    if not rates and all(_rate(code) in RATES for code in codes):
        rates = {bare(code): code for code in codes}  # « 20 », « 5,5 »: codes that are rates
    if lacking := [f"« {code} »" for code in codes if bare(code) not in rates]:
        what = f"rien ne dit le taux de TVA de {'ce code' if len(lacking) == 1 else 'ces codes'} : {listing(lacking)}."
        todo = "Remplacez les codes par leurs taux, par exemple 20 %. Ou ajoutez une feuille : « Code », « Taux »."
        findings.problem(place, what, todo)
        return grid
    pairs = [f"« {code} » est lu {percent(_rate(rates[bare(code)]) or 0)}" for code in codes]
    findings.heed(place, f"{listing(pairs, most=_MOST)}.")
    below = [(line, _with(cells, at, rates.get(bare(as_text(cell_at(cells, at))), ""))) for line, cells in grid.lines]
    lines = (*grid.lines[:rank], (number, _with(heads, at, "Taux TVA")), *below[rank + 1 :])
    return replace(grid, lines=lines)


def _with(cells: Sequence[Cell], at: int, value: Cell) -> list[Cell]:
    """Return the cells of a line with another value in one column."""
    return [value if rank == at else cell for rank, cell in enumerate(cells)]
