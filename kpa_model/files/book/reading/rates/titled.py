"""Which columns of a table hold the amounts of one rate of VAT: « HT 5,5 % », « Pains (TVA 10 %) », « Vins ; 20 % »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kpa_model.files.book.cells import Cell, as_text, cell_at, read_euros, read_rate, same
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.sales.taxes import RATES, before_tax_of, cents_in, cents_of
from kpa_model.files.book.reading.spread.people import MEANS, says_total
from kpa_model.files.book.reading.spread.sums import nothing
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.files.book.vocabulary import pattern
from kpa_model.money import part_of
from kpa_model.words import percent

_OF_RATE = re.compile(
    r"(?!tva|dont)([a-z. ]*\b(?:ht|ttc|base|ca|ventes?)\b[a-z. ]*?)(\d{1,2}(?:[.,]\d+)?) ?%( ht| ttc)?"
)
_VAT = re.compile(r"(montant |total |dont )?(de )?(la )?tva\b.*")
"""« TVA 5,5 % » is the VAT itself, or what is sold at this rate: only totals tell."""
_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d+)?) ?%")
_NOT_SOLD = pattern("titled.not_sold", r"\b(WORDS)\b")
"""What a percentage may be of, and that is no sale."""
_TAKEN = re.compile(r"\b(recettes?|caisse|marches?|boutique|tickets?|stand|takings)\b")
"""What the name of takings says."""
_WAYS = {"avec la TVA": "Montant TTC", "sans la TVA": "Montant HT", "": "Montant"}


@dataclass(frozen=True)
class Rates:
    """The columns of a table that each hold the amounts of one rate: what these amounts are, and the rates by rank."""

    rank: int
    amount: str
    rates: Mapping[int, str]
    named: bool = False
    """Whether their titles name what is sold."""


def rates_of_columns(grid: Grid) -> Rates | None:
    """Return the columns of each rate of VAT under the first titles that tell two rates; None without any."""
    return next(_found(grid), None)


def _found(grid: Grid) -> Iterator[Rates]:
    for rank, (_, cells) in enumerate(grid.lines[:HEADED]):
        amount, rates = _amounts(cells)
        if len(rates) > 1:
            yield Rates(rank, amount, rates)
        elif named := _named(grid, rank):
            yield named


def _amounts(titles: Sequence[Cell]) -> tuple[str, dict[int, str]]:
    """Return what the amounts of titles are, and the rate that each tells, by its rank; those before tax come first."""
    told = {at: _OF_RATE.fullmatch(same(as_text(title))) for at, title in enumerate(titles)}
    found = {at: match for at, match in told.items() if match}
    taxed = {at for at, match in found.items() if re.search(r"\bttc\b", match[0])}
    before = {at for at, match in found.items() if at not in taxed and re.search(r"\b(ht|base)\b", match[0])}
    kept = before if len(before) > 1 else taxed if len(taxed) > 1 else found.keys()
    amount = "Montant HT" if kept == before else "Montant TTC" if kept == taxed else "Montant"
    return amount, {at: found[at][2] for at in sorted(kept)}


def _named(grid: Grid, rank: int) -> Rates | None:
    """Return the columns whose titles name what is sold at a rate: they say the VAT, or make the total of each line."""
    titles = [as_text(cell) for cell in grid.lines[rank][1]]
    told = {at: _PERCENT.findall(title) for at, title in enumerate(titles) if not _NOT_SOLD.search(same(title))}
    rates = {at: own[0] for at, own in told.items() if len(own) == 1 and usual(own[0])}
    sold = {at: rate for at, rate in rates.items() if not _VAT.match(same(titles[at]))}
    rates = sold if len(sold) > 1 else rates
    under = [cells for _, cells in grid.lines[rank + 1 :] if not says_total(cells)] if len(rates) > 1 else []
    filled = [cell for cells in under for at in rates if not nothing(cell := cell_at(cells, at))]
    if len(rates) < 2 or 2 * sum(cents_of(read_euros, cell) is not None for cell in filled) <= len(filled):
        return None
    way = _way(titles, under, rates)
    till = taken(grid, rank)
    if not way and rates == sold and (till or all(rate_in(titles[at]) for at in rates)):
        way = next((_WAYS[said] for title in titles if (said := layer(title))), "Montant TTC" if till else "Montant")
    return Rates(rank, way, rates, named=True) if way else None


def usual(rate: str) -> bool:
    """Tell whether a number is a rate in force, « 5,5 »."""
    return read_or_none(read_rate, f"{rate} %") in RATES


def rate_in(title: str) -> str:
    """Return the rate that the title of an amount says, « 10 » for « Recette TTC (TVA 10 %) »; else an empty text.

    >>> rate_in("Prix (TVA 5,5 % comprise)"), rate_in("TVA 20 %"), rate_in("Frais, TVA 10 %"), rate_in("Ventes 10 %")
    ('5,5', '', '', '')
    """
    found = _PERCENT.findall(title)
    told = (
        "tva" in re.findall(r"\w+", same(title)) and not _VAT.match(same(title)) and not _NOT_SOLD.search(same(title))
    )
    return found[0] if told and len(found) == 1 and usual(found[0]) else ""


def taken(grid: Grid, rank: int) -> bool:
    """Tell whether a table is one of takings: its titles say how each was paid, or its name says a till, a market."""
    titles = [as_text(cell) for cell in grid.lines[rank][1]]
    above = (as_text(cell) for _, cells in grid.lines[:rank] for cell in cells)
    named = (same(re.sub(r"[_\W\d]+", " ", text)) for text in (grid.file, grid.sheet, *above))
    said = any(MEANS.fullmatch(title) or same(title).startswith("recette") for title in titles)
    return said or any(map(_TAKEN.search, named))


def _way(titles: Sequence[str], under: Sequence[Sequence[Cell]], rates: Mapping[int, str]) -> str:
    """Return what the amounts of each rate are, as their titles say, or as the totals beside them prove; else nothing.

    A total that says neither proves nothing of shares, « Awa (10 %) ».
    """
    said = {layer(titles[at]) for at in rates}
    if len(said) == 1 and said != {""}:
        return _WAYS[said.pop()]
    means = [at for at, title in enumerate(titles) if at not in rates and MEANS.fullmatch(title)]
    wholes = [([at], layer(title)) for at, title in enumerate(titles) if at not in rates and layer(title)]
    for ranks, way in [*wholes, *([(means, "avec la TVA")] if means else [])]:
        told = [(cells, whole) for cells in under if (whole := sum(cents_in(cell_at(cells, at)) for at in ranks))]
        for amount in ("Montant TTC", "Montant HT"):
            right = sum(abs(_made(cells, rates, amount, way) - whole) <= len(rates) for cells, whole in told)
            if 2 * right > len(told):
                return amount
    return ""


def _made(cells: Sequence[Cell], rates: Mapping[int, str], amount: str, way: str) -> int:
    """Return the total, with the VAT or without, of the amounts of each rate of a line, which hold it or not."""
    told = [(cents_in(cell_at(cells, at)), read_rate(f"{rate} %")) for at, rate in rates.items()]
    if _WAYS[way] == amount:
        return sum(cents for cents, _ in told)
    if amount == "Montant TTC":
        return sum(before_tax_of(cents, rate) for cents, rate in told)
    return sum(cents + int(part_of(cents, rate)) for cents, rate in told)


# --- rates on a line of their own -------------------------------------------------------------------------------------


def with_rates_in_titles(grid: Grid) -> Grid:
    """Return a grid whose titles say the rates that stand above or below them, on a line of their own."""
    for rank, (_, cells) in enumerate(grid.lines[:HEADED]):
        rates = {at: rate for at, cell in enumerate(cells) if (rate := _rate_alone(cell))}
        others = [text for at, cell in enumerate(cells) if at not in rates and (text := as_text(cell))]
        if len(rates) < 2 or any(not re.match(r"(taux|tva)\b", same(text)) for text in others):
            continue
        for at in (rank - 1, rank + 1):
            if 0 <= at < len(grid.lines) and all(_is_title(cell_at(grid.lines[at][1], each)) for each in rates):
                return _joined(grid, rank, at, rates)
    return grid


def _rate_alone(cell: Cell) -> str:
    """Return the rate of a cell that holds nothing else, « TVA 5,5 % »; a spreadsheet may keep 0.055."""
    if isinstance(cell, float):
        rate = read_or_none(read_rate, cell)
        return percent(rate).removesuffix("%").strip() if rate in RATES and 0 < cell < 1 else ""
    found = _PERCENT.search(text := as_text(cell))
    alone = found and not re.sub(r"\b(taux|de|tva|a|la)\b", "", same(_PERCENT.sub("", text))).strip(" ()[]:à")
    return found[1] if found and alone and usual(found[1]) else ""


def _is_title(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(re.search(r"[^\W\d]", cell)) and not re.search(r"\d", cell)


def _joined(grid: Grid, rank: int, head: int, rates: Mapping[int, str]) -> Grid:
    """Return a grid whose line of titles takes the rates of another line, which goes."""
    number, titles = grid.lines[head]
    told = [f"{as_text(cell)} (TVA {rates[at]} %)" if at in rates else cell for at, cell in enumerate(titles)]
    joined: Line = (number, [*told])
    lines = [joined if at == head else line for at, line in enumerate(grid.lines) if at != rank]
    return replace(grid, lines=tuple(lines))
