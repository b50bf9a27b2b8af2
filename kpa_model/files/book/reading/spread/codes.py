"""Letters of a planning where hours could stand: « J » is a day, « ½ » half of one; what others count is asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from kpa_model.declare.number import numbers
from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.times import DAY_LENGTHS
from kpa_model.files.book.reading.spread.titled_units import in_days
from kpa_model.words import hours, listing

TOPIC, LENGTH = "code", "journee"
DAY, HALF, AWAY = "jour", "demi", "absence"
SURE = {
    **dict.fromkeys(("j", "jour", "journee", "1j", "1 j"), DAY),
    **dict.fromkeys(("½", "1/2", "½j", "½ j", "1/2 j", "1/2j", "dj", "demi", "demi journee", "demi jour"), HALF),
    **dict.fromkeys(("matin", "matinee", "apres midi", "aprem"), HALF),
}
_PART_OF_DAY = {key for key, what in SURE.items() if key.isalpha() or " " in key} | {"m", "am", "ap", "pm", "mat", "a"}
_AND = re.compile(r" ?(?:\+|&|,|/|\bet\b|\bpuis\b) ?")
_ABSENT = {"c", "cp", "ca"}
"""Short words of an absence that stand for nothing else."""
_PARTS = (0, 0.25, 0.5, 0.75, 1)
_TODO = "Écrivez des heures, par exemple 3h30."
_OPTIONS = ((DAY, "une journée"), (HALF, "une demi-journée"), (AWAY, "une absence : 0 h"))


def is_code(cell: Cell) -> bool:
    """Tell whether a cell says a day or parts of one: « J », « ½ », « matin », « M + AM »."""
    return isinstance(cell, str) and (_of_parts(cell) or _key(cell) in SURE or in_days(cell) is not None)


def parts_of(cell: str, known: Collection[str] = ()) -> list[str]:
    """Return the letters of a cell, each part of a day apart; `known` are those of a legend.

    >>> parts_of("M + AM"), parts_of("matin/aprèm"), parts_of("1/2"), parts_of("½ J")
    (['m', 'am'], ['matin', 'aprem'], ['1/2'], ['½ j'])
    """
    return [*map(same, _AND.split(cell.strip()))] if _of_parts(cell, known) else [_key(cell)]


def _of_parts(cell: str, known: Collection[str] = ()) -> bool:
    parts = [same(part) for part in _AND.split(cell.strip())]
    return len(parts) > 1 and _key(cell) not in SURE and all(part in _PART_OF_DAY or part in known for part in parts)


def decoded(block: Block, ranks: Iterable[int], findings: Findings) -> Block | None:
    """Return a block whose letters are times; the block itself without any; None once something is asked.

    « M » beside « J » may be a morning or an illness: a letter that is not sure is asked about there.
    """
    ranks = tuple(ranks)
    cells = [cell for at in ranks for cell in block.column(at)]
    told = {key: text for cell in cells if isinstance(cell, str) for key, text in _texts(cell)}
    written = {cell: days for cell in cells if (days := in_days(cell)) and _key(as_text(cell)) not in SURE}
    if not any(map(is_code, cells)):
        return block
    letters = [key for key in told if key in SURE or (re.fullmatch(r"[^\W\d_]{1,2}", key) and key not in _ABSENT)]
    meant = {key: SURE.get(key) or block.grid.answers.get(f"{TOPIC}.{key}", "") for key in letters}
    length = _length(block, told, meant, [*written], findings)
    if length is None or not all(meant.values()):
        return None
    numbers = {cell: value for cell in cells if (value := _number(cell)) is not None}
    halved = length and all(value in _PARTS for value in numbers.values())
    parts = numbers if halved else {}  # « 0,5 » beside « J » is half of it
    times = {DAY: length, HALF: length // 2, AWAY: 0}
    minutes = {key: times[what] for key, what in meant.items()}
    counted: dict[Cell, int] = {cell: round(value * length) for cell, value in parts.items()}
    counted |= {cell: round(days * length + more) for cell, (days, more) in written.items()}
    shown = {told[key]: each for key, each in minutes.items()}
    shown |= {as_text(cell): each for cell, each in counted.items()}
    said = listing([f"« {text} » compte {hours(each)}" for text, each in shown.items()])
    findings.heed(block.grid.place(block.head), f"{said}.")

    def time(cell: Cell) -> Cell:
        keys = parts_of(cell) if isinstance(cell, str) else []
        found = counted.get(cell, sum(minutes[key] for key in keys) if keys and minutes.keys() >= {*keys} else None)
        return cell if found is None else timedelta(minutes=found) if found or cell in counted else ""

    def row(cells: Iterable[Cell]) -> list[Cell]:
        return [time(cell) if at in ranks else cell for at, cell in enumerate(cells)]

    return replace(block, lines=[(number, row(cells)) for number, cells in block.lines])


def _length(
    block: Block, told: Mapping[str, str], meant: Mapping[str, str], written: Sequence[Cell], findings: Findings
) -> int | None:
    """Return how many minutes a day of work has, 0 when none is needed; None once it is asked, as letters are."""
    place, days = block.grid.place(block.head), [told[key] for key, what in meant.items() if what in (DAY, HALF)]
    for key in (key for key, what in meant.items() if not what):
        question = f"« {told[key]} » dans ce planning : qu'est-ce que c'est ?"
        findings.doubt(place, Doubt(f"{TOPIC}.{key}", question, _OPTIONS, _TODO))
    if not (days or written) or (length := int(block.grid.answers.get(LENGTH, 0))):
        return 0 if not (days or written) else length
    said = listing([f"« {text} »" for text in (*days, *written)][:4])
    findings.doubt(place, Doubt(LENGTH, f"{said} : combien d'heures compte une journée ?", DAY_LENGTHS, _TODO))
    return None


def of_parts(cell: Cell) -> bool:
    """Tell whether a cell says parts of a day that nobody takes for an absence: « J », « matin », « M + AM »."""
    return is_code(cell) and not absent(cell)


def may_be_halves(cells: Sequence[Cell]) -> bool:
    """Tell whether cells are all days, parts of one, or absences, « M », « AM »: it is asked."""
    return bool(cells) and all(absent(cell) or is_code(cell) for cell in cells) and any(map(_half, cells))


def _half(cell: Cell) -> bool:
    return isinstance(cell, str) and {*parts_of(cell)} <= _PART_OF_DAY


def _texts(cell: str) -> Iterator[tuple[str, str]]:
    texts = _AND.split(cell.strip()) if _of_parts(cell) else [as_text(cell)]
    return zip(parts_of(cell), texts, strict=True)


def _number(cell: Cell) -> float | None:
    """Return a number without any unit; None for anything else."""
    if isinstance(cell, bool) or not isinstance(cell, str | float | int):
        return None
    return float(numbers(as_text(cell))[0][0]) if re.fullmatch(r"\d+([.,]\d+)?", as_text(cell)) else None


def _key(cell: str) -> str:
    return cell.strip().casefold() if "½" in cell or "/" in cell else same(cell)
