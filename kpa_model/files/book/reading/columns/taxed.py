"""What a sentence above or below a table says of its amounts: whether they hold the VAT, and at which rate."""

from __future__ import annotations

import re
from dataclasses import replace

from kpa_model.files.book.cells import as_text, read_euros, read_rate, shown
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.titles import may_be_asked
from kpa_model.files.book.reading.rates.titled import rate_in
from kpa_model.files.book.reading.sales.taxes import RATES

SAID_RATE = "recettes.tva.dite"
"""The topic of the VAT that a table says of its takings, and the sentence that says it."""
_OF_AMOUNTS = re.compile(
    r"\b(montants?|prix|tarifs?|sommes?|valeurs?|chiffres|totaux|factures?|ventes?|recettes?|achats?|d[ée]penses?)\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"\b(?:tva|taxes?)\b\D{0,20}(\d{1,2}(?:[.,]\d+)? ?%)", re.IGNORECASE)
_AMOUNT = re.compile(r"(le |les |nos )?(montants?|totaux|total|prix|sommes?|valeurs?|combien)\b(?!.*\d)", re.IGNORECASE)
_NOT = re.compile(r"\b(sauf|hormis|except[ée]|dont|ni|pas|plus|moins|[àa] ajouter)\b", re.IGNORECASE)
_WITH, _WITHOUT = r"(\bttc\b|compris|inclus)", r"(\bht\b|\bhors\b)"
_BOTH = re.compile(rf"{_WITHOUT}.*{_WITH}|{_WITH}.*{_WITHOUT}", re.IGNORECASE)
_LETTERS = {"avec la TVA": "TTC", "sans la TVA": "HT"}


def with_layer(block: Block, findings: Findings) -> Block:
    """Return a block whose amounts bear HT or TTC in their title, when a sentence around it says which; it is told."""
    said = {text: layer(_RATE.sub("TVA", text)) for text in _sentences(block) if _OF_AMOUNTS.search(text)}
    said = {text: way for text, way in said.items() if way and not _BOTH.search(text)}
    amounts = [at for at, title in enumerate(block.titles) if _AMOUNT.match(title) and may_be_asked(title)]
    amounts = [at for at in amounts if _all_euros(block, at)]
    if len({*said.values()}) != 1 or any(map(layer, block.titles)) or not amounts:
        return block
    text, way = next(iter(said.items()))
    findings.understood(block.grid.place(), shown(text))
    findings.heed(block.grid.place(block.head, amounts[0]), f"{shown(text)} : ces montants sont lus {way}.")
    return replace(
        block, titles=[f"{title} {_LETTERS[way]}" if at in amounts else title for at, title in enumerate(block.titles)]
    )


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
