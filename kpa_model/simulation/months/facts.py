"""From a month played to the facts a pay rule looks at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

import numpy as np

from kpa_model.cooperative.month import Month, Simulated, known_facts
from kpa_model.pay.rule import PayRule
from kpa_model.simulation.months.worked import Ints, Played
from kpa_model.simulation.weather.scenario import Scenario

Before = Mapping[str, Ints]
Read = Collection[str]

NEEDED = ("present", "payable", "minutes", "sales", "direct_costs")
"""What the simulation itself looks at, whatever the rule."""

_LATER = ("owed", "saved", "past_pay", "past_minutes", "past_points")
"""What only the months before tell: the engine hands it on."""

EVERYTHING: Read = frozenset(known_facts())


def month_of(scenario: Scenario, number: int | Ints, played: Played, before: Before, read: Read = EVERYTHING) -> Month:
    """Return the facts of a month for a rule; the purses open in the first month.

    Args:
        scenario: for names, poles, and what the purses hold at the start.
        number: rank of the month simulated, from 0; several months `[T, 1]` have every fact with an axis more in front.
        played: what happened.
        before: the facts about sales and margin since January (see `Since`).
        read: the facts that the rule looks at; the others are left out, which is much lighter.
    """
    rows, several = played.sales.shape, isinstance(number, np.ndarray)
    sales, costs = month_money(scenario, played)
    first = np.asarray(number == 0)
    given: dict[str, Any] = {
        "sales": sales,
        "direct_costs": costs,
        **before,
        "calendar": np.broadcast_to((scenario.group.first_month - 1 + np.asarray(number)) % 12 + 1, rows),
        "carried": np.zeros(rows, np.int64),
        "fund": np.broadcast_to(np.where(first, scenario.cash.fund, 0), rows),
        "reserve": np.broadcast_to(np.where(first, scenario.cash.reserve, 0), rows),
    }
    given |= {name: made(played) for name, made in _DRAWN.items() if name in NEEDED or name in read}
    return Month.of(
        scenario.members,
        label="" if several else f"mois {number + 1}",
        turn=number,  # type: ignore[arg-type]
        all_minutes=played.all_minutes,
        poles=tuple(pole.name for pole in scenario.poles),
        **given,
        **_orders(played, scenario.seats, read),
    )


_DRAWN: Mapping[str, Callable[[Played], Any]] = {
    "present": lambda played: played.present,
    "payable": lambda played: played.payable,
    "minutes": lambda played: played.minutes,
    "points": lambda played: played.minutes[..., 1:3, :].sum(-2) * 100 // 60 + np.where(played.present, 100, 0),
    "claims": lambda played: played.minutes[..., :3, :].sum(-2) * played.asking // 60,
    "need": lambda played: np.broadcast_to(played.need, played.present.shape),
    "seniority": lambda played: played.seniority.astype(np.int64),
}
"""How each fact about people comes from what was played."""


def month_money(scenario: Scenario, played: Played) -> tuple[Ints, Ints]:
    """Return sales less what is written off, and direct costs with overheads, cents `[B]`."""
    return played.sales - played.loss, played.costs + scenario.cash.overheads


def _orders(played: Played, seats: int, read: Read) -> dict[str, Any]:
    """Return the facts of orders, `[B, O]` and `[B, O, N]`, O being the most orders of a month in the block."""
    found = played.orders if any(name in read for name in ORDERS) else None
    if not found:
        return {}
    shape = (*played.sales.shape, int(found.slot.max(initial=-1)) + 1)
    sales, costs, pole = np.zeros((3, *shape), np.int64)
    pole -= 1
    place = found.row, found.slot
    sales[place], costs[place], pole[place] = found.sales, found.costs, found.pole
    given = {"order_sales": sales, "order_costs": costs, "order_pole": pole}
    if "order_minutes" in read:
        given["order_minutes"] = minutes = np.zeros((*shape, seats), np.int64)
        minutes[found.row[found.job], found.slot[found.job], found.person] = found.given
    if "order_brought" in read:
        known = found.finder >= 0
        given["order_brought"] = brought = np.zeros((*shape, seats), np.int64)
        brought[found.row[known], found.slot[known], found.finder[known]] = 1
    return given


ORDERS = ("order_sales", "order_costs", "order_pole", "order_minutes", "order_brought")
"""Facts of orders one by one: heavy, and most rules leave them aside."""

_YEAR = ("sales_by_month", "margin_by_month")

CARRIED = (*ORDERS, "fund", "reserve", *_LATER, *_YEAR)
"""What ties a month to those before, apart from what is left in the pot; and orders, which weigh too much together."""


def looks_back(rule: PayRule) -> bool:
    """Tell whether a rule, or one of its promises, reads past months."""
    return any("H" in known_facts()[name]["axes"] for name in rule.reads)


def with_orders(rule: PayRule) -> bool:
    """Tell whether a rule reads orders one by one."""
    return any(name in ORDERS for name in rule.reads)


@cache
def told() -> frozenset[str]:
    """Return the facts that the simulation fills in: it must be all those it does not declare constant or unknown."""
    return frozenset({*_DRAWN, *ORDERS, *_LATER, *_YEAR, "sales", "direct_costs", "sales_before", "margin_before",
                      "calendar", "carried", "fund", "reserve"})  # fmt: skip


def unknown_to(rule: PayRule) -> tuple[str, ...]:
    """Return what a rule reads and the simulation does not know, as people call it, in French."""
    unknown = {
        name: about["called"]
        for name, about in known_facts().items()
        if name in rule.reads and about["simulated"] is Simulated.UNKNOWN
    }
    return tuple(dict.fromkeys(called for called in unknown.values() if called))
