"""Sums of months that stand among them, « Trimestre 1 », « T1 », « Semestre 2 », and their mean: no month; told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import as_text, cell_at, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.reading.dated.months import says_month
from kpa_model.files.book.reading.groups import figure_of, texts_in
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing

_YEAR = r"(WORDS)( (de )?20\d\d)?"
_KINDS = {
    "quarter": pattern("quarters.quarter", _YEAR),
    "half": pattern("quarters.half", _YEAR),
    "year": pattern("quarters.year", _YEAR),
    "mean": pattern("quarters.mean"),
}
_LEAST, _TOP = 2, 3
"""From this number of months on, in one of the first columns, they are those of a table."""
_NEAR = 0.05
"""How far from the sum of its months, in hours or in euros, a sum that is rounded may be."""


def without_quarters(grid: Grid, findings: Findings) -> Grid:
    """Return a grid without the sums of several months, nor their mean, in a column that else holds months; told.

    One that is not the sum of the months before it or after it is told as not read: it may hold hours of its own.
    """
    ranks = ((at, *_among_months(grid.lines, at)) for at in range(_TOP))
    at, months, gone = next((each for each in ranks if each[2]), (-1, {}, {}))
    for proved, what in ((True, "la somme ou la moyenne des mois"), (False, "")):
        told = [rank for rank in gone if _adds_up(grid.lines, months, gone, (rank, at)) == proved]
        said = dict.fromkeys(f"« {as_text(cell_at(grid.lines[rank][1], at))} »" for rank in told)
        names = listing([*said], most=6)
        if told and what:
            findings.heed(grid.place(grid.lines[told[0]][0]), f"{names} : {what}. Ce n'est pas compté en plus.")
        elif told:
            text = f"{names} : ce n'est pas la somme des mois écrits autour. Ce n'est pas lu. Vérifiez."
            findings.left_out(grid.place(grid.lines[told[0]][0]), text)
    return replace(grid, lines=tuple(line for rank, line in enumerate(grid.lines) if rank not in gone))


def _among_months(lines: Sequence[Line], at: int) -> tuple[dict[int, str], dict[int, str]]:
    """Return the ranks of the lines of months, and those of their sums and means, with what these say, else nothing.

    Below the first month, a column holds nothing else but totals; beside a sum stands no other word, or one that
    stands beside months: a name.
    """
    months, others = dict[int, str](), dict[int, str]()
    for rank, (_, cells) in enumerate(lines):
        if not (text := as_text(cell := cell_at(cells, at))):
            continue
        if says_month(cell):
            months[rank] = text
        elif kind := next((each for each, words in _KINDS.items() if words.fullmatch(same(text))), ""):
            if any(figure_of(each) is not None for each in cells[at + 1 :]):
                others[rank] = kind
        elif months and not TOTAL.match(text):
            return {}, {}
    others = {rank: kind for rank, kind in others.items() if _named_alike(lines, (rank, at), months)}
    halves = [
        (same(as_text(lines[rank][1][at])), *_words(lines, (rank, at))) for rank in others if others[rank] == "half"
    ]
    once = len({*halves}) == len(halves)  # « S1 » under each month is a week
    return (months, others) if once and len(months) >= _LEAST else ({}, {})


def _words(lines: Sequence[Line], cell: tuple[int, int]) -> set[tuple[int, str]]:
    """Return the words that stand on the line of a cell, beside it, each with its column."""
    rank, at = cell
    cells = lines[rank][1]
    return {(each, same(as_text(cells[each]))) for each in texts_in(cells) - {at}}


def _named_alike(lines: Sequence[Line], cell: tuple[int, int], ranks: Iterable[int]) -> list[int]:
    """Return the lines, among some, that hold every word that stands beside a cell: those of the same name."""
    words = _words(lines, cell)
    return [each for each in ranks if words <= _words(lines, (each, cell[1]))]


def _adds_up(lines: Sequence[Line], months: Collection[int], others: Mapping[int, str], cell: tuple[int, int]) -> bool:
    """Tell whether a line is a mean, or the sum of the months since the line of its kind before, or until the next."""
    rank = cell[0]
    if others[rank] == "mean":
        return True
    months = _named_alike(lines, cell, months)
    alike = _named_alike(lines, cell, [each for each in others if others[each] == others[rank]])
    since = max((each for each in alike if each < rank), default=-1)
    until = min((each for each in alike if each > rank), default=len(lines))
    figures = [dict(enumerate(map(figure_of, cells))) for _, cells in lines]
    said = {at: told for at, told in figures[rank].items() if told is not None}
    before, after = ([each for each in months if since < each < rank], [each for each in months if rank < each < until])
    return any(
        all(abs(sum(figures[each].get(at) or 0 for each in own) - told) < _NEAR for at, told in said.items())
        for own in (before, after)
    )
