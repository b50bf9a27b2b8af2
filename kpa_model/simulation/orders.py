"""Orders: seasonal, over-dispersed enquiries → quotes → jobs → invoices → payments, drawn before any rule is known.

Slot `s` of a month keeps its word of 64 random bits whatever the demand; all that happens to the enquiry comes from it.
A larger demand adds slots, a smaller one removes the last ones, and a shock removes those whose own uniform falls above
what remains (thinning): two scenarios share the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.money import WHOLE
from kpa_model.randomness import (
    BLOCK,
    LEVELS,
    Bits,
    Counts,
    Floats,
    Purpose,
    counts_of_months,
    fields_of,
    negative_binomial,
    normal_of,
    uniforms,
    words,
)
from kpa_model.simulation.scenario import Scenario

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
        row: replicate in the block.
        month: month of work.
        pole: rank of the pole.
        sales: cents before tax.
        costs: purchases, cents before tax.
        minutes: work to do.
        team: people wanted.
        paid_in: month in which the customer pays; `NEVER` when it does not.
        finder: uniform of 16 bits that says who found it.
        quotes: number of quotes made, accepted or not, `[M, B]`.
    """

    row: Ints
    month: Ints
    pole: Ints
    sales: Ints
    costs: Ints
    minutes: Ints
    team: Ints
    paid_in: Ints
    finder: Bits
    quotes: Counts

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
    """Draw every order of a block. Each enquiry has its word of random bits, cut in fields of 16 when needed."""
    counts = _enquiries(scenario, seed, block)
    months, many = scenario.group.months, counts.reshape(-1)
    drawn = words(seed, block, Purpose.ORDERS, int(many.max(initial=0)), many.size).reshape(-1)
    # Enquiries in order of month, replicate, slot, while words are kept slot first: a larger demand appends slots.
    cell = np.repeat(np.arange(many.size), many)
    first = np.cumsum(many) - many
    slot = np.arange(len(cell)) - np.repeat(first, many)
    word = drawn.take(slot * many.size + cell)
    fields = fields_of(word, 0)
    pole, asked = _chosen(fields[:, 1], [each.share for each in scenario.poles]), None
    left = _remaining(scenario)
    if left is not None:
        asked = fields[:, 2] < left[cell // BLOCK, pole]
        counts = np.bincount(cell[asked], minlength=many.size).reshape(months, BLOCK)
    taken = _below(fields[:, 0], scenario.demand.accepted)
    kept = np.flatnonzero(taken if asked is None else taken & asked)
    month, row = np.divmod(cell.take(kept), BLOCK)
    if scenario.demand.next_month:
        month += _below(fields[:, 3].take(kept), scenario.demand.next_month)
        inside = month < months
        kept, month, row = kept[inside], month[inside], row[inside]
    return _priced(scenario, _Kept(row, month, pole.take(kept), word.take(kept)), counts)


@dataclass(frozen=True, eq=False)
class _Kept:
    """Accepted enquiries: replicate, month of work, pole, random word."""

    row: Ints
    month: Ints
    pole: Ints
    word: npt.NDArray[np.uint64]


def _priced(scenario: Scenario, kept: _Kept, quotes: Counts) -> Orders:
    """Add amounts, work and payment; shocks bring their own orders; sorted by month of work, then replicate."""
    of_order, of_money = fields_of(kept.word, 1), fields_of(kept.word, 2)
    sales = _amounts(scenario, kept.pole, of_order[:, 0], of_money[:, 3])
    made: Columns = {
        "row": kept.row, "month": kept.month, "pole": kept.pole, "sales": sales,
        "costs": _purchases(scenario, kept.pole, sales, of_order[:, 1]), "finder": of_order[:, 2],
        "customer": of_order[:, 3], "delay": of_money[:, 0], "unpaid": of_money[:, 1], "late": of_money[:, 2],
    }  # fmt: skip
    made = _with_big_orders(scenario, made)
    if scenario.demand.next_month or len(made["row"]) > len(sales):
        place = made["month"] * BLOCK + made["row"]
        # First come, first served inside a month; sorting 16 bits goes digit by digit.
        order = np.argsort(place.astype(np.uint16), kind="stable")
        made = {name: values.take(order) for name, values in made.items()}
    minutes = made["sales"] * 60 / _of_pole(scenario, "hour").take(made["pole"])  # exact below 2**53 once floored
    return Orders(
        row=made["row"], month=made["month"], pole=made["pole"], sales=made["sales"], costs=made["costs"],
        minutes=np.floor(minutes).astype(np.int64),
        team=np.clip(np.ceil(np.floor(minutes) / SHIFT), 1, TEAM).astype(np.int64),
        paid_in=_payment_months(scenario, made), finder=made["finder"], quotes=quotes,
    )  # fmt: skip


Columns = dict[str, npt.NDArray[Any]]


def _below(u: Bits, chance: int) -> Flags:
    """Tell which uniforms fall under a chance in parts per million."""
    return np.asarray(u < -(-chance * LEVELS // WHOLE))


def _chosen(u: Bits, shares: list[int]) -> Ints:
    """Return which share each uniform falls in; the shares need not add up to one."""
    found, whole = np.zeros(u.shape, np.int64), max(sum(shares), 1)
    for edge in accumulate(shares[:-1]):
        found += u >= -(-edge * LEVELS // whole)
    return found


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
    euros = np.exp((_of_pole(scenario, "spread") / 100).take(pole) * normal_of(size))
    euros *= (_of_pole(scenario, "price") / 100).take(pole)
    if scenario.demand.large:
        euros *= np.where(_below(large, scenario.demand.large), scenario.demand.large_times / 100, 1.0)
    return np.asarray(np.clip(np.rint(euros) * 100, SMALLEST, LARGEST).astype(np.int64))


def _purchases(scenario: Scenario, pole: Ints, sales: Ints, u: Bits) -> Ints:
    """Return purchases in cents: the part of the pole, give or take a quarter, on average exact."""
    part = (_of_pole(scenario, "purchases") / WHOLE).take(pole)
    return np.asarray(np.rint(sales * part * (0.75 + (0.5 / LEVELS) * u)), np.int64)


def _with_big_orders(scenario: Scenario, kept: Columns) -> Columns:
    """Add the orders that shocks bring for certain, to every replicate, with middling uniforms."""
    names = [pole.name for pole in scenario.poles]
    for month in range(scenario.group.months):
        for shock in scenario.shocks:
            found = shock.order(month)
            if found is None or found[0] not in names:
                continue
            pole = names.index(found[0])
            fixed: dict[str, Any] = {
                "row": np.arange(BLOCK), "month": month, "pole": pole, "sales": found[1],
                "costs": found[1] * scenario.poles[pole].purchases // WHOLE,
                "customer": LEVELS - 1, "delay": LEVELS // 2, "unpaid": LEVELS - 1, "finder": 0, "late": 0,
            }  # fmt: skip
            kept = {
                name: np.concatenate([np.broadcast_to(fixed[name], BLOCK).astype(values.dtype), values])
                for name, values in kept.items()
            }
    return kept


def _payment_months(scenario: Scenario, found: Columns) -> Ints:
    """Return the month of payment by kind of customer, with late payers, `NEVER` when unpaid."""
    month, customers = found["month"], scenario.customers
    paid = month
    if any(each.at_once < WHOLE for each in customers):
        who = _chosen(found["customer"], [each.share for each in customers])
        at_once, soon, later = np.array([(each.at_once, each.next_month, each.later) for each in customers]).T
        u = found["delay"] * (WHOLE / LEVELS)
        paid = month + np.where(u < at_once[who], 0, np.where(u < (at_once + soon)[who], 1, later[who]))
    for shock in scenario.shocks:
        late = np.array([shock.late(at) for at in range(scenario.group.months)])
        if late[:, 0].any():
            paid = paid + np.where(found["late"] * (WHOLE / LEVELS) < late[month, 0], late[month, 1], 0)
    if not scenario.cash.unpaid:
        return paid
    return np.where(_below(found["unpaid"], scenario.cash.unpaid), NEVER, paid)
