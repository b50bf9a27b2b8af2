"""Letters of a planning where hours could stand: « J » is a day, « ½ » half of one; what others count is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from kpa_model.declare.number import numbers
from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.times import DAY_LENGTHS
from kpa_model.files.book.reading.spread.in_days import in_days
from kpa_model.words import hours, listing

TOPIC, LENGTH = "code", "journee"
_DAY, _HALF, _AWAY = "jour", "demi", "absence"
_SURE = {
    **dict.fromkeys(("j", "jour", "journee", "1j", "1 j"), _DAY),
    **dict.fromkeys(("½", "1/2", "½j", "½ j", "1/2 j", "1/2j", "dj", "demi", "demi journee", "demi jour"), _HALF),
    **dict.fromkeys(("matin", "matinee", "apres midi", "aprem"), _HALF),
}
_ABSENT = {"c", "cp", "ca"}
"""Short words of an absence that stand for nothing else."""
_PARTS = (0, 0.25, 0.5, 0.75, 1)
_TODO = "Écrivez des heures, par exemple 3h30."
_OPTIONS = ((_DAY, "une journée"), (_HALF, "une demi-journée"), (_AWAY, "une absence : 0 h"))


def is_code(cell: Cell) -> bool:
    """Tell whether a cell says a day or a part of one: « J », « ½ », « matin »."""
    return isinstance(cell, str) and (_key(cell) in _SURE or in_days(cell) is not None)


def decoded(block: Block, ranks: Iterable[int], findings: Findings) -> Block | None:
    """Return a block whose letters are times; the block itself without any; None once something is asked.

    « M » beside « J » may be a morning or an illness: a letter that is not sure is asked about there.
    """
    ranks = tuple(ranks)
    cells = [cell for at in ranks for cell in block.column(at)]
    told = {_key(cell): as_text(cell) for cell in cells if isinstance(cell, str)}
    written = {cell: days for cell in cells if (days := in_days(cell)) and _key(as_text(cell)) not in _SURE}
    if not written and not told.keys() & _SURE.keys():
        return block
    place, answers = block.grid.place(block.head), block.grid.answers
    letters = [key for key in told if key in _SURE or (re.fullmatch(r"[^\W\d_]{1,2}", key) and key not in _ABSENT)]
    meant = {key: _SURE.get(key) or answers.get(f"{TOPIC}.{key}", "") for key in letters}
    for key in (key for key, what in meant.items() if not what):
        question = f"« {told[key]} » dans ce planning : qu'est-ce que c'est ?"
        findings.doubt(place, Doubt(f"{TOPIC}.{key}", question, _OPTIONS, _TODO))
    length = int(answers.get(LENGTH, 0))
    if not length:
        said = listing([f"« {text} »" for text in (*(told[key] for key in meant if key in _SURE), *written)][:4])
        findings.doubt(place, Doubt(LENGTH, f"{said} : combien d'heures compte une journée ?", DAY_LENGTHS, _TODO))
    if not length or not all(meant.values()):
        return None
    numbers = {cell: value for cell in cells if (value := _number(cell)) is not None}
    parts = numbers if all(value in _PARTS for value in numbers.values()) else {}  # « 0,5 » beside « J » is half of it
    times = {_DAY: length, _HALF: length // 2, _AWAY: 0}
    minutes = {key: times[what] for key, what in meant.items()}
    counted = {cell: round(value * length) for cell, value in parts.items()}
    counted |= {cell: round(days * length + more) for cell, (days, more) in written.items()}
    shown = {told[key]: each for key, each in minutes.items()}
    shown |= {as_text(cell): each for cell, each in counted.items()}
    findings.heed(place, listing([f"« {text} » compte {hours(each)}" for text, each in shown.items()]) + ".")

    def time(cell: Cell) -> Cell:
        if cell in counted:
            return timedelta(minutes=counted[cell])
        found = minutes.get(_key(cell)) if isinstance(cell, str) else None
        return cell if found is None else timedelta(minutes=found) if found else ""

    def row(cells: Iterable[Cell]) -> list[Cell]:
        return [time(cell) if at in ranks else cell for at, cell in enumerate(cells)]

    return replace(block, lines=[(number, row(cells)) for number, cells in block.lines])


def _number(cell: Cell) -> float | None:
    """Return a number without any unit; None for anything else."""
    if isinstance(cell, bool) or not isinstance(cell, str | float | int):
        return None
    return float(numbers(as_text(cell))[0][0]) if re.fullmatch(r"\d+([.,]\d+)?", as_text(cell)) else None


def _key(cell: str) -> str:
    return cell.strip().casefold() if "½" in cell or "/" in cell else same(cell)
