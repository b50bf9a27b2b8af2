"""The rows that pictures draw, on a screen or on paper: a label, and cents. `story` makes them, `figures` draws."""

from __future__ import annotations

from dataclasses import dataclass

from kpa_model.words import euros, signed_euros


@dataclass(frozen=True)
class WaterfallBar:
    """One bar of the waterfall: from `start` to `end` in cents; `layer` says which money it is.

    `level` rows are totals that stand on zero; the others go down or up from the row before. `received` rows go down,
    since the pot gets smaller, but are what somebody receives: their amount is positive.
    """

    label: str
    start: int
    end: int
    layer: str
    level: bool = False
    received: bool = False

    @property
    def cents(self) -> int:
        """Amount of a level or of what somebody receives, or change of a step, in cents."""
        if self.received:
            return self.start - self.end
        return self.end if self.level else self.end - self.start

    @property
    def amount(self) -> str:
        """Its amount in words; with a sign, when it adds to what is above or takes from it."""
        return euros(self.cents) if self.level else signed_euros(self.cents)


@dataclass(frozen=True)
class Kept:
    """What stays of a pay: `kept` of `paid`, in cents; an `alarm` is said in place of the amount."""

    label: str
    paid: int
    kept: int
    note: str = ""
    alarm: str = ""


@dataclass(frozen=True)
class Between:
    """An amount known between two bounds, in cents; equal when it is known."""

    label: str
    low: int
    high: int
    layer: str = ""


@dataclass(frozen=True)
class PurseMonth:
    """One month of somebody's purse, in cents."""

    label: str
    pay: int
    benefits: int
    note: str = ""
