"""What stands around a table about its VAT: a sentence, « prix TTC, TVA 10 % »; a legend of its codes, « 1 = 20 % »."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, read_euros, read_rate, shown
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import column_of, layer, may_say
from kpa_model.files.book.reading.blocks import UNTAXED, Block, rank_of_titles
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.titles import may_be_asked
from kpa_model.files.book.reading.rates.titled import rate_in
from kpa_model.files.book.reading.sales.taxes import RATES, cents_of
from kpa_model.files.book.reading.spread.people import says_total
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing, percent

SAID_RATE = "recettes.tva.dite"
"""The topic of the VAT that a table says of its takings, and the sentence that says it."""
_OF_AMOUNTS = pattern("taxed.of_amounts", r"\b(WORDS)\b", re.IGNORECASE)
_RATE = re.compile(r"\b(?:tva|taxes?)\b\D{0,20}(\d{1,2}(?:[.,]\d+)? ?%)", re.IGNORECASE)
_AMOUNT = re.compile(r"(le |les |nos )?(montants?|totaux|total|prix|sommes?|valeurs?|combien)\b(?!.*\d)", re.IGNORECASE)
_NONE = re.compile(rf"{UNTAXED.pattern}|\bpas de tva\b|\bexon[ée]r|\bart(icle|\.)? ?261\b", re.IGNORECASE)
"""What the title of amounts, or a cell beside one, says of no VAT."""
_BEFORE_TAX = re.compile(r"\bsans (la )?tva\b", re.IGNORECASE)
"""In a title, it rather says that the VAT is not in the amount."""
_NOT = re.compile(r"\b(sauf|hormis|except[ée]|dont|ni|pas|plus|moins|[àa] ajouter)\b", re.IGNORECASE)
_WITH, _WITHOUT = r"(\bttc\b|compris|inclus)", r"(\bht\b|\bhors\b)"
_BOTH = re.compile(rf"{_WITHOUT}.*{_WITH}|{_WITH}.*{_WITHOUT}", re.IGNORECASE)
_LETTERS = {"avec la TVA": "TTC", "sans la TVA": "HT"}


def with_layer(block: Block, findings: Findings) -> Block:
    """Return a block whose amounts bear HT or TTC in their title, when words around them say which; it is told."""
    block = _with_rates_said(_without_vat(block, findings), findings)
    named = block.grid.name.replace("_", " ")
    texts = [each for each in (*_sentences(block), named) if _OF_AMOUNTS.search(each)]
    said = {text: layer(_RATE.sub("TVA", text)) for text in texts}
    said = {text: way for text, way in said.items() if way and not _BOTH.search(text)}
    amounts = [at for at, title in enumerate(block.titles) if _AMOUNT.match(title) and may_be_asked(title)]
    amounts = [at for at in amounts if _all_euros(block, at)]
    if len({*said.values()}) != 1 or any(map(layer, block.titles)) or not amounts:
        return block
    text, way = next(iter(said.items()))
    findings.understood(block.grid.place(), shown(text))
    findings.heed(block.grid.place(block.head, amounts[0]), f"{shown(text)} : ces montants sont lus {way}.")
    return _lettered(block, amounts, way)


def _lettered(block: Block, amounts: Sequence[int], way: str) -> Block:
    titles = [f"{title} {_LETTERS[way]}" if at in amounts else title for at, title in enumerate(block.titles)]
    return replace(block, titles=titles)


def _without_vat(block: Block, findings: Findings) -> Block:
    """Return a block whose amounts are before tax, at 0 %, when their own title says so: « Total (pas de TVA) »."""
    named = [
        at for at, title in enumerate(block.titles) if _AMOUNT.match(title) and _NONE.search(_BEFORE_TAX.sub("", title))
    ]
    if len(named) != 1 or not _all_euros(block, named[0]):
        return block
    at, title = named[0], block.titles[named[0]]
    findings.heed(block.grid.place(block.head, at, title), f"« {title} » : ces montants sont lus sans TVA.")
    titles = ["Montant HT" if rank == at else each for rank, each in enumerate(block.titles)]
    return replace(block, titles=titles).with_column("Taux TVA", ["0 %"] * len(block.lines))


def _with_rates_said(block: Block, findings: Findings) -> Block:
    """Return a block whose rates of VAT are those that a column says among other words, « TVA 20 % incluse »; told.

    Each line says one, or that it has no VAT. Amounts hold it when each rate is said to be included.
    """
    found = {at: column_of(title, dictionaries()["factures"]) for at, title in enumerate(block.titles) if title}
    leads = [at for at, lead in found.items() if lead is not None and lead.name in ("taux_tva", "montant_tva")]
    lines = [cells for _, cells in block.lines if not says_total(cells)]
    for at in leads or found:
        said = "TVA " if leads else ""
        if not lines or not _rate_said(f"{said}{as_text(cell_at(lines[0], at))}"):
            continue
        texts = {as_text(cell_at(cells, at)) for cells in lines}
        rates = {text: rate for text in texts if (rate := _rate_said(f"{said}{text}"))}
        if len(rates) < len(texts) or not any("%" in text for text in rates):
            continue
        if all(read_or_none(read_rate, text) is not None for text in rates):
            return block  # a column of rates
        title = block.titles[at]
        told = listing([f"« {text} » : {rate}" for text, rate in sorted(rates.items())], most=4)
        findings.heed(block.grid.place(block.head, at, title), f"« {title} » dit la TVA de chaque ligne ({told}).")
        made = _with_rates(block, at, rates, instead=bool(leads))
        taxed = all(re.search(_WITH, text, re.IGNORECASE) or _NONE.search(text) for text in rates)
        amounts = [rank for rank, each in enumerate(made.titles) if _AMOUNT.match(each) and may_be_asked(each)]
        plain = [rank for rank in amounts if not layer(made.titles[rank]) and _all_euros(made, rank)]
        return _lettered(made, plain, "avec la TVA") if taxed else made
    return block


def _with_rates(block: Block, at: int, rates: Mapping[str, str], instead: bool) -> Block:
    """Return a block with a column of the rates that its texts say, in a column more or `instead` of it."""
    wide = len(block.titles)
    to = at if instead else wide
    lines = []
    for number, cells in block.lines:
        row = [*cells, *[""] * (wide + 1 - len(cells))]
        row[to] = rates.get(as_text(cell_at(cells, at)), "")
        lines.append((number, row[: max(wide, to + 1)]))
    titles, heads = [*block.titles, ""][: max(wide, to + 1)], [*block.heads, ""][: max(wide, to + 1)]
    titles[to] = heads[to] = "Taux TVA"
    return replace(block, titles=titles, heads=heads, lines=lines)


def _rate_said(text: str) -> str:
    """Return the rate of VAT in force that a text says, « 0 % » where it says none is due; else an empty text."""
    found = _RATE.findall(text)
    rate = found[0] if len(found) == 1 else "0 %" if not found and _NONE.search(text) else ""
    return rate if read_or_none(read_rate, rate) in RATES else ""


def said_rate(block: Block, findings: Findings) -> str:
    """Return the rate of VAT that a sentence around a table says of all its lines, which is told; else nothing."""
    rate, text = _rate_around(block)
    if rate:
        told = "ces montants sont lus sans TVA." if block.untaxed else f"la TVA de ces montants est lue à {rate}."
        findings.understood(block.grid.place(), shown(text))
        findings.heed(block.grid.place(), f"{shown(text)} : {told}")
    return rate


def with_rate_of_takings(block: Block, grid: Grid, table: str, findings: Findings) -> Grid:
    """Return the grid of a table, where it lists money that came, with the rate that a sentence says, were it sold."""
    rate, text = _rate_around(block) if table == "encaissements" else ("", "")
    if not rate:
        return grid
    findings.understood(grid.place(), shown(text))
    return replace(grid, answers={**grid.answers, SAID_RATE: f"{rate.removesuffix('%').strip()}|{text}"})


def _rate_around(block: Block) -> tuple[str, str]:
    """Return the one rate in force that is said around a table, or by its titles, and what says it; or nothing."""
    if block.untaxed:
        return "0 %", block.untaxed
    found = {rate: text for text in _sentences(block) for rate in _RATE.findall(text)}
    found |= {f"{rate} %": title for title in block.titles if (rate := rate_in(title))}
    rate = next(iter(found), "")
    return (rate, found[rate]) if len(found) == 1 and read_or_none(read_rate, rate) in RATES else ("", "")


def _sentences(block: Block) -> list[str]:
    return [text for text in (*block.above, *block.grid.below) if not _NOT.search(text)]


def _all_euros(block: Block, at: int) -> bool:
    cells = [cell for cell in block.column(at) if as_text(cell)]
    return bool(cells) and all(read_or_none(read_euros, cell) is not None for cell in cells)


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
