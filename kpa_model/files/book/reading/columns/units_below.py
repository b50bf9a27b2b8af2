"""Units of titles, alone on the line below them, « (min) », « € HT »: they are said with the titles."""

from __future__ import annotations

import re
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, cell_at
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.written.forms import of_a_form
from kpa_model.files.book.vocabulary import pattern

_UNIT = pattern("units_below.unit", flags=re.IGNORECASE)
_HEADED = 6
"""Titles stand on one of the first lines."""


def with_units_below(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose titles say their unit, where a line below them only says units: « (min) », « € HT »."""
    for at in range(1, min(_HEADED, len(grid.lines))):
        (number, titles), (below, cells) = grid.lines[at - 1], grid.lines[at]
        said = {rank: text for rank, cell in enumerate(cells) if (text := as_text(cell))}
        named = [text for each in titles if (text := as_text(each))]
        if (
            of_a_form(titles)
            or not all(map(_UNIT.fullmatch, said.values()))
            or len(named) < max(2, len(said))
            or any(map(_UNIT.fullmatch, named))
            or not all(as_text(cell_at(titles, rank)) for rank in said)  # « Durée » over « h » and « min »
        ):
            continue
        findings.note(grid.place(below), "cette ligne dit les unités des titres du dessus.")
        units = (_bracketed(said.get(rank, "")) for rank in range(len(titles)))
        heads: list[Cell] = [f"{as_text(each)} {unit}".strip() for each, unit in zip(titles, units, strict=True)]
        return replace(grid, lines=(*grid.lines[: at - 1], (number, heads), *grid.lines[at + 1 :]))
    return grid


def _bracketed(unit: str) -> str:
    return f"({unit})" if unit and unit[0] not in "([" else unit
