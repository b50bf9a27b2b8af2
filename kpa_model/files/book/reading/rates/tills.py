"""Takings: one amount in several columns, « Espèces » + « CB »; days without any, « fermé »; « Débours », no sale."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import permutations

from kpa_model.files.book.cells import Cell, as_text, cell_at, read_euros, same
from kpa_model.files.book.dictionaries import Dictionary, dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, blanked
from kpa_model.files.book.matching import column_of, layer, may_say
from kpa_model.files.book.reading.blocks import Block, rank_of_titles, width
from kpa_model.files.book.reading.columns.titles import tells_time
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.fields import assigned
from kpa_model.files.book.reading.rates.titled import rate_in, taken
from kpa_model.files.book.reading.sales.discounts import added, alike, at_rates, cents_at, column_in, written
from kpa_model.files.book.reading.sales.taxes import cents_in, cents_of
from kpa_model.files.book.reading.spread.people import MEANS, TOTAL, called, says_total
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import euros, listing

_AMOUNT = "Montant TTC"


def with_takings(block: Block, findings: Findings) -> Block:
    """Return a table of a till whose total is an amount with its VAT, once its means of payment make it; it is told.

    The float of the till is no part of it: nothing but these means is. Without any other amount, they are added up.
    """
    means = [at for at, title in enumerate(block.titles) if _MEANS.fullmatch(title) and block.column(at)]
    lines = [cells for _, cells in block.lines if not says_total(cells)]
    sums = [sum(cents_in(cell_at(cells, at)) for at in means) for cells in lines]
    if len(means) < 2 or sum(map(bool, sums)) < 2:
        return block
    others = (at for at in range(len(block.titles)) if at not in means and block.column(at))
    whole = next((at for at in others if [cents_in(cell_at(cells, at)) for cells in lines] == sums), -1)
    if whole < 0:
        return _added_up(block, means, findings)
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


_MEANS = re.compile(rf"((pay|r[ée]gl)[ée]e?s? )?((par|en) )?({MEANS.pattern})( ttc| ht)?", re.IGNORECASE)


def _added_up(block: Block, means: Sequence[int], findings: Findings) -> Block:
    """Return a table whose amounts stand under several means of payment, with their sum in one column; it is told."""
    others = [title for at, title in enumerate(block.titles) if at not in means and block.column(at)]
    leads = (column_of(title, each) for title in others for each in dictionaries().values())
    amounts = any(lead is not None and lead.kind in ("euros", "duree") for lead in leads)
    cells = [cell for at in means for cell in block.column(at)]
    layers = {layer(block.titles[at]) for at in means}
    if amounts or any(map(_OTHER_AMOUNT.search, others)) or len(layers) > 1 or not _of_amounts(cells):
        return block
    named = " + ".join(block.titles[at] for at in means)
    findings.note(block.grid.place(block.head), f"le montant de chaque ligne est « {named} ».")
    title = {"avec la TVA": "Montant TTC", "sans la TVA": "Montant HT"}.get(layers.pop(), named)
    lines = [
        (number, [*cells, *[""] * (len(block.titles) - len(cells)), _sum(cells, means)])
        for number, cells in block.lines
    ]
    titles = [*blanked(block.titles, {*means}), title]
    return replace(block, titles=titles, heads=[*block.heads, title], lines=lines)


_OTHER_AMOUNT = re.compile(rf"%|€|{TOTAL.pattern}", re.IGNORECASE)


def _sum(cells: Sequence[Cell], ranks: Sequence[int]) -> str:
    each = [cell_at(cells, at) for at in ranks]
    return written(sum(map(cents_in, each))) if any(map(as_text, each)) else ""


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
    sums = [sum(cents_in(cell_at(row, at)) for at in parts) for _, row in block.lines]
    again = {at for at, said in enumerate(alone.titles) if said and _cents(block, at) == sums}  # « Total »
    own = replace(block, titles=blanked(alone.titles, again))
    return own.with_column(title, [_sum(row, parts) for _, row in block.lines]), {len(block.titles)}


def _cents(block: Block, at: int) -> list[int]:
    return [cents_in(cell_at(cells, at)) for _, cells in block.lines]


_CLOSED = pattern("tills.closed", r"(?!.*\d)(jour )?(WORDS)\b.*")
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


_OUTLAYS = re.compile(r"((total )?d[ée]bours|(frais|sommes?) avanc[ée]e?s)\b", re.IGNORECASE)


def without_outlays(block: Block, findings: Findings) -> Block:
    """Return invoices whose whole holds no outlay, where an amount, its VAT and the outlays make it; it is told."""
    out = next((at for at, title in enumerate(block.titles) if _OUTLAYS.match(title) and any(cents_at(block, at))), -1)
    vat = max(column_in(block, "montant_tva"), column_in(block, "taux_tva"))  # « TVA » may be either
    if min(out, vat) < 0 or out == vat:
        return block
    cents = {at: cents_at(block, at) for at in range(len(block.titles))}
    taxes, spent = ([each or 0 for each in cents[at]] for at in (vat, out))
    full = [at for at, said in cents.items() if at not in (out, vat) and None not in said]
    for at, whole in permutations(full, 2):
        paid = [each or 0 for each in cents[whole]]
        if not alike(added(added(cents[at], taxes), spent), paid) or not at_rates(cents[at], taxes):
            continue
        told = f"« {block.titles[out]} » ({euros(sum(spent))}) : avancé pour le client, hors des ventes et de la TVA."
        findings.heed(block.grid.place(block.head, out, block.titles[out]), told)
        named = {at: "Montant HT", vat: "Montant TVA", whole: "Montant TTC", out: ""}
        lines = [
            (number, [written(sold - less) if rank == whole else cell for rank, cell in enumerate(cells)])
            for (number, cells), sold, less in zip(block.lines, paid, spent, strict=True)
        ]
        return replace(block, titles=[named.get(rank, title) for rank, title in enumerate(block.titles)], lines=lines)
    return block
