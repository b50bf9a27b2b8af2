"""Months one under the other on a sheet, their days numbered from left to right: « AVRIL », « Nom ; 1 ; 2 ; 3 »."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import Cell, as_text, bare
from kpa_model.files.book.dates import WEEKDAYS, misnamed
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.reading.blocks import known_titles
from kpa_model.files.book.reading.dated.months import says_month
from kpa_model.files.book.reading.dated.numbers import NUMBERED
from kpa_model.words import month_name

_LEAST = 3
"""Fewer numbers in their order may be anything."""


def numbers_days(cells: Sequence[Cell]) -> bool:
    """Tell whether a line of titles numbers days in their order, after nothing, a title or a month, before a total."""
    texts = [as_text(each) for each in cells]
    found = [int(each[each.re.groups]) for text in texts if (each := NUMBERED.fullmatch(text))]
    others = [text for text in texts if text and not NUMBERED.fullmatch(text)]
    titles = all(says_month(text) or bare(text) in known_titles() for text in others)
    rising = all(before < after for before, after in pairwise(found))
    first = not texts or NUMBERED.fullmatch(texts[0])  # « 4 ; 5 ; 6 » is a day, and times
    return len(found) >= _LEAST and titles and rising and 1 <= found[0] <= found[-1] <= 31 and not first


def across(lines: Sequence[Line], heads: Sequence[int]) -> tuple[list[Line], list[list[Line]]]:
    """Return what stands above several months, and for each one the line that numbers its days, then its own lines.

    Args:
        lines: those of a sheet.
        heads: the ranks of the lines that name a month.
    """
    days = [rank for rank, (_, cells) in enumerate(lines) if numbers_days(cells)]
    sections = list[list[Line]]()
    for start, end in pairwise([*heads, len(lines)]):
        own = next((rank for rank in days if start <= rank < end), -1)
        titles = own if own >= 0 else max((rank for rank in days if rank < start), default=-1)
        facts = [lines[rank] for rank in range(start + 1, end) if rank != own]
        if titles < 0 or not facts:
            return [], []
        sections.append([lines[titles], *facts])
    return [lines[rank] for rank in range(heads[0]) if rank not in days], sections


def dated(grid: Grid, lines: Sequence[Line], month: CalendarMonth, findings: Findings) -> list[Line]:
    """Return the lines of a month under whole days; one that it has not, or of another name, is refused where used."""
    (number, titles), *facts = lines
    heads: list[Cell] = []
    for at, cell in enumerate(titles):
        text = as_text(cell)
        found = NUMBERED.fullmatch(text)
        day = int(found[found.re.groups]) if found else 0
        whole = month.first_day.replace(day=day) if 1 <= day <= month.last_day.day else None
        used = day and any(at < len(cells) and as_text(cells[at]) for _, cells in facts)
        if used and (whole is None or misnamed(text, whole)):
            what = f"le {day} n'existe pas en {month_name(month.first_day)}."
            if whole:
                what = f"« {text} » : le {whole:%d/%m/%Y} est un {WEEKDAYS[whole.weekday()].casefold()}."
            findings.problem(grid.place(number, at), what, "Corrigez ce titre, ou le mois écrit au-dessus.")
        heads.append((whole or "") if day else "Nom" if says_month(cell) else cell)
    return [(number, heads), *facts]
