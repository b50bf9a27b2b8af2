"""What shows that the days of a table may be written with their month first, as American programs do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from kpa_model.files.book.vocabulary import pattern

_WORDS = pattern("american.words", r"\b(?:WORDS)\b")
_HALF_DAY = re.compile(r"(?:.*\d )?\d{1,2}(?:[:.]\d\d){0,2} ?[ap]\.?m\.?", re.IGNORECASE)
_DOTTED = re.compile(r"\d[\d,]*\.\d{1,2}")


def in_english(titles: Sequence[str], texts: Iterable[str]) -> bool:
    """Tell whether titles are in English, or any text of their table says the half of its day: « 8:30 AM »."""
    written = " ".join(titles).casefold()
    if not re.search("[éèàêçû]", written) and _WORDS.search(written.replace("_", " ")):
        return True
    return any(map(_HALF_DAY.fullmatch, texts))


def with_dots(texts: Iterable[str]) -> bool:
    """Tell whether numbers among texts have a dot before their decimals."""
    return any(map(_DOTTED.fullmatch, texts))


def scattered(first: Sequence[date], last: Sequence[date], dots: bool) -> bool:
    """Tell whether days are close together when their month comes first, and far apart when it comes last.

    The first of each month, or of each quarter, is usual.

    Args:
        first: the days, their month read first.
        last: the same days, their month read last.
        dots: whether their table writes decimals as in English; fewer months are enough.
    """
    close, far = (sorted({12 * day.year + day.month for day in days}) for days in (first, last))
    if len(far) < (3 if dots else 4) or close[-1] - close[0] > 1 or (_in_order(last) and not _in_order(first)):
        return False
    regular = {after - before for before, after in pairwise(far)} in ({1}, {3})
    return not (regular and {day.day for day in last} == {1})


def _in_order(days: Sequence[date]) -> bool:
    return list(days) in (sorted(days), sorted(days, reverse=True))
