"""A sheet → its tables: where each one stands, one under the other, side by side, or turned; answers about one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.reading.blocks import Block, block_of, known_titles, no_figures, titled, width
from kpa_model.files.book.reading.context import Context


def blocks(grid: Grid, context: Context) -> list[Block]:
    """Return every table of a sheet, from top to bottom, then left to right."""
    upright = _transposed(grid)
    return [
        block
        for part in _cut_down(upright, context)
        for side in _cut_across(part)
        if (block := block_of(grid, side, context))
    ]


def several_tables(grid: Grid) -> bool:
    """Tell whether a sheet holds several tables, one under the other: other titles come after an empty line."""
    heads: set[frozenset[str]] = set()
    before = 0
    for number, cells in grid.lines:
        texts = [text for each in cells if (text := as_text(each))]
        if not heads or number - before > 1:
            known = known_titles().intersection(map(bare, texts))
            if len(known) >= 3 and no_figures(cells):
                heads.add(known)
        if len(texts) > 1:
            before = number
    return len(heads) > 1


def _cut_down(lines: Sequence[Line], context: Context) -> Iterator[list[Line]]:
    """Cut where titles start another table, after an empty line or a text of its own; an empty line alone cuts nothing.

    The same titles again start another table under a text of their own: « Semaine du 14/09 », then the days.
    """
    part: list[Line] = []
    heads: set[str] = set()
    first: set[str] = set()  # what its first line of several texts says
    gap = 0  # where the lines since an empty one, or since the first of some texts alone, start
    for number, cells in lines:
        texts = (heads or first) and _alone(cells) and not (gap and all(_alone(each) for _, each in part[gap:]))
        if texts or (part and number - part[-1][0] > 1):
            gap = len(part)
        mine = {bare(text) for each in cells if (text := as_text(each))} if gap or not heads else set()
        again = bool(gap and mine and mine == first and part[gap:]) or bool(
            gap and len(mine - {""}) > 1 and mine - {""} < first
        )
        first = first or (mine if len(mine) > 2 and no_figures(cells) else first)
        if mine and (again or titled(cells, context) >= 4):
            before = heads or again or (first and not all(no_figures(each) for _, each in part[:gap]))
            starts = before and gap and (mine != heads or part[gap:]) and no_figures(cells)
            if starts and all(no_figures(each) for _, each in part[gap:]):
                yield part[:gap]
                part, heads, gap = part[gap:], set(), 0
                first = mine
            heads = heads or mine
        part.append((number, cells))
    if part:
        yield part


def _alone(cells: Sequence[Cell]) -> bool:
    """Tell whether a line holds one text alone."""
    return sum(each != "" for each in cells) == 1


def _cut_across(lines: list[Line]) -> Iterator[list[Line]]:
    """Cut side by side tables where a whole column is empty and titles stand on both sides."""
    wide = width(lines)
    used = [any(at < len(cells) and as_text(cells[at]) for _, cells in lines) for at in range(wide)]
    start, parts = 0, list[tuple[int, int]]()
    for at in range(wide + 1):
        if at == wide or not used[at]:
            if at > start and any(used[start:at]):
                parts.append((start, at))
            start = at + 1
    several = [part for part in parts if _has_titles(lines, part)]
    if len(several) < 2:
        yield lines
        return
    for rank, (first, _) in enumerate(several):
        end = several[rank + 1][0] if rank + 1 < len(several) else wide
        side = [(number, [*[""] * first, *cells[first:end]]) for number, cells in lines]
        yield [(number, cells) for number, cells in side if any(as_text(each) for each in cells)]


def _has_titles(lines: list[Line], part: tuple[int, int]) -> bool:
    first, end = part
    return any(len({bare(as_text(each)) for each in cells[first:end]} & known_titles()) >= 2 for _, cells in lines[:10])


def _transposed(grid: Grid) -> Sequence[Line]:
    """Return the lines of a grid; turned when its titles go down the first column."""
    if len(grid.lines) < 3:
        return grid.lines
    down = {bare(as_text(cells[0])) for _, cells in grid.lines if cells}
    across = max(len({bare(as_text(each)) for each in cells} & known_titles()) for _, cells in grid.lines[:10])
    best = max(len(down & set(each.titles)) for each in dictionaries().values())
    if best < 3 or across >= best or best < 0.5 * len(grid.lines):
        return grid.lines
    wide = width(grid.lines)
    first = grid.lines[0][0]
    return [
        (first + at, [cells[at] if at < len(cells) else "" for _, cells in grid.lines])
        for at in range(wide)
        if any(at < len(cells) and as_text(cells[at]) for _, cells in grid.lines)
    ]


def of_its_own(block: Block) -> Block:
    """Return one of several tables of a sheet with the answers about it: what it is, which columns it has."""
    answers = {topic: said for topic, said in block.grid.answers.items() if not _OWN.match(topic)}
    mine = {topic.removesuffix(end): said for topic, said in answers.items() if topic.endswith(end := _end(block))}
    return replace(block, grid=replace(block.grid, answers={**answers, **mine}))


def about(doubt: Doubt, block: Block) -> Doubt:
    """Return a doubt of one of several tables of a sheet: the others keep theirs."""
    return replace(doubt, topic=f"{doubt.topic}{_end(block)}") if _OWN.match(doubt.topic) else doubt


_OWN = re.compile(r"(table|colonne\.\w+)$")
"""Topics about one table alone."""


def _end(block: Block) -> str:
    return "@" + "".join(bare(title) for title in block.titles if not re.search(r"\d", title))[:40]
