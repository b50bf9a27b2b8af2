"""Tables under the titles of the book that say more than it expects: the assistant reads them, no strict reader."""

from __future__ import annotations

import re

from kpa_model.files.book.cells import Cell, as_text
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import Dictionary, dictionaries
from kpa_model.files.book.grids import Grid, header_rank
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import ends, read_or_none, starts
from kpa_model.files.book.reading.remarks import REMARKED, weighs
from kpa_model.files.book.reading.spread.kinds import plain
from kpa_model.files.book.reading.spread.people import names


def says_more(grid: Grid) -> bool:
    """Tell whether hours say kinds in other words, sentences around, two names, hours of the clock, notes in times."""
    hours = dictionaries()["heures"]
    if (rank := header_rank(grid, frozenset(hours.titles))) is None:
        return False
    titles = [as_text(title) for title in grid.lines[rank][1]]
    if rank or grid.below or (any(map(starts, titles)) and any(map(ends, titles))):
        return True
    found = [column_of(title, hours) for title in titles]
    ranks = {column.name: at for at, column in reversed([*enumerate(found)]) if column is not None}

    def under(at: int) -> set[Cell]:
        return {cells[at] for _, cells in grid.lines[rank + 1 :] if 0 <= at < len(cells) and as_text(cells[at])}

    people = [at for at, column in enumerate(found) if column is None or column.name == "personne"]
    if len(people) > 1 and sum(names([*under(at)]) for at in people) > 1:
        return True  # two columns name people
    return not all(map(plain, under(ranks.get("genre", -1)))) or not all(map(_time, under(ranks.get("duree", -1))))


def says_beside(grid: Grid, dictionary: Dictionary) -> bool:
    """Tell whether a comment, a stroke, or a column that no title leads to says of a line that it may not count."""
    table, rank = dictionary.table, header_rank(grid, frozenset(dictionary.titles))
    if table not in REMARKED or rank is None:
        return False
    (_, titles), under = grid.lines[rank], grid.lines[rank + 1 :]
    untold = [at for at, title in enumerate(map(as_text, titles)) if column_of(title, dictionary) is None]
    said = (cells[at] for _, cells in under for at in untold if at < len(cells))
    return bool(grid.struck) or any(weighs(table, each) for each in (*grid.comments.values(), *said))


def _time(cell: Cell) -> bool:
    """Tell whether a cell is a time that the strict reader reads, or where none was given."""
    return read_or_none(read_duration, cell) is not None or absent(cell) or not re.search(r"\w", as_text(cell))
