"""Invoices with a column for each rate of VAT, « HT 5,5 % », « HT 20 % » → one line for each rate of an invoice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, cell_at, read_euros, read_number, read_rate, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line, laid_again
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.sales.taxes import RATES, cents_of
from kpa_model.money import part_of
from kpa_model.words import euros, listing, percent

_OF_RATE = re.compile(
    r"(?!tva|dont)([a-z. ]*\b(?:ht|ttc|base|ca|ventes?)\b[a-z. ]*?)(\d{1,2}(?:[.,]\d+)?) ?%( ht| ttc)?"
)
_VAT_OF_RATE = re.compile(r"(montant |dont )?(de )?tva (a )?\d{1,2}([.,]\d+)? ?%")
_AMOUNTS = ("montant_ht", "montant_tva", "montant_ttc", "taux_tva")
_FIRST = 12


def by_rate(grid: Grid, findings: Findings) -> Grid:
    """Return a grid with one line for each rate of an invoice; the same grid when its titles tell no two rates."""
    grid = _in_percent(grid)
    found = (rank for rank, (_, cells) in enumerate(grid.lines[:_FIRST]) if len(_rates(cells)[1]) > 1)
    if (rank := next(found, None)) is None:
        return grid
    number, heads = grid.lines[rank]
    amount, rates = _rates(heads)
    titles, sales = [as_text(cell) for cell in heads], dictionaries()["factures"]
    leads = [column_of(title, sales) for title in titles]
    sums = {each.name: at for at, each in enumerate(leads) if each is not None and each.name in _AMOUNTS}
    vats = {at for at, title in enumerate(titles) if _VAT_OF_RATE.fullmatch(same(title))}
    kept = [at for at in range(len(titles)) if at not in rates and at not in sums.values() and at not in vats]
    lines: list[Line] = [
        (laid_again(number, [*kept, -1, -1], titles), [*(heads[at] for at in kept), amount, "Taux de TVA"])
    ]
    for number, cells in grid.lines[rank + 1 :]:
        parts = {at: cell for at in rates if (cell := cell_at(cells, at)) and cents_of(read_euros, cell) != 0}
        if amount == "Montant HT":
            _check(grid, (number, cells), {rates[at]: cell for at, cell in parts.items()}, sums, findings)
        own = [cell_at(cells, at) for at in kept]
        for at, cell in parts.items() or [(-1, "")]:
            said: list[Cell] = [cell, f"{rates[at]} %" if at >= 0 else ""]
            lines.append((laid_again(number, [*kept, at, at], titles), [*own, *said]))
    told = listing([f"« {titles[at]} »" for at in rates])
    findings.note(grid.place(number), f"{told} : une ligne pour chaque taux de TVA.")
    return replace(grid, lines=(*grid.lines[:rank], *lines))


def _in_percent(grid: Grid) -> Grid:
    """Return a grid whose rates are « 20 % » where they lost their format, « 0,2 », when the amounts prove it."""
    sales, told = dictionaries()["factures"], dict[int, dict[int, str]]()
    for number, heads in grid.lines[:_FIRST]:
        leads = [column_of(as_text(each), sales) for each in heads]
        at = {each.name: at for at, each in enumerate(leads) if each is not None and each.name in _AMOUNTS}
        if {"montant_ht", "montant_ttc", "taux_tva"} <= at.keys():
            ranks = at["montant_ht"], at["taux_tva"], at["montant_ttc"]
            under = [line for line in grid.lines if line[0] > number and as_text(cell_at(line[1], ranks[1]))]
            rates = {line: _rate([cell_at(cells, rank) for rank in ranks]) for line, cells in under}
            if any(rates.values()) and all(rates.values()):
                told = {line: {ranks[1]: rate} for line, rate in rates.items()}
    lines = [
        (number, [told.get(number, {}).get(at, cell) for at, cell in enumerate(cells)]) for number, cells in grid.lines
    ]
    return replace(grid, lines=tuple(lines)) if told else grid


def _rate(parts: Sequence[Cell]) -> str:
    """Return the rate of an amount, a fraction and an amount with tax that fit; an empty text when they do not."""
    before, whole = (cents_of(read_euros, parts[at]) for at in (0, 2))
    fraction = read_or_none(read_number, parts[1])
    ppm = -1 if fraction is None else int(fraction * 1_000_000)
    if before is None or whole is None or ppm not in RATES or abs(before + int(part_of(before, ppm)) - whole) > 1:
        return ""
    return percent(ppm)


def _rates(titles: Sequence[Cell]) -> tuple[str, dict[int, str]]:
    """Return what the amounts of titles are, and the rate that each tells, by its rank; those before tax come first."""
    told = {at: _OF_RATE.fullmatch(same(as_text(title))) for at, title in enumerate(titles)}
    found = {at: match for at, match in told.items() if match}
    taxed = {at for at, match in found.items() if re.search(r"\bttc\b", match[0])}
    before = {at for at, match in found.items() if at not in taxed and re.search(r"\b(ht|base)\b", match[0])}
    kept = before if len(before) > 1 else taxed if len(taxed) > 1 else found.keys()
    amount = "Montant HT" if kept == before else "Montant TTC" if kept == taxed else "Montant"
    return amount, {at: found[at][2] for at in sorted(kept)}


def _check(grid: Grid, line: Line, parts: Mapping[str, Cell], sums: Mapping[str, int], findings: Findings) -> None:
    """Tell an invoice whose amounts by rate do not make the totals written beside."""
    number, cells = line
    amounts = {rate: cents_of(read_euros, cell) for rate, cell in parts.items()}
    if not amounts or any(each is None for each in amounts.values()):
        return
    before = sum(each or 0 for each in amounts.values())
    vat = sum(int(part_of(each or 0, read_rate(f"{rate} %"))) for rate, each in amounts.items())
    for name, made in (("montant_ht", before), ("montant_tva", vat), ("montant_ttc", before + vat)):
        said = cents_of(read_euros, cell_at(cells, sums.get(name, -1)))
        if said is not None and abs(said - made) > len(amounts):
            text = f"les montants de chaque taux font {euros(made)}, et ce total dit {euros(said)}. Les taux comptent."
            findings.heed(grid.place(number, sums[name], as_text(cells[sums[name]])), text)
