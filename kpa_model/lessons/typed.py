"""Answers as people type them: `20,05`, `20.05 €`, `1 234,5`, `20 euros 5`, `70 %`, `0,7`, `2h30`, `= 462`.

A text may have two honest readings (`20 euros 5` is 20,05 € or 20,50 €): all are returned, the check keeps the one
that fits, and says how it read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from kpa_model.declare.number import BeyondAnHourError, duration, numbers, plainly
from kpa_model.declare.unit import Refused, quoted

_MONEY = re.compile(r"(-?\d{1,3}(?: \d{3})+|-?\d+) ?(?:€|euros?|eur) ?(?:et )?(\d{1,2}) ?(centimes?|cts?|c)?")
_COINS = re.compile(r"(\d{1,3}(?: \d{3})+|\d+) ?(?:centimes?|cts?|c)")
_KINDS = {
    "€": (r"€|eur|\bc\b|\bcts?\b|centime", "un montant en euros"),
    "%": ("%|pour ?cent", "un pourcentage"),
    "h": (r"\b(h|heures?|min|mn|minutes?)\b", "une durée"),
    "jours": (r"\b(j|jours?)\b", "un nombre de jours"),
    "mois": (r"\bmois\b", "un nombre de mois"),
}
"""Unit asked → how a text says it, and what it is called."""
_MANY = re.compile(r"\s*(?:(?:k|m|mille|milliers?|millions?)\b|‰)")
_PLAIN = re.compile(r"(?:[x×] ?)?(?P<number>[-+]? ?[\d.,](?:[\d., ]*[\d.,])?|\([^)]*\))(?P<tail>\D*)")
_EXAMPLES = {"€": "20,05", "%": "70\u00a0%", "h": "2\u00a0h\u00a030"}
_LONGEST = 60


@dataclass(frozen=True)
class TypedNumber:
    """One way to read what was typed: the value, how many decimals were given, a remark to show."""

    value: Fraction
    decimals: int
    remark: str = ""


def read_typed(text: str, unit: str) -> tuple[TypedNumber, ...]:
    """Return every honest reading of a text, for an answer in this unit. Raises Refused."""
    top = unit.partition("/")[0]
    bare = plainly(text).rpartition("=")[2].strip()
    bare = re.sub(r"^(environ|à peu près|presque|≈|~)\s*", "", bare).rstrip(" .!")
    bare = re.sub(r"^(-?) ?(€|eur) ?(.*)$", r"\1\3 €", bare)
    if len(bare) > _LONGEST:
        raise Refused("La réponse est trop longue.", f"Écrivez un seul nombre, par exemple {_EXAMPLES.get(top, '12')}.")
    if not bare:
        raise Refused("La réponse manque.", f"Écrivez par exemple {_EXAMPLES.get(top, '12')}.")
    if top == "€" and (found := _MONEY.fullmatch(bare)):
        return _euros_and_cents(found)
    if top == "€" and (found := _COINS.fullmatch(bare)):
        return (TypedNumber(Fraction(_whole(found[1]), 100), 2),)
    if (hours := _duration(bare)) is not None:
        if top != "h":
            raise _another("h", top)
        return (TypedNumber(hours, 4),)
    return _plain(bare, top, text)


def _whole(text: str) -> int:
    return int(numbers(text)[0][0])


def _duration(bare: str) -> Fraction | None:
    try:
        return duration(bare)
    except BeyondAnHourError:
        raise Refused(f"{quoted(bare)} n'est pas une durée.", "Une heure a 60 minutes.") from None


def _euros_and_cents(found: re.Match[str]) -> tuple[TypedNumber, ...]:
    sign, whole, cents = (-1 if found[1][0] == "-" else 1), _whole(found[1].lstrip("-")), found[2]
    minus = "−" if sign < 0 else ""
    hundredths, tenths = Fraction(int(cents), 100), Fraction(int(cents), 10)
    said = f"Nous lisons {minus}{whole},{int(cents):02d}\u00a0€."
    readings = [TypedNumber(sign * (whole + hundredths), 2, said)]
    if len(cents) == 1 and not found[3]:
        readings.append(TypedNumber(sign * (whole + tenths), 1, f"Nous lisons {minus}{whole},{cents}0\u00a0€."))
    return tuple(readings)


def _plain(bare: str, top: str, text: str) -> tuple[TypedNumber, ...]:
    found = _PLAIN.fullmatch(bare)
    try:
        values = numbers(found["number"]) if found else ()
    except ValueError:
        values = ()
    if not found or not values:
        two = len(re.findall(r"\d[\d .,]*", bare)) > 1
        what = f"{quoted(text)} contient plusieurs nombres." if two else f"{quoted(text)} n'est pas un nombre."
        raise Refused(what, f"Écrivez un seul nombre, par exemple {_EXAMPLES.get(top, '12')}.")
    tail = found["tail"]
    if _MANY.match(tail):
        raise Refused(f"{quoted(text)} ne se lit pas sans se tromper.", "Écrivez tous les chiffres, comme 12 000.")
    _check_unit(tail, top)
    readings = [TypedNumber(value, decimals) for value, decimals in values]
    if top == "%":
        return tuple(part for each in readings for part in _rates(each, tail))
    return tuple(_percent(each) for each in readings) if "%" in tail or "pour" in tail else tuple(readings)


def _check_unit(tail: str, top: str) -> None:
    """Refuse a unit that is not the one asked."""
    said = sorted((found.start(), unit) for unit, (told, _) in _KINDS.items() if (found := re.search(told, tail)))
    first = said[0][1] if said else top
    if first != top and not (first == "%" and top in {"fois", ""}):
        raise _another(first, top)


def _another(given: str, asked: str) -> Refused:
    named = _KINDS[asked][1] if asked in _KINDS else "un nombre"
    return Refused(f"Vous donnez {_KINDS[given][1]}.", f"La question demande {named}.")


def _percent(reading: TypedNumber) -> TypedNumber:
    return TypedNumber(reading.value / 100, reading.decimals + 2)


def _rates(reading: TypedNumber, tail: str) -> tuple[TypedNumber, ...]:
    """Return a rate: `70 %`, `70`; and `0,7` alone, which means 70 %."""
    usual = _percent(reading)
    if "%" in tail or "cent" in tail or abs(reading.value) > 10:
        return (usual,)
    remark = "Un taux s'écrit souvent en pour cent : 0,7 se lit 70 %."
    return (TypedNumber(reading.value, reading.decimals, remark), usual)


def guesses(text: str, unit: str) -> tuple[Fraction, ...]:
    """Return what a text may also mean, without being sure: `1,30` for 1 h 30, `45` for 45 min.

    Never enough to call an answer right or wrong; enough not to say « trop grand ».
    """
    bare = plainly(text).removesuffix("h").strip()
    if unit.partition("/")[0] != "h" or not re.fullmatch(r"\d{1,4}([.,][0-5]\d)?", bare):
        return ()
    whole, _, past = bare.replace(".", ",").partition(",")
    return (int(whole) + Fraction(int(past), 60),) if past else (Fraction(int(whole), 60),)
