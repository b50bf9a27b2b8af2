"""Durations that a file never computed, beside hours of the clock that it says: made from them, once it is agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, cell_at, failed
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import clock

_TOPIC = "duree.formule"
_TODO = "Ouvrez le classeur dans le tableur, enregistrez-le, puis recommencez."


def with_computed(block: Block, findings: Findings) -> Block:
    """Return a block without the durations that failed on lines that say a start and an end: asked once, and told.

    Only where one start, one end, and perhaps a break, are all the hours of the clock that the lines say.
    """
    leads = [column_of(title, dictionaries()["heures"]) if title else None for title in block.titles]
    named = {each.name: at for at, each in enumerate(leads) if each is not None}
    if not findings.asking or not {"debut", "fin", "duree"} <= named.keys():
        return block
    start, end, length = (named[name] for name in ("debut", "fin", "duree"))
    clocks = {at for at in range(len(block.titles)) if any(clock(cell) is not None for cell in block.column(at))}
    lost = {number for number, cells in block.lines if _lost(cells, start, end, length)}
    if clocks - {named.get("pause", -1), length} != {start, end} or not lost:
        return block
    place, less = block.grid.place(block.head, length, block.titles[length]), ", moins la pause"
    way = f"de « {block.titles[start]} » à « {block.titles[end]} »{less if 'pause' in named else ''}"
    if not (said := block.grid.answers.get(_TOPIC, "")):
        question = f"« {block.titles[length]} » est une formule sans résultat. Le temps va-t-il {way} ?"
        options = (("oui", "oui"), ("non", "non : vous enregistrerez ce fichier de nouveau"))
        findings.doubt(place, Doubt(_TOPIC, question, options, _TODO))
    if said == "non":
        return block
    findings.heed(place, f"cette formule n'a pas de résultat. Le temps va {way}.")
    return replace(block, lines=[_without(line, length) if line[0] in lost else line for line in block.lines])


def _lost(cells: Sequence[Cell], start: int, end: int, length: int) -> bool:
    """Tell whether a duration failed on a line that says when work starts and ends."""
    return failed(cell_at(cells, length)) and all(clock(cell_at(cells, at)) is not None for at in (start, end))


def _without(line: Line, at: int) -> Line:
    return line[0], ["" if rank == at else cell for rank, cell in enumerate(line[1])]
