"""Orders: seasonal, over-dispersed enquiries → quotes → jobs → invoices → payments, drawn before any rule is known.

Slot `s` of a month keeps its word of 64 random bits whatever the demand; all that happens to the enquiry comes from it.
A larger demand adds slots, a smaller one removes the last ones, and a shock removes those whose own uniform falls above
what remains (thinning): two scenarios share the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.money import WHOLE, round_ratio
from kpa_model.randomness import (
    BLOCK,
    LEVELS,
    Bits,
    Counts,
    Floats,
    Purpose,
    Words,
    counts_of_months,
    fields_of,
    negative_binomial,
    normal_levels,
    uniforms,
    words,
    words_after,
)
from kpa_model.simulation.flat import groups_of
from kpa_model.simulation.scenario import Customer, Pole, Scenario

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SHIFT = 6 * 60
"""Minutes one person gives to a job before another one is called."""

TEAM = 12
"""Largest team on one job."""

SMALLEST, LARGEST = 10_00, 20_000_00
"""Limits of one order, in cents."""


@dataclass(frozen=True, eq=False)
class Orders:
    """Orders of one block, flat: one entry per order that customers accepted, sorted by month of work, then replicate.

    Attributes:
        place: month of work × `BLOCK` + replicate.
        pole: rank of the pole.
        sales: cents before tax.
        costs: purchases, cents before tax.
        minutes: work to do.
        team: people wanted.
        paid_in: month in which the customer pays; `NEVER` when it does not.
        finder: uniform of 16 bits that says who found it.
        quotes: number of quotes made, accepted or not, `[M, B]`.
    """

    place: Ints
    pole: Ints
    sales: Ints
    costs: Ints
    minutes: Ints
    team: Ints
    paid_in: Ints
    finder: Bits
    quotes: Counts

    @property
    def month(self) -> Ints:
        """Month of work of each order."""
        return self.place // BLOCK

    @property
    def row(self) -> Ints:
        """Replicate of each order, in the block."""
        return self.place % BLOCK

    def __len__(self) -> int:
        return len(self.row)


NEVER = 10_000


def expected_enquiries(scenario: Scenario) -> Floats:
    """Return the mean number of enquiries of each month, before shocks and word of mouth, `[M]`."""
    demand, months = scenario.demand, np.arange(scenario.group.months)
    season = np.array(scenario.seasons)[(scenario.group.first_month - 1 + months) % 12] / WHOLE
    growth = (1 + demand.growth / WHOLE) ** (months / 12)
    return np.asarray(demand.enquiries / 100 * season * growth)


def draw_orders(scenario: Scenario, seed: int, block: int) -> Orders:
    """Draw every order of a block; each month of a replicate is a stream of words, slot `s` has the word of rank `s`."""
    demand, months = scenario.demand, scenario.group.months
    counts = _enquiries(scenario, seed, block)
    ends = np.cumsum(counts.ravel())
    cell = groups_of(ends)
    slot = np.arange(len(cell)) - (ends - counts.ravel()).take(cell)
    word = words_after(words(seed, block, Purpose.ORDERS, months, BLOCK).ravel().take(cell), slot)
    fields, left = fields_of(word, 0), _remaining(scenario)
    taken = _below(fields[:, 0], demand.accepted)
    if left is not None:
        asked = fields[:, 2] < left[cell // BLOCK, _pole(scenario, fields[:, 1])]
        counts = np.bincount(cell[asked], minlength=counts.size).reshape(counts.shape)
        taken &= asked
    kept = np.flatnonzero(taken)
    word, place = word.take(kept), cell.take(kept)
    if demand.next_month:
        place += BLOCK * _below(fields[:, 3].take(kept), demand.next_month)
        # First come, first served inside a month; sorting 16 bits goes digit by digit.
        order = np.argsort(place.astype(np.uint16), kind="stable")[: np.count_nonzero(place < months * BLOCK)]
        word, place = word.take(order), place.take(order)
    return _priced(scenario, place, word, counts)


def _priced(scenario: Scenario, place: Ints, word: Words, quotes: Counts) -> Orders:
    """Add poles, amounts, work and payment; shocks bring their own orders, first of their month."""
    pole = _pole(scenario, fields_of(word, 0)[:, 1])
    of_order, of_money = fields_of(word, 1), fields_of(word, 2)
    sales = _amounts(scenario, pole, of_order[:, 0], of_money[:, 3])
    made: Columns = {
        "place": place, "pole": pole, "sales": sales,
        "costs": _purchases(scenario, pole, sales, of_order[:, 1]), "finder": of_order[:, 2],
        "customer": of_order[:, 3], "delay": of_money[:, 0], "unpaid": of_money[:, 1], "late": of_money[:, 2],
    }  # fmt: skip
    for fixed in _big_orders(scenario):
        at = np.searchsorted(made["place"], fixed["place"])
        made = {name: np.insert(values, at, fixed[name]) for name, values in made.items()}
    minutes = made["sales"] * 60 // _of_pole(scenario, "hour").take(made["pole"])
    return Orders(
        place=made["place"], pole=made["pole"], sales=made["sales"], costs=made["costs"], minutes=minutes,
        team=np.clip(1 + (minutes - 1) // SHIFT, 1, TEAM), paid_in=_payment_months(scenario, made),
        finder=made["finder"], quotes=quotes,
    )  # fmt: skip


Columns = dict[str, npt.NDArray[Any]]


def _below(u: Bits, chance: int) -> Flags:
    """Tell which uniforms fall under a chance in parts per million."""
    return np.asarray(u < -(-chance * LEVELS // WHOLE))


def _chosen(u: Bits, shares: list[int]) -> Ints:
    """Return which share each uniform falls in; the shares need not add up to one."""
    return _shares_of_levels(tuple(shares)).take(u).astype(np.int64)


@lru_cache(maxsize=64)
def _shares_of_levels(shares: tuple[int, ...]) -> npt.NDArray[np.uint8]:
    """Return which share each level of 16 bits falls in."""
    edges = [-(-edge * LEVELS // max(sum(shares), 1)) for edge in accumulate(shares[:-1])]
    return np.searchsorted(edges, np.arange(LEVELS), "right").astype(np.uint8)


def _pole(scenario: Scenario, u: Bits) -> Ints:
    return _chosen(u, [each.share for each in scenario.poles])


def _of_pole(scenario: Scenario, name: str) -> Ints:
    return np.array([getattr(pole, name) for pole in scenario.poles])


def _enquiries(scenario: Scenario, seed: int, block: int) -> Counts:
    """Return the number of enquiries `[M, B]`; word of mouth adds to the mean of the month after."""
    demand, expected = scenario.demand, expected_enquiries(scenario)
    u = uniforms(seed, block, Purpose.ENQUIRIES, scenario.group.months, BLOCK)
    shape = demand.regularity / 100
    if not demand.word_of_mouth:
        return counts_of_months(u, expected, shape)
    told, counts = np.zeros(BLOCK), np.zeros(u.shape, np.int64)
    for month, mean in enumerate(expected):
        counts[month] = negative_binomial(u[month], mean + told, shape)
        told = counts[month] * (demand.accepted / WHOLE) * (demand.word_of_mouth / WHOLE)
    return counts


def _remaining(scenario: Scenario) -> Floats | None:
    """Return what shocks leave of the demand, in levels of 16 bits, `[M, P]`; None when they leave everything."""
    left = np.full((scenario.group.months, len(scenario.poles)), float(LEVELS))
    for shock in scenario.shocks:
        for month in range(scenario.group.months):
            left[month] *= [shock.demand(month, pole.name) / WHOLE for pole in scenario.poles]
    return left if (left < LEVELS).any() else None


def _amounts(scenario: Scenario, pole: Ints, size: Bits, large: Bits) -> Ints:
    """Return whole euros, in cents: log-normal around the usual price of the pole, now and then a large order."""
    sales = _euros_of_levels(scenario.poles).take(pole * LEVELS + size).astype(np.int64) * 100
    if scenario.demand.large:
        at = np.flatnonzero(_below(large, scenario.demand.large))
        times = sales.take(at) * scenario.demand.large_times
        sales[at] = np.minimum(round_ratio(times, 100_00) * 100, LARGEST)
    return sales


@lru_cache(maxsize=16)
def _euros_of_levels(poles: tuple[Pole, ...]) -> Bits:
    """Return the amount, in whole euros, of each level of 16 bits, pole after pole."""
    euros = [pole.price / 100 * np.exp(pole.spread / 100 * normal_levels()) for pole in poles]
    return np.clip(np.rint(euros), SMALLEST // 100, LARGEST // 100).astype(np.uint16).ravel()


def _purchases(scenario: Scenario, pole: Ints, sales: Ints, u: Bits) -> Ints:
    """Return purchases in cents: the part of the pole, give or take a quarter, on average exact."""
    part = (_of_pole(scenario, "purchases") / WHOLE).take(pole)
    return np.asarray(np.rint(sales * part * (0.75 + (0.5 / LEVELS) * u)), np.int64)


def _big_orders(scenario: Scenario) -> Iterator[dict[str, Any]]:
    """Yield the orders that shocks bring for certain, to every replicate, with middling uniforms."""
    names = [pole.name for pole in scenario.poles]
    for month in range(scenario.group.months):
        for found in (shock.order(month) for shock in scenario.shocks):
            if found is not None and found[0] in names:
                pole = names.index(found[0])
                yield {
                    "place": month * BLOCK + np.arange(BLOCK), "pole": pole, "sales": found[1],
                    "costs": found[1] * scenario.poles[pole].purchases // WHOLE,
                    "customer": LEVELS - 1, "delay": LEVELS // 2, "unpaid": LEVELS - 1, "finder": 0, "late": 0,
                }  # fmt: skip


def _payment_months(scenario: Scenario, found: Columns) -> Ints:
    """Return the month of payment by kind of customer, with late payers, `NEVER` when unpaid."""
    month, customers = found["place"] // BLOCK, scenario.customers
    paid = month
    if any(each.at_once < WHOLE for each in customers):
        who = _chosen(found["customer"], [each.share for each in customers])
        paid = month + _delays_of_levels(customers).take(who * LEVELS + found["delay"])
    for shock in scenario.shocks:
        late = np.array([shock.late(at) for at in range(scenario.group.months)])
        if late[:, 0].any():
            paid = paid + (found["late"] * (WHOLE / LEVELS) < late[month, 0]) * late[month, 1]
    if not scenario.cash.unpaid:
        return paid
    return np.where(_below(found["unpaid"], scenario.cash.unpaid), NEVER, paid)


@lru_cache(maxsize=16)
def _delays_of_levels(customers: tuple[Customer, ...]) -> npt.NDArray[np.uint8]:
    """Return the months before payment of each level of 16 bits, kind of customer after kind of customer."""
    u = np.arange(LEVELS) * (WHOLE / LEVELS)
    each = [np.select([u < kind.at_once, u < kind.at_once + kind.next_month], [0, 1], kind.later) for kind in customers]
    return np.concatenate(each).astype(np.uint8)
