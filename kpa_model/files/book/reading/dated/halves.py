"""Titles that say a month among other words, « Sept. heures », « Oct Q2 », or a half of one, « 1ère quinzaine »."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.dates import Period, read_month
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.context import NAMES, Context
from kpa_model.files.book.reading.dated.months import YEAR, in_order, says_month, which_year
from kpa_model.files.book.reading.dated.numbers import month_topic, told_month
from kpa_model.files.book.reading.sales.weights import says_money
from kpa_model.files.book.reading.spread.days import here
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.words import month_name

_MONTH = re.compile(rf"(?<![^\W_])(?:{NAMES})(?![^\W_])\.?(?: ?(?:20\d\d))?", re.IGNORECASE)
_FIRST = re.compile(
    r"(?:1(?:ere?|re)?|premiere|prem\.?) ?(?:quinzaine|quinz\.?)|(?:quinzaine|quinz\.?) ?(?:n ?°? ?)?1"
    r"|(?:du )?(?:1er|0?1)(?: ?(?:au|a) ?| )(?:14|15)"
)
_SECOND = re.compile(
    r"(?:2(?:n?de?|e|eme)?|seconde|deuxieme) ?(?:quinzaine|quinz\.?)|(?:quinzaine|quinz\.?) ?(?:n ?°? ?)?2"
    r"|(?:du )?1[56](?: ?(?:au|a) ?| )(?:28|29|30|31|fin(?: (?:du|de) mois)?)"
)
_SHORT = re.compile(r"(?<![^\W_])q ?([12])(?![^\W_])")
"""« Q1 » is a half of the month beside it; alone, a quarter of a year."""
_TIME = re.compile(r"(?:(?:nb|nbre|nombre)\.? ?)?(?:d['’ ]|de )?\b(?:heures?|hrs?|h|temps)\b(?: (?:de|d['’]|en))?")
_LAST_OF_FIRST = 15
_TOPIC, _NEITHER = "quinzaines", "non"


class _Told(NamedTuple):
    month: str
    half: int


def with_halves(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return a block where such titles are the days they say; None once their month, or its year, is asked."""
    told = {at: each for at, title in enumerate(block.titles) if (each := _told(title))}
    names = [*dict.fromkeys(each.month for each in told.values())]
    if len({*told.values()}) < max(2, len(told)) or ("" in names and len(names) > 1):
        return block
    years, place = here(block, context).years, block.grid.place(block.head)
    if names == [""]:
        topic = f"{month_topic(block)}{_TOPIC}"
        if (said := block.grid.answers.get(topic, "")) == _NEITHER:
            return block
        own = told_month(said) or context.month_in(block.names)
        if own is None:
            question, todo = f"« {block.titles[min(told)]} » : de quel mois ?", "Écrivez le mois au-dessus du tableau."
            options = ((_NEITHER, "d'aucun : ce ne sont pas des heures"),)
            findings.doubt(place, Doubt(topic, question, options, todo, typed="Le mois, par exemple mars 2026"))
            return None
        months = [own]
    elif not (months := in_order(names, years, block.grid.answers.get(YEAR, ""))):
        findings.doubt(place, which_year(names[0], years))
        return None
    own_days = {at: _days(months[names.index(each.month)], each.half) for at, each in told.items()}
    return replace(block, heads=[own_days.get(at, head) for at, head in enumerate(block.heads)])


def with_months_above(block: Block) -> Block:
    """Return a block whose halves of months, or hours beside money, below a month each, say it in their own title."""
    told = {
        at: f"{_in_full(month)} {as_text(block.heads[at])}" for at, month in enumerate(block.over) if as_text(month)
    }
    said = {at: each for at, title in told.items() if (each := _told(title)) and each.month}
    money = any(says_money(as_text(head)) for head in block.heads)
    if not said or not (money or any(each.half for each in said.values())):
        return block
    lower = [text if TOTAL.match(text := as_text(head)) else "" for head in block.heads]
    titles = [told[at] if at in said else lower[at] or title for at, title in enumerate(block.titles)]
    return replace(block, titles=titles, heads=list(titles), over=())


def _in_full(month: Cell) -> str:
    """Return a month with its whole year, « octobre 2026 » for « oct-26 » or its first day; other texts as they are."""
    found = read_or_none(read_month, month) if says_month(month) else None
    return month_name(found.first_day) if found else as_text(month)


def says_half(cell: Cell) -> bool:
    """Tell whether a title is a half of the month that stands elsewhere."""
    told = _told(as_text(cell))
    return told is not None and not told.month


def _told(title: str) -> _Told | None:
    """Return the month and the half that a title says, and nothing but the word « heures » beside; else None.

    >>> [each and (*each,) for each in map(_told, ("Sept Q1", "Oct. heures", "du 16 au 30", "Sept. CA HT", "Mars"))]
    [('Sept', 1), ('Oct', 0), ('', 2), None, None]
    """
    found = _MONTH.search(title)
    month = found[0].replace(".", "") if found else ""
    text = same(title.replace(found[0], " ", 1) if found else title)
    half = next((rank for rank, way in ((1, _FIRST), (2, _SECOND)) if way.search(text)), 0)
    short = _SHORT.search(text) if month and not half else None
    half = int(short[1]) if short else half
    rest = _TIME.sub("", _SHORT.sub("", _SECOND.sub("", _FIRST.sub("", text))) if half else text)
    timed = half or _TIME.search(text)
    return _Told(month, half) if timed and (month or half) and not re.search(r"\w", rest) else None


def _days(month: CalendarMonth, half: int) -> Period:
    """Return a whole month, or its first or second half."""
    first, last = month.first_day, month.last_day
    if half == 1:
        return Period.between(first, first.replace(day=_LAST_OF_FIRST))
    return Period.between(first.replace(day=_LAST_OF_FIRST + 1), last) if half else Period.of_month(month)
