"""A block under one rule: all months settled at once when the rule allows it, to the same cents as one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np

from kpa_model.cooperative.month import Month
from kpa_model.pay.engine import Settlement, settle
from kpa_model.pay.purses import Purses
from kpa_model.pay.rule import PayRule
from kpa_model.simulation.kinds import any_weighs_kinds
from kpa_model.simulation.months.facts import CARRIED, month_money, month_of
from kpa_model.simulation.months.play import Rehearsed, Since, Turn, feeds_back, play, rehearse, settle_played
from kpa_model.simulation.months.staffing import POLICIES
from kpa_model.simulation.months.worked import Ints, Weather
from kpa_model.simulation.weather.scenario import Scenario


def rehearsed(weather: Weather, policy: str, with_orders: bool) -> Rehearsed | None:
    """Play every month of a block without any rule, or return None when what is done depends on pay."""
    chosen = POLICIES[policy]
    return None if feeds_back(weather.scenario, chosen) else rehearse(weather, chosen, with_orders)


def turns_of(weather: Weather, months: Rehearsed | None, policy: str, rule: PayRule) -> Iterator[Turn]:
    """Settle a block under a rule: months already played, all at once when the rule allows it; else month by month."""
    if months is None:
        return play(weather, POLICIES[policy], rule)
    together = settle_together(weather.scenario, months, rule)
    return iter((together,)) if together else settle_played(weather.scenario, months, rule)


def one_by_one(rule: PayRule) -> bool:
    """Tell whether a rule ties each month to the one before, or has steps that must be looked at month by month."""
    return not rule.reads.isdisjoint(CARRIED) or any_weighs_kinds(rule)


FEW = 4
"""When more than one month in so many starts with something left, settling one after the other is quicker."""


def settle_together(scenario: Scenario, months: Rehearsed, rule: PayRule) -> Turn | None:
    """Settle all months at once, or return None when the rule ties each month to the one before.

    Months are first settled as if nothing was left in the pot before; then those that do start with something are
    settled again, until each month starts with exactly what the month before has left: the result is then, by
    induction, that of months settled one after the other.
    """
    if one_by_one(rule):
        return None
    since, played = Since(scenario), months.together
    before = [
        since.month(number, *each) for number, each in enumerate(zip(*month_money(scenario, played), strict=True))
    ]
    gone = {name: np.array([each[name] for each in before]) for name in before[0]}
    number = np.arange(len(months))[:, None]
    month = month_of(scenario, number, played, gone, rule.reads)
    settled, first = settle(rule, month), True
    if _promises_later(settled):
        return None
    while (cells := _with_something_left(month, settled)) is not None:
        if first:
            if FEW * len(cells[0]) > month.sales.size:
                return None
            first, settled = False, replace(settled, closing=_writable(month, settled.closing))
        month.carried[cells] = settled.closing.pot[cells[0] - 1, cells[1]]
        again = settle(rule, _cells(month, cells))
        if _promises_later(again):
            return None
        for name in vars(settled.closing).keys() - LATER:
            getattr(settled.closing, name)[cells] = getattr(again.closing, name)
    return Turn(0, played, _with_purses(settled))


LATER = {"saved", "owed"}
"""Purses that tie a month to the next by themselves."""


def _promises_later(settled: Settlement) -> bool:
    """Tell whether somebody saved, or is owed something: months then come one after the other."""
    return any(getattr(settled.closing, name).any() for name in LATER)


def _with_something_left(month: Month, settled: Settlement) -> tuple[Ints, Ints] | None:
    """Return the (month, replicate) that do not start with what the month before left; None when all do."""
    left = np.broadcast_to(settled.closing.pot, month.sales.shape)[:-1]
    wrong = np.nonzero(left != month.carried[1:])
    return (wrong[0] + 1, wrong[1]) if len(wrong[0]) else None


def _writable(month: Month, purses: Purses) -> Purses:
    """Return purses that can be written, for every month and replicate; but for `LATER`, where nothing is."""
    people, shared = month.present.shape, month.sales.shape
    return replace(purses, **{
        name: np.array(np.broadcast_to(each, people if name == "pay" else shared))
        for name, each in vars(purses).items() if name not in LATER
    })  # fmt: skip


def _cells(month: Month, cells: tuple[Ints, Ints]) -> Month:
    """Return some months of some replicates, one after the other."""
    shape = month.sales.shape
    facts = {each.name: getattr(month, each.name) for each in fields(month) if each.metadata}
    taken: dict[str, Any] = {name: each[cells] for name, each in facts.items() if each.shape[:2] == shape}
    taken["turn"] = np.asarray(month.turn)[cells[0], 0]
    return replace(month, **taken)


def _with_purses(settled: Settlement) -> Settlement:
    """Return all months with fund and reserve carried from each to the next: no step looked at them."""
    carried: dict[str, tuple[Ints, Ints]] = {}
    month, opening, closing = settled.month, settled.opening, settled.closing
    for name in ("fund", "reserve"):
        before = np.asarray(getattr(month, name))
        moved = np.broadcast_to(getattr(closing, name) - before, before.shape)
        carried[name] = before[0] + np.cumsum(moved, 0) - moved, before[0] + np.cumsum(moved, 0)
    starts: dict[str, Any] = {name: pair[0] for name, pair in carried.items()}
    ends: dict[str, Any] = {name: pair[1] for name, pair in carried.items()}
    opening = replace(opening, pot=np.asarray(month.sales + month.carried), **starts)
    return replace(settled, month=month.holding(**starts), opening=opening, closing=replace(closing, **ends))
