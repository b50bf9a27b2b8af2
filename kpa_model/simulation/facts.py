"""From a month played to the facts a pay rule looks at."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS
from kpa_model.pay.engine import settle
from kpa_model.pay.rule import PayRule
from kpa_model.randomness import BLOCK
from kpa_model.simulation.activity import Ints, Played
from kpa_model.simulation.scenario import Scenario


def month_of(
    scenario: Scenario, number: int, played: Played, before: tuple[Ints, Ints], with_orders: bool = True
) -> Month:
    """Return the facts of a month for a rule; the purses open in the first month.

    Args:
        scenario: for names, poles, and what the purses hold at the start.
        number: rank of the month simulated, from 0.
        played: what happened.
        before: sales and margin since January, `[B]` each.
        with_orders: whether the rule looks at orders one by one; else they are left out, which is much lighter.
    """
    minutes, seats = played.minutes, scenario.seats
    nobody, past = np.zeros((BLOCK, seats), np.int64), np.zeros((BLOCK, 0, seats), np.int64)
    first = number == 0
    sales, costs = month_money(scenario, played)
    return Month(
        label=f"mois {number + 1}",
        turn=number,
        members=scenario.members,
        poles=tuple(pole.name for pole in scenario.poles),
        present=played.present,
        payable=played.payable,
        minutes=minutes,
        points=(minutes[:, 1] + minutes[:, 2]) * 100 // 60 + np.where(played.present, 100, 0),
        claims=played.claims,
        need=played.need,
        seniority=played.seniority,
        sales=sales,
        direct_costs=costs,
        sales_before=before[0],
        margin_before=before[1],
        carried=np.zeros(BLOCK, np.int64),
        fund=np.full(BLOCK, scenario.cash.fund if first else 0),
        reserve=np.full(BLOCK, scenario.cash.reserve if first else 0),
        owed=nobody,
        saved=nobody,
        past_pay=past,
        past_minutes=past,
        past_points=past,
        **_orders(played, seats, with_orders),
    )


def month_money(scenario: Scenario, played: Played) -> tuple[Ints, Ints]:
    """Return sales less what is written off, and direct costs with overheads, cents `[B]`."""
    added = [np.bincount(played.row, values, BLOCK).astype(np.int64) for values in (played.sales, played.costs)]
    return added[0] - played.loss, added[1] + scenario.cash.overheads


def _orders(played: Played, seats: int, wanted: bool) -> dict[str, Any]:
    """Return the facts of orders, `[B, O]` and `[B, O, N]`, O being the most orders of a month in the block."""
    slots = int(played.slot.max(initial=-1)) + 1 if wanted else 0

    def dense(values: npt.NDArray[Any], empty: int = 0) -> Ints:
        out = np.full((BLOCK, slots), empty, np.int64)
        if wanted:
            out[played.row, played.slot] = values
        return out

    brought, minutes = np.zeros((BLOCK, slots, seats), np.int64), np.zeros((BLOCK, slots, seats), np.int64)
    if wanted:
        minutes[played.row[played.job], played.slot[played.job], played.person] = played.given
        found = played.finder >= 0
        brought[played.row[found], played.slot[found], played.finder[found]] = 1
    return {
        "order_sales": dense(played.sales),
        "order_costs": dense(played.costs),
        "order_pole": dense(played.pole, -1),
        "order_minutes": minutes,
        "order_brought": brought,
    }


class _Watched(Month):
    """A month that notes which of its facts are read."""

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_"):
            object.__getattribute__(self, "__dict__").setdefault("_read", set()).add(name)
        return object.__getattribute__(self, name)


def looks_at(rule: PayRule, facts: str) -> bool:
    """Tell whether a rule, or one of its promises, reads facts whose name starts so: try it on two people, two orders.

    `order_` asks about orders one by one, `past_` about past months: heavy facts that most rules leave aside.
    """
    watched = _Watched.of(
        ("A", "B"),
        poles=("P",),
        minutes=np.full((len(KINDS), 2), 600),
        points=[200, 300],
        claims=[10_000, 20_000],
        sales=100_000,
        direct_costs=10_000,
        order_sales=[60_000, 40_000],
        order_costs=[5_000, 5_000],
        order_pole=[0, 0],
        order_minutes=[[300, 300], [300, 300]],
        order_brought=[[1, 0], [0, 1]],
        fund=1_000,
        reserve=1_000,
        owed=[500, 500],
    )
    vars(watched)["_read"] = set()
    settled = settle(rule, watched)
    for promise in rule.promises:
        promise.kept(settled)
    return any(name.startswith(facts) for name in vars(watched)["_read"])
