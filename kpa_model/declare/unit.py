"""Units people write settings in, and how each is read, written and shown. Inside, whole numbers only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from kpa_model.declare.number import written
from kpa_model.errors import Refused as Refused
from kpa_model.words import hours, number


def quoted(value: Any) -> str:
    """Return what a person wrote between French quotes, cut short; several things at once are not repeated."""
    if isinstance(value, Mapping | list | tuple):
        return "« … »"
    text = " ".join(str(value).split())
    return f"« {text[:40]}… »" if len(text) > 40 else f"« {text} »"


@dataclass(frozen=True)
class Unit:
    """A numeric unit: `scale` inner units make one unit people write (100 cents a euro, 10 000 ppm a per cent)."""

    name: str
    scale: int
    suffixes: tuple[str, ...] = ()
    called: ClassVar[str] = "un nombre"

    def read(self, value: Any, low: int, high: int, usual: int) -> int:
        """Return the inner whole number for what a person wrote; `usual` is the example given. Raises Refused."""
        example = f"Écrivez par exemple {self.show(usual)}."
        try:
            inner = self.inner(str(value).strip())
        except ValueError:
            raise Refused(f"{quoted(value)} n'est pas {self.called}.", example) from None
        if inner.denominator != 1:
            raise Refused(f"{quoted(value)} a trop de chiffres après la virgule.", example)
        if not low <= inner <= high:
            todo = f"Choisissez entre {self.show(low)} et {self.show(high)}."
            raise Refused(f"{quoted(value)} est hors limites.", todo)
        return int(inner)

    def inner(self, text: str) -> Fraction:
        """Return inner units, perhaps not whole, for a text with or without its unit. Raises ValueError."""
        return written(text, self.name, self.suffixes) * self.scale

    def exact(self, text: str) -> int:
        """Return whole inner units; a cent cannot be cut. Raises ValueError.

        >>> EURO.exact("1 234,5 €"), PERCENT.exact("11,5 %")
        (123450, 115000)
        """
        inner = self.inner(text)
        if inner.denominator != 1:
            raise ValueError(text)
        return int(inner)

    def write(self, inner: int) -> int | float | str:
        """Return what goes in the file: a number, or a percentage as text."""
        shown = Decimal(inner) / self.scale
        if self.name == "%":
            return f"{str(shown.normalize() if shown % 1 else int(shown)).replace('.', ',')} %"
        return int(shown) if shown == shown.to_integral_value() else float(shown)

    def show(self, inner: int) -> str:
        """Return the French writing: `150 €`, `5 %`, `3 mois`."""
        shown = number(Decimal(inner) / self.scale)
        several = abs(inner) >= 2 * self.scale or len(self.suffixes) != 2
        name = self.name if several else self.suffixes[1]
        return f"{shown}\u00a0{name}" if name else shown


@dataclass(frozen=True)
class Duration(Unit):
    """Hours, which people also write `1 h 20` or `45 min`; minutes inside."""

    called: ClassVar[str] = "une durée"

    def write(self, inner: int) -> int | float | str:
        """Return a number of hours when it is exact, else `1 h 20`."""
        return super().write(inner) if inner * 100 % self.scale == 0 else hours(inner).replace("\u00a0", " ")

    def show(self, inner: int) -> str:
        """Return `1 h 20`."""
        return hours(inner) if inner else f"0\u00a0{self.name}"


@dataclass(frozen=True)
class ClockTime(Duration):
    """Hours that somebody types on her phone: `1,30` is asked about, `1,33` is 1 h 20."""

    def read(self, value: Any, low: int, high: int, usual: int) -> int:
        """Return minutes. Raises Refused, for what has two readings too."""
        if found := re.fullmatch(r"(\d+)[.,]([0-5][05])", str(value).strip()):
            clock, decimal = int(found[1]) * 60 + int(found[2]), round(written(found[0]) * 60)
            if found[2] not in ("00", "25", "50", "75"):
                what = f"{quoted(value)} peut se lire de deux façons : {hours(clock)} ou {hours(decimal)}."
                todo = f"Écrivez {found[1]}h{found[2]} ou {_hundredths(clock)}, sinon {_hundredths(decimal)}."
                raise Refused(what, todo)
        return super().read(value, low, high, usual)

    def inner(self, text: str) -> Fraction:
        """Return whole minutes: 1,33 h stands for 1 h 20. Raises ValueError."""
        return Fraction(round(super().inner(text)))


def _hundredths(minutes: int) -> str:
    """Return `1,5` for 90 minutes: what can be typed on a keyboard of digits."""
    return number(round(Decimal(minutes) / 60, 2).normalize())


EURO = Unit("€", 100)
PERCENT = Unit("%", 10_000)
EURO_PER_HOUR = Unit("€/h", 100)
HOURS = Duration("h", 60)
MONTHS = Unit("mois", 1, ("mois",))
MINUTES = Unit("min", 1, ("min", "minutes", "minute"))
TIMES = Unit("fois", 100, ("fois",))
PLAIN = Unit("", 100)
