"""The laws that people expect of a rule. Each says what to change in a month, and how many cents then go against it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpa_model.audit.changes import Alike, Arrival, Change, CutOrder, LinesCut, MoreMoney, MoreTime
from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS
from kpa_model.pay.engine import Settlement

Ints = npt.NDArray[np.int64]

ROUNDING = 25
"""Cents: less than this for each month is rounding, and is not said to go against a law."""

Reads = Collection[str]
"""Facts that a rule reads; changing another one changes nothing."""

HOURS = (60, 600)
MONEY = (100_00, 1_000_00)


def received(settled: Settlement) -> Ints:
    """Return what a rule gives to each person: paid, put aside in her name, or owed to her, cents `[..., N]`."""
    before, after = settled.opening, settled.closing
    return np.asarray(after.pay + after.saved - before.saved + after.owed - before.owed)


class Law:
    """Base of every law. `title` is the law as people say it; `broken` how an example against it begins."""

    key: str
    title: str

    def changes(self, month: Month, reads: Reads) -> Iterator[Change]:
        """Yield what to try on a month, of what the rule reads; ranks only, so that it suits leading axes too."""
        raise NotImplementedError

    def against(self, change: Change, before: Ints, after: Ints) -> Ints:
        """Return how many cents go against the law, `[...]`; zero or less when it is kept."""
        raise NotImplementedError


def _paid(month: Month) -> list[int]:
    """Return the ranks of people who can be paid, in one replicate at least."""
    paid = month.paid.reshape(-1, len(month.members)).any(0)
    return [int(at) for at in np.flatnonzero(paid)]


def _orders(month: Month) -> range:
    return range(month.order_sales.shape[-1])


@dataclass(frozen=True)
class WorkCounts(Law):
    """Whoever works more does not get less."""

    key = "travail"
    title = "Qui travaille plus ne reçoit jamais moins."

    def changes(self, month: Month, reads: Reads) -> Iterator[Change]:
        for who in _paid(month):
            for minutes in HOURS:
                yield from (MoreTime(who, kind, minutes) for kind in range(len(KINDS)))
                if "order_minutes" in reads:
                    yield from (MoreTime(who, 0, minutes, order) for order in _orders(month))

    def against(self, change: Change, before: Ints, after: Ints) -> Ints:
        assert isinstance(change, MoreTime)
        return np.asarray(before[..., change.who] - after[..., change.who])


@dataclass(frozen=True)
class MoneyHelps(Law):
    """More money harms nobody."""

    key = "argent"
    title = "Plus d'argent dans le mois n'enlève rien à personne."

    def changes(self, month: Month, reads: Reads) -> Iterator[Change]:
        for cents in MONEY:
            yield MoreMoney(cents)
            if "order_sales" in reads:
                yield from (MoreMoney(cents, order) for order in _orders(month))

    def against(self, change: Change, before: Ints, after: Ints) -> Ints:
        return np.asarray((before - after).max(-1))


@dataclass(frozen=True)
class SameForAlike(Law):
    """Two people alike get the same."""

    key = "semblables"
    title = "Deux personnes qui ont fait la même chose reçoivent la même somme."

    def changes(self, month: Month, reads: Reads) -> Iterator[Change]:
        paid = _paid(month)
        yield from (Alike(who, other) for who, other in zip(paid, [*paid[1:], *paid[:1]], strict=True) if who != other)

    def against(self, change: Change, before: Ints, after: Ints) -> Ints:
        assert isinstance(change, Alike)
        return np.asarray(np.abs(after[..., change.who] - after[..., change.other]))


@dataclass(frozen=True)
class CuttingIsNothing(Law):
    """Nobody gains by cutting an order in two."""

    key = "couper"
    title = "Couper une commande en deux ne rapporte rien à personne."

    def changes(self, month: Month, reads: Reads) -> Iterator[Change]:
        yield from map(CutOrder, _orders(month))

    def against(self, change: Change, before: Ints, after: Ints) -> Ints:
        return np.asarray((after - before).max(-1))


@dataclass(frozen=True)
class ArrivalTakesNothing(Law):
    """Somebody who arrives and has not worked takes nothing from the others."""

    key = "arrivee"
    title = "Une personne qui arrive, sans avoir travaillé, n'enlève rien aux autres."

    def changes(self, month: Month, reads: Reads) -> Iterator[Change]:
        yield Arrival()

    def against(self, change: Change, before: Ints, after: Ints) -> Ints:
        return np.asarray((before - after[..., :-1]).max(-1))


@dataclass(frozen=True)
class LinesAreNothing(Law):
    """Nobody gains by noting one hour in two lines; the group's months come again from the book: `audit.lines_cut`."""

    key = "lignes"
    title = "Noter une heure en deux lignes ne rapporte rien à personne."

    def changes(self, month: Month, reads: Reads) -> Iterator[Change]:
        yield LinesCut()

    def against(self, change: Change, before: Ints, after: Ints) -> Ints:
        return np.asarray((after - before).max(-1))


LAWS: Mapping[str, Law] = {
    each.key: each for each in (WorkCounts(), MoneyHelps(), SameForAlike(), CuttingIsNothing(), ArrivalTakesNothing())
}
