"""The same total paid each month, each quarter, twice a year, once, or kept aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from kpa_model.benefits.in_hand import InHand, in_hand
from kpa_model.benefits.situations import Situation
from kpa_model.money import Cents

YEAR = 12


@dataclass(frozen=True)
class Rhythm:
    """A way to pay: every how many months, zero for never."""

    name: str
    label: str
    every: int

    def pays(self, monthly: int) -> Cents:
        """Return the net pays of twelve months, in cents: the same total, paid at the end of each span."""
        found = np.zeros(YEAR, np.int64)
        if self.every:
            found[self.every - 1 :: self.every] = monthly * self.every
        return found


RHYTHMS = (
    Rhythm("mois", "Chaque mois", 1),
    Rhythm("trimestre", "Chaque trimestre", 3),
    Rhythm("semestre", "Deux fois par an", 6),
    Rhythm("an", "Une fois par an", 12),
    Rhythm("garde", "Mis de côté pour son projet", 0),
)


@dataclass(frozen=True)
class RhythmOutcome:
    """A rhythm over a year: cents paid, cents kept in hand, months when ASS stops."""

    rhythm: Rhythm
    paid: int
    kept: int
    ass_stops: int


def compare_rhythms(situation: Situation, monthly: int, day: date) -> tuple[RhythmOutcome, ...]:
    """Return each rhythm for the same monthly net pay, in cents.

    The year is twelve months of pay and the four declarations they fill. What is kept aside is not a pay: nothing in
    hand, no benefit moves, the total cost stays in the cooperative.

    Raises:
        UncoveredDay: an amount of that day is not known.
    """
    seen = in_hand(situation, np.stack([each.pays(monthly) for each in RHYTHMS]), day)
    stops = months_without_ass(seen)
    return tuple(
        RhythmOutcome(each, int(seen.paid[at]), int(seen.kept[at]), int(stops[at])) for at, each in enumerate(RHYTHMS)
    )


def months_without_ass(seen: InHand) -> Cents:
    """Return the number of months when ASS would have been paid and is not, shape `[...]`."""
    return np.asarray((seen.with_pay.ass < seen.without.ass).sum((-2, -1)), np.int64)
