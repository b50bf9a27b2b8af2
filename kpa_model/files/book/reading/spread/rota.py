"""A rota: who holds each slot of each day, « 9h-12h30 » on a line, days as titles, names or initials in the cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import Cell, as_text, cell_at
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line, blanked, laid_again
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.spread.codes import is_code
from kpa_model.files.book.reading.spread.people import name_like
from kpa_model.files.book.reading.spread.shapes import wide
from kpa_model.files.book.reading.written.initials import with_initials

_SHORT = 3
"""Initials have so many letters at most."""


def by_slots(block: Block, hours: Dictionary, context: Context, findings: Findings) -> Block:
    """Return a rota, whose slots are durations, with a line for each person and day; any other block as it is; told."""
    times = block.titled({"duree"})
    named = [at for at in range(len(block.titles)) if (cells := block.column(at)) and all(map(_names, cells))]
    if times < 0 or len(named) < 2:
        return block
    timed = [
        (number, [timedelta(hours=1) if at in named and as_text(cell) else cell for at, cell in enumerate(own)])
        for number, own in block.lines
    ]
    seen = replace(
        block, titles=blanked(block.titles, {times}), lines=[(at, blanked(own, {times})) for at, own in timed]
    )
    found = wide(seen, hours, context)
    if found is None or found.what != "date":
        return block
    kept = [at for at, title in enumerate(block.titles) if title and at not in found.values]
    lines = list[Line]()
    for number, own in block.lines:
        for at, day in found.values.items():
            for who in names_in(as_text(cell_at(own, at))):
                made = laid_again(number, [*kept, at, at], block.titles)
                lines.append((made, [*(cell_at(own, rank) for rank in kept), day, who]))
    findings.heed(block.grid.place(block.head), "chaque nom compte tout son créneau. Vérifiez que tous ont eu lieu.")
    titles = [*(block.titles[at] for at in kept), "date", "personne"]
    return with_initials(replace(block, titles=titles, heads=[*titles], lines=lines, over=()), findings)


def _names(cell: Cell) -> bool:
    """Tell whether a cell names people, whole or by their initials; no code, no absence."""
    names = names_in(cell) if isinstance(cell, str) and not is_code(cell) and not absent(cell) else []
    return bool(names) and all(name_like(each) or (each.isupper() and len(each) <= _SHORT) for each in names)
