"""Applying a rule: one month, or months that follow each other with fund, reserve and debts carried over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kpa_model.cooperative.month import Counts, Month
from kpa_model.errors import BrokenStep, Problem
from kpa_model.money import Cents
from kpa_model.pay.promise import Promise, Result
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import Family, Seen, Step

MEMORY = 12
"""How many past months a rule can look at."""

NEVER_NEGATIVE = ("pay", "saved", "fund", "reserve", "owed")
"""Purses that hold money, or a promise to pay; only the pot may be overdrawn."""


@dataclass(frozen=True, eq=False)
class Line:
    """One step as it happened."""

    step: Step
    before: Purses
    after: Purses


@dataclass(frozen=True, eq=False)
class Settlement(Result):
    """The result of a rule on a month: every purse at the end, and every step on the way."""

    rule: PayRule
    lines: tuple[Line, ...]

    @property
    def pay(self) -> Cents:
        """What each member receives, total cost in cents, `[..., N]`."""
        return self.closing.pay

    @property
    def missing(self) -> Cents:
        """What was promised beyond the pot, in cents, `[...]`; zero when the pot suffices."""
        return np.asarray(np.maximum(-self.closing.pot, 0))

    def broken(self) -> tuple[Promise, ...]:
        """Return the promises that are not kept in every replicate."""
        return tuple(promise for promise in self.rule.promises if not promise.kept(self).all())

    def seen_by(self, who: int) -> Iterator[tuple[Step, Seen]]:
        """Yield each step with what it shows to one person; for a single month, without replicates."""
        for line in self.lines:
            yield line.step, Seen(self.month, who, line.before, line.after)


def settle(rule: PayRule, month: Month) -> Settlement:
    """Apply a rule to the facts of a month.

    Raises:
        BrokenStep: a step took from a purse more than it holds, or paid somebody who cannot be paid.
    """
    opening = now = Purses.opening(month)
    lines = []
    sharing = next((at for at, step in enumerate(rule.steps) if step.family is Family.SHARE), None)
    for at, step in enumerate(rule.steps):
        if at == sharing:
            now = replace(now, to_share=now.left)
        move = step.move(month, now)
        after = now.after(move)
        _check(at, step, month, move, after)
        lines.append(Line(step, now, after))
        now = after
    return Settlement(month, opening, now, rule, tuple(lines))


def _check(at: int, step: Step, month: Month, move: Move, after: Purses) -> None:
    """Refuse an impossible result; it is a defect of the step, never of the group. Looks only at what moved."""
    moved = [name for name in NEVER_NEGATIVE if getattr(move, name) is not None]
    empty = [name for name in moved if getattr(after, name).min(initial=0) < 0]
    if empty or ("pay" in moved and (after.pay.astype(bool) & ~month.payable).any()):
        what = f"« {', '.join(empty)} » passe sous zéro." if empty else "une personne sans CAPE serait payée."
        raise BrokenStep(
            Problem(f"Étape {at + 1} « {step.name} »", what, "Retirez cette étape et signalez-nous ce défaut.")
        )


def settle_months(rule: PayRule, months: Sequence[Month]) -> tuple[Settlement, ...]:
    """Apply a rule month after month; what is left, owed, saved or in the purses goes on to the next month."""
    return tuple(settle_each(rule, months))


def settle_each(rule: PayRule, months: Iterable[Month], memory: int = MEMORY) -> Iterator[Settlement]:
    """Yield the settlements of `settle_months` one by one, as soon as each is known.

    What the first month remembers of the year before is handed on too.

    `memory` is how many past months are handed on; 0 is lighter, for a rule that never looks back.
    """
    last: Settlement | None = None
    past: list[_Past] = []
    for month in months:
        if last is None and memory:
            past = _lived(month)[-memory:]
        last = settle(rule, _following(month, last, past) if last else month)
        if memory:
            past = [*past[1 - memory or len(past) :], (last.pay, last.month.all_minutes, last.month.points)]
        yield last


_Past = tuple[Cents, Counts, Counts]
"""Pay, minutes and points of one past month."""


def _lived(month: Month) -> list[_Past]:
    """Return what a month remembers, month by month."""
    held = (month.past_pay, month.past_minutes, month.past_points)
    return [tuple(each[..., at, :] for each in held) for at in range(month.past_pay.shape[-2])]  # type: ignore[misc]


def _following(month: Month, last: Settlement, past: list[_Past]) -> Month:
    """Return a month that starts with what the month before left, and remembers the last ones."""
    left = last.closing
    carried = replace(month, carried=left.pot, fund=left.fund, reserve=left.reserve, saved=left.saved, owed=left.owed)
    if not past:
        return carried
    pay, minutes, points = (_stacked(each) for each in zip(*past, strict=True))
    return replace(carried, past_pay=pay, past_minutes=minutes, past_points=points)


def _stacked(each: Iterable[Counts]) -> Counts:
    """Put months one under the other, `[..., H, N]`; a month common to all replicates is repeated."""
    return np.stack(np.broadcast_arrays(*each), axis=-2)
