"""A legend of initials around a table, « AS = Awa Sow, BR = Bilal Roux »: people are written whole, and it is told."""

from __future__ import annotations

import re
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.spread.people import name_like
from kpa_model.words import listing

_NAME = r"[A-ZÀ-Ý][\w'’-]+(?: (?:de |du |le |la )?[A-ZÀ-Ý][\w'’-]*)*"
_PAIR = re.compile(rf"(?<![\w.])(?P<short>[A-ZÀ-Ý][\w.]{{0,4}}) ?(?:=|:|→|->|≈) ?(?P<name>{_NAME})")


def with_initials(block: Block, findings: Findings) -> Block:
    """Return a table whose people, in a column or as titles, are those that a legend around it writes whole."""
    around = " ; ".join((*block.above, *block.grid.below))
    pairs = {each["short"]: each["name"] for each in _PAIR.finditer(around) if _initials(each["short"], each["name"])}
    who = [at for at, title in enumerate(block.titles) if may_say(title, "personne", dictionaries()["heures"])]
    cells = {as_text(cell) for at in who for cell in block.column(at)}
    used = {short: name for short, name in pairs.items() if short in block.titles or any(_in(short, c) for c in cells)}
    if not used:
        return block
    told = listing([f"« {short} » est « {name} »" for short, name in used.items()], most=8)
    findings.heed(block.grid.place(block.head), f"d'après la légende, {told}.")
    words = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in sorted(used, key=len, reverse=True)))

    def whole(cell: Cell) -> Cell:
        return words.sub(lambda found: used[found[0]], cell) if isinstance(cell, str) else cell

    lines: list[Line] = [
        (number, [whole(cell) if at in who else cell for at, cell in enumerate(row)]) for number, row in block.lines
    ]
    titles = [used.get(title, title) for title in block.titles]
    heads = [used.get(each, each) if isinstance(each, str) else each for each in block.heads]
    return replace(block, titles=titles, heads=heads, lines=lines)


def with_pairs(grid: Grid) -> Grid:
    """Return a grid whose last lines are a legend, each with the initials of somebody of the table: « BT ; Ida »."""
    texts = [[text for each in cells if (text := as_text(each))] for _, cells in grid.lines]
    end = len(texts)
    while end and len(texts[end - 1]) == 2 and _PAIR.fullmatch("=".join(texts[end - 1])) and _initials(*texts[end - 1]):
        end -= 1
    pairs, used = texts[end:], {text for each in texts[:end] for text in each}
    if len(pairs) < 2 or not any(short in used for short, _ in pairs):
        return grid
    end -= bool(end) and len(texts[end - 1]) == 1 and bool(_LEGEND.match(texts[end - 1][0]))
    return replace(grid, lines=grid.lines[:end], below=(*grid.below, *(" = ".join(pair) for pair in pairs)))


_LEGEND = re.compile(r"l[ée]gende|initiales|qui est qui|pr[ée]noms|noms|[ée]quipe", re.IGNORECASE)


def _initials(short: str, name: str) -> bool:
    """Tell whether a short word may stand for a name: its letters come in it, in their order."""
    letters, text = same(short).replace(".", "").replace(" ", ""), iter(same(name))
    return name_like(name) and same(short) != same(name) and all(letter in text for letter in letters)


def _in(short: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text) is not None
