"""The months a search looks at, settled under any rule: all at once when nothing ties them, to the same cents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.audit.changes import AXES, MoreTime, stacked, with_facts
from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS, Kind
from kpa_model.pay.engine import MEMORY, Settlement, settle, settle_months
from kpa_model.pay.rule import PayRule

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

TRIED = KINDS.index(Kind.SUPPORT)
"""An hour more is an hour of support: no sale comes with it."""

ROUNDS = 3
"""How many times months are settled together before they are settled one after the other."""


@dataclass(frozen=True, eq=False)
class Given:
    """What a rule gives over the window. Cents; M months, N people, V people who give one hour more.

    Attributes:
        pay: what each person receives, launch savings included, `[M, N]`.
        hour: what one hour more brings to each of those who give one, `[M, V]`.
        common: what the commons fund gains `[M]`; the reserve comes back to people, it is not counted.
        kept: what fund and reserve gain together `[M]`.
        pot: what each month leaves for the next one, less than nothing when more is promised than there is `[M]`.
    """

    pay: Ints
    hour: Ints
    common: Ints
    kept: Ints
    pot: Ints

    @property
    def overdrawn(self) -> Flags:
        """Months where more is promised than there is `[M]`."""
        return np.asarray(self.pot < 0)


@dataclass(frozen=True, eq=False)
class Window:
    """Months that follow each other, as today's rule found them at the start, and today's pay `[M, N]`."""

    months: tuple[Month, ...]
    today: Ints

    @classmethod
    def of(cls, months: Sequence[Month], today: PayRule, size: int = 12) -> Window:
        """Return the last months of a book; the first one opens with the purses that today's rule left."""
        settled = settle_months(today, months)[-size:]
        kept = tuple(
            each.month if at == 0 else months[len(months) - len(settled) + at] for at, each in enumerate(settled)
        )
        return cls(kept, np.stack([_paid(each) for each in settled]))

    @cached_property
    def paid(self) -> Flags:
        """Tell who can be paid `[M, N]`."""
        return np.stack([month.paid for month in self.months])

    @cached_property
    def margin(self) -> Ints:
        """Return the margin of each month `[M]`."""
        return np.array([int(month.margin) for month in self.months])

    @cached_property
    def askers(self) -> Ints:
        """Return who gives one hour more in each month: few hours, the middle, many, `[M, V]`."""
        return np.array([_three(month) for month in self.months])

    @cached_property
    def together(self) -> Month:
        """Return all months at once, `[M, 1 + V]` in front: as they are, then with an hour more; no order, no line."""
        each = [
            stacked([month, *(MoreTime(int(who), TRIED).after(month) for who in askers)])
            for month, askers in zip((_light(month) for month in self.months), self.askers, strict=True)
        ]
        facts: dict[str, Any] = {}
        for name, axes in AXES.items():
            arrays = [getattr(month, name) for month in each]
            wide = [array if array.ndim > len(axes) else array[None] for array in arrays]
            facts[name] = np.stack(wide)
        facts |= self._lived
        turns = np.array([[month.turn] for month in self.months])
        return replace(with_facts(each[0], facts), turn=turns, label="")  # type: ignore[arg-type]

    @property
    def _lived(self) -> dict[str, Ints]:
        """Return what people gave in the year before each month, `[M, 1, H, N]`; a month nobody lived gives nothing."""
        first, people = self.months[0], len(self.months[0].members)
        found = {}
        for name, now in (("past_minutes", "all_minutes"), ("past_points", "points")):
            empty = np.zeros((MEMORY, people), np.int64)
            rows = np.concatenate([empty, getattr(first, name), [getattr(month, now) for month in self.months]])
            start = len(rows) - len(self.months) - MEMORY
            found[name] = np.stack([rows[None, start + at : start + at + MEMORY] for at in range(len(self.months))])
        return found

    def settle(self, rule: PayRule) -> Given:
        """Return what a rule gives, month after month. Raises BrokenStep."""
        if not rule.reads & TIED and (found := self._at_once(rule)) is not None:
            return found
        return self._one_by_one(rule)

    def _at_once(self, rule: PayRule) -> Given | None:
        """Settle all months in one call; again when something was left in the pot, until it is handed on rightly."""
        month = self.together
        carried = np.array(np.broadcast_to(month.carried, (len(self.months), 1)))
        for _ in range(ROUNDS):
            settled = settle(rule, replace(month, carried=carried))
            pot = np.broadcast_to(settled.closing.pot, (len(self.months), 1 + self.askers.shape[1]))[:, :1]
            then = np.concatenate([carried[:1], pot[:-1]])
            if np.array_equal(then, carried):
                return self._given(settled)
            carried = then
        return None

    @cached_property
    def each(self) -> tuple[Month, ...]:
        """Return each month as it is, then with an hour more, `[1 + V]` in front."""
        return tuple(
            stacked(
                [
                    MoreTime(int(who), TRIED, minutes).after(month)
                    for who, minutes in [(0, 0), *((at, 60) for at in askers)]
                ]
            )
            for month, askers in zip(self.months, self.askers, strict=True)
        )

    def _one_by_one(self, rule: PayRule) -> Given:
        """Settle month after month; an hour more is tried on each month as the rule found it."""
        memory = MEMORY if any(name.startswith("past_") for name in rule.reads) else 0
        settled = [*_chain(rule, self.each, memory)]
        size = (1 + self.askers.shape[1], len(self.months[0].members))
        pay = np.stack([np.broadcast_to(_paid(each), size) for each in settled])
        shared = (
            np.array([np.broadcast_to(value, size[:1])[0] for value in values])
            for values in zip(*(_shared(each) for each in settled), strict=True)
        )
        return self._told(pay, *shared)

    def _given(self, settled: Settlement) -> Given:
        size = (len(self.months), 1 + self.askers.shape[1])
        pay = np.broadcast_to(_paid(settled), (*size, len(self.months[0].members)))
        return self._told(pay, *(np.broadcast_to(each, size)[:, 0] for each in _shared(settled)))

    def _told(self, pay: Ints, common: Ints, kept: Ints, pot: Ints) -> Given:
        """Return what is given, from pay `[M, 1 + V, N]`, and the rest as the months are, `[M]`."""
        base, who = pay[:, 0], self.askers
        hers = np.take_along_axis(pay[:, 1:], who[:, :, None], -1)[..., 0]
        return Given(base, hers - np.take_along_axis(base, who, -1), common, kept, pot)


LISTS = frozenset(name for name, axes in AXES.items() if axes and axes[0] not in "NK")
"""Facts whose number differs from month to month: orders, lines, purchases, past months."""

TIED = LISTS - {"past_minutes", "past_points"} | {"fund", "reserve", "owed", "saved"}
"""Facts that tie a month to what a rule did before, or whose number differs from month to month."""


def _chain(rule: PayRule, months: Sequence[Month], memory: int) -> Iterator[Settlement]:
    """Settle months `[1 + V]` one after the other; each starts with what the first row of the one before has left."""
    names = ("past_pay", "past_minutes", "past_points")
    before = zip(*(_first(getattr(months[0], name), 2) for name in names), strict=True) if memory else ()
    past: list[tuple[Ints, ...]] = [*before]
    last: Settlement | None = None
    for month in months:
        if last is not None:
            held = {name: _first(getattr(last.closing, name), 1) for name in ("owed", "saved")}
            held |= {name: _first(getattr(last.closing, name), 0) for name in ("fund", "reserve")}
            held["carried"] = _first(last.closing.pot, 0)
            if past:
                held |= {name: np.stack(each) for name, each in zip(names, zip(*past, strict=True), strict=True)}
            month = with_facts(month, held)
        last = settle(rule, month)
        if memory:
            mine = (_first(last.pay, 1), _first(month.all_minutes, 1), _first(month.points, 1))
            past = [*past[-memory + 1 :], mine]
        yield last


def _first(values: Ints, axes: int) -> Ints:
    """Return the first row of values that may have an axis in front."""
    return np.asarray(values[0] if values.ndim > axes else values)


def _light(month: Month) -> Month:
    """Return a month without orders, lines and past months: rules that read none of them are settled together."""
    empty: dict[str, Any] = {}
    for name in LISTS:
        empty[name] = getattr(month, name)[:0]
    return with_facts(month, empty)


def _paid(settled: Settlement) -> Ints:
    return np.asarray(settled.pay + settled.closing.saved - settled.opening.saved)


def _shared(settled: Settlement) -> tuple[Ints, Ints, Ints]:
    """Return what the fund gains, what fund and reserve gain together, and what is left in the pot."""
    closing, opening = settled.closing, settled.opening
    common = np.asarray(closing.fund - opening.fund)
    return common, np.asarray(common + closing.reserve - opening.reserve), closing.pot


def _three(month: Month) -> list[int]:
    """Return three people who can be paid: the fewest hours, the middle, the most; anybody when nobody can."""
    paid = np.flatnonzero(month.paid)
    order = paid[np.argsort(month.all_minutes[paid], kind="stable")] if len(paid) else np.zeros(1, np.int64)
    return [int(order[0]), int(order[len(order) // 2]), int(order[-1])]
