"""Parts of a day below each day, the day written over the first one: « lun. 5/10 ; » above « M ; A ». Both add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.spread.heading import is_day_title
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.words import listing

MORNING, AFTERNOON, EVENING = "Matin", "Après-midi", "Soir"
_SHORT = {
    **dict.fromkeys(("m", "mat", "matin", "matins", "matinee"), MORNING),
    **dict.fromkeys(("a", "ap", "apm", "apmidi", "aprem", "apresm", "apresmidi", "pm"), AFTERNOON),
    **dict.fromkeys(("s", "soir", "soiree"), EVENING),
}


def part_of_day(text: str, others: Iterable[str]) -> str:
    """Return the part of a day that a title says in full, among others: « AM » is a morning beside « PM » alone.

    >>> [part_of_day(each, ["M", "AM"]) for each in ("M", "AM")], part_of_day("AM", ["AM", "PM"]), part_of_day("P", [])
    (['Matin', 'Après-midi'], 'Matin', '')
    """
    key = bare(text)
    if key == "am":
        return MORNING if any(bare(each) == "pm" for each in others) else AFTERNOON
    return _SHORT.get(key, "")


def with_parts_of_days(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose letters below days, « M ; A » or « AM ; PM », say in full which part of a day they are; told.

    « M » alone, or beside « F », may be anything: both halves of a day stand below one of the days.
    """
    own, told = parts_below(grid.lines)
    lower = dict(grid.lines).get(own, [])
    whole = _whole_days(grid, own, told, findings) if told else {}
    told = {**told, **whole}
    cells = [told.get(at, cell) for at, cell in enumerate(lower)]
    if cells == lower:
        return grid
    short = dict.fromkeys(f"« {as_text(lower[at])} » ({full.lower()})" for at, full in told.items() if at not in whole)
    findings.note(grid.place(own), f"{listing([*short])}, sous chaque jour : ces temps s'ajoutent.")
    return replace(grid, lines=tuple((number, cells if number == own else line) for number, line in grid.lines))


def _whole_days(grid: Grid, own: int, told: Mapping[int, str], findings: Findings) -> dict[int, str]:
    """Return the columns of days that have no part below, beside others that have: the first one; it is told.

    How long their crosses are, nothing says: they are not read.
    """
    rank = next(rank for rank, (number, _) in enumerate(grid.lines) if number == own)
    (_, upper), (_, lower), under = grid.lines[rank - 1], grid.lines[rank], grid.lines[rank + 1 :]
    alone = [at for at in _days(upper) if not as_text(cell_at(lower, at))]
    held = {at: [text for _, cells in under if (text := as_text(cell_at(cells, at)))] for at in alone}
    timed = [at for at in alone if held[at] and all(absent(text) or re.search(r"\d", text) for text in held[at])]
    crossed = [at for at in alone if held[at] and at not in timed]
    for ranks, tell, what in (
        (timed, findings.heed, "ces temps sont de toute la journée"),
        (crossed if [*told.values()].count(MORNING) > 1 else [], findings.left_out, "ce n'est pas lu"),
    ):
        names = listing([f"« {as_text(upper[at])} »" for at in ranks], most=6)
        if names:
            tell(grid.place(own), f"{names}, sans matin ni après-midi dessous : {what}.")
    return dict.fromkeys(timed, MORNING)


def _days(cells: Sequence[Cell]) -> list[int]:
    return [at for at, cell in enumerate(cells) if isinstance(cell, date) or is_day_title(as_text(cell))]


def parts_below(lines: Sequence[Line]) -> tuple[int, Mapping[int, str]]:
    """Return the number of the line that says parts of a day below days, and each in full, by column; −1 for none."""
    found = ((number, _parts(upper, lower)) for (_, upper), (number, lower) in pairwise(lines[:HEADED]))
    return next((each for each in found if each[1]), (-1, {}))


def _parts(upper: Sequence[Cell], lower: Sequence[Cell]) -> Mapping[int, str]:
    """Return in full the parts of a day that a line says below several days, by column; nothing for another line."""
    days = _days(upper)
    if len({as_text(upper[at]) for at in days}) < 2:
        return {}
    texts = {at: text for at, cell in enumerate(lower) if at >= days[0] and (text := as_text(cell))}
    told = {at: part_of_day(text, texts.values()) for at, text in texts.items()}
    titled = {at for at in texts if TOTAL.match(texts[at]) or (as_text(cell_at(upper, at)) and at not in days)}
    first = {at for at in days if {told.get(at), told.get(at + 1)} == {MORNING, AFTERNOON}}
    named = all(told[at] or at in titled for at in texts)
    return {at: full for at, full in told.items() if full and at not in titled} if first and named else {}
