"""Sums among lines that are no line: of a group, « Buffet (2) » above its two lines; of something else, below. Told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, cell_at, read_euros, read_number
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.words import listing

_GROUP = re.compile(r"(.+) \((\d+)\)")
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_TOTAL = re.compile(r"(sous[ -]?)?total\b|somme\b", re.IGNORECASE)


_UNIT = re.compile(
    r"[(\[][^()\[\]]{1,20}[)\]]|€( ?(ht|ttc))?|euros?|%|h|hh:mm|heures?|min|mn|minutes?|jours?|jj/mm(/aa(aa)?)?",
    re.IGNORECASE,
)
_HEADED = 6
"""Titles stand on one of the first lines."""


def _with_units(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose titles say their unit, where a line below them only says units: « (min) », « € HT »."""
    for at in range(1, min(_HEADED, len(grid.lines))):
        (number, titles), (below, cells) = grid.lines[at - 1], grid.lines[at]
        said = {rank: text for rank, cell in enumerate(cells) if (text := as_text(cell))}
        named = [text for each in titles if (text := as_text(each))]
        if (
            not all(map(_UNIT.fullmatch, said.values()))
            or len(named) < max(2, len(said))
            or any(map(_UNIT.fullmatch, named))
        ):
            continue
        findings.note(grid.place(below), "cette ligne dit les unités des titres du dessus.")
        units = (_bracketed(said.get(rank, "")) for rank in range(len(titles)))
        heads: list[Cell] = [f"{as_text(each)} {unit}".strip() for each, unit in zip(titles, units, strict=True)]
        return replace(grid, lines=(*grid.lines[: at - 1], (number, heads), *grid.lines[at + 1 :]))
    return grid


def _bracketed(unit: str) -> str:
    return f"({unit})" if unit and unit[0] not in "([" else unit


def without_groups(grid: Grid, findings: Findings) -> Grid:
    """Return a grid without the lines that say what the lines below add up to, when they do; these keep their name.

    A line that only says units is no fact either.
    """
    grid = _without_sums_below(_with_units(grid, findings), findings)
    groups = _counted(grid.lines) or _headed(grid.lines)
    if not groups:
        return grid
    told = listing([f"« {_label(grid.lines[at][1])} »" for at in sorted(groups)], most=6)
    one = "est la somme de lignes écrites dessous : elle n'est"
    several = "sont les sommes de lignes écrites dessous : elles ne sont"
    findings.heed(grid.place(), f"{told} {one if len(groups) == 1 else several} pas lue{'s' * (len(groups) > 1)}.")
    named = _named(grid.lines, groups)
    lines = [(number, named.get(at, cells)) for at, (number, cells) in enumerate(grid.lines) if at not in groups]
    return replace(grid, lines=tuple(lines))


def _without_sums_below(grid: Grid, findings: Findings) -> Grid:
    """Return a grid without « Reste en caisse ; 182,40 » written after an empty line, where a day stands above."""
    end = len(grid.lines)
    while end > 2 and _apart(grid.lines[end - 1], grid.lines[end - 2]):
        end -= 1
        told = " ".join(as_text(cell) for cell in grid.lines[end][1] if as_text(cell))
        findings.heed(grid.place(grid.lines[end][0]), f"« {told} » est écrit sous le tableau. Ce n'est pas lu.")
    return replace(grid, lines=grid.lines[:end])


def _apart(line: Line, before: Line) -> bool:
    """Tell whether a line after an empty one is a name and a sum, which fit no column: a fact has a day there."""
    filled, above = ([as_text(cell) for cell in cells if as_text(cell)] for _, cells in (line, before))
    name = _label(line[1])
    lone = line[0] - before[0] > 1 and len(filled) == 2 < len(above) and not re.search(r"\d", name)
    said = lone and not _TOTAL.match(name) and _value(filled[1]) is not None
    return said and bool(_DAY.fullmatch(as_text(cell_at(before[1], _start(line[1])))))


def _label(cells: Sequence[Cell]) -> str:
    return next((text for each in cells if (text := as_text(each))), "")


Groups = Mapping[int, Sequence[int]]
"""The rank of the line that sums up a group → those of its lines."""


def _counted(lines: Sequence[Line]) -> Groups:
    """Return the groups whose first line says how many they are, « Buffet (2) », and what they add up to."""
    many = {at: count for at, (_, cells) in enumerate(lines) if (count := _many(cells))}
    own = {at: [rank for rank in range(at + 1, len(lines)) if rank not in many][:count] for at, count in many.items()}
    return {at: ranks for at, ranks in own.items() if len(ranks) == many[at] and _adds_up(lines, at, ranks)}


def _headed(lines: Sequence[Line]) -> Groups:
    """Return the groups under a name and sums alone, when the lines of each leave its place empty, and add up to it."""
    summed = [at for at, (_, cells) in enumerate(lines) if _sums(cells)]
    first = min((_start(lines[at][1]) for at in summed), default=0)
    summed = [at for at in summed if _start(lines[at][1]) == first]
    heads = [at for at in summed if not _TOTAL.match(_label(lines[at][1]))]
    ends = [next((end for end in summed if end > at), len(lines)) for at in heads]
    groups = {at: [*range(at + 1, end)] for at, end in zip(heads, ends, strict=True)}
    sure = len(lines) > len(summed) + 2 and all(
        ranks and _unnamed(lines, at, ranks) and _adds_up(lines, at, ranks) for at, ranks in groups.items()
    )
    return groups if heads and sure else {}


def _unnamed(lines: Sequence[Line], head: int, ranks: Sequence[int]) -> bool:
    """Tell whether the lines of a group say nothing where its name stands, and something else in words."""
    start = _start(lines[head][1])
    rows = [lines[rank][1] for rank in ranks]
    return all(not as_text(cell_at(row, start)) and any(as_text(c) and _value(c) is None for c in row) for row in rows)


def _named(lines: Sequence[Line], groups: Groups) -> dict[int, list[Cell]]:
    """Return the lines that take the name of their one group, where each of them leaves its place empty."""
    inside = [rank for ranks in groups.values() for rank in ranks]
    named: dict[int, list[Cell]] = {}
    for head, ranks in groups.items():
        start, label = _start(lines[head][1]), _label(lines[head][1])
        name = found[1] if (found := _GROUP.fullmatch(label)) else label
        if all(inside.count(rank) == 1 and not as_text(cell_at(lines[rank][1], start)) for rank in ranks):
            named |= {rank: [*lines[rank][1][:start], name, *lines[rank][1][start + 1 :]] for rank in ranks}
    return named


def _start(cells: Sequence[Cell]) -> int:
    return next(at for at, each in enumerate(cells) if as_text(each))


def _sums(cells: Sequence[Cell]) -> bool:
    """Tell whether a line holds a text, then numbers alone."""
    filled = [each for each in cells if as_text(each)]
    named = len(filled) > 1 and isinstance(filled[0], str) and _value(filled[0]) is None
    return named and all(_value(each) is not None for each in filled[1:])


def _many(cells: Sequence[Cell]) -> int:
    """Return how many lines a group says that it has; 0 for any other line."""
    found = _GROUP.fullmatch(_label(cells)) if _sums(cells) else None
    return int(found[2]) if found else 0


def _adds_up(lines: Sequence[Line], head: int, ranks: Sequence[int]) -> bool:
    """Tell whether the lines of a group come to each of its sums."""
    start, cells = _start(lines[head][1]), lines[head][1]
    sums = {at: _value(each) for at, each in enumerate(cells) if at > start and as_text(each)}
    return all(
        abs(sum(_value(cell_at(lines[rank][1], at)) or 0 for rank in ranks) - (said or 0)) < 0.02
        for at, said in sums.items()
    )


def _value(cell: Cell) -> float | None:
    for read in (read_number, read_duration, _euros):
        try:
            return float(read(cell)) if as_text(cell) else None
        except Refused:
            continue
    return None


def _euros(cell: Cell) -> float:
    return read_euros(cell) / 100
