"""A column of breaks beside a start and an end, whatever it is called: « Repas », « Midi », « Coupure »."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta

from kpa_model.files.book.cells import Cell, as_text, bare
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block

_BREAK = re.compile(
    r"pauses?.*|(?:temps(?:de)?)?repas|(?:pause)?dejeuner|midi|coupures?|interruptions?|lunch|dej|arrets?"
)


def with_break(block: Block, findings: Findings) -> Block:
    """Return a block whose break bears its title, where work is told by its start and its end; it is told.

    « 1 » under « Repas » may be a meal: a cell has to say a time, or minutes.
    """
    leads = {each.name for title in block.titles if title and (each := column_of(title, dictionaries()["heures"]))}
    if not {"debut", "fin"} <= leads or "pause" in leads:
        return block
    called = [at for at, title in enumerate(block.titles) if _BREAK.fullmatch(bare(title)) and block.column(at)]
    if len(called) != 1:
        return block
    place, title = block.grid.place(block.head), block.titles[called[0]]
    if not all(map(_says_time, block.column(called[0]))):
        findings.heed(place, f"« {title} » n'est pas enlevé des heures. Si c'est une pause, écrivez par exemple 0:45.")
        return block
    findings.heed(place, f"« {title} » est une pause : elle est enlevée des heures.")
    unit = " (min)" if all(map(_minutes, block.column(called[0]))) else ""
    return replace(block, titles=[f"pause{unit}" if at == called[0] else each for at, each in enumerate(block.titles)])


def _says_time(cell: Cell) -> bool:
    """Tell whether a cell is a time by itself, or too many minutes to be meals."""
    return isinstance(cell, time | timedelta) or bool(re.search(r"\d ?(h|:|m)", as_text(cell))) or _minutes(cell)


def _minutes(cell: Cell) -> bool:
    """Tell whether a cell is a bare number of minutes."""
    return bool(re.fullmatch(r"\d{2,3}", as_text(cell))) and int(as_text(cell)) >= 10
