"""Two columns of hours of the day beside names, « Aller ; Retour »: a start and an end, whatever their titles are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, cycle, pairwise

from kpa_model.files.book.cells import Cell, as_text, cell_at, same, shown
from kpa_model.files.book.dates import WEEKDAY
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import DAY, LATE, NIGHT, clock, ends, late, on_a_clock, starts
from kpa_model.files.book.reading.context import NAMES
from kpa_model.files.book.reading.dated.clocked_names import names_over
from kpa_model.files.book.reading.dated.moments import noted_on
from kpa_model.files.book.reading.sales.both_ways import money_both_ways
from kpa_model.files.book.reading.spread import people
from kpa_model.files.book.reading.spread.breaks import hours_of_break, of_break
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing

_TOPIC = "heures.de_a"
_EARLY, _EVENING, _SHORTEST, _LONGEST = 5 * 60, 17 * 60, 15, 12 * 60
"""Minutes: most work starts after this hour, nights after that; the least and the most of a work."""
_MOST = 0.8
_OTHERWISE = re.compile(r"\b(prevu|reel|theori|plan|estim|retard|max|min\b)")
"""Two hours of the day under these words may both be starts."""


def with_start_and_end(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose two hours of the day are titled as a start and an end; it is told, or asked if not sure."""
    grid, hours = names_over(grid), dictionaries()["heures"]
    for rank, (number, cells) in enumerate(grid.lines[:HEADED]):
        titles, under = [as_text(each) for each in cells], grid.lines[rank + 1 :]
        who = [at for at, title in enumerate(titles) if may_say(title, "personne", hours)]
        free = [at for at in range(len(titles)) if at not in who]
        clocks = [at for at in free if _of_the_day(titles[at], _column(under, at))]
        columns = [[*_column(under, at)] for at in range(len(titles))] if clocks else []
        clocks = _with_night(clocks, free, titles, columns)
        again, words = _under_each(grid, rank, titles, clocks), [titles[at] for at in clocks]
        of_one = len({*words}) == len(words) == 4 and starts(words[0]) and ends(words[-1])
        named = any(people.mostly_names([*dict.fromkeys(filter(as_text, _column(under, at)))]) for at in who)
        moved = len(clocks) == 2 and any(_MOVES.search(same(each)) for each in words) and _dated(titles)
        if not (again or of_one or named or moved):
            continue
        a_break = hours_of_break(titles) and not any(map(people.TOTAL.match, titles))
        told = a_break or any(may_say(title, "duree", hours) for title in titles)
        if told or not _untold(titles, again[:2] or clocks):
            return grid
        every = [[*chain(*(columns[at] for at in again[side::2]))] for side in (0, 1)] if again else []
        spans = _spans(every or [columns[at] for at in clocks])
        if not spans or not _agreed(grid, number, [titles[at] for at in again[:2] or clocks], spans, findings):
            return grid
        said = dict(zip(again or clocks, cycle(_TITLES[:2] if again else _TITLES), strict=False))
        quoted, place = {title: titles[at] for at, title in said.items()}, (grid.file, grid.sheet)
        findings.titles[place] = {**findings.titles.get(place, {}), **quoted}
        heads = {at: {titles[at]: title} for at, title in said.items()}  # titles may come back lower
        lines = [(line, _retitled(told, heads)) for line, told in grid.lines[rank:]]
        return replace(grid, lines=(*grid.lines[:rank], *lines))
    return grid


def _column(lines: Sequence[Line], at: int) -> Iterator[Cell]:
    """Yield the cells of a column, as far as they are looked at: the first one tells most columns."""
    return (cell_at(cells, at) for _, cells in lines)


def _dated(titles: Sequence[str]) -> bool:
    """Tell whether a title is that of days: one person may write hers, without her name."""
    return any(may_say(title, "date", dictionaries()["heures"]) for title in titles)


def _retitled(cells: Sequence[Cell], heads: Mapping[int, Mapping[str, str]]) -> list[Cell]:
    return [heads.get(at, {}).get(as_text(cell), cell) for at, cell in enumerate(cells)]


_TITLES = ("Heure de début", "Heure de fin", "Heure de début 2", "Heure de fin 2")


def _under_each(grid: Grid, rank: int, titles: Sequence[str], clocks: Sequence[int]) -> list[int]:
    """Return the columns of two titles that come again under each person, or each day, of the line above; else none."""
    pair = [*dict.fromkeys(titles[at] for at in clocks)]
    ranks = [at for at, title in enumerate(titles) if title in pair]
    again = len(pair) == 2 < len(ranks) and [titles[at] for at in ranks] == pair * (len(ranks) // 2)
    above = grid.lines[rank - 1][1] if rank else []
    return ranks if again and all(as_text(cell_at(above, at)) for at in ranks[::2]) else []


_OF_DAYS = re.compile(
    rf"(?:{WEEKDAY.pattern})\b|{people.TOTAL.pattern}|\d+$|.*\d[/.-]\d|.*\d ?({NAMES})\b|({NAMES})\b"
    r"|(semaine|sem|s)\.? ?\d",
    re.IGNORECASE,
)
"""Titles under which times are those of a day, of a week, or their sum."""


def _of_the_day(title: str, column: Iterable[Cell]) -> bool:
    """Tell whether a column holds hours of the day, most of them after the night, under a title that may say so."""
    told = [hour for hour in _clocks_of(title, column) if hour]  # a night may start, or end, at midnight
    return _most(told, _EARLY) >= _MOST


def _clocks_of(title: str, column: Iterable[Cell]) -> list[int]:
    """Return what a column says on a clock, in minutes; nothing under a title of days, or when a cell says no hour."""
    filled = (cell for cell in column if as_text(cell) and not absent(cell) and as_text(cell) != title)
    if not title or _OF_DAYS.match(title) or clock(first := next(filled, "")) is None:  # most columns hold none
        return []
    cells = [first, *filled]
    return [clock(cell) or 0 for cell in cells] if on_a_clock(cells) and not noted_on(title) else []


def _with_night(
    clocks: list[int], free: Sequence[int], titles: Sequence[str], columns: Sequence[Sequence[Cell]]
) -> list[int]:
    """Return the columns of hours of the day, with the one that ends their nights."""
    if len(clocks) != 1:
        return clocks
    start = columns[clocks[0]]
    later = [at for at in free if at > clocks[0] and not of_break(titles[at])]
    others = [at for at in later if _clocks_of(titles[at], columns[at]) and _nights_end(start, columns[at])]
    found = [at for at in others if _MOVES.search(same(titles[at]))] or others
    return [*clocks, *found] if len(found) == 1 else clocks


def _nights_end(starts_at: Sequence[Cell], ends_at: Sequence[Cell]) -> bool:
    """Tell whether the early hours of a column all end works that another says to start in the evening."""
    told = [(clock(start), clock(end)) for start, end in zip(starts_at, ends_at, strict=True)]
    both = [(start, end) for start, end in told if start is not None and end is not None]
    return bool(both) and all(end >= _EARLY or start >= _EVENING for start, end in both)


def _most(hours: Sequence[int], since: int) -> float:
    """Return the part of hours of the day that come after one of them, from 0 to 1."""
    return sum(hour >= since for hour in hours) / max(1, len(hours))


def _untold(titles: Sequence[str], clocks: Sequence[int]) -> bool:
    """Tell whether titles do not say by themselves that pairs of hours, one or two a day, are a start and an end."""
    if len(clocks) not in (2, 4):
        return False
    words = [titles[at] for at in clocks]
    return not (all(map(starts, words[::2])) and all(map(ends, words[1::2]))) or money_both_ways(titles)


def _spans(columns: Sequence[Sequence[Cell]]) -> list[tuple[Cell, Cell]]:
    """Return both hours of each work, when the hours of nearly all lines rise, or a night ends them; else nothing."""
    lines = [[cell for cell in cells if clock(cell) is not None] for cells in zip(*columns, strict=True)]
    whole = [cells for cells in lines if cells and len(cells) % 2 == 0]
    rising = sum(
        all(_follow(clock(one) or 0, clock(next_one) or 0) for one, next_one in pairwise(each)) for each in whole
    )
    spans = [(each[at], each[at + 1]) for each in whole for at in range(0, len(each), 2)]
    return spans if rising >= _MOST * len(whole) else []


def _follow(hour: int, then: int) -> bool:
    """Tell whether an hour of the day comes after another, the same day or at the end of a night."""
    return hour < then or (hour >= LATE and then + DAY - hour <= NIGHT)


_MOVES = pattern("two_clocks.moves")
"""Words of a title that says when; under others, hours may be those of a task, or of somebody: it is asked."""


def _agreed(
    grid: Grid,
    number: int,
    titles: Sequence[str],
    spans: Sequence[tuple[Cell, Cell]],
    findings: Findings,
) -> bool:
    """Tell whether two hours are a start and an end: they prove it, or the group says it; it is told, or asked."""
    told = listing([shown(title) for title in titles])
    lengths = [((clock(end) or 0) - (clock(start) or 0)) % DAY for start, end in spans]
    likely = sum(_SHORTEST <= length < _LONGEST for length in lengths) >= _MOST * len(lengths)
    words = [bool(_MOVES.search(same(title))) for title in titles]
    few = _most([clock(end) or DAY for _, end in spans], _EARLY) < _MOST  # « 1:30 » may be how long
    sure = likely and late([max(span, key=lambda hour: clock(hour) or 0) for span in spans])
    sure = sure and (all(words) if few else any(words))
    sure = sure and not any(_OTHERWISE.search(same(title)) for title in titles)
    answer = grid.answers.get(_TOPIC) or ("oui" if sure else "")
    place = grid.place(number)
    if answer == "oui":
        findings.heed(place, f"{told} disent quand le travail commence et quand il finit.")
    elif not answer:
        start, end = map(as_text, spans[0])
        question = f"{told} : est-ce un travail de {start} à {end} ?"
        options = (("oui", "oui : le début et la fin"), ("non", "non : autre chose"))
        todo = "Écrivez « Début » et « Fin » au-dessus, ou « Durée » si ce sont des temps de travail."
        findings.doubt(place, Doubt(_TOPIC, question, options, todo))
    return answer != "non"  # as if, until it is answered
