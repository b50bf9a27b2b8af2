"""French writing of amounts, durations, dates and lists. Sentences live in `story` and in each step."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, get_month_names
from babel.numbers import format_currency, format_decimal

_LOCALE = "fr_FR"
_UNBROKEN = re.compile(r"(?<=«) | (?=[»:;?!])|(?<=\d) (?=[€%])|(?<=[+−]) (?=\d)")
_NARROW = re.compile(r"\u00a0(?=[;!?])")
_TWO_STOPS = re.compile(r"(?<=[^\W\d_])\.\.(?=\s|$)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=[\w«])")
_VOWELS = "aàâäeéèêëiîïoôöuùûüœæ"


@lru_cache(maxsize=16384)
def euros(cents: int) -> str:
    """Return `1 234,56 €`; the minus sign is a true one. The spaces do not break."""
    return format_currency(Decimal(int(cents)) / 100, "EUR", locale=_LOCALE).replace("-", "−")


@lru_cache(maxsize=4096)
def round_euros(cents: int) -> str:
    """Return an amount without cents when they are zero: `150 €`, `134,14 €`."""
    return euros(cents).replace(",00", "") if int(cents) % 100 == 0 else euros(cents)


def whole_euros(cents: float) -> str:
    """Return an amount to the nearest euro: `134 €`."""
    return f"{number(round(cents / 100))}\u00a0€"


def signed_euros(cents: int) -> str:
    """Return an amount with its sign: `+12,00 €`, `−3,50 €`, `0,00 €`."""
    return f"+{euros(cents)}" if cents > 0 else euros(cents)


@lru_cache(maxsize=4096)
def number(value: Decimal | int | str) -> str:
    """Return a number with a French comma and grouped thousands, without useless zeros."""
    return format_decimal(Decimal(value).normalize(), locale=_LOCALE, decimal_quantization=False).replace("-", "−")


def percent(ppm: int) -> str:
    """Return parts per million as `11,5 %`."""
    return f"{number(Decimal(int(ppm)) / 10_000)}\u00a0%"


def hours(minutes: int) -> str:
    """Return minutes as `3 h 30`, `45 min`, `12 h` or `2 382 h 45`."""
    whole, rest = divmod(int(minutes), 60)
    if not whole:
        return f"{rest}\u00a0min"
    return f"{number(whole)}\u00a0h\u00a0{rest:02d}" if rest else f"{number(whole)}\u00a0h"


@lru_cache(maxsize=1024)
def day(value: date) -> str:
    """Return `7 février 2019`."""
    written = format_date(value, "d MMMM y", locale=_LOCALE)
    return written.replace("1 ", "1er ", 1) if value.day == 1 else written


@lru_cache(maxsize=1024)
def month_name(value: date) -> str:
    """Return `février 2019`."""
    return format_date(value, "MMMM y", locale=_LOCALE)


@lru_cache(maxsize=1)
def month_names() -> tuple[str, ...]:
    """Return `janvier` to `décembre`."""
    return tuple(str(name) for _, name in sorted(get_month_names("wide", locale=_LOCALE).items()))


def count(number_of: int, one: str, many: str = "") -> str:
    """Return `1 personne`, `3 personnes`; in French zero is singular."""
    return f"{number(number_of)}\u00a0{one if abs(number_of) < 2 else many or one + 's'}"


def of(name: str) -> str:
    """Return `de Bruno`, `d'Awa`, `d'Hélène`, `de Hassan`, `d'Yves`, `de Yamina`, `d'avril`.

    An h is silent in the names of `_SILENT`, and heard in the others, unless the group said otherwise (`prefer`).
    """
    first, second = name[:1].casefold(), name[1:2].casefold()
    if (chosen := _PREFERRED.get(_bearer(name))) is not None:
        return f"d'{name}" if chosen else f"de {name}"
    elided = first in _VOWELS
    if first == "y":
        elided = second.isalpha() and second not in _VOWELS
    elif first == "h":
        elided = slug(name.replace("-", " ").split(" ")[0]).startswith(_SILENT)
    return f"d'{name}" if first and elided else f"de {name}"


_PREFERRED: dict[str, bool] = {}


def prefer(sayings: Iterable[str]) -> None:
    """Take how a group says some of its names: `de Hélène`, `d'Hassan`. What it said before is forgotten."""
    _PREFERRED.clear()
    for each in sayings:
        if found := _SAYING.fullmatch(each.strip()):
            _PREFERRED[_bearer(found["name"])] = found["before"].lower() != "de "


_SAYING = re.compile(r"(?P<before>[dD](?:e |['’]))(?P<name>\S.*)")


def _bearer(name: str) -> str:
    """Return what tells a name: `Hélène D.` is said as `Hélène`."""
    return name.partition(" ")[0].casefold()


_SILENT = (
    "hadrien", "harmonie", "hector", "helen", "helene", "helie", "helo", "henri", "hermeline", "hermin", "herve",
    "hilaire", "hippolyte", "honor", "horace", "hortens", "huber", "hugo", "hugue", "humb", "hyacinthe",
)  # fmt: skip
"""How names with a silent h begin."""


def unbroken(text: str) -> str:
    """Return a text to show: spaces around « », before : ; ? ! € % and after a sign become ones where no line breaks.

    A sentence that ends with « Hélène D. » has one stop.

    >>> unbroken("« oui » : 12 €, pour Hélène D..")
    '«\\xa0oui\\xa0»\\xa0: 12\\xa0€, pour Hélène D.'
    """
    return _UNBROKEN.sub("\u00a0", _TWO_STOPS.sub(".", text))


def curled(text: str) -> str:
    """Return a text with the apostrophes of French.

    >>> curled("L'heure d'Awa")
    'L’heure d’Awa'
    """
    return _APOSTROPHE.sub("’", text)


def typeset(text: str) -> str:
    """Return a text as paper shows it: unbroken, apostrophes curled, narrower spaces before ; ! ?

    >>> typeset("L'heure : « 12 € » ?")
    'L’heure\\xa0: «\\xa012\\xa0€\\xa0»\\u202f?'
    """
    return _NARROW.sub("\u202f", unbroken(curled(text)))


def capital(text: str) -> str:
    """Return a text that begins a sentence."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """Return a text that goes on with a sentence."""
    return text[:1].lower() + text[1:]


def slug(text: str) -> str:
    """Return a file name made from a title: `notre_regle_d_essai`."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")[:60] or "sans_nom"


def listing(names: Sequence[str], last: str = "et", most: int | None = None) -> str:
    """Return `Awa, Bruno et Chloé`; beyond `most`, `Awa et Bruno…`.

    >>> listing(["Awa", "Bruno", "Chloé"]), listing(["Awa", "Bruno", "Chloé"], most=2), listing([])
    ('Awa, Bruno et Chloé', 'Awa et Bruno…', '')
    """
    *first, end = [*names][:most] or [""]
    more = "…" if most is not None and len(names) > most else ""
    return f"{', '.join(first)} {last} {end}{more}" if first else f"{end}{more}"
