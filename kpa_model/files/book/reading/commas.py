"""A CSV whose lines have more cells than titles: a comma of « 3,5 » cut a number in two, or a cell has no title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from kpa_model.files.book.cells import Cell, as_text
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import cut_amount, too_long
from kpa_model.files.book.reading.blocks import Block
from kpa_model.words import count, listing

_SHOWN = 6


def whole_numbers(block: Block, findings: Findings) -> Block:
    """Return a block whose numbers are whole again; a line that is too long otherwise is refused, never cut.

    A number is put together when, on each long line, only one way gives as many cells as there are titles. It is told.
    """
    head = next((cells for number, cells in block.grid.lines if number == block.head), None)
    if not block.grid.separator or head is None:
        return block
    wide = len(head)
    long = [line for line in block.lines if len(line[1]) > wide and len(_filled(line[1])) > wide]
    if not long:
        return block
    mended = {line[0]: _only_way(_filled(line[1]), wide) if block.grid.separator == "," else None for line in long}
    if not all(mended.values()):
        for number, cells in long:
            told = too_long(block.grid.separator, len(_filled(cells)), wide)
            findings.problem(block.grid.place(number), *told)
        return replace(block, lines=[line for line in block.lines if line not in long])
    rows = listing([str(number) for number, _ in long], most=_SHOWN)
    number, cells = long[0]
    example = next(each for each in mended[number] or () if as_text(each) not in map(as_text, cells))
    text = f"la virgule de « {example} » coupait ce nombre en deux cases. {count(len(long), 'ligne')} ({rows})"
    findings.heed(block.grid.place(number), f"{text} : les nombres sont recollés.")
    lines: list[Line] = [(number, list(mended.get(number) or cells)) for number, cells in block.lines]
    return replace(block, lines=lines)


def _filled(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Return cells up to the last one that holds something."""
    last = max((at for at, each in enumerate(cells) if as_text(each)), default=-1)
    return cells[: last + 1]


def _only_way(cells: Sequence[Cell], wide: int) -> list[Cell] | None:
    """Return the cells with pairs put together, so that they are as many as the titles; None when none, or several."""
    pairs = [at for at in range(len(cells) - 1) if cut_amount(cells[at], cells[at + 1])]
    ways = [
        chosen
        for chosen in combinations(pairs, len(cells) - wide)
        if all(after - before > 1 for before, after in pairwise(chosen))
    ]
    if len(ways) != 1:
        return None
    made: list[Cell] = []
    for at, cell in enumerate(cells):
        if at - 1 not in ways[0]:
            made.append(f"{as_text(cell)},{as_text(cells[at + 1])}" if at in ways[0] else cell)
    return made
