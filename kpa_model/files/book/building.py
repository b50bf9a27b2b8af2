"""Typed rows → the nouns of the order book: which one each table holds. Called once nothing is wrong any more."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import timedelta
from enum import StrEnum
from typing import Any, get_type_hints

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.orders import DirectCost, InvoiceLine, Order, PaymentReceived, rounded_per_rate
from kpa_model.cooperative.people import Member, Spell
from kpa_model.cooperative.work import Hours, Statement
from kpa_model.files.book.cells import bare, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.reading.context import COURTESY
from kpa_model.files.book.tables import Row, Tables

PAYMENT_DAYS = 30
"""Days given to the customer when the invoice does not say."""


def built(cooperative: Cooperative, tables: Tables) -> OrderBook:
    """Return the whole book, lists in the order of the files."""
    lists = {
        held: tuple(made(noun, _values(table, row)) for row in tables.get(table, ()))
        for table, (held, noun) in HELD.items()
    }
    lists["lines"] = rounded_per_rate(lists["lines"])
    return OrderBook(cooperative, _members(tables.get("personnes", ())), **lists)


def cooperative_of(values: Mapping[str, Any], name: str) -> Cooperative:
    """Return what the group says of itself; `name` serves when it does not say its own."""
    named = {field: values[column] for column, field in attributes("cooperative").items() if column in values}
    cooperative: Cooperative = made(Cooperative, {"name": name, "fictional": False, **named})
    return cooperative


TEAM = re.compile(r"\b([ée]quipes?|participante?s?|pr[ée]sente?s?|coll[èe]gues|intervenante?s)\b", re.IGNORECASE)
"""A title above several people at a time: commas stand between them."""


BETWEEN = re.compile(r"[+;/\\&|]| (?:et|and|avec|ainsi que) ", re.IGNORECASE)
"""What stands between two people, and never inside the name of one; a comma may do both."""


def names_in(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """Return the names of `Awa + Bruno`, `Awa, Bruno`, `Awa & Bruno` or `Awa et Bruno`; a known one stays whole."""
    found = list[str]()
    for piece in filter(None, map(str.strip, text.split("+"))):
        more = [piece] if same(piece) in known else re.split(f",|{BETWEEN.pattern}", piece, flags=re.IGNORECASE)
        found += filter(None, map(str.strip, more))
    return tuple(found)


def of_teams(texts: Iterable[str]) -> bool:
    """Tell whether texts name several people at a time, who come again: « Awa, Ben », then « Awa »."""
    named = [names_in(text) for text in texts]
    every = [same(name) for names in named for name in names]
    return any(len(names) > 1 for names in named) and len(set(every)) < len(every) and not re.search(r"\d", str(every))


def _values(table: str, row: Row) -> dict[str, Any]:
    """Return what one line says, by attribute of its noun."""
    values = {field: row.values[column] for column, field in attributes(table).items() if column in row.values}
    if table == "factures":
        values.setdefault("due_on", values["invoiced_on"] + timedelta(days=PAYMENT_DAYS))
    return values


def _members(rows: Sequence[Row]) -> tuple[Member, ...]:
    """Put together the lines of one person; what is written last of her, whatever the time, is hers."""
    dated = {each.name for each in fields(Spell)}
    spells: dict[str, list[Spell]] = {}
    about: dict[str, dict[str, Any]] = {}
    for row in rows:
        values = _values("personnes", row)
        spell = {name: value for name, value in values.items() if name in dated}
        spells.setdefault(values["name"], []).append(made(Spell, spell))
        about.setdefault(values["name"], {}).update({name: values[name] for name in values.keys() - dated})
    return tuple(made(Member, about[name] | {"spells": tuple(hers)}) for name, hers in spells.items())


def short_forms(full: str) -> set[str]:
    """Return the short forms of a name of two words or more: its first name, a login, one of the two cut to initials.

    >>> sorted(short_forms("Jean-Luc Le Bel"))[:5], "lebeljl" in short_forms("Jean-Luc Le Bel")
    (['bjeanluc', 'jeanluc', 'jeanlucb', 'jeanlucl', 'jeanluclb'], True)
    """
    first, last, hers, family = _parts(full)
    cut = [*((first, each) for each in family - {last}), *((each, last) for each in hers - {first})]
    return {first, last, *(a + b for a, b in cut), *(b + a for a, b in cut)} if last else set()


def initials(full: str) -> set[str]:
    """Return the initials of a name, hyphens or not, all of them or one of its family name.

    >>> sorted(initials("Jean-Luc Le Bel")), initials("Jean-Luc")
    (['jb', 'jl', 'jlb', 'jll', 'jllb'], {'jl'})
    """
    _, _, hers, family = _parts(full)
    return {a + b for a in hers for b in family} | {"".join(bare(each)[:1] for each in re.split(r"[\s-]+", full))}


def _parts(full: str) -> tuple[str, str, set[str], set[str]]:
    """Return the first name and the family name of somebody, and the initials of each."""
    words = [each for each in full.split() if bare(each) and bare(each) not in COURTESY]
    if len(words) < 2:
        return "", "", set(), set()
    first, *rest = map(bare, words)
    last = "".join(rest)
    hers = {first[0], "".join(bare(part)[:1] for part in words[0].split("-"))}
    return first, last, hers, {last[0], rest[-1][0], "".join(each[0] for each in rest)}


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
