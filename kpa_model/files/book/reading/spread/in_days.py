"""Times that cells say in days: « 1j », « 0,5 j », « ½ journée », « 1 j 2h »; and hours that are no time given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from kpa_model.declare.number import numbers
from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare
from kpa_model.files.book.dates import read_duration

_IN_DAYS = re.compile(
    r"(?P<many>\d+(?:[.,]\d+)?)? ?(?P<half>½|1/2|demi[ -]?)? ?(?:j|jrs?|jours?|journ[ée]es?|days?)\b\.?"
    r"(?: ?(?:et|\+)? ?(?P<rest>.+))?"
)


def in_days(cell: Cell) -> tuple[Fraction, int | Fraction] | None:
    """Return the days that a cell says by itself, and the minutes it adds to them; None when it says no day.

    >>> [in_days(text)[0] for text in ("1j", "0,5 j", "½ journée", "2 demi-journées", "1 jour et demi")]
    [Fraction(1, 1), Fraction(1, 2), Fraction(1, 2), Fraction(1, 1), Fraction(3, 2)]
    >>> in_days("1 j 2h"), in_days("jeudi"), in_days("3h")
    ((Fraction(1, 1), 120), None, None)
    """
    text = as_text(cell).casefold() if isinstance(cell, str) else ""
    if not (found := _IN_DAYS.fullmatch(text)):
        return None
    many, half, rest = found["many"], found["half"] or "", found["rest"] or ""
    days = numbers(many or "0")[0][0]
    if half.startswith("demi"):
        days = (days if many else Fraction(1)) / 2
    elif half:
        days += Fraction(1, 2)
    elif not many:
        days = Fraction(1)
    if re.fullmatch(r"demie?", rest):
        return days + Fraction(1, 2), 0
    try:
        return days, read_duration(rest) if rest else 0
    except Refused:
        return None


def of_a_till(title: str, cells: Iterable[Cell]) -> bool:
    """Tell whether « Heure » says when things were sold, « 10:11 »: who writes a time given rounds it."""
    return bare(title) == "heure" and any(re.fullmatch(r"\d{1,2}:\d[1-46-9](:\d\d)?", as_text(each)) for each in cells)
