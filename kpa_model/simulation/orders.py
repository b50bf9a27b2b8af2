"""Orders: seasonal, over-dispersed enquiries → quotes → jobs → invoices → payments, drawn before any rule is known.

Slot `s` of a month keeps its uniforms whatever the demand. A larger demand adds slots, a smaller one removes the last
ones, and a shock removes those whose own uniform falls above what remains (thinning): two scenarios share the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.money import WHOLE
from kpa_model.randomness import BLOCK, Counts, Floats, Purpose, negative_binomial, normals, uniforms
from kpa_model.simulation.people import chosen
from kpa_model.simulation.scenario import Scenario

Ints = npt.NDArray[np.int64]
Columns = dict[str, npt.NDArray[Any]]

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
        finder: uniform that says who found it.
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
    finder: Floats
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
    """Draw every order of a block."""
    counts = _enquiries(scenario, seed, block)
    months, slots = scenario.group.months, int(counts.max(initial=0))
    place = np.flatnonzero(np.arange(slots)[:, None, None] < counts)

    def of(purpose: Purpose, useful: object = True) -> Floats:
        """Return the uniforms of the orders still there; purposes that change nothing are not drawn."""
        if not useful:
            return np.zeros(len(place), np.float32)
        return uniforms(seed, block, purpose, slots, months, BLOCK).ravel()[place]

    pole = chosen(of(Purpose.POLE), [pole.share for pole in scenario.poles])
    left = _remaining(scenario)
    month = place // BLOCK % months
    asked = of(Purpose.KEPT, (left < WHOLE).any()) * WHOLE < left[month, pole]
    quotes = np.bincount(place[asked] % (months * BLOCK), minlength=months * BLOCK).reshape(months, BLOCK)
    worked = month + (of(Purpose.LEAD_TIME, scenario.demand.next_month) * WHOLE < scenario.demand.next_month)
    taken = asked & (of(Purpose.ACCEPTED) * WHOLE < scenario.demand.accepted) & (worked < months)
    place, pole, worked = place[taken], pole[taken], worked[taken]
    size = normals(seed, block, Purpose.SIZE, slots, months, BLOCK).ravel()[place]
    sales = _amounts(scenario, pole, size, of(Purpose.LARGE, scenario.demand.large))
    made: Columns = {
        "row": place % BLOCK, "month": worked, "pole": pole, "sales": sales,
        "costs": _purchases(scenario, pole, sales, of(Purpose.PURCHASES)),
        "customer": of(Purpose.CUSTOMER), "delay": of(Purpose.DELAY),
        "unpaid": of(Purpose.UNPAID, scenario.cash.unpaid), "finder": of(Purpose.FINDER),
        "late": of(Purpose.LATE, any(shock.late(at)[0] for shock in scenario.shocks for at in range(months))),
    }  # fmt: skip
    return _sorted(scenario, _with_big_orders(scenario, made), quotes)


def _enquiries(scenario: Scenario, seed: int, block: int) -> Counts:
    """Return the number of enquiries `[M, B]`; word of mouth adds to the mean of the month after."""
    demand, expected = scenario.demand, expected_enquiries(scenario)
    u = uniforms(seed, block, Purpose.ENQUIRIES, scenario.group.months, BLOCK)
    shape = demand.regularity / 100
    if not demand.word_of_mouth:
        return negative_binomial(u, expected[:, None], shape)
    told, counts = np.zeros(BLOCK), np.zeros(u.shape, np.int64)
    for month, mean in enumerate(expected):
        counts[month] = negative_binomial(u[month], mean + told, shape)
        told = counts[month] * (demand.accepted / WHOLE) * (demand.word_of_mouth / WHOLE)
    return counts


def _remaining(scenario: Scenario) -> Floats:
    """Return what shocks leave of the demand, ppm, `[M, P]`."""
    left = np.full((scenario.group.months, len(scenario.poles)), float(WHOLE))
    for shock in scenario.shocks:
        for month in range(scenario.group.months):
            left[month] *= [shock.demand(month, pole.name) / WHOLE for pole in scenario.poles]
    return left


def _amounts(scenario: Scenario, pole: Ints, size: Floats, large: Floats) -> Ints:
    """Return whole euros, in cents: log-normal around the usual price of the pole, now and then a large order."""
    price = np.array([pole.price for pole in scenario.poles], np.float64)[pole]
    spread = np.array([pole.spread / 100 for pole in scenario.poles])[pole]
    times = np.where(large * WHOLE < scenario.demand.large, scenario.demand.large_times / 100, 1.0)
    euros = np.rint(price * np.exp(spread * size) * times / 100).astype(np.int64)
    return np.asarray(np.clip(euros * 100, SMALLEST, LARGEST))


def _purchases(scenario: Scenario, pole: Ints, sales: Ints, u: Floats) -> Ints:
    """Return purchases in cents: the part of the pole, give or take a quarter, on average exact."""
    part = np.array([pole.purchases / WHOLE for pole in scenario.poles])[pole]
    return np.asarray(np.rint(sales * part * (0.75 + 0.5 * u)), np.int64)


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
                "customer": 0.999, "delay": 0.5, "unpaid": 1.0, "finder": 0.0, "late": 0.0,
            }  # fmt: skip
            kept = {
                name: np.concatenate([np.broadcast_to(fixed[name], BLOCK).astype(values.dtype), values])
                for name, values in kept.items()
            }
    return kept


def _sorted(scenario: Scenario, kept: Columns, quotes: Counts) -> Orders:
    """Sort by month of work and replicate, first come first served inside; add work, team and payment."""
    order = np.argsort((kept["month"] * BLOCK + kept["row"]).astype(np.uint16), kind="stable")  # radix sort
    found = {name: values[order] for name, values in kept.items()}
    per_hour = np.array([pole.hour for pole in scenario.poles])[found["pole"]]
    minutes = np.asarray(found["sales"] * 60 // per_hour, np.int64)
    found |= {
        "minutes": minutes,
        "team": np.clip(-(-minutes // SHIFT), 1, TEAM),
        "paid_in": _payment_months(scenario, found),
        "quotes": quotes,
    }
    return Orders(**{each.name: found[each.name] for each in fields(Orders)})


def _payment_months(scenario: Scenario, found: Columns) -> Ints:
    """Return the month of payment by kind of customer, with late payers, `NEVER` when unpaid."""
    who = chosen(found["customer"], [customer.share for customer in scenario.customers])
    at_once = np.array([customer.at_once for customer in scenario.customers])[who]
    soon = at_once + np.array([customer.next_month for customer in scenario.customers])[who]
    later = np.array([customer.later for customer in scenario.customers])[who]
    u = found["delay"] * WHOLE
    months = found["month"] + np.where(u < at_once, 0, np.where(u < soon, 1, later))
    for shock in scenario.shocks:
        late = np.array([shock.late(month) for month in range(scenario.group.months)])[found["month"]]
        months = months + np.where(found["late"] * WHOLE < late[:, 0], late[:, 1], 0)
    return np.where(found["unpaid"] * WHOLE < scenario.cash.unpaid, NEVER, months).astype(np.int64)
