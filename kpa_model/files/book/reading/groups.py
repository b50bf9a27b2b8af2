"""Sums among lines that are no line: of a group, « Buffet (2) » above its two lines; of something else, below. Told.

What a group says once, its lines say too: whose they are, their project.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from kpa_model.files.book.cells import Cell, as_text, cell_at, read_number, same
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line, blanked
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import width
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.context import NAMES
from kpa_model.files.book.reading.spread.people import name_like
from kpa_model.words import listing

_COUNT = re.compile(r"(.+) \((\d+)\)")
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_TOTAL = re.compile(r"(sous[ -]?)?total\b|somme\b", re.IGNORECASE)
_LEAST = 2
"""From this number of lines on, a line without a word may be their sum."""
_Groups = Mapping[int, Sequence[int]]
"""The rank of the line that says a sum, and those of its lines."""


def without_groups(grid: Grid, findings: Findings) -> Grid:
    """Return a grid without the lines that say what the lines below them add up to; these say what they said."""
    grid = _without_sums_below(_without_carried(grid, findings), findings)
    grid = _without_bare_sums(grid, findings)
    counted = _counted(grid.lines)
    labels = [f"« {as_text(grid.lines[at][1][_first(grid.lines[at][1])])} »" for at in sorted(counted)]
    lines, there = _told_by_each(grid.lines, counted), {number for number, _ in grid.lines}
    for start in sorted({_first(cells) for _, cells in lines}, reverse=True)[1:]:  # groups inside groups first
        groups = _above_their_sum(lines, start, there)
        labels += [f"« {as_text(lines[at][1][start])} »" for at in groups]
        lines = _filled(lines, groups)
    if not labels:
        return grid
    findings.heed(grid.place(), told_above(labels))
    return replace(grid, lines=tuple(lines))


def told_above(labels: Sequence[str]) -> str:
    """Return what tells that some lines, as they are shown, are sums of those below."""
    one = "est la somme de lignes écrites dessous : elle n'est"
    several = "sont les sommes de lignes écrites dessous : elles ne sont"
    many = len(labels) > 1
    return f"{listing(labels, most=6)} {several if many else one} pas lue{'s' * many}."


_CARRIED = re.compile(
    rf"(total )?([àa] )?report(s|er|[ée]e?s?)?( (de|du|des|d['’]|au|sur|page|{NAMES})\b.*)?|[àa][ -]nouveau.*",
    re.IGNORECASE,
)


def _without_carried(grid: Grid, findings: Findings) -> Grid:
    """Return a grid without « Report février », « À reporter », in a column of days: a sum goes from page to page."""
    carried = set[int]()
    for number, cells in grid.lines:
        at = _first(cells)
        if _CARRIED.fullmatch(said := as_text(cell_at(cells, at))) and _days(grid.lines, at):
            carried.add(number)
            told = " ".join(text for each in cells[at + 1 :] if (text := as_text(each)))
            what = f"« {said} » ({told}) est une somme d'une page à l'autre. Cette ligne n'est pas lue."
            findings.heed(grid.place(number), what)
    return replace(grid, lines=tuple(line for line in grid.lines if line[0] not in carried)) if carried else grid


def _days(lines: Sequence[Line], at: int) -> bool:
    """Tell whether days, or their numbers, stand below the title of a column, on a third of the lines."""
    told = [text for _, cells in lines if (text := as_text(cell_at(cells, at)))][1:]
    return 3 * sum(bool(re.match(r"\D{0,10}\d", text)) for text in told) >= len(told) > 1


def _without_sums_below(grid: Grid, findings: Findings) -> Grid:
    """Return a grid without « Reste en caisse ; 182,40 » written after an empty line, where a day stands above."""
    end = len(grid.lines)
    while end > 2 and _apart(grid.lines[end - 1], grid.lines[end - 2]):
        end -= 1
        told = " ".join(as_text(cell) for cell in grid.lines[end][1] if as_text(cell))
        findings.heed(grid.place(grid.lines[end][0]), f"« {told} » est écrit sous le tableau. Ce n'est pas lu.")
    return replace(grid, lines=grid.lines[:end])


def _without_bare_sums(grid: Grid, findings: Findings) -> Grid:
    """Return a grid without the lines that hold no word, only the sums of the lines above, all or the last ones; told.

    Each of these has a word or a day where such a line has nothing: a line of a list of numbers alone is a fact. A week
    or a month, « Semaine 36 », may stand where they have a day.
    """
    own, group = list[Sequence[Cell]](), list[Sequence[Cell]]()
    found: dict[int, Mapping[int, float]] = {}
    most = 0
    for number, cells in grid.lines:
        named = _period(cells)
        sums = _bare_sums(blanked(cells, {named}))
        added = next((lines for lines in (group, own) if sums and _made_by(lines, sums, named)), None)
        if added is not None:
            found[number], most, group = sums, max(most, len(added), _LEAST if named >= 0 else 0), []
        elif not _TOTAL.match(as_text(cell_at(cells, _first(cells)))):
            own.append(cells)
            group.append(cells)
    if most < _LEAST:
        return grid
    lines = [line for line in grid.lines if line[0] in found]
    if told_as := [f"« {as_text(cells[at])} »" for _, cells in lines if (at := _period(cells)) >= 0]:
        told = "c'est la somme" if len(told_as) == 1 else "ce sont les sommes"
        findings.heed(grid.place(), f"{listing(told_as, most=4)} : {told} des jours au-dessus. Ce n'est pas lu.")
    for number, cells in (line for line in lines if _period(line[1]) < 0):
        told = listing([as_text(cells[at]) for at in found[number]], most=6)
        findings.heed(grid.place(number), f"{told} : c'est la somme des lignes au-dessus. Cette ligne n'est pas lue.")
    return replace(grid, lines=tuple(line for line in grid.lines if line[0] not in found))


_FIGURE = re.compile(r"[-+(]? ?\d[^a-zA-Z/]*(h|min|mn|€)?[^a-zA-Z/]*")


def _bare_sums(cells: Sequence[Cell]) -> dict[int, float]:
    """Return the numbers of a line that holds nothing else; nothing for any other line, which is told at once."""
    filled = {at: cell for at, cell in enumerate(cells) if as_text(cell)}
    figures = all(_FIGURE.fullmatch(as_text(cell)) for cell in filled.values())
    sums = {at: value for at, cell in filled.items() if figures and (value := figure_of(cell)) is not None}
    return sums if len(sums) == len(filled) else {}


_PERIOD = re.compile(
    rf"(semaine|sem\.?|s|week|w) ?(n° ?)?\d{{1,2}}( 20\d\d)?|(mois (de |d['’]))?({NAMES})( 20\d\d)?", re.I
)
_DAILY = re.compile(r"\D{0,10}\d")


def _period(cells: Sequence[Cell]) -> int:
    """Return where the only word of a line stands, when it is a week or a month; −1 for any other line."""
    words = [at for at, cell in enumerate(cells) if isinstance(cell, str) and _is_word(cell)]
    return words[0] if len(words) == 1 and _PERIOD.fullmatch(as_text(cells[words[0]])) else -1


@lru_cache(maxsize=4096)
def _is_word(text: str) -> bool:
    return bool(text) and not _FIGURE.fullmatch(text)


def _made_by(lines: Sequence[Sequence[Cell]], sums: Mapping[int, float], named: int) -> bool:
    """Tell whether lines, each with a word of its own, or a day where the sums are named, add up to some sums."""
    lines = [cells for cells in lines if any(figure_of(cell_at(cells, at)) is not None for at in sums)]
    days = [as_text(cell_at(cells, named)) for cells in lines if named >= 0]
    if any(not _DAILY.match(day) or _PERIOD.fullmatch(day) for day in days):
        return False
    worded = {named} if days else set.intersection(*map(texts_in, lines)) if lines else set()
    near = max(0.02, 0.006 * len(lines))
    added = {at: sum(figure_of(cell_at(cells, at)) or 0 for cells in lines) for at in sums}
    return bool(worded - sums.keys()) and all(
        min(abs(added[at] - said), abs(added[at] - 60 * said)) <= near  # « 4,25 » below « 150 » and « 105 »
        for at, said in sums.items()
    )


def _apart(line: Line, before: Line) -> bool:
    """Tell whether a line after an empty one is a name and a sum, which fit no column: a fact has a day there."""
    filled, above = ([as_text(cell) for cell in cells if as_text(cell)] for _, cells in (line, before))
    name = as_text(cell_at(line[1], _first(line[1])))
    lone = line[0] - before[0] > 1 and len(filled) == 2 < len(above) and not re.search(r"\d", name)
    said = lone and not _TOTAL.match(name) and figure_of(filled[1]) is not None
    return said and bool(_DAY.fullmatch(as_text(cell_at(before[1], _first(line[1])))))


def _first(cells: Sequence[Cell]) -> int:
    """Return the rank of the first cell that holds something."""
    return next((at for at, each in enumerate(cells) if as_text(each)), len(cells))


def _sums(cells: Sequence[Cell]) -> dict[int, float]:
    """Return the numbers and times that follow the first text of a line, by column."""
    start = _first(cells)
    return {at: value for at, each in enumerate(cells) if at > start and (value := figure_of(each)) is not None}


def texts_in(cells: Sequence[Cell]) -> set[int]:
    return {at for at, each in enumerate(cells) if as_text(each) and figure_of(each) is None}


def _adds_up(lines: Sequence[Line], head: int, own: Sequence[int]) -> bool:
    """Tell whether lines come to each sum that is said above them."""
    near = max(0.02, 0.006 * len(own))  # each line is rounded
    found = [_sums(lines[at][1]) for at in own]
    return all(abs(sum(each.get(at, 0) for each in found) - said) < near for at, said in _sums(lines[head][1]).items())


# --- « Buffet (2) » ---------------------------------------------------------------------------------------------------


def _counted(lines: Sequence[Line]) -> dict[int, list[int]]:
    """Return the groups that say how many lines they have; groups inside one are no lines of it."""
    heads = {at: many for at, (_, cells) in enumerate(lines) if (many := _many(cells))}
    facts = [at for at in range(len(lines)) if at not in heads] if heads else []
    own = {head: [at for at in facts if at > head][:many] for head, many in heads.items()}
    return {head: mine for head, mine in own.items() if len(mine) == heads[head] and _adds_up(lines, head, mine)}


def _many(cells: Sequence[Cell]) -> int:
    """Return how many lines a group says that it has; 0 for any other line."""
    start = _first(cells)
    found = _COUNT.fullmatch(as_text(cells[start])) if start < len(cells) and isinstance(cells[start], str) else None
    return int(found[2]) if found and len(texts_in(cells)) == 1 and _sums(cells) else 0


def _told_by_each(lines: Sequence[Line], groups: _Groups) -> list[Line]:
    """Return lines without counted groups; what these alone name is told by their lines.

    In its column when it is empty there, else in one more, for people. Groups in groups: one level only lacks.
    """
    named = {at: as_text(cells[_first(cells)]) for at, (_, cells) in enumerate(lines) if at in groups}
    said = {at: _COUNT.sub(r"\1", text).strip() for at, text in named.items()}
    alone = {
        head: own for head, own in groups.items() if any(same(said[head]) not in _said(lines[at][1]) for at in own)
    }
    starts, members = {_first(lines[head][1]) for head in alone}, [at for own in alone.values() for at in own]
    told: dict[int, dict[int, Cell]] = {}
    column = starts.pop() if len(starts) == 1 and len({*members}) == len(members) else -1
    if any(as_text(cell_at(lines[at][1], column)) for at in members):
        people = all(name_like(said[head]) for head in alone)
        title = _titles_of_hours(lines[: min(alone)]) if people else -1
        column = width(lines) if title >= 0 else -1
        told = {title: {column: "Personne"}}
    told |= {at: {column: said[head]} for head, own in alone.items() for at in own if column >= 0}
    return [_with(line, told.get(at, {})) for at, line in enumerate(lines) if at not in groups]


def _said(cells: Sequence[Cell]) -> set[str]:
    return {same(as_text(each)) for each in cells}


def _titles_of_hours(lines: Sequence[Line]) -> int:
    """Return the rank of the line whose titles say a time, and nobody; −1 when there is none."""
    hours = dictionaries()["heures"]
    for at, (_, cells) in enumerate(lines):
        leads = {found.name for each in cells if (text := as_text(each)) and (found := column_of(text, hours))}
        if "duree" in leads:
            return -1 if "personne" in leads else at
    return -1


# --- what is said once above its lines --------------------------------------------------------------------------------


def _above_their_sum(lines: Sequence[Line], start: int, there: Collection[int]) -> dict[int, list[int]]:
    """Return the groups that start in a column, when all of them add up, and no text stands in one column of both.

    An empty line ends a group: `there` are the numbers of the others.
    """
    groups: dict[int, list[int]] = {}
    head = -1
    for at, (number, cells) in enumerate(lines):
        first = _first(cells)
        head = at if first == start else head if first > start and number - 1 in there else -1
        if head not in (-1, at):
            groups.setdefault(head, []).append(at)
    many = len(groups) > 1 or any(len(own) > 1 for own in groups.values())
    upper = {at for head in groups for at in texts_in(lines[head][1])}
    lower = [texts_in(lines[at][1]) for own in groups.values() for at in own]
    apart = many and not upper & {at for each in lower for at in each} and all(lower)
    proved = apart and all(any(_sums(lines[at][1]).values()) and _adds_up(lines, at, own) for at, own in groups.items())
    return groups if proved else {}


def _filled(lines: Sequence[Line], groups: _Groups) -> list[Line]:
    """Return lines without the sums of groups, that say the texts of theirs."""
    told = {
        at: {rank: lines[head][1][rank] for rank in texts_in(lines[head][1])}
        for head, own in groups.items()
        for at in own
    }
    return [_with(line, told.get(at, {})) for at, line in enumerate(lines) if at not in groups]


def _with(line: Line, told: Mapping[int, Cell]) -> Line:
    number, cells = line
    row = [*cells, *[""] * (max(told, default=0) + 1 - len(cells))] if told else cells
    return number, [told.get(at, each) for at, each in enumerate(row)]


def figure_of(cell: Cell) -> float | None:
    """Return the number or the amount of a cell, or its time in hours; None for any other one."""
    if (number := read_or_none(partial(read_number, unit="€"), cell)) is not None:
        return float(number)
    minutes = read_or_none(read_duration, cell)
    return None if minutes is None else float(minutes) / 60
