"""Read a file of dated parameters, and say in French everything that is wrong in it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from kpa_model.declare.number import bare_number, numbers
from kpa_model.declare.plain_yaml import read_dated
from kpa_model.errors import Problem, UnreadableFile, nearest
from kpa_model.words import listing

UNITS = ("€", "€/heure", "€/jour", "€/mois", "%", "nombre", "mois", "ans", "jours")
CONFIDENCES = ("publie", "calcule", "a_confirmer")
_LINES = ("nom", "unite", "source", "lu_le", "valeurs")
_VALUE_LINES = ("depuis", "jusqu_a", "valeur", "confiance", "source")

Dated = tuple[date, date, Decimal, str, str]
"""since, until, amount, confidence, source."""
Read = tuple[dict[str, Any], list[Dated]]


class _Wrong(ValueError):
    """What is wrong, what to do."""


def read_parameters(path: Path) -> dict[str, Read]:
    """Return name → (head, values) of a file.

    The head holds `label`, `unit`, `source` and `read_on`; values are oldest first.

    Raises:
        UnreadableFile: with every problem of the file, each in three parts.
    """
    where = f"Fichier {path.name}"
    found = read_dated(path, "paramètre", "Donnez un nom, puis ses lignes.")
    problems: list[Problem] = []
    read = {name: _parameter(f"{where}, « {name} »", lines, problems) for name, lines in found.items()}
    if problems:
        raise UnreadableFile(*problems)
    return {name: each for name, each in read.items() if each}


def _parameter(where: str, lines: object, problems: list[Problem]) -> Read | None:
    start = len(problems)
    try:
        known = _known_lines(lines, _LINES, needed=_LINES)
        head = {
            "label": _text(known["nom"]), "unit": _one_of(known["unite"], UNITS),
            "source": _text(known["source"]), "read_on": _day(known["lu_le"]),
        }  # fmt: skip
    except _Wrong as wrong:
        problems.append(Problem(where, *wrong.args))
        return None
    if not isinstance(known["valeurs"], list) or not known["valeurs"]:
        problems.append(Problem(where, "aucune valeur trouvée.", "Écrivez au moins une valeur avec ses dates."))
        return None
    values: list[Dated] = []
    for at, each in enumerate(known["valeurs"], 1):
        try:
            values.append(_value(each, head))
        except _Wrong as wrong:
            problems.append(Problem(f"{where}, valeur {at}", *wrong.args))
    for before, after in pairwise(values):
        if after[0] <= before[1]:
            todo = "Rangez-les par date. Une valeur finit la veille de la suivante."
            problems.append(Problem(where, f"deux valeurs se suivent mal, au {after[0].isoformat()}.", todo))
    return (head, values) if len(problems) == start else None


def _value(lines: object, head: dict[str, Any]) -> Dated:
    known = _known_lines(lines, _VALUE_LINES, needed=_VALUE_LINES[:4])
    since, until = _day(known["depuis"]), _day(known["jusqu_a"])
    if until < since:
        raise _Wrong("la fin est avant le début.", "Vérifiez « depuis » et « jusqu_a ».")
    source = _text(known["source"]) if "source" in known else head["source"]
    return since, until, _amount(known["valeur"], head["unit"]), _one_of(known["confiance"], CONFIDENCES), source


def _known_lines(lines: object, known: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(lines, dict):
        raise _Wrong("ses lignes manquent.", f"Écrivez {listing(needed)}.")
    for key in lines:
        if key not in known:
            hint = nearest(str(key), known) or f"Lignes connues : {listing(known)}."
            raise _Wrong(f"la ligne « {key} » n'existe pas.", hint)
    for key in needed:
        if key not in lines:
            raise _Wrong(f"la ligne « {key} » manque.", "Ajoutez-la.")
    return lines


def _amount(value: object, unit: str) -> Decimal:
    try:
        found, decimals = numbers(bare_number(str(value), unit))[0]
    except ValueError:
        raise _Wrong(f"« {value} » n'est pas un nombre.", "Écrivez par exemple 651,69.") from None
    scaled = found * (10_000 if unit == "%" else 100)
    if scaled.denominator != 1:
        raise _Wrong(f"« {value} » a trop de décimales.", "Un montant a deux décimales, un taux en a quatre.")
    return Decimal(int(found * 10**decimals)).scaleb(-decimals)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("un texte est attendu.", "Écrivez quelques mots.")
    return value.strip()


def _one_of(value: object, known: tuple[str, ...]) -> str:
    if value not in known:
        raise _Wrong(f"« {value} » n'est pas un choix.", f"Choisissez {listing(known, 'ou')}.")
    return str(value)


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _Wrong(f"« {value} » n'est pas une date.", "Écrivez par exemple 2026-04-01.")
    return value
