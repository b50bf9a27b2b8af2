"""The largest spread between amounts, or between hours: one level, the nearest to the exact one in whole cents."""

from __future__ import annotations

from typing import Any

import numpy as np

from kpa_model.cooperative.month import Counts, Month
from kpa_model.declare.setting import setting
from kpa_model.declare.unit import TIMES
from kpa_model.money import Cents, split_cents
from kpa_model.pay.per_hour import SpreadPerHour
from kpa_model.pay.promise import Promise, SpreadAtMost
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import Family, Seen, Takes, step
from kpa_model.pay.steps.limits import PerPersonOrHour, hours_of, nothing_for, per_setting
from kpa_model.words import euros

FINE = 128
"""Parts of a cent an hour in which the level of a spread is looked for."""


def between(level: Cents, times: int, minutes: Counts) -> tuple[Cents, Cents]:
    """Return the least and the most of each person at a level, in parts of a cent an hour; `[..., N]` each."""
    least = -(-level * minutes // (60 * FINE))
    return least, np.maximum(level * times * minutes // (60 * FINE * TIMES.scale), least)


def brought(pay: Cents, level: Cents, times: int, minutes: Counts) -> Cents:
    """Return what brings each pay between a level and n times this level, `[..., N]`; who has no minutes has no pay."""
    return np.asarray(np.clip(pay, *between(level, times, minutes)) - pay)


def highest_level(pay: Cents, times: int, minutes: Counts) -> Cents:
    """Return the highest level that the cuts can pay for, `[..., 1]`: no nearer to the exact one in whole cents."""
    high = np.where(minutes > 0, -(-pay * 60 * FINE // np.maximum(minutes, 1)), 0).max(-1, keepdims=True, initial=0)
    low = np.zeros_like(high)
    while (low < high).any():
        middle = (low + high + 1) // 2
        enough = brought(pay, middle, times, minutes).sum(-1, keepdims=True) <= 0
        low, high = np.where(enough, middle, low), np.where(enough, high, middle - 1)
    return np.asarray(low)


@step(
    "ecart_maximal",
    "Écart maximal, de 1 à n",
    Family.LIMIT,
    "On prend aux montants les plus hauts pour monter les plus bas. C'est l'écart des montants, ou des heures.",
    {
        "scale": "Un centime sur le plus bas en fait jusqu'à vingt sur le plus haut.",
        "monotone_hours": "Sans heures, un montant n'est pas touché. Avec une heure, il peut baisser.",
    },
    also="écart fois le plus bas échelle salaires de un à trois inégalité rapport",
)
class MaximumSpread(PerPersonOrHour):
    """Lift the lowest with what exceeds n times the lowest: one level, and no cent lost."""

    facts, gives, takes = ("minutes",), (), Takes.NOTHING
    times: int = setting("fois", TIMES, "Le plus haut reçoit au plus", default=3, low=1, high=20)
    per: str = per_setting()

    def move(self, month: Month, now: Purses) -> Move:
        minutes = month.if_paid(hours_of(month, self.per))
        pay = now.pay * (minutes > 0)  # an old debt paid to somebody absent is not shared again
        pay, minutes = (exact_when_large(each, pay) for each in (pay, minutes))
        level = highest_level(pay, self.times, minutes)
        change = brought(pay, level, self.times, minutes)
        lowest = (minutes > 0) & (pay + change == between(level, self.times, minutes)[0])
        spare = np.asarray(-change.sum(-1), np.int64)
        more = split_cents(spare, lowest.astype(np.int64), turn=month.turn, if_nobody="keep")
        return Move(pay=np.asarray(change, np.int64) + more)

    def claims(self) -> Promise:
        return SpreadPerHour(self.times) if self.per == "heure" else SpreadAtMost(self.times)

    def says(self) -> str:
        what = "L'heure la plus payée" if self.per == "heure" else "Le montant le plus haut"
        low = "la moins payée" if self.per == "heure" else "le plus bas"
        return f"{what} vaut au plus {TIMES.show(self.times)} {low}. On prend en haut pour monter en bas."

    def because(self, seen: Seen) -> str:
        if not seen.delta:
            return nothing_for(seen) or f"L'écart ne change rien pour {seen.name}."
        verb = f"laisse {euros(-seen.delta)}" if seen.delta < 0 else f"reçoit {euros(seen.delta)} de plus"
        return f"Pour respecter l'écart, {seen.name} {verb}."


def exact_when_large(values: Cents, pay: Cents) -> Any:
    """Return the values as Python's own whole numbers when 64 bits could overflow on the way."""
    return values.astype(object) if int(pay.max(initial=0)) > _LARGEST else values


_LARGEST = 10**6
"""Ten thousand euros in cents: times hours, twenty times and parts of a cent, it stays under 64 bits."""
