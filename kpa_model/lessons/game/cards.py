"""What the game is played with: the team, the order cards, the event cards, read from `data/jeu/`.

Amounts are whole cents before tax, times are minutes, rates are ppm. Decks are shuffled and dice thrown from a seed:
the same seed gives the same quarter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np

from kpa_model.declare.entry import Named, entry, part
from kpa_model.declare.part import Day, Member, Notes, Part, Text
from kpa_model.declare.plain_yaml import FileKind, read_mapping, read_text
from kpa_model.declare.setting import NumberSetting
from kpa_model.declare.unit import EURO, HOURS, PERCENT, Unit
from kpa_model.declare.yaml_file import NamedFile, YamlFile
from kpa_model.errors import KpaError
from kpa_model.money import WHOLE
from kpa_model.places import data
from kpa_model.randomness import Purpose, stream

MONTHS, ON_TABLE = 3, 4
FIRST_RULE = "parts_egales"
_DECK, _EVENTS, _DICE = range(3)
"""Blocks of the stream of cards, one per use: a new card changes no throw."""


class WrongGame(KpaError):
    """A file of the game cannot be read."""


class PriceLevel(StrEnum):
    """The three prices of a card."""

    LOW = "bas"
    FAIR = "juste"
    HIGH = "haut"


NEEDED: Mapping[PriceLevel, int] = {PriceLevel.LOW: 2, PriceLevel.FAIR: 3, PriceLevel.HIGH: 5}
"""The customer accepts from this number on a die: 5, 4 or 2 times out of 6. Stated aloud, and invented."""


PRICES: Mapping[PriceLevel, str] = {
    PriceLevel.LOW: "Prix bas",
    PriceLevel.FAIR: "Prix juste",
    PriceLevel.HIGH: "Prix haut",
}
PAID_WHEN = ("payé le mois même", "payé un mois après", "payé deux mois après")
"""What is said of a delay of 0, 1 or 2 months."""


class Effect(StrEnum):
    """What an event card changes."""

    CASH = "caisse"
    LATE = "retard"
    EARLY = "comptant"
    HOURS = "heures"
    TALK = "rien"


_MOST = 1_000_000_00


def _euros(name: str) -> NumberSetting:
    return NumberSetting(name, "", 100_00, EURO, -_MOST, _MOST)


def _rate(name: str) -> NumberSetting:
    return NumberSetting(name, "", 100_000, PERCENT, 0, WHOLE)


def _minutes(name: str) -> NumberSetting:
    return NumberSetting(name, "", 60, HOURS, 0, _MOST)


@entry
class Player:
    """One invented member: minutes a month, what her purse holds at first, what a month costs her."""

    name: str
    minutes: int = part(_minutes("heures"))
    purse: int = part(_euros("poche"))
    spending: int = part(_euros("depense"))


@entry
class Setup:
    """The team and the figures of the game: our till at first, host contribution and net part, both ppm."""

    till: int = part(_euros("caisse"))
    cae_rate: int = part(_rate("cae"))
    net_rate: int = part(_rate("net"))
    origin: str = part(Text("source"))
    read_on: date = part(Day("lu_le"))
    confidence: str = part(Text("confiance"))
    people: tuple[Player, ...] = part(Named("personnes", Player))

    @property
    def source(self) -> str:
        """Where the figures come from, and how sure they are."""
        return f"{self.origin} {self.confidence.capitalize()}."

    @property
    def names(self) -> tuple[str, ...]:
        """Names, in the order of the file."""
        return tuple(person.name for person in self.people)


@entry
class OrderCard:
    """An order one may quote for; `delay` is how many months the customer takes to pay."""

    key: str
    title: str = part(Text("titre"))
    customer: str = part(Text("client"))
    minutes: int = part(_minutes("heures"))
    purchases: int = part(_euros("achats"))
    low: int = part(_euros(PriceLevel.LOW.value))
    fair: int = part(_euros(PriceLevel.FAIR.value))
    high: int = part(_euros(PriceLevel.HIGH.value))
    delay: int = part(NumberSetting("delai", "", 1, Unit("mois", 1, ("mois",)), 0, len(PAID_WHEN) - 1))

    @property
    def prices(self) -> Mapping[PriceLevel, int]:
        """The three prices."""
        return {PriceLevel.LOW: self.low, PriceLevel.FAIR: self.fair, PriceLevel.HIGH: self.high}


@dataclass(frozen=True)
class _Value(Part):
    """What an event is worth, in the unit of its effect."""

    def take(self, value: Any, notes: Notes) -> int:
        unit = {Effect.CASH: EURO, Effect.HOURS: HOURS}.get(notes.known["effect"], Unit("", 1))
        taken: int = NumberSetting(self.name, "", 0, unit, -_MOST, _MOST).take(value, notes)
        return taken


@entry
class EventCard:
    """Something that happens; `value` is cents for cash, minutes for hours."""

    key: str
    title: str = part(Text("titre"))
    text: str = part(Text("texte"))
    effect: Effect = part(Member("effet", Effect))
    value: int = part(_Value("valeur"))


def _kind(what: str, begins: str, path: str) -> FileKind:
    return FileKind(what, begins, WrongGame, path)


SETUP = YamlFile(_kind("une équipe", "« caisse: »", "equipe.yaml"), Setup, "Équipe")
ORDERS = NamedFile(
    _kind("des commandes", "le nom d'une commande, puis « titre: »", "commandes.yaml"), OrderCard, "", "commande", "key"
)
EVENTS = NamedFile(
    _kind("des cartes", "le nom d'une carte, puis « titre: »", "cartes.yaml"), EventCard, "", "carte", "key"
)


@lru_cache(maxsize=1)
def setup() -> Setup:
    """Return the team and the figures. Raises WrongGame."""
    return SETUP.load(data() / "jeu" / "equipe.yaml")


@lru_cache(maxsize=1)
def order_cards() -> Mapping[str, OrderCard]:
    """Return every order card by its key. Raises WrongGame."""
    return ORDERS.read(data() / "jeu" / "commandes.yaml")


@lru_cache(maxsize=1)
def event_cards() -> Mapping[str, EventCard]:
    """Return every event card by its key. Raises WrongGame."""
    return EVENTS.read(data() / "jeu" / "cartes.yaml")


@lru_cache(maxsize=1)
def rule_titles() -> Mapping[str, str]:
    """Return name → title of the pay rules of the game, equal shares first. Raises WrongGame."""
    paths = sorted((data() / "jeu" / "paies").glob("*.yaml"), key=lambda path: (path.stem != FIRST_RULE, path.stem))
    kind = FileKind("une règle du jeu", "« titre: »", WrongGame, "une règle du jeu")
    return {path.stem: str(read_mapping(read_text(path, WrongGame), path.name, kind)["titre"]) for path in paths}


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
