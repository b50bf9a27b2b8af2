"""One table of a sheet: its titles, on one or two lines, its lines, what is written above."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import WEEKDAY, read_date
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.context import NAMES, NO_HEADING, NOBODY, Context, Heading
from kpa_model.files.book.reading.dated.months import says_month
from kpa_model.files.book.reading.dated.weekdays import (
    MOMENTS,
    above_codes,
    days_and_months,
    first_days,
    of_slot,
    only_weekdays,
    over_days,
    weekdays,
)
from kpa_model.files.book.reading.written.forms import of_a_form
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import month_name

_NUMBER = pattern("blocks.number", flags=re.IGNORECASE)
UNTAXED = pattern("blocks.untaxed", flags=re.IGNORECASE)
"""What is written on invoices without VAT."""
NAMED_DAY = re.compile(rf"{WEEKDAY.pattern} ?\d{{1,2}}(?:er|[/ .].*)?", re.IGNORECASE)
"""A day named and numbered, without its month: « lundi 5 », « mar. 6 »."""
_WEEK = re.compile(r"(semaine|sem\.?|s) ?(n° ?)?\d{1,2}", re.IGNORECASE)
_WEEKS = re.compile(r"(n° ?(de )?)?sem(aine)?s?\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """One table of a sheet: its titles, as cells and as texts, its lines, and the texts above it."""

    grid: Grid
    head: int
    heads: list[Cell]
    titles: list[str]
    lines: list[Line]
    above: tuple[str, ...] = ()
    over: tuple[Cell, ...] = ()
    """The title above each one, when titles stand on two lines: one reaches to the right until the next one."""
    under: tuple[int, ...] = ()
    """The ranks of titles that stood below others, which are now told line by line."""
    weeks: int = -1
    """The rank of the column whose cells are weeks, read as periods; −1 when there is none."""
    read: tuple[str, ...] = ()
    """The titles of columns that another table of the same lines reads."""
    upper: tuple[Line, ...] = ()
    """The lines above the titles."""
    heading: Heading = NO_HEADING
    shares: dict[tuple[int, str, str], float] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Which part of a column each kind of content can read, once it is known."""
    led: dict[tuple[Any, ...], tuple[Context, Any]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """How columns lead to fields, once known: by table, by what was known then, kept, and what was said."""
    _columns: dict[int, list[Cell]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def column(self, at: int) -> list[Cell]:
        """Return the cells of a column that hold something."""
        if at not in self._columns:
            self._columns[at] = [cells[at] for _, cells in self.lines if at < len(cells) and as_text(cells[at])]
        return self._columns[at]

    def titled(self, names: Collection[str]) -> int:
        """Return the first column that holds something under one of some titles, in their bare form; −1 for none."""
        return next((at for at, title in enumerate(self.titles) if bare(title) in names and self.column(at)), -1)

    def padded(self, cells: Sequence[Cell]) -> list[Cell]:
        """Return a line with a cell under each title."""
        return [*cells[: len(self.titles)], *[""] * (len(self.titles) - len(cells))]

    def with_column(self, title: str, cells: Iterable[Cell]) -> Block:
        """Return the table with one more column, a cell for each line."""
        lines = [(line[0], [*self.padded(line[1]), cell]) for line, cell in zip(self.lines, cells, strict=True)]
        return replace(self, heads=[*self.heads, title], titles=[*self.titles, title], lines=lines)

    @cached_property
    def untaxed(self) -> str:
        """Return what is written above or below that says there is no VAT: « TVA non applicable, art. 293 B »."""
        return next((text for text in (*self.above, *self.grid.below) if UNTAXED.search(text)), "")

    @property
    def names(self) -> tuple[str, ...]:
        """Return what may say whose or of when the table is: the sheet, the file, what is written above."""
        return (*self.above, self.grid.sheet, self.grid.file.rsplit(".", 1)[0])


def width(lines: Sequence[Line]) -> int:
    """Return how many columns the lines have."""
    return max((len(cells) for _, cells in lines), default=0)


def titled(cells: Sequence[Cell], context: Context) -> int:
    """Return how much a line looks like titles: known titles, names of people, days."""
    texts = [] if of_a_form(cells) else [as_text(each) for each in cells]
    known = {bare(text) for text in texts if text} & known_titles()
    filled = [text for text in texts if text]
    if filled and (bare(filled[0])[:5] == "total" or context.is_person(filled[0])):  # « absence » is no title there
        known = {bare(text) for text in filled if not absent(text)} & known if no_figures(cells) else set()
    if len(filled) > 2 and _WEEKS.fullmatch(filled[0]) and all(re.fullmatch(r"\d{1,2}", each) for each in filled[1:3]):
        return len(filled)  # « Semaine ; 36 ; 37 »: numbers that are titles
    days = sum(bool(WEEKDAY.fullmatch(text) or NAMED_DAY.fullmatch(text)) for text in weekdays(filled))
    told = (cell for cell in cells if not (isinstance(cell, str) and ":" in cell))  # a moment is no title
    named = sum(1 for cell in told if context.is_person(as_text(cell)) or is_day(cell))
    return 2 * len(known) + named + (days if days > 2 else 0)


def rank_of_titles(lines: Sequence[Line]) -> int:
    """Return the rank of the first line that looks most like titles, among the first ones; 0 when none does."""
    scores = [titled(cells, NOBODY) for _, cells in lines[:_FIRST]]
    return scores.index(max(scores)) if scores else 0


_FIRST = 15
"""Titles stand on one of so many lines."""


@cache
def known_titles() -> frozenset[str]:
    """Return every title that leads to a column of a table, or to a total, in its bare form."""
    return frozenset(title for each in dictionaries().values() for title in each.titles) | {"total"}


@lru_cache(maxsize=65536, typed=True)
def is_day(cell: Cell) -> bool:
    """Tell whether a cell is a day with its year."""
    if isinstance(cell, str) and not re.search(r"\d\D+\d", cell):
        return False
    if isinstance(cell, float | int):
        return False
    try:
        read_date(cell)
    except Refused:
        return False
    return True


def no_figures(cells: Sequence[Cell]) -> bool:
    """Tell whether a line holds no number, nor any time or amount."""
    return not any(isinstance(each, float | int) or _NUMBER.fullmatch(as_text(each)) for each in cells if as_text(each))


def may_be_titles(cells: Sequence[Cell]) -> bool:
    """Tell whether a line may be one of titles: a rate may be one, « 5,5 % », but no other figure, and no day."""
    return no_figures([each for each in cells if "%" not in as_text(each)]) and not any(map(is_day, cells))


# --- titles -----------------------------------------------------------------------------------------------------------


def block_of(grid: Grid, lines: list[Line], context: Context) -> Block | None:
    """Find the titles of a table among its first lines: known ones first, else texts above figures."""
    searched = lines[:_FIRST]
    scores = [titled(cells, context) for _, cells in searched]
    best = max(scores, default=0)
    at, days = _fullest(searched, scores, best) if best >= 2 else None, first_days(searched)
    at = days if at is None or above_codes(searched, days, at) else at
    at = _first_texts(searched) if at is None else at
    if at is not None and (not no_figures(searched[at][1]) or of_slot(searched[at][1])):  # names of facts are no titles
        at = next((rank for rank in range(at) if scores[rank] > 1 and no_figures(searched[rank][1])), at)
    if at is None or at + 1 >= len(lines):
        return None
    at += _names_below(lines, at)
    days, months = days_and_months(lines, at, known_titles())
    at, top = (days, months) if months >= 0 else (at, at - 1)
    number, heads = lines[at]
    wide = width(lines[at:])
    heads = _in_full([*heads, *[""] * (wide - len(heads))])
    upper = tuple(lines[: at if months < 0 else months])
    above = tuple(text for _, cells in upper for text in _texts(cells))
    titles = [as_text(each) for each in heads]
    under = [line for before, line in pairwise(lines[at:]) if not _again(titles, before[1], line[1])]
    over: tuple[Cell, ...] = ()
    if at and lines[at - 1][0] == number - 1 and not period_told(lines[top][1]):
        over = tuple(_reaching(lines[top][1], len(heads)))
        titles = _stacked(over, heads)
    told, corner = _of_corner(heads, titles, under)
    if told:
        above, heads, titles = (*above, told), [corner, *heads[1:]], [corner, *titles[1:]]
    if under and only_weekdays(map(as_text, under[0][1]), 5 if months < 0 else 2):
        under = under[1:]
    return Block(grid, number, heads, titles, under, above, over, upper=upper)


def _of_corner(heads: Sequence[Cell], titles: Sequence[str], under: Sequence[Line]) -> tuple[str, str]:
    """Return the week or the month of a corner, « S36 », « octobre 2026 », and the title to put there; else nothing.

    It stands over names, left of the days that titles number, or over the days of its own column.
    """
    first, month = [cell_at(cells, 0) for _, cells in under], says_month(heads[0])
    told = month_name(heads[0]) if isinstance(heads[0], date) and month else titles[0]
    if over_days(heads, first):
        return told, "Jour"
    days = sum(bool(NAMED_DAY.fullmatch(title) or re.fullmatch(r"\d{1,2}", title)) for title in titles[1:])
    over = _WEEK.fullmatch(titles[0]) or (month and days > 2)
    return (told if over and not any(re.search(r"\d", as_text(cell)) for cell in first) else ""), ""


_LABEL = r"(?P<label>(?:n° ?(?:de )?)?(?:semaine|sem|week|s)|ann[ée]e|year|mois|month|du|from|au|to)\b[ .:]*"
_SAID = rf"(?:20\d\d(?:-\d\d)*|\d{{1,2}}(?:[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?| (?:{NAMES})\b)?|(?:{NAMES})\b)"
_PERIODS = re.compile(rf"{_LABEL}{_SAID}\.?[ ,;-]*(?:20\d\d\b)?[ ,;-]*", re.IGNORECASE)
"""A period in a line of its own, « Semaine ; 40 ; 2026 », « Du ; 28/09 ; au ; 04/10 »."""


def period_told(cells: Sequence[Cell]) -> str:
    """Return the one period that a line tells, each part in its cell; an empty text when it tells something else."""
    text = " ".join(re.sub(r" 00:00:00$", "", each) for cell in cells if (each := as_text(cell)))
    parts = [*_PERIODS.finditer(text)]
    whole = "".join(part[0] for part in parts) == text
    once = len({bare(part["label"]) for part in parts}) == len(parts)
    return re.sub(r" ?:", "", text) if parts and whole and once else ""


def _texts(cells: Sequence[Cell]) -> list[str]:
    """Return what a line above titles says: a period as one text, else each cell."""
    told = period_told(cells)
    return [told] if told else [text for each in cells if (text := as_text(each))]


def _fullest(lines: Sequence[Line], scores: Sequence[int], best: int) -> int:
    """Return the rank of the first line that looks most like titles; of texts alone, the one that holds most of them.

    « Mois ; septembre 2026 » above a table filters it: its titles stand below.
    """
    texts = [rank for rank, score in enumerate(scores) if score == best and no_figures(lines[rank][1])]
    filled = {rank: sum(bool(as_text(each)) for each in lines[rank][1]) for rank in texts}
    return max(texts, key=lambda rank: filled[rank]) if scores.index(best) in texts else scores.index(best)


def _in_full(heads: Sequence[Cell]) -> list[Cell]:
    """Return titles where « L M M J V » are the days of a week; other cells stay as they are."""
    told = weekdays([as_text(each) for each in heads])
    return [text if isinstance(each, str) else each for each, text in zip(heads, told, strict=True)]


def _first_texts(lines: Sequence[Line]) -> int | None:
    """Return the rank of the first line of texts alone whose next line holds figures."""
    for at, (_, cells) in enumerate(lines[:-1]):
        texts = [as_text(each) for each in cells if as_text(each)]
        if len(texts) > 1 and len(set(texts)) == len(texts) and no_figures(cells) and not no_figures(lines[at + 1][1]):
            return at
    return None


def _again(titles: Sequence[str], before: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Tell whether a line says the titles of its table again, below a fact: under a text alone, it starts another."""
    told = [*map(bare, filter(None, titles))]
    return len(told) > 1 and [*map(bare, _texts(cells))] == told and sum(bool(as_text(each)) for each in before) > 1


def _names_below(lines: Sequence[Line], at: int) -> bool:
    """Tell whether the titles go on below: « Heures faites » above the names of those who did them, no figure yet."""
    (number, upper), (after, lower) = lines[at : at + 2]
    if after != number + 1 or at + 2 >= len(lines) or not no_figures(lower) or any(map(is_day, lower)):
        return False
    groups = _reaching(upper, len(lower))
    named = [
        (as_text(group), text) for group, each in zip(groups, _in_full(lower), strict=True) if (text := as_text(each))
    ]
    under = [rank for rank, each in enumerate(lower) if rank and as_text(each)]
    filled = (cells for _, cells in lines[at + 2 :] if any(as_text(cell_at(cells, rank)) for rank in under))
    figures = not no_figures(next(filled, lines[at + 2][1]))  # a month may begin with a day off
    new = {text for rank in under if (text := bare(as_text(lower[rank]))) and not as_text(cell_at(upper, rank))}
    return bool(new) and len(set(named)) == len(named) and (new <= MOMENTS or figures)


def _stacked(over: Sequence[Cell], heads: Sequence[Cell]) -> list[str]:
    """Return titles on two lines as one."""
    groups, lower = [as_text(each) for each in over], [as_text(each) for each in heads]
    if len({each for each in groups if each}) < 2:  # one title above the whole table
        return lower
    repeated = {each for each in lower if each and lower.count(each) > 1}
    return [
        f"{group} {text}".strip() if text in repeated or not text or WEEKDAY.fullmatch(text) else text
        for group, text in zip(groups, lower, strict=True)
    ]


def _reaching(upper: Sequence[Cell], wide: int) -> list[Cell]:
    """Return the title above each column: one reaches to the right until the next one."""
    groups: list[Cell] = []
    last: Cell = ""
    for at in range(wide):
        last = upper[at] if at < len(upper) and as_text(upper[at]) else last
        groups.append(last)
    return groups
