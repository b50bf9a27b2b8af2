"""What the game is played with: the team, the order cards, the event cards, read from `data/jeu/`.

Amounts are whole cents before tax, times are minutes, rates are ppm. Decks are shuffled and dice thrown from a seed:
the same seed gives the same quarter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np

from kpa_model.declare.plain_yaml import Kind, read_mapping
from kpa_model.declare.unit import EURO, HOURS, PERCENT
from kpa_model.errors import KpaError
from kpa_model.places import data
from kpa_model.randomness import Purpose, stream

MONTHS, ON_TABLE = 3, 4
SETTINGS = "reglages"
FIRST_RULE = "parts_egales"
_DECK, _EVENTS, _DICE = range(3)
"""Blocks of the stream of cards, one per use: a new card changes no throw."""


class WrongGame(KpaError):
    """A file of the game cannot be read."""


class Level(StrEnum):
    """The three prices of a card."""

    LOW = "bas"
    FAIR = "juste"
    HIGH = "haut"


NEEDED: Mapping[Level, int] = {Level.LOW: 2, Level.FAIR: 3, Level.HIGH: 5}
"""The customer accepts from this number on a die: 5, 4 or 2 times out of 6. Stated aloud, and invented."""


PRICES: Mapping[Level, str] = {Level.LOW: "Prix bas", Level.FAIR: "Prix juste", Level.HIGH: "Prix haut"}
PAID_WHEN = ("payé le mois même", "payé un mois après", "payé deux mois après")
"""What is said of a delay of 0, 1 or 2 months."""


class Effect(StrEnum):
    """What an event card changes."""

    CASH = "caisse"
    LATE = "retard"
    EARLY = "comptant"
    HOURS = "heures"
    TALK = "rien"


@dataclass(frozen=True)
class Person:
    """One invented member: minutes a month, what her purse holds at first, what a month costs her."""

    name: str
    minutes: int
    purse: int
    spending: int


@dataclass(frozen=True)
class Setup:
    """The team and the figures of the game: our till at first, host contribution and net part, both ppm."""

    people: tuple[Person, ...]
    till: int
    cae_rate: int
    net_rate: int
    source: str

    @property
    def names(self) -> tuple[str, ...]:
        """Names, in the order of the file."""
        return tuple(person.name for person in self.people)


@dataclass(frozen=True)
class OrderCard:
    """An order one may quote for; `delay` is how many months the customer takes to pay."""

    key: str
    title: str
    customer: str
    minutes: int
    purchases: int
    prices: Mapping[Level, int]
    delay: int

    def __hash__(self) -> int:
        """Cards are known by their key."""
        return hash(self.key)


@dataclass(frozen=True)
class EventCard:
    """Something that happens; `value` is cents for cash, minutes for hours."""

    key: str
    title: str
    text: str
    effect: Effect
    value: int


@lru_cache(maxsize=1)
def setup() -> Setup:
    """Return the team and the figures. Raises WrongGame."""
    rows = _read("equipe", "une équipe", "« reglages: »")
    figures = rows.pop(SETTINGS)
    people = tuple(
        Person(name, HOURS.exact(row["heures"]), EURO.exact(row["poche"]), EURO.exact(row["depense"]))
        for name, row in rows.items()
    )
    return Setup(
        people, EURO.exact(figures["caisse"]), PERCENT.exact(figures["cae"]), PERCENT.exact(figures["net"]),
        f"{figures['source']} {figures['confiance'].capitalize()}.",
    )  # fmt: skip


@lru_cache(maxsize=1)
def order_cards() -> Mapping[str, OrderCard]:
    """Return every order card by its key. Raises WrongGame."""
    return {
        key: OrderCard(
            key, row["titre"], row["client"], HOURS.exact(row["heures"]), EURO.exact(row["achats"]),
            {level: EURO.exact(row[level.value]) for level in Level}, int(row["delai"]),
        )
        for key, row in _read("commandes", "des commandes", "le nom d'une commande, puis « titre: »").items()
    }  # fmt: skip


@lru_cache(maxsize=1)
def event_cards() -> Mapping[str, EventCard]:
    """Return every event card by its key. Raises WrongGame."""
    found = {}
    for key, row in _read("cartes", "des cartes", "le nom d'une carte, puis « titre: »").items():
        effect = Effect(row["effet"])
        read = {Effect.CASH: EURO.exact, Effect.HOURS: HOURS.exact}.get(effect, int)
        found[key] = EventCard(key, row["titre"], row["texte"], effect, read(row["valeur"]))
    return found


@lru_cache(maxsize=1)
def rule_titles() -> Mapping[str, str]:
    """Return name → title of the pay rules of the game, equal shares first. Raises WrongGame."""
    paths = sorted((data() / "jeu" / "paies").glob("*.yaml"), key=lambda path: (path.stem != FIRST_RULE, path.stem))
    kind = Kind("une règle du jeu", "« titre: »", WrongGame, "une règle du jeu")
    return {path.stem: str(read_mapping(path.read_text(encoding="utf-8"), path.name, kind)["titre"]) for path in paths}


def table(seed: int, month: int) -> tuple[OrderCard, ...]:
    """Return the order cards on the table in a month, 1 to 3."""
    keys = _shuffled(list(order_cards()), seed, _DECK)[ON_TABLE * (month - 1) : ON_TABLE * month]
    return tuple(order_cards()[key] for key in keys)


def event(seed: int, month: int) -> EventCard:
    """Return the event card of a month."""
    return event_cards()[_shuffled(list(event_cards()), seed, _EVENTS)[month - 1]]


def dice(seed: int) -> Mapping[str, int]:
    """Return the die thrown for each order card, 1 to 6, whether it is quoted or not."""
    throws = stream(seed, _DICE, Purpose.CARDS).integers(1, 7, len(order_cards()))
    return dict(zip(order_cards(), throws.tolist(), strict=True))


def _shuffled(keys: list[str], seed: int, block: int) -> list[str]:
    order = stream(seed, block, Purpose.CARDS).permutation(np.arange(len(keys)))
    return [keys[at] for at in order.tolist()]


def _read(name: str, what: str, begins: str) -> dict[str, Any]:
    path = data() / "jeu" / f"{name}.yaml"
    return read_mapping(path.read_text(encoding="utf-8"), path.name, Kind(what, begins, WrongGame, path.name))
