"""Two days on a line: that of the work dates its hours, that of the invoice its sale; asked when titles do not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.scores import share
from kpa_model.files.book.reading.spread.people import is_total
from kpa_model.files.book.vocabulary import pattern

TOPIC = "jour.travail"
_DAY = re.compile(r"\b(dates?|jour|le|quand|day|when)\b")
_WORK = pattern("of_work.work")
_SALE = re.compile(r"factur|\bfact\b|\bemis|invoice|issued|billed|\bpiece\b|\bventes?\b")
_NEITHER = pattern("of_work.neither")
"""Days of something else: a payment, a quote, when the line was written."""
_PLAIN = {"date", "dates", "jour", "le", "quand", "day", "when", "datedujour"}
_MOST = 0.9


@dataclass(frozen=True)
class Days:
    """Where a sheet says the day of the sale, and that of the work."""

    sale: int
    work: int


def days_of(block: Block, sold: Mapping[str, int], context: Context, findings: Findings) -> Days:
    """Return the columns of both days, one column for both where it is alone; it is asked when titles do not tell.

    Args:
        block: the sheet.
        sold: where it speaks of its sales, as titles tell.
        context: what is known of the group.
        findings: where the question goes.
    """
    at = sold.get("date", -1)
    others = [each for each in _others(block, {*sold.values()}, context) if _told(block, each) != _told(block, at)]
    days = [*([at] if at >= 0 else []), *others]
    if not others or (at < 0 and len(days) != 2):
        return Days(at, at)
    worked, billed = ({each for each in days if kind.search(same(block.titles[each]))} for kind in (_WORK, _SALE))
    sale, work = _only(billed - worked), _only(worked - billed)
    if at < 0:
        return Days(sale, work) if min(sale, work) >= 0 else Days(at, at)
    if work < 0 <= sale:
        work = _only({each for each in days if each != sale and bare(block.titles[each]) in _PLAIN})
    if work < 0:
        work = _asked(block, [*others, at], findings)
    if sale < 0:
        sale = others[0] if {at} == worked and len(others) == 1 else at
    return Days(sale, work if work >= 0 else sale)


def with_day(block: Block, *days: int) -> list[Line]:
    """Return the lines that say one of these days, and are no total."""
    lines = [line for line in block.lines if any(as_text(cell_at(line[1], at)) for at in days)]
    return [line for line in lines if not all(is_total(line[1], at) for at in days)]


def _others(block: Block, taken: set[int], context: Context) -> list[int]:
    """Return the columns of days that say neither a payment, nor a quote, and that nothing else reads."""
    day = dictionaries()["heures"].column("date")
    free = [(at, same(title)) for at, title in enumerate(block.titles) if at not in taken and title]
    named = [at for at, title in free if _DAY.search(title) or _WORK.search(title) or _SALE.search(title)]
    named = [at for at in named if not _NEITHER.search(same(block.titles[at]))]
    return [at for at in named if share(day, _told(block, at), context) >= _MOST]


def _told(block: Block, at: int) -> list[Cell]:
    """Return what a column holds, but for lines of totals."""
    return [cell_at(cells, at) for _, cells in with_day(block, at)]


def _asked(block: Block, days: list[int], findings: Findings) -> int:
    titles = [block.titles[at] for at in days]
    said = block.grid.answers.get(TOPIC, "")
    if said not in titles:
        options = tuple((title, f"« {title} »") for title in titles)
        todo = "Écrivez « Date travail » et « Date facture » comme titres."
        place = block.grid.place(block.head, days[0], titles[0])
        findings.doubt(place, Doubt(TOPIC, "Quelle colonne dit le jour du travail ?", options, todo))
        return -1
    return days[titles.index(said)]


def _only(ranks: set[int]) -> int:
    return next(iter(ranks)) if len(ranks) == 1 else -1
