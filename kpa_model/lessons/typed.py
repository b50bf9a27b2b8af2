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
_COINS = re.compile(r"(\d{1,3}(?: \d{3})+|\d+) ?(?:centimes?|cts?)")
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
    if len(bare) > _LONGEST:
        raise Refused("La réponse est trop longue.", f"Écrivez un seul nombre, par exemple {_EXAMPLES.get(top, '12')}.")
    if not bare:
        raise Refused("La réponse manque.", f"Écrivez par exemple {_EXAMPLES.get(top, '12')}.")
    if top == "€" and (found := _MONEY.fullmatch(bare)):
        return _euros_and_cents(found)
    if top == "€" and (found := _COINS.fullmatch(bare)):
        return (TypedNumber(Fraction(_whole(found[1]), 100), 2),)
    if top == "h" and (hours := _duration(bare)) is not None:
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
    _check_unit(tail, top)
    readings = [TypedNumber(value, decimals) for value, decimals in values]
    if top == "%":
        return tuple(part for each in readings for part in _rates(each, tail))
    return tuple(_percent(each) for each in readings) if "%" in tail or "pour" in tail else tuple(readings)


def _check_unit(tail: str, top: str) -> None:
    """Refuse a unit that is not the one asked."""
    said = "%" if "%" in tail or "pour cent" in tail or "pourcent" in tail else "€" if re.search("€|euro", tail) else ""
    names = {"€": "un montant en euros", "%": "un pourcentage", "h": "une durée"}
    if said and said != top and not (said == "%" and top in {"fois", ""}):
        asked = names.get(top, "un nombre")
        raise Refused(f"Vous donnez {names[said]}.", f"La question demande {asked}.")


def _percent(reading: TypedNumber) -> TypedNumber:
    return TypedNumber(reading.value / 100, reading.decimals + 2)


def _rates(reading: TypedNumber, tail: str) -> tuple[TypedNumber, ...]:
    """Return a rate: `70 %`, `70`; and `0,7` alone, which means 70 %."""
    usual = _percent(reading)
    if "%" in tail or "cent" in tail or abs(reading.value) > 10:
        return (usual,)
    remark = "Un taux s'écrit souvent en pour cent : 0,7 se lit 70 %."
    return (TypedNumber(reading.value, reading.decimals, remark), usual)
