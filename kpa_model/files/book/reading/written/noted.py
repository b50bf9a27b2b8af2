"""Cells that say more than a time, « ~2h », « 3h (dont 1h de route) », or less, « idem »: read, and told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import rank_of_titles
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.numbers_alone import bare_number
from kpa_model.files.book.reading.columns.ranges import ranged
from kpa_model.files.book.reading.spread.people import TOTAL, name_like
from kpa_model.files.book.reading.written.letters import of_times
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, listing

_TIME = r"(?P<time>\d{1,3}(?:[.,]\d+)?(?: ?(?:h(?: ?\d\d)?|heures?|min|mn|minutes)|:\d\d)?)"
_ABOUT = r"(?:~|≈|±|env\.?|environ|approx\.?|à peu près|about)"
_INSIDE = r"(?:dont|y compris|compris|incl\w*)\b"
_NOTED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ABOUT} ?{_TIME}|(?P<past>{_TIME.replace('?P<time>', '?:')}) ?\(?{_ABOUT}\)?",
        rf"{_TIME}[ ,;(\[–-]+{_INSIDE}(?P<note>.*)",
        rf"{_TIME} ?\((?P<note>[^()]*\b(?:comprise?s?|incluse?s?))\)",
        rf"{_TIME} ?\((?P<note>[^()\d]+)\)",
    )
)
_CHANGES = pattern("noted.changes")
"""What a note may say that changes how long it was, or for whom."""


def with_notes(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose times are without the note beside them; it is told. What may change the time is left."""
    wide = max((len(cells) for _, cells in grid.lines), default=0)
    columns = ([cell_at(cells, at) for _, cells in grid.lines] for at in range(wide))
    ranks = {at for at, cells in enumerate(columns) if of_times(cells, plain_time) and _clear(cells)}
    if not ranks:
        return grid
    told = dict[str, str]()

    def row(line: Line) -> Line:
        made = {at: time for at in ranks if (time := plain_time(cell_at(line[1], at))) and not several(line[1])}
        told.update({as_text(line[1][at]): time for at, time in made.items()})
        return line[0], [made.get(at, cell) for at, cell in enumerate(line[1])]

    lines = tuple(map(row, grid.lines))
    if told:
        said = listing([f"« {text} » est lu {time}" for text, time in told.items()], most=6)
        findings.heed(grid.place(), f"{said}{'' if len(told) > 6 else '.'}")
    return replace(grid, lines=lines)


def _clear(cells: Sequence[Cell]) -> bool:
    """Tell whether the times of a column say their unit, or a title above says that they are times, or somebody's."""
    told = [time for cell in cells if (time := plain_time(cell))]
    above = [as_text(cell) for cell in cells[: next(at for at, cell in enumerate(cells) if plain_time(cell))]]
    titled = any(may_say(text, "duree", dictionaries()["heures"]) or name_like(text) for text in above)
    return titled or not any(map(bare_number, told))


@lru_cache(maxsize=4096)  # hours say the same few things
def plain_time(cell: Cell) -> str:
    """Return the time that stands beside a note; an empty text without any note, or when the note may change it.

    >>> [plain_time(text) for text in ("3h (dont 1h de route)", "~2h", "2h30 environ", "2h (sans pause)", "3h")]
    ['3h', '2h', '2h30', '', '']
    >>> [plain_time(text) for text in ("8h-12h / congé", "malade + 3h30", "3h / route")]
    ['8h-12h', '3h30', '']
    >>> [plain_time(text) for text in ("9h-12h30 + 1h compta", "2h + tri 1h", "2h + 1h pause", "1h + 2h")]
    ['4h30', '3h00', '', '']
    """
    text = as_text(cell) if isinstance(cell, str) else ""
    if alone := _but_absence(str(cell) if text else "") or _added_up(text):
        return alone
    found = next((found for pattern in _NOTED if (found := pattern.fullmatch(text))), None)
    if found is None:
        return ""
    said = found.groupdict()
    return "" if _CHANGES.search(same(said.get("note") or "")) else said["time"] or said["past"]


def _but_absence(text: str) -> str:
    """Return the time of one half of a day whose other half is a word of absence; an empty text for anything else."""
    parts = [part.strip() for part in re.split(r"[/+,;&\n]| et | puis ", text)]
    times = [part for part in parts if not (len(bare(part)) > 2 and absent(part))]  # « M » may be a morning
    alone = len(times) == 1 < len(parts) and (re.fullmatch(_TIME, times[0], re.IGNORECASE) or ranged(times[0]))
    return times[0] if alone else ""


_WORDS = "(?-i:[a-zà-ÿ])[^\\d+()]*"
_PART = re.compile(
    rf"(?:(?P<before>{_WORDS}) )?(?P<time>\d(?:.*\d)?(?: ?(?:h|heures?|min|mn|minutes))?)(?: (?P<after>{_WORDS}))?",
    re.IGNORECASE,
)
_AND = re.compile(r"\+| et | puis ", re.IGNORECASE)
_SAYS_UNIT = re.compile(r"\d ?[h:m]", re.IGNORECASE)


def _added_up(text: str) -> str:
    """Return the sum of times that each say their unit, a span or a word beside some; an empty text for others."""
    parts = _AND.split(text)
    if len(parts) < 2 or ranged(text):
        return ""
    found = [each for part in parts if (each := _PART.fullmatch(part.strip())) and _SAYS_UNIT.search(each["time"])]
    said, spans = [each["before"] or each["after"] or "" for each in found], [ranged(each["time"]) for each in found]
    if len(found) < len(parts) or all(said) or not any([*said, *spans]) or _CHANGES.search(same(" ".join(said))):
        return ""
    pairs = zip(found, spans, strict=True)
    times = [span.total_seconds() / 60 if span else read_or_none(read_duration, each["time"]) for each, span in pairs]
    return "" if None in times else "{}h{:02}".format(*divmod(round(sum(times)), 60))


def several(cells: Sequence[Cell], named: Callable[[str], object] = name_like) -> bool:
    """Tell whether a line names several people in one cell: a time of theirs is cut elsewhere."""
    return any(len(names := names_in(as_text(cell))) > 1 and all(map(named, names)) for cell in cells)


_DITTO = pattern("noted.ditto")


_FIGURE = re.compile(r"\d")


def with_dittos(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose cells that say « // » say what the nearest filled one above says, totals left aside.

    In a book that is kept, an invoice may be called so.
    """
    if not findings.asking:
        return grid
    head = rank_of_titles(grid.lines)
    if not any(map(_says_same, {cell for _, cells in grid.lines for cell in cells if isinstance(cell, str)})):
        return grid
    above, worked = dict[int, Cell](), dict[int, Cell]()
    lines, read = list[Line](), dict[str, list[int]]()
    for number, cells in grid.lines[head + 1 :]:
        first = next((text for each in cells if (text := as_text(each))), "")
        row = list(cells)
        for at, cell in enumerate(cells):
            told = worked if _FIGURE.search(as_text(cell_at(cells, at + 1))) else above
            if _says_same(cell) and at in told:
                row[at] = told[at]
                read.setdefault(as_text(cell), []).append(int(number))
            elif as_text(cell) and not TOTAL.match(first):
                above[at] = cell
                if not absent(cell):  # « idem » below a day off, beside hours, is the work of the day before
                    worked[at] = cell
        lines.append((number, row))
    if not read:
        return grid
    numbers = sorted({number for own in read.values() for number in own})
    what = "est lue comme celle du dessus" if sum(map(len, read.values())) == 1 else "sont lues comme celles du dessus"
    many = count(sum(map(len, read.values())), "case", "cases")
    where = f"ligne{'s' if len(numbers) > 1 else ''} {listing([str(each) for each in numbers], most=8)}"
    findings.heed(grid.place(), f"{listing([f'« {each} »' for each in read])} : {many} {what} ({where}).")
    return replace(grid, lines=(*grid.lines[: head + 1], *lines))


def _says_same(cell: Cell) -> bool:
    return isinstance(cell, str) and _DITTO.fullmatch(same(cell)) is not None
