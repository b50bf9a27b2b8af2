"""The name of a day beside its figures, « Tue » and « 02/03/2026 »: it proves whether the month comes first.

Else it only checks them: a name that is another is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise, permutations

from kpa_model.files.book.cells import Cell, as_text, cell_at, same, shown
from kpa_model.files.book.dates import WEEKDAYS, read_date
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.dated.weekdays import ENGLISH_DAYS
from kpa_model.files.book.reading.habits import in_usual_order
from kpa_model.files.book.reading.spread.titled_units import day_order
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.words import count, listing

_SHORT = 3
_NAMES = {
    name[:length]: rank
    for names in (map(same, WEEKDAYS), ENGLISH_DAYS)
    for rank, name in enumerate(names)
    for length in range(_SHORT, len(name) + 1)
}
"""The days of the week, whole or cut short, « mer », « mercr »: « merceries » is none of them."""
_LEAST = 2
"""One name may be a slip: so many of them prove."""


def with_day_order(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose titles say that the month comes first, where the names of the days prove it; it is told."""
    for rank, (number, cells) in enumerate(grid.lines[:HEADED]):
        if sum(bool(as_text(each)) for each in cells) > 2:
            under, heads = grid.lines[rank + 1 :], [*cells]
            found = [*_turned(heads, under)]
            for at, _ in found:
                heads[at] = f"{as_text(heads[at])} (MM/JJ/AAAA)"
            if found:
                at, (day, name) = found[0]
                text = f"le mois est écrit avant le jour : {shown(name)} le prouve, à côté de {shown(day)}."
                findings.heed(grid.place(number, at, as_text(cells[at])), text)
            return replace(grid, lines=(*grid.lines[:rank], (number, heads), *under))
    return grid


def _turned(heads: Sequence[Cell], under: Sequence[Line]) -> Iterator[tuple[int, tuple[Cell, Cell]]]:
    """Yield the columns of days of which the names beside them agree with the month first only, and such a pair."""
    wide = [at for at, head in enumerate(heads) if as_text(head)]
    named = {at for at in wide if all(_is_name(cell_at(cells, at)) for _, cells in under)}
    for day, name in permutations(wide if named else (), 2):
        if name in named and day not in named and not day_order(as_text(heads[day])):
            pairs = [(cell_at(cells, day), cell_at(cells, name)) for _, cells in under]
            told = [(cell, said) for cell, said in pairs if as_text(cell) and as_text(said)]
            proofs = [each for each in told if not _agrees(*each, "jour")]
            words = {_bare(said) for _, said in told}  # « Jeu » on each line, « Sam » who worked: no names of days
            sure = len(words) > 1 or max(map(len, words), default=0) > _SHORT
            if sure and len(proofs) >= _LEAST and all(_agrees(*each, "mois") for each in told):
                yield day, proofs[0]


def say_other_days(block: Block, read: int, others: Sequence[int], findings: Findings) -> None:
    """Tell the columns of other days than those that are read, and the names of days that are not theirs.

    Args:
        block: the table.
        read: the column of the days that are read.
        others: columns that may say days too, and that nothing reads.
        findings: where it is told.
    """
    names = [at for at in others if all(map(_is_name, block.column(at)))]
    days = [at for at in others if at not in names and block.column(at) != block.column(read)]
    place, title = block.grid.place(block.head), block.titles[read]
    if told := [f"« {block.titles[at]} »" for at in days if block.column(at)]:
        findings.heed(place, f"le jour est celui de « {title} », pas de {listing(told)}.")
    for at in names:
        wrong = [(number, day, said) for number, day, said in _named(block, read, at) if not _is_day(day, said)]
        for number, day, said in wrong[:1]:
            more = f" (et {count(len(wrong) - 1, 'autre ligne', 'autres lignes')})" if wrong[1:] else ""
            text = f"« {said} » : le {day:%d/%m/%Y} est un {WEEKDAYS[day.weekday()].casefold()}{more}."
            findings.heed(
                block.grid.place(number, at, block.titles[at]), f"{text} Le jour lu est celui de « {title} »."
            )


def _named(block: Block, read: int, at: int) -> Iterator[tuple[int, date, str]]:
    """Yield the number, the day and the name beside it of each line that says both."""
    order = day_order(block.titles[read]) or "jour"
    for number, cells in block.lines:
        cell, said = cell_at(cells, read), as_text(cell_at(cells, at))
        day = read_or_none(read_date, in_usual_order(cell, order) if isinstance(cell, str) else cell)
        if said and isinstance(day, date):
            yield int(number), day, said


def _is_day(day: date, name: str) -> bool:
    return day.weekday() == _NAMES[_bare(name)]


def _bare(name: Cell) -> str:
    return same(as_text(name)).strip(".")


def _is_name(cell: Cell) -> bool:
    """Tell whether a cell is the name of a day, or empty."""
    text = _bare(cell)
    return not text or text in _NAMES


def _agrees(cell: Cell, name: Cell, order: str) -> bool:
    """Tell whether a day written in figures has the name that stands beside it."""
    day = read_or_none(read_date, in_usual_order(cell, order)) if isinstance(cell, str) else None
    return isinstance(day, date) and _is_day(day, as_text(name))


_WHOLE_MONTH = 20
"""From this number of days on, a line of numbers is that of a month."""
_NUMBER = re.compile(r"(\d{1,2})(\.0)?")


def without_letters_of_days(grid: Grid) -> Grid:
    """Return a grid without the line « J ; V ; S ; D » above or below the numbers of a month: they say the days."""
    for rank, (one, other) in enumerate(pairwise(grid.lines[:HEADED])):
        for numbers, letters, gone in ((one, other, rank + 1), (other, one, rank)):
            days = _numbers_of_days(numbers[1])
            named = {at for at, cell in enumerate(letters[1]) if as_text(cell)}
            if days and len(named) >= _WHOLE_MONTH and named <= days and all(_short(letters[1][at]) for at in named):
                return replace(grid, lines=(*grid.lines[:gone], *grid.lines[gone + 1 :]))
    return grid


def _numbers_of_days(cells: Sequence[Cell]) -> set[int]:
    """Return where the numbers of the days of a month stand, one after the other; nothing when they do not."""
    found = {at: int(said[1]) for at, cell in enumerate(cells) if (said := _NUMBER.fullmatch(as_text(cell)))}
    told = [*found.values()]
    follow = all(after == before + 1 for before, after in pairwise(told))
    return {*found} if len(told) >= _WHOLE_MONTH and follow and told[0] == 1 else set()


def _short(cell: Cell) -> bool:
    """Tell whether a cell is a weekday, cut short or not: « J », « je », « jeu. », « jeudi »."""
    said = same(as_text(cell)).strip(" .")
    return bool(said) and any(same(day).startswith(said) for day in WEEKDAYS)
