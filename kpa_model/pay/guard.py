"""For whom, when, and with which money a step acts: three parts that any step may have, optional, said in its sentence.

They are applied in one place: a step sees a month where the others are not there, and a pot that holds its money alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, ClassVar

import numpy as np

from kpa_model.cooperative.month import Flags, Month
from kpa_model.declare.labels import labels, says, spoken
from kpa_model.declare.setting import choice, names, setting, settings_of
from kpa_model.declare.unit import EURO, HOURS, MONTHS, PERCENT
from kpa_model.money import WHOLE, Cents, part_of
from kpa_model.pay.purses import PERSONAL, Move, Purses
from kpa_model.words import count, euros, hours, listing, month_names, percent

BASES = {"reste": "ce qui reste", "depart": "l'enveloppe de départ"}


@dataclass(frozen=True)
class Guarded:
    """The settings of a guard: `pour` (who), `quand` (when), `avec` (which money)."""

    left_out: ClassVar[tuple[str, ...]] = ()

    for_people: tuple[str, ...] = names("pour.personnes", "Seulement ces personnes", optional=True)
    for_role: tuple[str, ...] = labels("pour.fonction", "Seulement cette fonction ou ce groupe")
    for_pole: tuple[str, ...] = labels("pour.pole", "Seulement les personnes de ce pôle")
    for_newer: int = setting(
        "pour.arrivees_depuis_moins_de", MONTHS, "Seulement qui est là depuis moins de (0 : tout le monde)",
        default=0, high=120, optional=True,
    )  # fmt: skip
    for_older: int = setting(
        "pour.arrivees_depuis_au_moins", MONTHS, "Seulement qui est là depuis au moins (0 : tout le monde)",
        default=0, high=240, optional=True,
    )  # fmt: skip
    for_hours: int = setting(
        "pour.heures_au_moins", HOURS, "Seulement qui a donné au moins (0 : tout le monde)", default=0, high=200,
        optional=True,
    )  # fmt: skip
    when_month: tuple[str, ...] = labels("quand.mois", "Seulement ces mois de l'année", month_names())
    when_least: int = setting(
        "quand.enveloppe_au_moins", EURO, "Seulement si l'enveloppe a au moins (0 : toujours)", default=0, high=100_000,
        optional=True,
    )  # fmt: skip
    when_most: int = setting(
        "quand.enveloppe_au_plus", EURO, "Seulement si l'enveloppe a au plus (0 : toujours)", default=0, high=100_000,
        optional=True,
    )  # fmt: skip
    with_part: int = setting("avec.part", PERCENT, "Avec cette part de l'argent", default=100, high=100, optional=True)
    with_base: str = choice("avec.de", "Une part de quoi", BASES, optional=True)
    with_pole: tuple[str, ...] = labels("avec.pole", "Seulement l'argent des commandes de ce pôle")
    with_beyond: int = setting(
        "avec.au_dela_de", EURO, "Seulement l'argent au-delà de", default=0, high=100_000, optional=True
    )
    with_most: int = setting(
        "avec.euros_au_plus", EURO, "Avec cette somme au plus (0 : sans limite)", default=0, high=100_000, optional=True
    )

    def guard_reads(self) -> tuple[str, ...]:
        """Return the facts that the guard itself reads."""
        wanted = {
            "role": self.for_role, "own_pole": self.for_pole, "seniority": self.for_newer or self.for_older,
            "minutes": self.for_hours, "calendar": self.when_month,
        }  # fmt: skip
        orders = ("order_pole", "order_sales", "order_costs") if self.with_pole else ()
        return (*(name for name, used in wanted.items() if used), *orders)

    @property
    def guarded(self) -> bool:
        """Tell whether something is asked of people, of the month or of the money."""
        kind: Any = type(self)
        return any(getattr(self, name) != each.default for name, each in _guards(kind).items())

    def who(self, month: Month) -> Flags:
        """Tell whom the step is for, `[..., N]`."""
        chosen = np.ones(len(month.members), np.bool_)
        if self.for_people:
            chosen = chosen & np.isin(np.array(month.members), self.for_people)
        for words, written in ((self.for_role, "role"), (self.for_pole, "own_pole")):
            if words:
                chosen = chosen & np.logical_or.reduce([says(getattr(month, written), word) for word in words])
        if self.for_newer:
            chosen = chosen & (month.seniority < self.for_newer)
        if self.for_older:
            chosen = chosen & (month.seniority >= self.for_older)
        return chosen & (month.all_minutes >= self.for_hours) if self.for_hours else chosen

    def when(self, month: Month, now: Purses) -> Flags:
        """Tell whether the step acts, `[...]`."""
        acts = np.ones((), np.bool_)
        if self.when_month:
            acts = acts & np.isin(month.calendar, [month_names().index(name) + 1 for name in self.when_month])
        if self.when_least:
            acts = acts & (now.pot >= self.when_least)
        return np.asarray(acts & (now.pot <= self.when_most) if self.when_most else acts)

    def money(self, month: Month, now: Purses) -> Cents:
        """Return what the pot holds for the step, `[...]`; an overdrawn pot stays as it is."""
        whole = now.left if self.with_base == "reste" else now.to_share
        if self.with_pole:
            margin = np.maximum(month.order_margin, 0)
            whole = whole * (margin * _of_pole(month, self.with_pole)).sum(-1) // np.maximum(margin.sum(-1), 1)
        mine = part_of(whole, self.with_part) if self.with_part != WHOLE else whole
        mine = np.maximum(mine - self.with_beyond, 0)
        mine = np.minimum(mine, self.with_most) if self.with_most else mine
        return np.asarray(np.where(now.pot < 0, now.pot, np.minimum(mine, now.left)))

    def seen_month(self, month: Month) -> Month:
        """Return the month with only the people whom the step is for."""
        chosen = self.who(month)
        return replace(month, present=month.present & chosen, payable=month.payable & chosen)

    def seen_purses(self, month: Month, now: Purses) -> Purses:
        """Return the purses as the step sees them: its money, and what those whom it is for have received."""
        chosen = self.who(month)
        held: dict[str, Any] = {name: getattr(now, name) * chosen for name in (*PERSONAL, "owed")}
        return replace(now, pot=self.money(month, now), **held)

    def only_when(self, month: Month, now: Purses, move: Move) -> Move:
        """Return the move, or nothing where the step does not act."""
        acts = self.when(month, now)
        kept = {name: acts[..., None] if name in (*PERSONAL, "owed") else acts for name in vars(move)}
        return Move(**{
            name: None if amount is None else np.asarray(amount * kept[name]) for name, amount in vars(move).items()
        })  # fmt: skip

    def guard_says(self) -> tuple[str, ...]:
        """Return what the guard asks, as pieces of a French sentence: `pour Awa`, `en décembre`…"""
        return (*_who_said(self), *_when_said(self), *_money_said(self))


@cache
def _guards(cls: Any) -> dict[str, Any]:
    return {name: each for name, each in settings_of(cls).items() if "." in each.name}


def _of_pole(month: Month, words: tuple[str, ...]) -> Flags:
    """Tell which orders are of a pole, `[..., O]`."""
    named = [at for at, pole in enumerate(month.poles) if any(says(np.array([pole]), word)[0] for word in words)]
    return np.isin(month.order_pole, named)


def _who_said(guard: Guarded) -> Iterator[str]:
    if guard.for_people:
        few = len(guard.for_people) <= 4
        yield f"pour {listing(guard.for_people) if few else count(len(guard.for_people), 'personne') + ' choisies'}"
    if guard.for_role:
        yield f"pour la fonction {spoken(guard.for_role, 'ou')}"
    if guard.for_pole:
        yield f"pour le pôle {spoken(guard.for_pole, 'ou')}"
    if guard.for_newer:
        yield f"pour les personnes arrivées depuis moins de {guard.for_newer}\u00a0mois"
    if guard.for_older:
        yield f"pour les personnes arrivées depuis au moins {guard.for_older}\u00a0mois"
    if guard.for_hours:
        yield f"pour qui a donné au moins {hours(guard.for_hours)}"


def _when_said(guard: Guarded) -> Iterator[str]:
    if guard.when_month:
        yield f"en {listing(guard.when_month)}"
    if guard.when_least:
        yield f"quand l'enveloppe a au moins {euros(guard.when_least)}"
    if guard.when_most:
        yield f"quand l'enveloppe a au plus {euros(guard.when_most)}"


def _money_said(guard: Guarded) -> Iterator[str]:
    if guard.with_part != WHOLE or guard.with_base != "reste":
        yield f"sur {percent(guard.with_part)} de {BASES[guard.with_base]}"
    if guard.with_pole:
        yield f"sur l'argent du pôle {spoken(guard.with_pole, 'ou')}"
    if guard.with_beyond:
        yield f"sur ce qui dépasse {euros(guard.with_beyond)}"
    if guard.with_most:
        yield f"sur {euros(guard.with_most)} au plus"
