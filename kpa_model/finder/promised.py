"""What can be promised, exactly, and which wishes contradict each other, in which month: no search, only arithmetic.

A month has `pot` cents once purchases and the host are paid. Whatever the rule, people cannot receive more together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from kpa_model.finder.window import Window
from kpa_model.finder.wishes import Wishes
from kpa_model.money import WHOLE
from kpa_model.pay.engine import settle
from kpa_model.pay.rule import PayRule

Ints = npt.NDArray[np.int64]


def compulsory(rule: PayRule) -> PayRule:
    """Return the part of a rule that no group chooses: purchases, and the contribution to the host."""
    steps = [step for step in rule.steps if {*step.gives} <= {"costs", "cae"}]
    return PayRule(rule.title, tuple(steps))


@dataclass(frozen=True, eq=False)
class Pots:
    """What there is to share each month, whatever the rule: cents, people who can be paid, margin, all `[M]`.

    `before` is what fund and reserve hold at the start.
    """

    labels: tuple[str, ...]
    pot: Ints
    people: Ints
    margin: Ints
    before: int

    def after_commons(self, rate: int) -> Ints:
        """Return what is left for people when a part of the margin goes to the commons each month, rounded up."""
        return np.asarray(np.maximum(self.pot, 0) + -(np.maximum(self.margin, 0) * rate) // WHOLE)


def pots_of(window: Window, rule: PayRule) -> Pots:
    """Return what there is to share in each month of a window under the compulsory part of a rule."""
    base = compulsory(rule)
    alone = [settle(base, month) for month in window.months]
    first = window.months[0]
    return Pots(
        labels=tuple(month.label for month in window.months),
        pot=np.array([int(each.closing.pot) for each in alone]),
        people=window.paid.sum(-1),
        margin=window.margin,
        before=int(first.fund) + int(first.reserve),
    )


@dataclass(frozen=True)
class Highest:
    """The highest minimum that can be promised: `cents`, and the month (rank) that forbids more."""

    cents: int
    month: int


def highest_minimum(pots: Pots, commons: int = 0) -> Highest:
    """Return the highest minimum that every month can keep by itself: its pot over its people, rounded down.

    It is exact: equal shares give it, and no rule can give more to everybody. Months without anybody to pay promise
    nothing and forbid nothing.
    """
    left, there = np.maximum(pots.after_commons(commons), 0), pots.people > 0
    if not there.any():
        return Highest(0, 0)
    each = np.where(there, left // np.maximum(pots.people, 1), np.iinfo(np.int64).max)
    return Highest(int(each.min()), int(each.argmin()))


def highest_saved(pots: Pots, commons: int = 0) -> Highest:
    """Return the highest minimum when good months keep money aside for bad ones: the reserve lends, it never borrows.

    Month after month, what was there so far (the reserve of the start included) over the person-months so far: the
    smallest of these, rounded down, is exact, since money can wait but cannot come back from the future.
    """
    money = pots.before + np.cumsum(np.maximum(pots.after_commons(commons), 0))
    people = np.cumsum(pots.people)
    there = people > 0
    if not there.any():
        return Highest(0, 0)
    each = np.where(there, money // np.maximum(people, 1), np.iinfo(np.int64).max)
    return Highest(int(each.min()), int(each.argmin()))


@dataclass(frozen=True)
class Clash:
    """Wishes that no rule can keep together. `month` is a rank, −1 when it is over all months together.

    `possible` is the most (or the least, for `times`) that the first wish can be when the others are kept.
    """

    wishes: tuple[str, ...]
    month: int
    pot: int
    people: int
    possible: int


def clashes(window: Window, pots: Pots, wishes: Wishes) -> tuple[Clash, ...]:
    """Return which wishes contradict each other; only those that matter, and only what arithmetic proves.

    Those of a month suppose that nothing is put aside for it before: see `highest_saved` for what saving allows.
    """
    found = (*_least(pots, wishes), *_hour(pots, wishes), *_times(pots, wishes), *_loss(window, pots, wishes))
    return tuple(each for each in found if all(wishes.weight(name) for name in each.wishes))


def _month(pots: Pots, at: int, names: tuple[str, ...], left: Ints, possible: int) -> Clash:
    return Clash(names, at, int(left[at]), int(pots.people[at]), possible)


def _least(pots: Pots, wishes: Wishes) -> Iterator[Clash]:
    """The minimum alone, or with the part of the commons: the worst month says how much is possible."""
    alone = highest_minimum(pots)
    if alone.cents < wishes.least:
        yield _month(pots, alone.month, ("least",), np.maximum(pots.pot, 0), alone.cents)
        return
    both = highest_minimum(pots, wishes.commons)
    if both.cents < wishes.least:
        yield _month(pots, both.month, ("least", "commons"), pots.after_commons(wishes.commons), both.cents)


def _hour(pots: Pots, wishes: Wishes) -> Iterator[Clash]:
    """The minimum with the worth of an hour: somebody gives one more, the pot stays, the others keep the minimum."""
    left, people = np.maximum(pots.pot, 0), np.maximum(pots.people, 1)
    each = np.where(pots.people > 0, (left - wishes.hour) // people, np.iinfo(np.int64).max)
    at = int(each.argmin())
    if each[at] < wishes.least <= highest_minimum(pots).cents:
        yield _month(pots, at, ("least", "hour"), left, max(int(each[at]), 0))


def _times(pots: Pots, wishes: Wishes) -> Iterator[Clash]:
    """The largest ratio with the worth of an hour: between the lowest and the highest place there is not room enough.

    With a ratio of `t`, a pot of `A` for `n` people leaves at least `A / (1 + (n − 1) t)` and at most
    `t A / (n − 1 + t)` to one of them.
    """
    left = np.maximum(pots.pot, 0)
    for at in np.flatnonzero((pots.people > 1) & (left > 0)):
        if _room(int(left[at]), int(pots.people[at]), wishes.times) < wishes.hour:
            able = (
                t for t in range(wishes.times, 100_00) if _room(int(left[at]), int(pots.people[at]), t) >= wishes.hour
            )
            yield _month(pots, int(at), ("times", "hour"), left, next(able, 100_00))
            return


def _room(pot: int, people: int, times: int) -> Fraction:
    t = Fraction(times, 100)
    return t * pot / (people - 1 + t) - pot / (1 + (people - 1) * t)


def _loss(window: Window, pots: Pots, wishes: Wishes) -> Iterator[Clash]:
    """Nobody loses too much against today, with the minimum or the commons: over all months together."""
    there = int(np.maximum(pots.pot, 0).sum()) + pots.before
    after = int(np.maximum(pots.after_commons(wishes.commons), 0).sum()) + pots.before
    counts = window.paid.sum(0)
    for other, least, money in (("commons", 0, after), ("least", wishes.least, there)):
        if _needed(window, counts, wishes.loss, least) > money >= _needed(window, counts, WHOLE, least):
            low, high = wishes.loss, WHOLE
            while low < high:
                middle = (low + high) // 2
                enough = _needed(window, counts, middle, least) <= money
                low, high = (low, middle) if enough else (middle + 1, high)
            yield Clash(("loss", other), -1, money, int((counts > 0).sum()), low)


def _needed(window: Window, counts: Ints, loss: int, least: int) -> int:
    """Return what people need together: the minimum each month, and no more than a loss against today."""
    kept = -((-window.today.sum(0) * (WHOLE - loss)) // WHOLE)
    return int(np.maximum(kept, counts * least).sum())
