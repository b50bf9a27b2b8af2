"""Several columns of times on one line, « Matin ; Après-midi ; Trajet »: they add up, once the group says which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, unguarded
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line, blanked, laid_again
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.words import listing

TOPIC = "colonne.duree"


def added_up(block: Block, findings: Findings) -> Block:
    """Return a block with one more column, titled as the answer: what the chosen ones add up to on each line."""
    said = block.grid.answers.get(TOPIC, "")
    names = {bare(each) for each in said.split("|")}
    ranks = [at for at, title in enumerate(block.titles) if bare(title) in names]
    if "|" not in said or len(ranks) < 2:
        return block
    wide = len(block.titles)
    lines: list[Line] = []
    for number, cells in block.lines:
        at, time = _sum({at: cells[at] for at in ranks if at < len(cells)}, ranks[0])
        made = laid_again(number, [*range(wide), at], block.titles)
        lines.append((made, [*cells[:wide], *[""] * (wide - len(cells)), time]))
    told = listing([f"« {block.titles[at]} »" for at in ranks])
    findings.note(block.grid.place(block.head), f"{told} s'ajoutent, comme vous l'avez dit.")
    titles = blanked(block.titles, ranks)
    return replace(block, titles=[*titles, said], heads=[*block.heads, said], lines=lines)


def _sum(cells: Mapping[int, Cell], first: int) -> tuple[int, Cell]:
    """Return the time of several cells, by rank; the first one that is no time, where it stands: it is refused.

    A word of absence is no time for its own cell alone; it is what the line says when no other cell says a time.
    """
    filled = {at: unguarded(cell) for at, cell in cells.items() if as_text(cell) not in ("", "-", "–", "—", "/")}
    away = next(((at, cell) for at, cell in filled.items() if absent(cell)), (first, ""))
    filled = {at: cell for at, cell in filled.items() if not absent(cell)}
    minutes = 0.0
    for at, cell in filled.items():
        try:
            minutes += float(read_duration(cell))
        except Refused:
            return at, cell
    return (first, timedelta(minutes=minutes)) if filled else away
