"""What a group wishes of a rule, in plain numbers, and how much each wish matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction

from kpa_model.money import WHOLE


class Weight(IntEnum):
    """How much a wish matters; `MUST` leaves out the rules that do not keep it."""

    NOTHING = 0
    LITTLE = 1
    MUCH = 2
    MUST = 3


SHARES = ("equal", "hours", "brought", "welcome", "need", "points")
"""Principles of the mix that are facts of a month: those of the vignettes of a workshop, and points."""


@dataclass(frozen=True)
class Wishes:
    """What is wished. Amounts in cents, rates in parts per million, times in hundredths.

    Attributes:
        least: nobody under this amount, any month.
        times: the highest pay of a month is at most so many times the lowest.
        hour: an hour more brings at least this to whoever gives it.
        commons: at least this part of the margin goes to the commons fund, each month; the reserve is not counted.
        loss: nobody loses more than this part of what today's rule gives, over all months.
        mix: how near to a mix of principles, by its weights (`SHARES`); empty when nothing is wished.
        weights: how much each wish matters, by its name.
    """

    least: int = 50_00
    times: int = 3_00
    hour: int = 1
    commons: int = 50_000
    loss: int = 200_000
    mix: Mapping[str, Fraction] = field(default_factory=dict)
    weights: Mapping[str, Weight] = field(
        default_factory=lambda: {
            "least": Weight.MUCH,
            "times": Weight.LITTLE,
            "hour": Weight.MUST,
            "commons": Weight.MUST,
            "loss": Weight.MUCH,
            "mix": Weight.NOTHING,
        }
    )

    def weight(self, name: str) -> Weight:
        """Return how much a wish matters."""
        return self.weights.get(name, Weight.NOTHING)

    def missing(self, name: str, measured: int) -> int:
        """Return by how much a wish is missed, in parts per million of what is wished; zero when it is kept."""
        if name == "mix":
            return measured
        wished = int(getattr(self, name))
        short = wished - measured if name in ("least", "hour", "commons") else measured - wished
        return max(short, 0) * WHOLE // max(wished, 1)
