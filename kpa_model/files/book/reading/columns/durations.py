"""Which columns hold the time of work, when no title tells: several may be parts of it, and their total is none."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kpa_model.files.book.cells import cell_at, unguarded
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.findings import Doubt
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.sales.taxes import made_of
from kpa_model.files.book.reading.spread.people import TOTAL, says_total

_QUESTION = "Quelles colonnes disent le temps passé ? Celles que vous choisissez s'ajoutent."


def which_add_up(block: Block, titles: Sequence[str], todo: str, none: str) -> Doubt | None:
    """Return what to ask of several columns that may be parts of a time; None when there are not several.

    Args:
        block: the table.
        titles: those of the columns that may be times.
        todo: what to do without an answer.
        none: what says that none is.
    """
    told = {title: minutes_of(block, block.titles.index(title)) for title in titles if not TOTAL.match(title)}
    parts = {title: [round(each) for each in own] for title, own in told.items()}
    sums = {title for title, own in parts.items() if len(own) > 1 and _made(title, parts)}
    options = tuple((title, title) for title in parts if title not in sums)
    if len(options) < 2:
        return None
    return Doubt("colonne.duree", _QUESTION, options, todo, several=True, every="Toutes", none=none)


def minutes_of(block: Block, at: int) -> list[int | Fraction]:
    """Return the minutes of a column, without those of lines of totals; 0 for a cell that is no time."""
    lines = [cells for _, cells in block.lines if not says_total(cells)]
    return [read_or_none(read_duration, unguarded(cell_at(cells, at))) or 0 for cells in lines]


def _made(title: str, parts: dict[str, list[int]]) -> bool:
    """Tell whether a column is, on each line, the sum of others."""
    others = {at: own for at, (other, own) in enumerate(parts.items()) if other != title and any(own)}
    return any(parts[title]) and bool(made_of(parts[title], others))
