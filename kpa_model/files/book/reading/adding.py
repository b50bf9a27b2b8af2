"""Several columns of times on one line, « Matin ; Après-midi ; Trajet »: they add up, once the group says which."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, unguarded
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.reading.blocks import Block
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
    lines: list[Line] = [
        (number, [*cells[:wide], *[""] * (wide - len(cells)), _sum([cells[at] for at in ranks if at < len(cells)])])
        for number, cells in block.lines
    ]
    told = listing([f"« {block.titles[at]} »" for at in ranks])
    findings.note(block.grid.place(block.head), f"{told} s'ajoutent, comme vous l'avez dit.")
    titles = ["" if at in ranks else title for at, title in enumerate(block.titles)]
    return replace(block, titles=[*titles, said], heads=[*block.heads, said], lines=lines)


def _sum(cells: list[Cell]) -> Cell:
    """Return the time of several cells; the first one that is no time, as it is, so that it is refused."""
    filled = [unguarded(cell) for cell in cells if as_text(cell) not in ("", "-", "–", "—", "/")]
    minutes = 0.0
    for cell in filled:
        try:
            minutes += float(read_duration(cell))
        except Refused:
            return cell
    return timedelta(minutes=minutes) if filled else ""
