"""Which noun each table holds; the dictionary says which attribute each of its columns fills (`champ`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any, get_type_hints

from kpa_model.cooperative.orders import DirectCost, InvoiceLine, Order, PaymentReceived
from kpa_model.cooperative.work import Hours, Statement
from kpa_model.files.book.dictionaries import dictionaries

HELD: Mapping[str, tuple[str, type[Any]]] = {
    "commandes": ("orders", Order),
    "factures": ("lines", InvoiceLine),
    "encaissements": ("payments", PaymentReceived),
    "achats": ("costs", DirectCost),
    "heures": ("hours", Hours),
    "declarations": ("statements", Statement),
}
"""Table → the list of the book it fills, and what one line of it is."""


def attributes(table: str) -> dict[str, str]:
    """Return the attribute of each column that is kept, by name of column."""
    return {column.name: column.field for column in dictionaries()[table].columns if column.field}


def made(noun: type[Any], given: Mapping[str, Any]) -> Any:
    """Make a noun from values by attribute. What it has no place for is kept in `others`; a text not said is empty."""
    known, kinds = {each.name: each for each in fields(noun)}, _words(noun)
    values = {name: kinds[name](value) if name in kinds else value for name, value in given.items() if name in known}
    needed = {name for name, each in known.items() if each.default is MISSING and each.default_factory is MISSING}
    others = tuple((name, value) for name, value in given.items() if name not in known)
    more = {"others": others} if others else {}
    return noun(**dict.fromkeys(needed - set(values), ""), **values, **more)


_WORDS: dict[str, dict[str, type[StrEnum]]] = {}


def _words(noun: type[Any]) -> dict[str, type[StrEnum]]:
    """Return the attributes of a noun that are one word among a few."""
    if noun.__name__ not in _WORDS:
        hints = {name: kind for name, kind in get_type_hints(noun).items() if isinstance(kind, type)}
        _WORDS[noun.__name__] = {name: kind for name, kind in hints.items() if issubclass(kind, StrEnum)}
    return _WORDS[noun.__name__]
