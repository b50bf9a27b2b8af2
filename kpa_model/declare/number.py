"""French numbers as people type them: `1 234,56 €`, `1.234,56`, `−3`, `(12,00)`, `5,5 %`, `3h30`, `3:30`, `45 min`.

One grammar for boxes, rule files, spreadsheets and exercises. Each reader keeps its own sentence when it refuses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from fractions import Fraction
from functools import lru_cache

_SIGNS = str.maketrans("−–\u2010\u2011\u2012\ufe63\uff0d'’\u066b", "-------  ,")
_MARKED = re.compile(r"(?P<whole>\d{1,3}(?: \d{3})+|\d+)?(?:[.,](?P<after>\d*))?")
_GROUPED = re.compile(
    r"(?P<whole>\d{1,3}(?P<mark>[.,])\d{3}(?P<more>(?:(?P=mark)\d{3})*))(?:(?!(?P=mark))[.,](?P<after>\d+))?"
)
_BEFORE = {"€": r"(?:€ ?)?", "fois": r"(?:[x×] ?)?"}
_AFTER = {
    "€": r"(?:€|euros?|eur)?(?: ?(?:/ ?|par )h(?:eure)?)?(?: ?(?:ht|ttc))?",
    "%": r"(?:%|pour ?cent)?",
    "h": r"(?:h|heures?|hrs?)?",
}
_HOURS = re.compile(
    r"(?P<hours>\d{1,6}) ?(?:h|heures?|hrs?) ?(?:(?:et )?(?:(?P<minutes>\d{1,2}) ?(?:m|mn|min|minutes?)?"
    r"|(?P<half>demie?|½|1/2)|(?P<quarter>quart|¼|1/4)|(?P<three>trois quarts|¾|3/4)))?"
    r"|(?:(?P<whole>\d{1,6}) ?)?(?P<part>[½¼¾]|1/2|1/4|3/4) ?(?:h|heures?|hrs?|d.heure)"
    r"|(?P<units>\d{1,6}) ?(?P<more>[½¼¾])"
    r"|(?P<clock>\d{1,6}):(?P<past>\d{2})(?::(?P<seconds>\d{2}))?"
    r"|(?P<only>\d{1,7}) ?(?:m|mn|min|minutes?)"
)
_PAST = {"half": 30, "quarter": 15, "three": 45}
_PARTS = {
    **dict.fromkeys(("½", "1/2"), Fraction(1, 2)),
    **dict.fromkeys(("¼", "1/4"), Fraction(1, 4)),
    **dict.fromkeys(("¾", "3/4"), Fraction(3, 4)),
}


class BeyondAnHourError(ValueError):
    """A duration such as `3h75`: an hour has sixty minutes."""


@lru_cache(maxsize=65536)
def plainly(text: str) -> str:
    """Return a text in small letters, with simple spaces, European digits, and no apostrophe between thousands.

    >>> plainly("1\u202f234,56\u00a0€"), plainly("٣")
    ('1 234,56 €', '3')
    """
    flat = text.translate(_SIGNS)
    if not flat.isascii():
        flat = "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in flat)
    return " ".join(flat.split()).casefold()


@lru_cache(maxsize=65536)
def numbers(text: str) -> tuple[tuple[Fraction, int], ...]:
    """Return each honest reading of a number without unit, with its count of decimals. Raises ValueError.

    A mark alone is first the decimal one; `1.234` may also be a thousand and more. With both marks, the last one is
    the decimal one.

    >>> [str(value) for value, decimals in numbers("1.234")]
    ['617/500', '1234']
    """
    bare = plainly(text)
    if bracketed := re.fullmatch(r"\((.*)\)", bare):
        bare = f"-{bracketed[1].strip()}"
    if behind := re.fullmatch(r"(\d[\d .,]*) ?-", bare):  # « 95,00- », as some programs of accounts write it
        bare = f"-{behind[1].strip()}"
    sign, bare = (-1 if bare.startswith("-") else 1), re.sub(r"^[+-] ?", "", bare)
    if (found := _GROUPED.fullmatch(bare)) and (found["more"] or found["after"]):
        return ((sign * _value(re.sub(r"[.,]", "", found["whole"]), found["after"]), len(found["after"] or "")),)
    thousands, found = found, _MARKED.fullmatch(bare)
    if found is None or not (found["whole"] or found["after"]):
        raise ValueError(text)
    readings = [(sign * _value(found["whole"], found["after"]), len(found["after"] or ""))]
    if thousands and not bare.startswith("0"):
        readings.append((sign * _value(re.sub(r"[.,]", "", bare)), 0))
    return tuple(readings)


def _value(whole: str | None, after: str | None = "") -> Fraction:
    return Fraction(int((whole or "").replace(" ", "") + (after or "")), 10 ** len(after or ""))


def bare_number(text: str, unit: str, suffixes: Collection[str] = ()) -> str:
    """Return a text without the unit asked for, nor what usually goes with it; another unit stays.

    >>> bare_number("(12,50 €)", "€")
    '(12,50)'
    """
    if inside := re.fullmatch(r"\((.*)\)", plainly(text)):  # accountants write so what is below zero
        return f"({bare_number(inside[1], unit, suffixes)})"
    known = "|".join(re.escape(each) for each in sorted({*suffixes} - {""}, key=len, reverse=True))
    top = unit.partition("/")[0]
    after = _AFTER.get(top) or (f"(?:{known})?" if known else "")
    found = re.fullmatch(rf"{_BEFORE.get(top, '')}(.*?) ?{after}", plainly(text))
    return found[1] if found else plainly(text)


@lru_cache(maxsize=65536)
def written(text: str, unit: str = "", suffixes: tuple[str, ...] = ()) -> Fraction:
    """Return what a text says, in its unit: euros, per cent, hours… A mark alone is the decimal one.

    Raises:
        ValueError: when the text is not one number in this unit.

    >>> written("1 234,5 €", "€"), written("11,5 %", "%"), written("1 h 20", "h")
    (Fraction(2469, 2), Fraction(23, 2), Fraction(4, 3))
    """
    if unit == "h" and (found := duration(text)) is not None:
        return found
    return numbers(bare_number(text, unit, suffixes))[0][0]


def duration(text: str) -> Fraction | None:
    """Return hours from `2h30`, `2:30`, `2:30:15`, `2 heures et demie`, `2 ½`, `45 min`; None when not so written."""
    if re.fullmatch(r"[\d h]*\d *['’]", text.strip()):  # 45', 3h30'
        text = f"{text.strip()[:-1]} min"
    found = _HOURS.fullmatch(plainly(text))
    if found is None:
        return None
    if found["only"]:
        return Fraction(int(found["only"]), 60)
    if part := found["part"] or found["more"]:
        return int(found["whole"] or found["units"] or 0) + _PARTS[part]
    worded = next((past for name, past in _PAST.items() if found[name]), 0)
    minutes = worded or int(found["minutes"] or found["past"] or 0)
    seconds = int(found["seconds"] or 0)
    if minutes > 59 or seconds > 59:
        raise BeyondAnHourError(text)
    return int(found["hours"] or found["clock"]) + Fraction(minutes * 60 + seconds, 3600)


_EURO_FIRST = re.compile(r"([-−(]?) ?(?:€|eur|euros?) ?(\d.*)", re.IGNORECASE)
_EURO_INSIDE = re.compile(r"([^€]*\d) ?(?:€|eur) ?(\d\d)", re.IGNORECASE)
_NO_CENTS = re.compile(r"([-−(]? ?\d[\d .,']*?)[.,] ?[-−\u2010-\u2015]{1,2} ?((?:€|eur|euros?)?\)?)", re.IGNORECASE)
_MINUS_BEHIND = re.compile(r"(\d[\d .,']*?) ?[-−\u2010-\u2013] ?(?:€|eur|euros?)?", re.IGNORECASE)
_AMOUNTS = ((_EURO_FIRST, r"\1\2"), (_EURO_INSIDE, r"\1,\2"), (_NO_CENTS, r"\1,00\2"), (_MINUS_BEHIND, r"-\1"))


def plain_amount(text: str) -> str:
    """Return an amount written as hands and programs of accountants do, in the plain way; another text as it is.

    >>> plain_amount("1250€50"), plain_amount("EUR 1,250.00"), plain_amount("660.-"), plain_amount("12,00-")
    ('1250,50', '1,250.00', '660,00', '-12,00')
    """
    for pattern, plain in _AMOUNTS:
        text = pattern.sub(plain, text) if pattern.fullmatch(text) else text
    return text
