"""Purses, and moves of cents between them.

A move says what the other purses receive (or give back, when negative); the pot pays, always. No step can therefore
create or lose a cent: the sum of the purses never changes, by construction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kpa_model.cooperative.month import Month
from kpa_model.money import Cents, row_sums

PERSONAL = ("pay", "saved")


@dataclass(frozen=True, eq=False)
class Purses:
    """Where the money is, in cents: `[...]` for shared purses, `[..., N]` for personal ones.

    `pot` may be negative: more was promised than there is. `owed` is not money but a promise to pay later, kept beside;
    `to_share` is not money either, but what the pot held before the first step that shares it.
    """

    pot: Cents
    costs: Cents
    cae: Cents
    fund: Cents
    reserve: Cents
    pay: Cents
    saved: Cents
    owed: Cents
    to_share: Cents

    @classmethod
    def opening(cls, month: Month) -> Purses:
        """Return the purses at the start: sales and what was carried over in the pot, last month's fund and reserve."""
        nothing, nobody = np.zeros((), np.int64), np.zeros(len(month.members), np.int64)
        return cls(
            pot=np.asarray(month.sales + month.carried),
            costs=nothing,
            cae=nothing,
            fund=month.fund,
            reserve=month.reserve,
            pay=nobody,
            saved=month.saved,
            owed=month.owed,
            to_share=nothing,
        )

    @property
    def left(self) -> Cents:
        """What can still be shared: the pot, or nothing when it is overdrawn."""
        return np.maximum(self.pot, 0)

    def total(self) -> Cents:
        """Return all the money there is, in cents; no step changes it."""
        personal = self.pay.sum(-1) + self.saved.sum(-1)
        return np.asarray(self.pot + self.costs + self.cae + self.fund + self.reserve + personal)

    def after(self, move: Move) -> Purses:
        """Return the purses once the move is done; the pot pays what the others receive."""
        given = {name: amount for name, amount in vars(move).items() if amount is not None}
        changed = {name: np.asarray(getattr(self, name) + amount) for name, amount in given.items()}
        given.pop("owed", None)  # a promise takes nothing from the pot
        taken = sum(row_sums(amount) if name in PERSONAL else amount for name, amount in given.items())
        return replace(self, pot=np.asarray(self.pot - taken), **changed)


@dataclass(frozen=True, eq=False)
class Move:
    """What each purse receives from the pot, in cents (negative: gives back). `owed` is the change in what is owed."""

    costs: Cents | None = None
    cae: Cents | None = None
    fund: Cents | None = None
    reserve: Cents | None = None
    pay: Cents | None = None
    saved: Cents | None = None
    owed: Cents | None = None

    def __post_init__(self) -> None:
        """Refuse anything but whole cents."""
        for name, amount in vars(self).items():
            if amount is not None and np.asarray(amount).dtype != np.int64:
                raise TypeError(f"{name} must be int64 cents, not {np.asarray(amount).dtype}")
