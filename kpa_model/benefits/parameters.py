"""Dated parameters: SMIC, contributions, RSA, prime d'activité, ASS, ARE, AAH, VAT, CAPE.

Each value of `data/parametres/*.yaml` has a unit, its first and last day, a source and a confidence. The files are
read when somebody asks, once. A day that no value covers is an error with a French sentence: never a wrong figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from kpa_model.benefits.parameter_file import read_parameters
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.places import data
from kpa_model.words import day as day_name
from kpa_model.words import number, percent, round_euros

FILES = ("smic", "cotisations", "rsa", "prime_activite", "ass", "are", "aah", "tva", "cape")
CONFIDENCES = {"publie": "publié", "calcule": "calculé", "a_confirmer": "à confirmer"}


class UncoveredDay(KpaError):
    """No value is known for that day: a warning to show, in place of a figure."""


@dataclass(frozen=True)
class Value:
    """One value of a parameter, both days included; `amount` is in the unit of the parameter."""

    since: date
    until: date
    amount: Decimal
    confidence: str
    source: str


@dataclass(frozen=True)
class Parameter:
    """A parameter and its values, oldest first.

    Attributes:
        name: name in files and in the code.
        label: name on screens.
        unit: `€`, `€/heure`, `€/jour`, `€/mois`, `%`, `nombre`, `mois`, `ans` or `jours`.
        source: where the values come from, when they do not say better.
        read_on: the day they were read.
        values: never overlapping; days between two values are days without the parameter.
    """

    name: str
    label: str
    unit: str
    source: str
    read_on: date
    values: tuple[Value, ...]

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


@lru_cache(maxsize=1)
def parameters() -> Mapping[str, Parameter]:
    """Return every parameter by name, in the order of the files, read once. Raises UnreadableFile."""
    found: dict[str, Parameter] = {}
    for file in FILES:
        for name, (head, values) in read_parameters(data() / "parametres" / f"{file}.yaml").items():
            found[name] = Parameter(name, values=tuple(Value(*each) for each in values), **head)
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
            return f"{_sentence(_uncovered(parameter(name), day))} {_TODO}"
    return ""


def covered(names: Iterable[str]) -> tuple[date, date]:
    """Return the first and last day for which all these parameters are known."""
    chosen = [parameter(name).values for name in names]
    return max(each[0].since for each in chosen), min(each[-1].until for each in chosen)


def confidences(names: Iterable[str], day: date) -> set[str]:
    """Return how sure these values are: a subset of `publie`, `calcule`, `a_confirmer`."""
    return {value.confidence for name in names if (value := parameter(name).on(day))}


_TODO = "Choisissez une date connue, ou mettez les montants à jour."


def _uncovered(known: Parameter, day: date) -> str:
    first, last = known.values[0].since, known.values[-1].until
    if day > last:
        return f"« {known.label} » n'est connu que jusqu'au {day_name(last)}."
    if day < first:
        return f"« {known.label} » n'est connu qu'à partir du {day_name(first)}."
    return f"« {known.label} » n'existe pas le {day_name(day)}."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
