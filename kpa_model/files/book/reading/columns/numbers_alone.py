"""What a whole column settles about its cells; times written as numbers alone: what they may count."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from fractions import Fraction
from typing import Any

from kpa_model.declare.number import numbers
from kpa_model.files.book import dates
from kpa_model.files.book.cells import Cell, as_text, shown
from kpa_model.files.book.findings import Doubt
from kpa_model.words import listing

FEW, _TEN, MIXED = 12, 10, "h<12<min"
"""The most hours of a line; the least number that counts minutes by five; minutes beyond these hours, hours below."""
_OF_A_DAY, _SHOWN = 24, 3


def number(cell: Cell) -> Fraction:
    """Return the value of a bare number."""
    return numbers(as_text(cell))[0][0]


def bare_number(cell: Cell) -> bool:
    """Tell whether a cell is a number without any unit."""
    if isinstance(cell, bool):
        return False
    return isinstance(cell, float | int) or (
        isinstance(cell, str) and bool(re.fullmatch(r"\d+([.,]\d+)?", cell.strip()))
    )


def few(values: Collection[Fraction]) -> bool:
    """Tell whether numbers may all be the hours of a line, and are not minutes counted by five."""
    most = max(values)
    return most <= FEW and (most < _TEN or any(value % 5 for value in values))


def says_hours(cells: Sequence[Cell]) -> Cell:
    """Return the first cell that says hours with their unit, « 1h30 », « 1:30 »; an empty text when none does."""
    texts = ((cell, as_text(cell)) for cell in cells if not bare_number(cell))
    return next(
        (c for c, text in texts if isinstance(c, time | timedelta) or re.search(r"\d ?h|\d:\d", text, re.I)), ""
    )


def beside_hours(cells: Sequence[Cell], topic: str, todo: str) -> Doubt | None:
    """Return the doubt about numbers beside « 1h30 », which count by five, or go beyond the hours of a line.

    Numbers with decimals count hours, unless no day has as many.
    """
    bare = {value: at for at, cell in enumerate(cells) if bare_number(cell) and (value := number(cell))}
    whole = all(value.denominator == 1 for value in bare)
    said = says_hours(cells) or next((cells[at] for value, at in bare.items() if value.denominator > 1), "")
    if not bare or not said or few([*bare]) or (not whole and max(bare) <= _OF_A_DAY):
        return None
    most, least = (shown(cells[bare[value]]) for value in (max(bare), min(bare)))
    options = [("min", "des minutes"), ("h", "des heures")]
    if min(bare) <= FEW < max(bare) and any(value % 5 for value in bare):
        options.insert(0, (MIXED, f"des minutes pour {most}, des heures pour {least}"))
    unsure = [value for value in sorted(bare, reverse=True) if value > FEW or len(options) == 2]
    told = listing([shown(cells[bare[value]]) for value in unsure[:_SHOWN]])
    question = f"D'autres cases disent des heures, comme {shown(said)}. Et {told}, ce sont des heures ou des minutes ?"
    return Doubt(topic, question, (*options,), todo, rank=bare[max(bare)])


_MINUTES = {"15", "30", "45", "05", "10", "20", "35", "40", "55"}


def minutes_after_point(cells: Sequence[Cell], answers: Mapping[str, str]) -> Doubt | None:
    """Return the doubt about 7.30 when most decimal parts look like minutes, and all are below an hour."""
    if "point" in answers:
        return None
    parts = [(at, decimals(cell)) for at, cell in enumerate(cells) if bare_number(cell)]
    said = [(at, part) for at, part in parts if part not in ("", "00")]
    like = [(at, part) for at, part in said if part in _MINUTES]
    if not like or 2 * len(like) < len(said) or any(int(part) >= 60 for _, part in said):
        return None
    at, part = like[0]
    hours = re.split(r"[.,]", as_text(cells[at]))[0]
    decimal = dates.read_duration(cells[at])
    other = f"{int(decimal) // 60} h {int(decimal) % 60:02d}"
    options = (("minutes", f"{hours} h {part}"), ("decimales", other))
    todo = f"Écrivez {hours}h{part} pour des minutes. Sinon, tout va bien."
    return Doubt(
        "point", f"{shown(cells[at])} : est-ce {hours} h {part}, ou {other} ?", options, todo, stops=False, rank=at
    )


def decimals(cell: Cell) -> str:
    """Return the two decimals of a bare number, as a text: `30` for 7.30 or 7,3 of a spreadsheet."""
    if isinstance(cell, float | int):
        whole = f"{float(cell):.6f}".split(".")[1]
        return whole[:2] if not whole[2:].strip("0") else "99"
    found = re.fullmatch(r"\d+[.,](\d+)", str(cell).strip())
    return "" if found is None else found[1] if len(found[1]) == 2 else "99"


def pointed(cell: Cell) -> Any:
    """Read 7.30 as 7 h 30."""
    if bare_number(cell) and (part := decimals(cell)) not in ("", "99"):
        return dates.read_duration(f"{int(number(cell))}:{part}")
    return dates.read_duration(cell)


@dataclass(frozen=True)
class Habit:
    """How the cells of one column are read, once everything about it is settled."""

    read: Callable[[Cell], Any]
    doubt: Doubt | None = None
    proofs: tuple[str, ...] = ()
    """What its cells prove of all of them, to be told."""
    order: str = ""
    """What comes first in its days, when it is not the day: `mois`, `annee`."""
