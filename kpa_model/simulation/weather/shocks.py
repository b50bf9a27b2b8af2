"""Shocks: things that may happen, as cards. Each is data in a scenario file, and a card to draw in a workshop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kpa_model.declare.unit import EURO, MONTHS, PERCENT, Unit
from kpa_model.money import WHOLE
from kpa_model.simulation.weather.parameter import parameter

KITCHEN = "Traiteur"
"""The pole that the cards are about, where there is one."""

_PEOPLE = Unit("personnes", 1, ("personnes", "personne"))


@dataclass(frozen=True)
class Shock:
    """Base of every shock: it starts in month `start` (1 is the first month simulated). Each effect is neutral here."""

    name: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str]

    start: int = parameter("debut", MONTHS, "Commence au mois", default=7, low=1, high=36)

    @property
    def heading(self) -> str:
        """What the card says in large letters."""
        return self.title

    def demand(self, month: int, pole: str) -> int:
        """Return the part of enquiries that remains, in parts per million."""
        return WHOLE

    def late(self, month: int) -> tuple[int, int]:
        """Return (chance of being later, in ppm; months later) for invoices of the month."""
        return 0, 0

    def arrivals(self, month: int) -> int:
        """Return how many people arrive for certain."""
        return 0

    def order(self, month: int) -> tuple[str, int] | None:
        """Return (pole, amount in cents before tax) of an order that comes for certain."""
        return None


@dataclass(frozen=True)
class CustomerLeaves(Shock):
    """One big customer leaves for good."""

    name = "gros_client_part"
    title = "Un gros client part"
    about = "Il apportait une part des commandes. Elles ne reviennent pas."

    share: int = parameter("part", PERCENT, "Part des demandes perdue", default=35, high=100)

    def demand(self, month: int, pole: str) -> int:
        """See `Shock`."""
        return WHOLE - self.share if month + 1 >= self.start else WHOLE


@dataclass(frozen=True)
class Closure(Shock):
    """A pole cannot work for some months: the kitchen closes."""

    name = "pole_ferme"
    title = "La cuisine ferme"
    about = "Un pôle s'arrête quelques mois : travaux, panne, local perdu."

    pole: str = KITCHEN
    months: int = parameter("mois", MONTHS, "Pendant", default=3, low=1, high=36)

    @property
    def heading(self) -> str:
        """See `Shock`."""
        return self.title if self.pole == KITCHEN else f"Le pôle {self.pole} ferme"

    def demand(self, month: int, pole: str) -> int:
        """See `Shock`."""
        shut = self.start <= month + 1 < self.start + self.months and pole == self.pole
        return 0 if shut else WHOLE


@dataclass(frozen=True)
class BigOrder(Shock):
    """One very big order comes for certain: the buffet for 330 people."""

    name = "grosse_commande"
    title = "Un buffet de 330 personnes"
    about = "Une seule commande, plus grosse que tout un mois."

    pole: str = KITCHEN
    amount: int = parameter(
        "montant", EURO, "Montant hors taxes", default=4620, low=100, high=50_000, source="330 × 14 €"
    )

    @property
    def heading(self) -> str:
        """See `Shock`."""
        return self.title if self.pole == KITCHEN else f"Une très grosse commande pour le pôle {self.pole}"

    def order(self, month: int) -> tuple[str, int] | None:
        """See `Shock`."""
        return (self.pole, self.amount) if month + 1 == self.start else None


@dataclass(frozen=True)
class LatePayers(Shock):
    """For some months, many customers pay later."""

    name = "payeurs_en_retard"
    title = "Les clients paient en retard"
    about = "Les factures sont payées, mais plus tard."

    months: int = parameter("mois", MONTHS, "Pendant", default=12, low=1, high=36)
    share: int = parameter("part", PERCENT, "Part des factures", default=60, high=100)
    later: int = parameter("retard", MONTHS, "Retard", default=2, low=1, high=12)

    def late(self, month: int) -> tuple[int, int]:
        """See `Shock`."""
        return (self.share, self.later) if self.start <= month + 1 < self.start + self.months else (0, 0)


@dataclass(frozen=True)
class Newcomers(Shock):
    """Several people arrive at once."""

    name = "nouveaux"
    title = "Cinq personnes arrivent"
    about = "Elles sont accueillies en même temps. Il faut du temps et du travail pour tout le monde."

    people: int = parameter("personnes", _PEOPLE, "Personnes", default=5, low=1, high=30)

    def arrivals(self, month: int) -> int:
        """See `Shock`."""
        return self.people if month + 1 == self.start else 0


SHOCKS: Mapping[str, type[Shock]] = {
    each.name: each for each in (CustomerLeaves, BigOrder, LatePayers, Newcomers, Closure)
}
"""Every card by its name in scenario files."""
