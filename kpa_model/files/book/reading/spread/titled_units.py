"""What titles and cells say of the unit of times, hours, minutes, days, parts of an hour; and of days, « MM/JJ »."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from kpa_model.declare.number import numbers
from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.vocabulary import pattern

HALF = "demi-journée"
_UNITS = (
    ("min", re.compile(r"\b(min|mins|mn|minutes?)\b", re.IGNORECASE)),
    ("s", re.compile(r"\b(sec|secs|secondes?|seconds?)\b|[\[(] ?s ?[\])]|\ben s\b", re.IGNORECASE)),
    ("h", re.compile(r"\b(h|hrs?|heures?|hours?)\b", re.IGNORECASE)),
    ("j", re.compile(r"\b(jours?|journées?|days?|jh|j)\b|\bj/h\b", re.IGNORECASE)),
)
_DAY_OF = re.compile(r"\b(?:jours?|journ[ée]es?) (?:de|à|=) ?(\d{1,2}) ?h ?(\d\d)?\b|\((\d{3})\)$", re.IGNORECASE)
"""How long a day is, where a title says it."""
_HALF = re.compile(r"(\bdemi|\b1/2|½)[ -]journ[ée]es?\b", re.IGNORECASE)
_HOUR = r" ?(?:d ?['’] ?)?h(?:eures?|ours?|rs?)?\b"
_PARTS = tuple(
    (part, re.compile(pattern, re.IGNORECASE))
    for part, pattern in (
        ("1/2", rf"(?:\bdemi[ -]?|½){_HOUR}"),
        ("1/3", rf"\btiers{_HOUR}"),
        ("1/4", rf"(?:\bquarts?|\bquarter|¼){_HOUR}|[\[(]quarts?[\])]|\ben quarts?$"),
        ("1/10", r"\b(?:dixièmes?|déci-?heures?|tenths?)\b|\b1/10\b"),
        ("1/100", r"\b(?:centièmes?|centi-?heures?|hundredths?)\b|\b1/100\b"),
    )
)
_FRACTION = re.compile(rf"\b(\d+/\d+){_HOUR}", re.IGNORECASE)
_TIMES = pattern(
    "titled_units.no_block",
    r"(?:×|\b(?:blocs?|cr[ée]neaux?|modules?|p[ée]riodes?|s[ée]ances?|sessions?|tranches?|unités?|vacations?|x|par)"
    r"(?=\W|\d)\D{0,9}|\b(?!(?:WORDS)\b)[^\W\d_]{3,}[sx] (?:de |d ?['’] ?|\()(?! ?\d[\dh: ]*(?:à|-|–)))"
    r"(?:(?P<hours>\d+) ?h(?:eures?)?(?: ?(?P<past>\d\d))?|(?P<minutes>\d+) ?(?:min|mn|minutes))\b",
    re.IGNORECASE,
)
"""Blocks of some time, that the cells count: « créneaux de 20 min », « sessions de 2 h », « gardes (12 h) »."""
_CLOCKS = (
    ("h", re.compile(r"\bh+ ?: ?m+ ?: ?s+\b", re.IGNORECASE)),
    ("jj:hh:mm", re.compile(r"\b(j+|d+|jours?|days?) ?: ?h+ ?: ?m+\b", re.IGNORECASE)),
    ("mm:ss", re.compile(r"\b(m{1,2}|min|mn|minutes?) ?[:.,] ?(s{1,2}|sec|secondes?)\b", re.IGNORECASE)),
    ("hhmm", re.compile(r"\bhhmm\b", re.IGNORECASE)),
    ("h,min", re.compile(r"\b(h{1,2}|hrs?|heures?)( ?[:.,;/] ?| et )(m{1,2}|min|mn|minutes?)\b", re.IGNORECASE)),
)
"""Two units in one number: « 1,30 » under « (h,min) », « 0130 » under « (hhmm) », « 45:30 » under « (mm:ss) »."""
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_TWO_PARTS = re.compile(r"[^\W\d_]+ ?: ?[^\W\d_]+")
_MANY = pattern("titled_units.many", r"\b(WORDS)\b", re.IGNORECASE)
_NO_UNIT = re.compile(r"\b(hors|sans|avec|dont|y compris|arrondi\w*|réel\w*|estim\w*)\b", re.IGNORECASE)


def spaced(title: str) -> str:
    """Return a title with its words apart, as programs join them.

    >>> spaced("session_id"), spaced("elapsedSec"), spaced("duration_s")
    ('session id', 'elapsed Sec', 'duration sec')
    """
    return re.sub(r"(?<=\w)_s$", " sec", re.sub(r"(?<=[a-z])(?=[A-Z][a-z]+$)", "_", title)).replace("_", " ")


@lru_cache(maxsize=4096)
def unit_of_title(title: str) -> str:
    """Return the unit that a title says, `h`, `min`, `s`, `j` or a part of an hour; what stands in brackets wins.

    >>> unit_of_title("Durée (min)"), unit_of_title("Durée [s]"), unit_of_title("Temps en minutes")
    ('min', 's', 'min')
    >>> unit_of_title("Jours travaillés (en jours de 7 h 30)"), unit_of_title("duree (450)")
    ('450', '450')
    >>> unit_of_title("Temps en quarts d'heure"), unit_of_title("duree (1/4 h)"), unit_of_title("Blocs de 20 min")
    ('1/4 h', '1/4 h', '20/60 h')
    >>> unit_of_title("Durée (h,mn)"), unit_of_title("Temps hhmm"), unit_of_title("duree (mm:ss)")
    ('h,min', 'hhmm', 'mm:ss')
    """
    if clock := next((unit for unit, pattern in _CLOCKS if pattern.search(title)), ""):
        return clock
    if _HALF.search(title):
        return HALF
    if day := _DAY_OF.search(title):
        return day[3] or str(int(day[1]) * 60 + int(day[2] or 0))
    if part := next((part for part, pattern in _PARTS if pattern.search(title)), ""):
        return f"{part} h"
    if fraction := _FRACTION.search(title):
        return f"{fraction[1]} h"
    if block := _TIMES.search(title):
        return f"{int(block['hours'] or 0) * 60 + int(block['past'] or block['minutes'] or 0)}/60 h"
    inside = " ".join(_IN_BRACKETS.findall(title))
    for text in (inside, *re.findall(r"\ben .*", title, re.IGNORECASE), title):
        found = [name for name, pattern in _UNITS if pattern.search(spaced(text))]
        if found:
            return found[0]
    return ""


_IN_DAYS = pattern("titled_units.in_days", flags=re.IGNORECASE)


def in_days_said(text: str) -> bool:
    """Tell whether the name of a table, or a sentence, says that times are counted in days: « Jours travaillés »."""
    return bool(_IN_DAYS.search(text.replace("_", " ")))


_PART = "(jj?|dd?|jour|day|mm|mois|month|aaaa|aa|ann[ée]e|yyyy|yy|year)"
_DAY_FORMAT = re.compile(rf"\b{_PART}([-/. ]){_PART}(?:\2{_PART})?\b", re.IGNORECASE)
_ORDERS = {"mj": "mois", "mja": "mois", "jm": "jour", "jma": "jour", "amj": "annee", "ajm": "annee jour"}


def day_format(title: str) -> str:
    """Return how a title says that days are written; an empty text when it does not.

    >>> day_format("Date (MM/JJ/AAAA)"), day_format("Jour"), day_order("Date (MM/JJ)"), day_order("date (aa-mm-jj)")
    ('MM/JJ/AAAA', '', 'mois', 'annee')
    """
    found = _DAY_FORMAT.search(title)
    return found[0] if found and day_order(found[0]) else ""


def day_order(title: str) -> str:
    """Return what comes first in days, as a title says it: `jour`, `mois`, `annee`, `annee jour`; else nothing."""
    found = _DAY_FORMAT.search(title)
    parts = "".join(part[0] for part in (found[1], found[3], found[4]) if part) if found else ""
    return _ORDERS.get(parts.casefold().replace("d", "j").replace("y", "a"), "")


def part_of_hour(unit: str) -> Fraction | None:
    """Return the minutes of a part of an hour, `1/4 h`; None for another unit.

    >>> part_of_hour("1/100 h"), part_of_hour("h")
    (Fraction(3, 5), None)
    """
    return Fraction(unit.removesuffix(" h")) * 60 if "/" in unit else None


def unknown_unit(title: str) -> str:
    """Return what stands in the brackets of a title, and is no unit that is known.

    >>> unknown_unit("Durée (points)"), unknown_unit("Durée (h)"), unknown_unit("Heures (terrain)")
    ('(points)', '', '')
    """
    found = _IN_BRACKETS.search(title)
    return found[0] if found and not unit_of_title(title) and not _NO_UNIT.search(found[0]) else ""


def strange_unit(title: str) -> str:
    """Return what the brackets of a title say beside a unit, and that nobody can read: two parts, or thousands.

    >>> strange_unit("Durée (mn:cc)"), strange_unit("Temps (milliers de secondes)"), strange_unit("Durée (h:mm)")
    ('(mn:cc)', '(milliers de secondes)', '')
    """
    if any(pattern.search(title) for _, pattern in _CLOCKS) or _TIMES.search(title):
        return ""
    said = _IN_BRACKETS.findall(title)
    return next((each for each in said if _TWO_PARTS.search(each) or (unit_of_title(each) and _MANY.search(each))), "")


NEVER_TIME = pattern("titled_units.never_time", r"(nb|nbre|nombre)?\.? ?(d['’]|de )?(WORDS)\.?", re.IGNORECASE)
"""What a column holds that is never a time, as its whole title: « km », « Nb de repas », « Primes »."""
_NO_TIME = pattern("titled_units.no_time", flags=re.IGNORECASE)
_TIME = re.compile(r"(nb\.? |nombre )?(d['’])?(heures?|temps|dur[ée]e|hours|time)\b", re.IGNORECASE)
_NOT = re.compile(r"(non|not)\b", re.IGNORECASE)


def no_time(block: Block, at: int) -> bool:
    """Tell whether a column speaks of money, or of what was done with a line, « Facturable » 1 or 0: it is no time."""
    title, flags = block.titles[at], {as_text(cell) for cell in block.column(at)} <= {"0", "1"}
    flagged = (
        flags and re.match("(facturable|billable)", title, re.IGNORECASE) and not any(map(_NOT.match, block.titles))
    )
    return bool(flagged or layer(title) or _NO_TIME.search(title)) and not _TIME.match(title)


def title_kept(name: str, title: str) -> str:
    """Return the name of a column, with what its title says of the way its cells are written."""
    if name not in ("duree", "pause"):
        return f"{name} ({written})" if (written := day_format(title)) else name
    unit = "" if strange_unit(title) else unit_of_title(title)
    return f"{name} ({unit})" if unit else f"{name} {strange_unit(title) or unknown_unit(title)}".strip()


_CELL_IN_DAYS = re.compile(
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
    if not (found := _CELL_IN_DAYS.fullmatch(text)):
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
