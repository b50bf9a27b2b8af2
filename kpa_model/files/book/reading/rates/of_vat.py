"""Amounts of each rate out of its VAT, « Recette TTC ; dont TVA 5,5 % ; dont TVA 20 % »; rates without « % »."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, cell_at, read_rate
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.rates.titled import rates_of_columns, usual
from kpa_model.files.book.reading.sales.discounts import written
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.spread.people import says_total
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.money import WHOLE, part_of, round_ratio
from kpa_model.words import listing

_BARE = re.compile(r"(?P<words>[^\d%]*\b(?:ht|ttc|base|tva)\b[^\d%]*?)(?P<rate>\d{1,2}(?:[.,]\d+)?)", re.IGNORECASE)
_OF_VAT = re.compile(
    r"(?:montant |dont )?(?:de )?(?:la )?tva (?:à |a )?(?P<rate>\d{1,2}(?:[.,]\d+)?) ?%", re.IGNORECASE
)


def with_percents(grid: Grid) -> Grid:
    """Return a grid whose titles say « % » after the rates of several columns: « Ventes HT 5,5 » beside « HT 20 »."""
    for rank, (number, cells) in enumerate(grid.lines[:HEADED]):
        found = {at: told for at, cell in enumerate(cells) if (told := _BARE.fullmatch(as_text(cell)))}
        rates = [told["rate"] for told in found.values() if usual(told["rate"])]
        if len(found) == len({*rates}) > 1:
            head = [f"{as_text(cell)} %" if at in found else cell for at, cell in enumerate(cells)]
            return replace(grid, lines=(*grid.lines[:rank], (number, head), *grid.lines[rank + 1 :]))
    return grid


def out_of_vat(grid: Grid, findings: Findings) -> Grid:
    """Return a grid with the amount of each rate in the place of its VAT, when a whole proves them; it is told."""
    for rank, (number, cells) in enumerate(grid.lines[:HEADED]):
        titles = [as_text(cell) for cell in cells]
        rates = {at: told["rate"] for at, title in enumerate(titles) if (told := _OF_VAT.fullmatch(title))}
        wholes = [at for at, title in enumerate(titles) if at not in rates and layer(title)]
        if len(rates) < 2 or len(wholes) != 1 or rates_of_columns(grid):
            continue
        gone, lines = {*rates, wholes[0]}, list[Line]()
        for line in grid.lines[rank + 1 :]:
            own = {} if says_total(line[1]) else _sold(line[1], rates, wholes[0], layer(titles[wholes[0]]))
            if own is None:
                return grid
            row = enumerate([*line[1], *[""] * (len(titles) - len(line[1]))])
            lines.append((line[0], [own.get(at, "" if at in gone else cell) for at, cell in row]))
        said, whole = listing([f"« {titles[at]} »" for at in rates]), titles[wholes[0]]
        text = f"{said}, avec « {whole} » : le montant sans la TVA de chaque taux s'en déduit."
        findings.heed(grid.place(number, wholes[0], whole), text)
        sold = re.sub(r"\b(ht|ttc)\b", "", whole, flags=re.IGNORECASE).strip() or "Ventes"
        named = {at: f"{sold} HT (TVA {rate} %)" for at, rate in rates.items()}
        head: Line = (number, [named.get(at, "" if at in gone else cell) for at, cell in enumerate(cells)])
        return replace(grid, lines=(*grid.lines[:rank], head, *lines))
    return grid


def _sold(cells: Sequence[Cell], rates: Mapping[int, str], whole: int, way: str) -> dict[int, Cell] | None:
    """Return the amount of each rate, whose VAT is that of its column, and that make the whole; None when none do."""
    ppm = {at: int(read_rate(f"{rate} %")) for at, rate in rates.items()}
    taxes = {at: cents for at in rates if (cents := cents_in(cell_at(cells, at)))}
    before = cents_in(cell_at(cells, whole)) - (sum(taxes.values()) if way == "avec la TVA" else 0)
    sold = {at: int(round_ratio(vat * WHOLE, ppm[at])) for at, vat in taxes.items()}
    if not sold:
        return None if before else {}
    lowest = min(sold, key=lambda at: ppm[at])  # the amount that its VAT tells least
    sold[lowest] += before - sum(sold.values())
    fits = all(abs(int(part_of(sold[at], ppm[at])) - vat) <= 1 for at, vat in taxes.items())
    return {at: written(cents) for at, cents in sold.items()} if fits else None
