"""Dated parameters: SMIC, contributions, RSA, prime d'activité, ASS, ARE, AAH, VAT, CAPE.

Each value of `data/parametres/*.yaml` has a unit, its first and last day, a source and a confidence. The files are
read when somebody asks, once. A day that no value covers is an error with a French sentence: never a wrong figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from kpa_model.declare.entry import entries, entry, part
from kpa_model.declare.number import bare_number, numbers
from kpa_model.declare.part import Day, Notes, OneOf, Part, Text
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.unit import Refused
from kpa_model.declare.yaml_file import NamedFile
from kpa_model.errors import KpaError, Problem, UnreadableFile, nearest
from kpa_model.places import data
from kpa_model.words import capital, number, percent, round_euros
from kpa_model.words import day as day_name

FILES = ("smic", "cotisations", "rsa", "prime_activite", "ass", "are", "aah", "tva", "cape")
CONFIDENCES = {"publie": "publié", "calcule": "calculé", "a_confirmer": "à confirmer"}

UNITS = ("€", "€/heure", "€/jour", "€/mois", "%", "nombre", "mois", "ans", "jours")


class UncoveredDay(KpaError):
    """No value is known for that day: a warning to show, in place of a figure."""


@dataclass(frozen=True)
class _Amount(Part):
    """A number in the unit of its parameter: two decimals for an amount, four for a rate."""

    def take(self, value: Any, notes: Notes) -> Decimal:
        try:
            return self._amount(str(value), notes.known["unit"])
        except Refused as refused:
            notes.refuse(refused)
            return Decimal(0)

    def _amount(self, value: str, unit: str) -> Decimal:
        try:
            found, decimals = numbers(bare_number(str(value), unit))[0]
        except ValueError:
            raise Refused(f"« {value} » n'est pas un nombre.", "Écrivez par exemple 651,69.") from None
        scaled = found * (10_000 if unit == "%" else 100)
        if scaled.denominator != 1:
            raise Refused(f"« {value} » a trop de décimales.", "Un montant a deux décimales, un taux en a quatre.")
        return Decimal(int(found * 10**decimals)).scaleb(-decimals)


@entry
class Value:
    """One value of a parameter, both days included; `amount` is in the unit of the parameter."""

    since: date = part(Day("depuis"))
    until: date = part(Day("jusqu_a"))
    amount: Decimal = part(_Amount("valeur"))
    confidence: str = part(OneOf("confiance", tuple(CONFIDENCES)))
    source: str = part(Text("source", spoken=True), missing=False)

    def settled(self, notes: Notes) -> Value:
        """Note an end before the start."""
        if notes.clean and self.until < self.since:
            notes.add("la fin est avant le début.", "Vérifiez « depuis » et « jusqu_a ».")
        return self


@entry
class Parameter:
    """A parameter and its values, oldest first.

    Attributes:
        name: name in files and in the code.
        label: name on screens.
        unit: one of `UNITS`.
        source: where the values come from, when they do not say better.
        read_on: the day they were read.
        values: never overlapping; days between two values are days without the parameter.
    """

    name: str
    label: str = part(Text("nom", spoken=True))
    unit: str = part(OneOf("unite", UNITS))
    source: str = part(Text("source", spoken=True))
    read_on: date = part(Day("lu_le"))
    values: tuple[Value, ...] = entries(Value, "valeurs", "valeur", most=1000, begins="depuis: …", called="")

    def settled(self, notes: Notes) -> Parameter:
        """Note two values that overlap; a value without its own source has that of its parameter."""
        for before, after in pairwise(self.values if notes.clean else ()):
            if after.since <= before.until:
                todo = "Rangez-les par date. Une valeur finit la veille de la suivante."
                notes.add(f"deux valeurs se suivent mal, au {after.since.isoformat()}.", todo)
        return replace(self, values=tuple(replace(each, source=each.source or self.source) for each in self.values))

    def on(self, day: date) -> Value | None:
        """Return the value in force that day, or None."""
        return next((each for each in self.values if each.since <= day <= each.until), None)

    def written(self, value: Value) -> str:
        """Return a value as it is read aloud: `651,69 €/mois`, `59,85 %`, `3 mois`."""
        if self.unit == "%":
            return percent(int(value.amount * 10_000))
        if self.unit.startswith("€"):
            return round_euros(int(value.amount * 100)) + self.unit.removeprefix("€")
        return number(value.amount) + ("" if self.unit == "nombre" else f"\u00a0{self.unit}")


FILE = NamedFile(
    FileKind("une liste de paramètres", "le nom d'un paramètre, puis « nom: »", UnreadableFile, "un fichier voisin"),
    Parameter, "", "paramètre",
)  # fmt: skip


@lru_cache(maxsize=1)
def parameters() -> Mapping[str, Parameter]:
    """Return every parameter by name, in the order of the files, read once. Raises UnreadableFile."""
    found: dict[str, Parameter] = {}
    for file in FILES:
        found |= FILE.read(data() / "parametres" / f"{file}.yaml")
    return MappingProxyType(found)


def parameter(name: str) -> Parameter:
    """Return one parameter. Raises KeyError, for the programmer, with the nearest name."""
    if name not in parameters():
        raise KeyError(f"{name}. {nearest(name, parameters())}")
    return parameters()[name]


def amount(name: str, day: date) -> Decimal:
    """Return the value in force that day, in the unit of the parameter. Raises UncoveredDay."""
    value = parameter(name).on(day)
    if value is None:
        raise UncoveredDay(Problem("Date demandée", _uncovered(parameter(name), day), _TODO))
    return value.amount


def cents(name: str, day: date) -> int:
    """Return an amount in euros as whole cents. Raises UncoveredDay."""
    return int(amount(name, day) * 100)


def ppm(name: str, day: date) -> int:
    """Return a rate as whole parts per million. Raises UncoveredDay."""
    return int(amount(name, day) * 10_000)


def ppm_if_any(name: str, day: date) -> int:
    """Return a rate, zero on the days it does not exist: for contributions that came and went."""
    value = parameter(name).on(day)
    return int(value.amount * 10_000) if value else 0


def warning_for(names: Iterable[str], day: date) -> str:
    """Return a French sentence when one of these parameters is not known that day, else nothing."""
    for name in names:
        if parameter(name).on(day) is None:
            return f"{capital(_uncovered(parameter(name), day))} {_TODO}"
    return ""


def covered(names: Iterable[str]) -> tuple[date, date]:
    """Return the first and last day for which all these parameters are known."""
    chosen = [parameter(name).values for name in names]
    return max(each[0].since for each in chosen), min(each[-1].until for each in chosen)


_TODO = "Choisissez une date connue, ou mettez les montants à jour."


def _uncovered(known: Parameter, day: date) -> str:
    first, last = known.values[0].since, known.values[-1].until
    if day > last:
        return f"« {known.label} » n'est connu que jusqu'au {day_name(last)}."
    if day < first:
        return f"« {known.label} » n'est connu qu'à partir du {day_name(first)}."
    return f"« {known.label} » n'existe pas le {day_name(day)}."
