"""Units of exercises: how a value is written in French, and what can be added to what.

A unit is a text such as `€`, `%`, `h`, `€/h`, `personnes`, `€/personne`. Inside, a value is an exact fraction: euros,
hours, a part of one for per cents.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kpa_model.words import hours, number, round_euros

Dimension = tuple[tuple[str, int], ...]
"""Base units and their powers, sorted: `€/h` is `(("h", -1), ("€", 1))`; a rate is `()`."""

_BARE = {"%", "fois", ""}
_LONG = {"h": "heure"}
_SAME = {"mois", "fois", "repas"}


def one(unit: str) -> str:
    """Return a unit in the singular: `personnes` → `personne`, `plateaux` → `plateau`."""
    return unit if unit in _SAME else unit.removesuffix("x" if unit.endswith("eaux") else "s")


def dimension(unit: str) -> Dimension:
    """Return the dimension of a unit text."""
    top, _, bottom = unit.partition("/")
    found = () if top.strip() in _BARE else ((one(top.strip()), 1),)
    return joined(found, ((one(bottom.strip()), -1),)) if bottom.strip() else found


def joined(left: Dimension, right: Dimension) -> Dimension:
    """Return the dimension of a product."""
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, 0) + power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def powered(some: Dimension, power: int) -> Dimension:
    """Return a dimension to the power 1 or −1."""
    return tuple((base, each * power) for base, each in some)


def dimension_name(some: Dimension) -> str:
    """Return a dimension in words: `des €`, `des € par personne`, `un nombre sans unité`."""
    top = " × ".join(base for base, power in some for _ in range(power))
    bottom = " et ".join(_LONG.get(base, base) for base, power in some for _ in range(-power))
    if not some:
        return "un nombre sans unité"
    return f"des {top}" + (f" par {bottom}" if bottom else "") if top else f"un nombre par {bottom}"


def decimal(value: Fraction, decimals: int) -> Decimal:
    """Return a value rounded to some decimals, halves away from zero."""
    whole = (2 * abs(value.numerator) * 10**decimals + value.denominator) // (2 * value.denominator)
    return Decimal(whole if value >= 0 else -whole) / Decimal(10) ** decimals


def shown(value: Fraction, unit: str) -> str:
    """Return a value as people read it: `14 € par personne`, `11,5 %`, `2 h 30`, `69 personnes`, `3,67`.

    A rate that holds in hundredths is shown whole (79,16 %), so that a calculation done from what is read is right.
    """
    top, _, bottom = unit.partition("/")
    after = f" par {_LONG.get(bottom, one(bottom))}" if bottom else ""
    if top == "€":
        return round_euros(int(decimal(value, 2) * 100)) + after
    if top == "%":
        return f"{number(decimal(value * 100, 2 if (value * 10_000).denominator == 1 else 1))}\u00a0%{after}"
    if top == "h":
        return (hours(int(decimal(value * 60, 0))) if value else "0\u00a0h") + after
    said = number(decimal(value, 2))
    if top in {"", "fois"}:
        return said + after
    return f"{said}\u00a0{one(top) if abs(value) < 2 else top}{after}"


def step_of(unit: str) -> Fraction:
    """Return the smallest difference that matters in a unit: a cent, a tenth of a per cent, a minute, a hundredth."""
    top = unit.partition("/")[0]
    return {"€": Fraction(1, 100), "%": Fraction(1, 1000), "h": Fraction(1, 60)}.get(top, Fraction(1, 100))
