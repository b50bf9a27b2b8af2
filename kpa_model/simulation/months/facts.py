"""From a month played to the facts a pay rule looks at."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

import numpy as np

from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS
from kpa_model.pay.promise import Result
from kpa_model.pay.purses import Purses
from kpa_model.pay.rule import PayRule
from kpa_model.simulation.months.worked import Ints, Played
from kpa_model.simulation.weather.scenario import Scenario

Before = tuple[Ints, Ints]
Wanted = Collection[str]


HEAVY = ("order_", "order_minutes", "order_brought", "points", "claims", "seniority")
"""Beginnings of the names of facts that cost time, and that many rules leave aside."""


def month_of(scenario: Scenario, number: int | Ints, played: Played, before: Before, wanted: Wanted = HEAVY) -> Month:
    """Return the facts of a month for a rule; the purses open in the first month.

    Args:
        scenario: for names, poles, and what the purses hold at the start.
        number: rank of the month simulated, from 0; several months `[T, 1]` have every fact with an axis more in front.
        played: what happened.
        before: sales and margin since January, `[B]` each.
        wanted: those of `HEAVY` that the rule looks at; the others are left out, which is much lighter.
    """
    minutes, seats, rows = played.minutes, scenario.seats, played.sales.shape
    first, several = np.asarray(number == 0), isinstance(number, np.ndarray)
    nobody, past = np.zeros((*rows, seats), np.int64), np.zeros((*rows, 0, seats), np.int64)
    sales, costs = month_money(scenario, played)
    points = minutes[..., 1:3, :].sum(-2) * 100 // 60 + np.where(played.present, 100, 0) if "points" in wanted else None
    asked = minutes[..., :3, :].sum(-2) * played.asking // 60 if "claims" in wanted else None
    return Month(
        label="" if several else f"mois {number + 1}",
        turn=number,  # type: ignore[arg-type]
        members=scenario.members,
        poles=tuple(pole.name for pole in scenario.poles),
        present=played.present,
        payable=played.payable,
        minutes=minutes,
        points=nobody if points is None else points,
        claims=nobody if asked is None else asked,
        need=np.broadcast_to(played.need, nobody.shape),
        seniority=played.seniority.astype(np.int64) if "seniority" in wanted else nobody,
        sales=sales,
        direct_costs=costs,
        sales_before=before[0],
        margin_before=before[1],
        carried=np.zeros(rows, np.int64),
        fund=np.broadcast_to(np.where(first, scenario.cash.fund, 0), rows),
        reserve=np.broadcast_to(np.where(first, scenario.cash.reserve, 0), rows),
        owed=nobody,
        saved=nobody,
        past_pay=past,
        past_minutes=past,
        past_points=past,
        **_orders(played, seats, wanted),
    )


def month_money(scenario: Scenario, played: Played) -> tuple[Ints, Ints]:
    """Return sales less what is written off, and direct costs with overheads, cents `[B]`."""
    return played.sales - played.loss, played.costs + scenario.cash.overheads


def _orders(played: Played, seats: int, wanted: Wanted) -> dict[str, Any]:
    """Return the facts of orders, `[B, O]` and `[B, O, N]`, O being the most orders of a month in the block."""
    found = played.orders if "order_" in wanted else None
    slots, rows = int(found.slot.max(initial=-1)) + 1 if found else 0, played.sales.shape
    brought = minutes = np.broadcast_to(np.int64(0), (*rows, slots, seats))
    sales, costs, pole = np.zeros((3, *rows, slots), np.int64)
    pole -= 1
    if found:
        place = found.row, found.slot
        sales[place], costs[place], pole[place] = found.sales, found.costs, found.pole
        if "order_minutes" in wanted:
            minutes = np.zeros(minutes.shape, np.int64)
            minutes[found.row[found.job], found.slot[found.job], found.person] = found.given
        if "order_brought" in wanted:
            brought, known = np.zeros(brought.shape, np.int64), found.finder >= 0
            brought[found.row[known], found.slot[known], found.finder[known]] = 1
    return {
        "order_sales": sales,
        "order_costs": costs,
        "order_pole": pole,
        "order_minutes": minutes,
        "order_brought": brought,
    }


class _Watched(Month):
    """A month that notes which of its facts are read."""

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_"):
            object.__getattribute__(self, "__dict__").setdefault("_read", set()).add(name)
        return object.__getattribute__(self, name)


class _WatchedPurses(Purses):
    """Purses that note which of them a step reads; moving cents is not reading."""

    def __getattribute__(self, name: str) -> Any:
        read = object.__getattribute__(self, "__dict__").get("_read")
        if read is not None and name in ("fund", "reserve", "saved", "owed"):
            read.add(name)
        return object.__getattribute__(self, name)


def _sample(**money: Any) -> _Watched:
    """Return a small month: two people, two orders."""
    watched = _Watched.of(
        ("A", "B"),
        poles=("P",),
        minutes=np.full((len(KINDS), 2), 600),
        points=[200, 300],
        claims=[10_000, 20_000],
        direct_costs=10_000,
        order_sales=[60_000, 40_000],
        order_costs=[5_000, 5_000],
        order_pole=[0, 0],
        order_minutes=[[300, 300], [300, 300]],
        order_brought=[[1, 0], [0, 1]],
        **money,
    )
    vars(watched)["_read"] = set()
    assert isinstance(watched, _Watched)
    return watched


SAMPLES: tuple[dict[str, Any], ...] = (
    {"sales": 100_000, "fund": 1_000, "reserve": 1_000, "owed": [500, 500]},
    {"sales": 9_000, "fund": 1_000, "reserve": 1_000},
    {"sales": 10_000_000},
)
"""A usual month, one that does not even pay its purchases, a very good one."""


@lru_cache(maxsize=64)
def read_by(rule: PayRule) -> frozenset[str]:
    """Return the facts and carried purses (`now.fund`…) that a rule, or one of its promises, looks at: it is tried."""
    found = set[str]()
    for money in SAMPLES:
        month = _sample(**money)
        opening = Purses.opening(month)
        vars(month)["_read"].clear()
        now: Purses = _WatchedPurses(**vars(opening))
        purses = set[str]()
        for step in rule.steps:
            vars(now)["_read"] = purses
            move = step.move(month, now)
            vars(now).pop("_read")
            now = now.after(move)
        result = Result(month, opening, Purses(**vars(now)))
        for promise in rule.promises:
            promise.kept(result)
        found |= vars(month)["_read"] | {f"now.{name}" for name in purses}
    return frozenset(found)


def wanted_by(rule: PayRule) -> tuple[str, ...]:
    """Return those of `HEAVY` that a rule needs; points of past months are those of the months before."""
    return tuple(name for name in HEAVY if looks_at(rule, name) or (name == "points" and looks_at(rule, "past_")))


CARRIED = ("order_", "past_", "now.", "fund", "reserve", "saved", "owed")
"""What ties a month to those before, apart from what is left in the pot; and orders, which weigh too much together."""


def looks_at(rule: PayRule, facts: str) -> bool:
    """Tell whether a rule, or one of its promises, reads facts whose name starts so.

    `order_` asks about orders one by one, `past_` about past months: heavy facts that most rules leave aside.
    """
    return any(name.startswith(facts) for name in read_by(rule))
