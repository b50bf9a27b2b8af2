"""Orders: seasonal, over-dispersed enquiries → quotes → jobs → invoices → payments, drawn before any rule is known.

Slot `s` of a month keeps its word of 64 random bits whatever the demand; all that happens to the enquiry comes from it.
A larger demand adds slots, a smaller one removes the last ones, and a shock removes those whose own uniform falls above
what remains (thinning): two scenarios share the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.money import WHOLE, round_ratio
from kpa_model.randomness import (
    BLOCK,
    BLOCK_BITS,
    LEVELS,
    Bits,
    Counts,
    Floats,
    Purpose,
    Words,
    counts_of_months,
    fields_of,
    level_of,
    negative_binomial,
    normal_levels,
    runs_of_words,
    uniforms,
    words,
)
from kpa_model.simulation.weather.scenario import CustomerKind, Pole, Scenario

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
    team: npt.NDArray[np.int16]
    paid_in: Ints
    finder: Bits
    quotes: Counts

    @cached_property
    def month(self) -> Ints:
        """Month of work of each order."""
        return self.place >> BLOCK_BITS

    @cached_property
    def row(self) -> Ints:
        """Replicate of each order, in the block."""
        return self.place & BLOCK - 1

    def __len__(self) -> int:
        return len(self.place)


NEVER = 10_000


def expected_enquiries(scenario: Scenario) -> Floats:
    """Return the mean number of enquiries of each month, before shocks and word of mouth, `[M]`."""
    demand, months = scenario.demand, np.arange(scenario.group.months)
    season = np.array(scenario.seasons)[(scenario.group.first_month - 1 + months) % 12] / WHOLE
    growth = (1 + demand.growth / WHOLE) ** (months / 12)
    return np.asarray(demand.enquiries / 100 * season * growth)


def draw_orders(scenario: Scenario, seed: int, block: int) -> Orders:
    """Draw every order of a block; a month of a replicate is a stream of words, slot `s` has the word of rank `s`."""
    demand, months = scenario.demand, scenario.group.months
    counts = _enquiries(scenario, seed, block)
    cell = np.repeat(np.arange(counts.size), counts.ravel())
    word = runs_of_words(words(seed, block, Purpose.ORDERS, months, BLOCK).ravel(), counts.ravel())
    fields, left = fields_of(word, 0), _remaining(scenario)
    taken = _below(fields[:, 0], demand.accepted)
    if left is not None:
        asked = fields[:, 2] < left[cell >> BLOCK_BITS, _pole(scenario, fields[:, 1])]
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
    pole, fields = _pole(scenario, fields_of(word, 0)[:, 1]), fields_of(word, 1)
    sales = _amounts(scenario, pole, fields[:, 0], word)
    made: Columns = {
        "place": place, "pole": pole, "sales": sales, "costs": _purchases(scenario, pole, sales, fields[:, 1]),
        "finder": fields[:, 2], "paid_in": _payment_months(scenario, place >> BLOCK_BITS, fields[:, 3], word),
    }  # fmt: skip
    for fixed in _big_orders(scenario):
        at = np.searchsorted(made["place"], fixed["place"])
        made = {name: np.insert(values, at, fixed[name]) for name, values in made.items()}
    hour = _of_pole(scenario, "hour").take(made["pole"])
    minutes = (made["sales"] * 60 / hour).astype(np.int64)  # exact under 2**53
    team = np.clip(1 + (np.minimum(minutes, TEAM * SHIFT).astype(np.int16) - 1) // SHIFT, 1, TEAM)
    return Orders(**made, minutes=minutes, team=team, quotes=quotes)


Columns = dict[str, npt.NDArray[Any]]


def _below(u: Bits, chance: int) -> Flags:
    """Tell which uniforms fall under a chance in parts per million."""
    return np.asarray(u < level_of(chance, WHOLE))


def _chosen(u: Bits, shares: list[int]) -> Ints:
    """Return which share each uniform falls in; the shares need not add up to one."""
    return _shares_of_levels(tuple(shares)).take(u).astype(np.int64)


@lru_cache(maxsize=64)
def _shares_of_levels(shares: tuple[int, ...]) -> npt.NDArray[np.uint8]:
    """Return which share each level of 16 bits falls in."""
    edges = [level_of(edge, max(sum(shares), 1)) for edge in accumulate(shares[:-1])]
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


def _amounts(scenario: Scenario, pole: Ints, size: Bits, word: Words) -> Ints:
    """Return whole euros, in cents: log-normal around the usual price of the pole, now and then a large order."""
    sales = _euros_of_levels(scenario.poles).take(pole * LEVELS + size).astype(np.int64) * 100
    if scenario.demand.large:
        at = np.flatnonzero(_below(fields_of(word, 2)[:, 3], scenario.demand.large))
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
    part = (_of_pole(scenario, "purchases") / WHOLE).astype(np.float32).take(pole)
    return np.asarray(np.rint(sales.astype(np.float32) * part * (0.75 + np.float32(0.5 / LEVELS) * u)), np.int64)


def _big_orders(scenario: Scenario) -> Iterator[dict[str, Any]]:
    """Yield the orders that shocks bring for certain to every replicate: the last kind of customer, late if any is."""
    names, last = [pole.name for pole in scenario.poles], scenario.customers[-1]
    delay = int(_delays_of_levels((last,))[LEVELS // 2])
    for month in range(scenario.group.months):
        for found in (shock.order(month) for shock in scenario.shocks):
            if found is not None and found[0] in names:
                pole, later = names.index(found[0]), sum(int(late[month, 1]) for late in _late(scenario))
                yield {
                    "place": month * BLOCK + np.arange(BLOCK), "pole": pole, "sales": found[1],
                    "costs": found[1] * scenario.poles[pole].purchases // WHOLE, "finder": 0,
                    "paid_in": month + delay + later,
                }  # fmt: skip


def _payment_months(scenario: Scenario, month: Ints, customer: Bits, word: Words) -> Ints:
    """Return the month of payment by kind of customer, with late payers, `NEVER` when unpaid."""
    customers, late = scenario.customers, _late(scenario)
    if all(each.at_once == WHOLE for each in customers) and not late and not scenario.cash.unpaid:
        return month
    fields = fields_of(word, 2)
    who = _chosen(customer, [each.share for each in customers])
    paid = month + _delays_of_levels(customers).take(who * LEVELS + fields[:, 0])
    for chance, months in (each.T for each in late):
        paid += (fields[:, 2] * (WHOLE / LEVELS) < chance[month]) * months[month]
    if scenario.cash.unpaid:
        paid[_below(fields[:, 1], scenario.cash.unpaid)] = NEVER
    return paid


def _late(scenario: Scenario) -> list[Ints]:
    """Return, for each shock that makes customers pay late, its chance in ppm and its months later, `[M, 2]`."""
    each = [np.array([shock.late(at) for at in range(scenario.group.months)]) for shock in scenario.shocks]
    return [late for late in each if late[:, 0].any()]


@lru_cache(maxsize=16)
def _delays_of_levels(customers: tuple[CustomerKind, ...]) -> npt.NDArray[np.uint8]:
    """Return the months before payment of each level of 16 bits, kind of customer after kind of customer."""
    u = np.arange(LEVELS) * (WHOLE / LEVELS)
    each = [np.select([u < kind.at_once, u < kind.at_once + kind.next_month], [0, 1], kind.later) for kind in customers]
    return np.concatenate(each).astype(np.uint8)
