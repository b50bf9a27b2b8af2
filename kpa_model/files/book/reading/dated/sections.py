"""Months one under the other on a sheet, « AVRIL 2026 », their days only numbered, below them or to the right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import WEEKDAY, WEEKDAYS, misnamed
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import is_day, known_titles, no_figures, rank_of_titles, width
from kpa_model.files.book.reading.context import NAMES, Context
from kpa_model.files.book.reading.dated.halves import says_half
from kpa_model.files.book.reading.dated.months import YEAR, in_order, says_month, which_year
from kpa_model.files.book.reading.dated.numbers import NUMBERED
from kpa_model.files.book.reading.spread.days import DAY_MONTH, OF_DAYS
from kpa_model.files.book.reading.spread.people import TOTAL, says_total
from kpa_model.words import listing, month_name

_WORDS = "heures|mois|planning|suivi|feuille|relev[ée]|pointage|temps|[ée]quipe|pr[ée]sences?"
_AROUND = re.compile(
    rf"^(?:(?:{_WORDS})(?: (?:du|des) (?:{_WORDS}))? )?(?:de |d['’])?(?={NAMES})"
    rf"|[ :]*[-–:,]? ?(?:\(?(?:{_WORDS})\)?)?[ :]*$",
    re.IGNORECASE,
)
"""What may stand around the name of a month: « Heures d'avril 2026 : », « AVRIL - Planning »."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_TOP = 3
"""Days stand in one of the first columns."""


def with_days(grid: Grid, context: Context, findings: Findings) -> list[Grid]:
    """Return a grid whose days are whole, below the names of several months; nothing once their year is asked.

    Each month with its own titles is a grid of its own, below what stands above them all. A day that its month has
    not, or that is named after another, is written with it: it is refused as such.
    """
    named = ((rank, _heading(cells)) for rank, (_, cells) in enumerate(grid.lines))
    heads = {rank: cell for rank, cell in named if cell != ""}
    among = len(heads) > 1 or any(rank > rank_of_titles(grid.lines) for rank in heads)
    at = next((at for at in range(_TOP) if _are_days(grid, [*heads], at)), -1) if among else -1
    called = at >= 0 and any(bare(as_text(cell_at(cells, at))) in OF_DAYS for _, cells in grid.lines)
    above, sections = ([], []) if called or len(heads) < 2 else across(grid.lines, [*heads])
    if at < 0 and not sections:
        return [grid]
    if not (months := _months(grid, heads, context, findings)):
        return []
    first = min(heads)
    if sections:
        own = (dated(grid, each, month, findings) for each, month in zip(sections, months, strict=True))
        return [replace(grid, lines=(*above, *lines)) for lines in own]
    ends = [*heads, len(grid.lines)][1:]
    parts = [_whole(grid.lines[start:end], at, month) for start, end, month in zip(heads, ends, months, strict=True)]
    before = _whole(grid.lines[:first], at, None)
    if all(_is_title(lines[0][1], at) for lines in parts):
        return [replace(grid, lines=(*before, *lines)) for lines in parts]
    return [replace(grid, lines=(*before, *(line for lines in parts for line in lines)))]


def _months(grid: Grid, heads: Mapping[int, Cell], context: Context, findings: Findings) -> list[CalendarMonth]:
    """Return the months that some lines name, by rank; nothing once their year is asked."""
    texts = (each for _, cells in grid.lines for each in cells if isinstance(each, str))
    years = {int(year) for text in (grid.sheet, grid.file, *texts) for year in _YEAR.findall(text)} or {*context.years}
    months = in_order([*heads.values()], years, grid.answers.get(YEAR, ""))
    if not months:
        findings.doubt(grid.place(grid.lines[min(heads)][0]), which_year(heads[min(heads)], years))
    return months


def but_headings(grid: Grid, context: Context, findings: Findings) -> Grid | None:
    """Return a grid without the months alone on a line among those of its table; None once their year is asked.

    Whole days say their month. Where nothing says when, each line is of the month above it. A month may be empty.
    """
    top, lines = rank_of_titles(grid.lines), grid.lines
    heads = {rank: cell for rank in range(top + 1, len(lines)) if (cell := _alone(lines[rank][1])) != ""}
    facts = [rank for rank in range(top + 1, len(lines)) if rank not in heads]
    titles = [as_text(each) for each in lines[top][1]] if heads and facts else []
    firsts = [as_text(next(filter(as_text, lines[rank][1]), "")) for rank in facts]
    if not titles or not no_figures(titles) or any(says_month(text) or text == titles[0] != "" for text in firsts):
        return grid
    days = [at for at, title in enumerate(titles) if _leads_to_days(title)]
    whole = any(is_day(cell_at(lines[rank][1], at)) for rank in facts for at in days)
    gone = {*heads} if whole else {rank for rank in heads if rank + 1 in heads or rank + 1 == len(lines)}
    named = not days and not any(re.search(r"\d", text) or WEEKDAY.fullmatch(text) for text in (*titles, *firsts))
    if named and min(heads) < facts[0]:
        if not (months := _months(grid, heads, context, findings)):
            return None
        said = listing([f"« {as_text(cell)} »" for cell in heads.values()], most=4)
        findings.heed(grid.place(lines[min(heads)][0]), f"{said} : chaque ligne est du mois écrit au-dessus d'elle.")
        gone, grid = {*heads}, _of_months(grid, top, dict(zip(heads, months, strict=True)))
    elif gone:
        said = listing([f"« {as_text(heads[rank])} »" for rank in sorted(gone)], most=4)
        findings.note(grid.place(lines[min(gone)][0]), f"{said}, sans rien d'autre sur la ligne : un titre.")
    return replace(grid, lines=tuple(line for rank, line in enumerate(grid.lines) if rank not in gone))


def _alone(cells: Sequence[Cell]) -> Cell:
    """Return the month that a line only holds, in one cell or merged over all; a day that stands alone is none."""
    filled = {as_text(each) for each in cells if as_text(each)}
    return cell if len(filled) == 1 and isinstance(cell := _heading(cells), str) else ""


def _leads_to_days(title: str) -> bool:
    return bare(title) in OF_DAYS or any(
        found.name == "date" for each in dictionaries().values() if title and (found := column_of(title, each))
    )


def _of_months(grid: Grid, top: int, months: Mapping[int, CalendarMonth]) -> Grid:
    """Return a grid with one more column, the month above each line; a total has none."""
    wide, told, lines = width(grid.lines), "", list[Line]()
    for rank, (number, cells) in enumerate(grid.lines):
        told = month_name(months[rank].first_day) if rank in months else told
        own = "Mois" if rank == top else "" if says_total(cells) else told
        lines.append((number, [*cells, *[""] * (wide - len(cells)), own]))
    return replace(grid, lines=tuple(lines))


def _whole(lines: Sequence[Line], at: int, month: CalendarMonth | None) -> list[Line]:
    """Return the lines of a month with their days, without its name; in a line of titles, days are called so."""
    found: list[Line] = []
    for number, cells in lines:
        cell = cell_at(cells, at)
        if month and _heading(cells) != "" and not _is_title(cells, at):
            continue
        if _is_title(cells, at) and _corner(cell):  # « Jour » may stand above the names of the days, beside
            found.append((number, ["" if bare(as_text(each)) in OF_DAYS else each for each in cells]))
            found[-1][1][at] = "Jour"
        else:
            found.append((number, [*cells[:at], _day(cell, month) if month else cell, *cells[at + 1 :]]))
    return found


def _is_title(cells: Sequence[Cell], at: int) -> bool:
    """Tell whether a line holds texts right of its days, and no figure: titles."""
    others = [each for each in cells[at + 1 :] if as_text(each) and each != cell_at(cells, at)]
    return bool(others) and no_figures(others) and not NUMBERED.fullmatch(as_text(cell_at(cells, at)))


def _heading(cells: Sequence[Cell]) -> Cell:
    """Return the month that a line starts with, alone or before titles; an empty text when it does not."""
    filled = [each for each in cells if as_text(each)]
    first = filled[0] if filled else ""
    said = _AROUND.sub("", first) if isinstance(first, str) else first
    others = [each for each in filled if each != first]  # a month merged over the table is written above each column
    return said if filled and says_month(said) and (no_figures(others) or numbers_days(cells)) else ""


def _are_days(grid: Grid, heads: Sequence[int], at: int) -> bool:
    """Tell whether a column only numbers days below each of some months, and no title calls it something else."""
    lines = [cells for _, cells in grid.lines]
    for start, end in pairwise([*heads, len(lines)]):
        told = [text for cells in lines[start + 1 : end] if (text := as_text(cell_at(cells, at)))]
        facts = [
            text for text in told if re.search(r"\d", text) and not TOTAL.match(text) and not _YEAR.fullmatch(text)
        ]
        if not facts or not all(NUMBERED.fullmatch(text) or DAY_MONTH.fullmatch(text) for text in facts):
            return False
    named = [cells for cells in lines if _is_title(cells, at) and not TOTAL.match(as_text(cell_at(cells, at)))]
    return bool(named) and all(_is_day_title(cells, at) for cells in named)


def _is_day_title(cells: Sequence[Cell], at: int) -> bool:
    """Tell whether a title is that of days, or none beside titles that lead to nothing: people."""
    title = cell_at(cells, at)
    others = {bare(text) for each in cells if (text := as_text(each))} & known_titles()
    return bare(as_text(title)) in OF_DAYS or (_corner(title) and others <= OF_DAYS)


def _corner(cell: Cell) -> bool:
    """Tell whether a cell is no title of days, yet may stand above them: nothing, a month, a year."""
    text = as_text(cell)
    return not text or says_month(cell) or bool(_YEAR.fullmatch(text))


def _day(cell: Cell, month: CalendarMonth) -> Cell:
    """Return the day of a number in a month; with the month in words when it is not one of its days."""
    text = as_text(cell)
    if DAY_MONTH.fullmatch(text):
        return f"{text} {month.year}" if re.search(r"[^\W\d]\.?$", text) else f"{text}/{month.year}"
    if not (found := NUMBERED.fullmatch(text)):
        return cell
    number = int(found[found.re.groups])
    day = month.first_day.replace(day=number) if 1 <= number <= month.last_day.day else None
    return day if day and not misnamed(text, day) else f"{text} {month_name(month.first_day)}"


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
    """Return what stands above several months, and for each one the line of its days or halves, then its own lines.

    Args:
        lines: those of a sheet.
        heads: the ranks of the lines that name a month.
    """
    days = [rank for rank, (_, cells) in enumerate(lines) if numbers_days(cells) or sum(map(says_half, cells)) > 1]
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
        other = f"{text} {month_name(month.first_day)}" if says_half(cell) else "Nom" if says_month(cell) else cell
        heads.append((whole or "") if day else other)
    return [(number, heads), *facts]
