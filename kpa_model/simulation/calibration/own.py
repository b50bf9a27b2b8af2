"""Calibration on one's own order book, and the scenario that follows.

What the book tells directly is counted: poles, prices, purchases, delays of payment. What it tells with doubt (how many
orders a month, how irregular, growing or not, who comes and goes) is calibrated, and said with its range.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TypeVar

import numpy as np

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.declare.setting import NumberSetting, settings_of
from kpa_model.errors import KpaError, Problem
from kpa_model.money import WHOLE
from kpa_model.simulation.calibration.abc import Posterior, calibrate, table
from kpa_model.simulation.calibration.checks import Prediction, predict
from kpa_model.simulation.calibration.reduced import PRIORS, Clock, Floats
from kpa_model.simulation.weather.scenario import CustomerKind, Pole, Scenario

_T = TypeVar("_T")

ROWS, KEEP = 100_000, 1_000
LARGE = 1_500_00
"""From so many cents an order is large."""

FEWEST_MONTHS = 4
HIDDEN = 3
"""Last months of a book that are hidden, then predicted."""


class ShortBook(KpaError):
    """The order book is too short to tell anything."""


@dataclass(frozen=True, eq=False)
class OwnFacts:
    """What is compared: sales (€) and orders of each month `[M]`, large orders, people passed and still here."""

    clock: Clock
    sales: Floats
    counts: Floats
    large: Floats
    passed: int
    here: int

    @property
    def seen(self) -> dict[str, Floats]:
        """The facts as one history, as `look` takes them."""
        months = {"counts": self.counts[:, None], "sales": self.sales[:, None], "large": self.large[:, None]}
        return {**months, "passed": np.array([self.passed]), "here": np.array([self.here])}


def facts_of(book: OrderBook, seasons: Sequence[int]) -> OwnFacts:
    """Return the facts of a book, by month of invoice.

    Raises:
        ShortBook: fewer than four months of invoices.
    """
    sold = Counter[str]()
    first: dict[str, CalendarMonth] = {}
    for line in book.lines:
        sold[line.order] += line.before_tax
        month = CalendarMonth.of(line.invoiced_on)
        first[line.order] = min(month, first.get(line.order, month))
    if not first or max(first.values()).index - min(first.values()).index + 1 < FEWEST_MONTHS:
        raise ShortBook(Problem("Calage", "le carnet est trop court.", "Il faut au moins quatre mois de factures."))
    start, count = min(first.values()), max(first.values()).index - min(first.values()).index + 1
    sales, counts, large = np.zeros(count), np.zeros(count), np.zeros(count)
    for order, month in first.items():
        at = month.index - start.index
        sales[at] += sold[order] / 100
        counts[at] += 1
        large[at] += sold[order] >= LARGE
    last = start + (count - 1)
    here = [member for member in book.members if member.is_here(last)]
    entries = [spell.start for member in book.members for spell in member.spells]
    passed = [member for member in book.members if any(spell.start <= last.last_day for spell in member.spells)]
    since = last.index - CalendarMonth.of(min(entries)).index + 1 if entries else count
    months = [seasons[(start.index + at) % 12] / WHOLE for at in range(count)]
    clock = Clock((1.0,) * count, tuple(months), count, float(since))
    return OwnFacts(clock, sales, counts, large, len(passed), len(here))


def look(seen: Mapping[str, Floats]) -> Floats:
    """Return the level, the irregularity and the growth of orders; their amounts; large orders; people. `[R, 8]`."""
    counts, sales = seen["counts"], seen["sales"]
    half = len(counts) // 2
    mean = counts.mean(0)
    return np.column_stack([
        np.sqrt(counts.sum(0)),
        np.log((counts.var(0) + 0.5) / (mean + 0.5)),
        np.log((counts[half:].sum(0) + 1) / (counts[:half].sum(0) + 1)),
        np.log((sales.sum(0) + 50) / (counts.sum(0) + 1)),
        np.log(sales.max(0) + 50) - np.log(sales.mean(0) + 50),
        np.sqrt(seen["large"].sum(0)),
        np.sqrt(seen["passed"]),
        np.sqrt(seen["here"]),
    ])  # fmt: skip


def calibrate_book(book: OrderBook, usual: Scenario, rows: int = ROWS, seed: int = 1) -> tuple[Posterior, Scenario]:
    """Return what the book tells, and the scenario that follows: medians of what is calibrated, counts else."""
    facts = facts_of(book, usual.seasons)
    found = calibrate(table(PRIORS, facts.clock, look, rows, seed), look(facts.seen)[0], KEEP)
    return found, scenario_from(book, found, facts, usual)


def foresee(book: OrderBook, usual: Scenario, rows: int = ROWS, seed: int = 1) -> Prediction | None:
    """Return what the first months of the book let expect of the sales (€) of its last `HIDDEN` months.

    None when too few months would be left to learn from. Raises ShortBook.
    """
    facts = facts_of(book, usual.seasons)
    known = len(facts.counts) - HIDDEN
    if known < FEWEST_MONTHS:
        return None

    def look_before(seen: Mapping[str, Floats]) -> Floats:
        return look({**seen, **{name: seen[name][:known] for name in ("counts", "sales", "large")}})

    clock = replace(facts.clock, known=known)
    learnt = calibrate(table(PRIORS, clock, look_before, rows, seed), look_before(facts.seen)[0], KEEP)
    return predict(learnt, clock, float(facts.sales[known:].sum()), seed)


def scenario_from(book: OrderBook, found: Posterior, facts: OwnFacts, usual: Scenario) -> Scenario:
    """Return the usual scenario with what the book tells; every number is kept inside its declared range."""
    middle = {name: found.quantile(name, 0.5) for name in found.values}
    grown = middle["growth"] ** (len(facts.counts) / 12)
    orders = (middle["orders"] + middle["large"]) * grown
    months = book.months
    here = [member.name for member in book.members if months and member.is_here(months[-1])]
    poles = _poles(book) or usual.poles
    ordinary = sum(pole.share * pole.price * np.exp((pole.spread / 100) ** 2 / 2) for pole in poles) / WHOLE
    demand = _within(usual.demand, {
        "enquiries": round(orders / (usual.demand.accepted / WHOLE) * 100),
        "regularity": round(middle["regularity"] * 100),
        "large": round(middle["large"] / (middle["orders"] + middle["large"]) * WHOLE),
        "large_times": round(middle["large_amount"] * 100 / ordinary * 100),
    })  # fmt: skip
    group = _within(usual.group, {
        "start": len(here),
        "places": len(here) + round(1.5 * middle["arrivals"] * usual.group.months) + 5,
        "arrivals": round(middle["arrivals"] * 100),
        "leaving": round(middle["leaving"] * 1000) * WHOLE // 1000,
        "first_month": (months[-1] + 1).index % 12 + 1 if months else 1,
    })  # fmt: skip
    basis = replace(usual.cash, basis=book.cooperative.basis.value)
    return replace(
        usual,
        title=book.cooperative.name,
        sentence="Calé sur notre carnet.",
        group=group,
        demand=demand,
        cash=basis,
        poles=poles,
        customers=_customers(book) or usual.customers,
        names=tuple(here[: group.start]),
    )


def _within(section: _T, changes: Mapping[str, int]) -> _T:
    """Return the section changed, each value kept in its declared range."""
    kept = {}
    for name, setting in settings_of(section).items():
        if name in changes and isinstance(setting, NumberSetting):
            kept[name] = min(max(changes[name], setting.low), setting.high)
    return replace(section, **kept)  # type: ignore[type-var]


def _poles(book: OrderBook) -> tuple[Pole, ...]:
    """Return each pole as the book shows it: its part of orders, middle price, purchases, what an hour sells."""
    sold, spent, worked = Counter[str](), Counter[str](), Counter[str]()
    for line in book.lines:
        sold[line.order] += line.before_tax
    for cost in book.costs:
        spent[cost.order] += cost.before_tax
    for hours in book.hours:
        worked[hours.order] += hours.minutes
    found = []
    orders = [order for order in book.orders if sold[order.number] > 0]
    for pole in book.poles:
        mine = [order.number for order in orders if order.pole == pole]
        if not mine:
            continue
        whole, logs = sum(sold[number] for number in mine), [np.log(sold[number]) for number in mine]
        spent_hours = sum(worked[number] for number in mine) / 60
        found.append(_within(Pole(pole), {
            "share": round(len(mine) * WHOLE / len(orders)),
            "price": round(median(sold[number] for number in mine)),
            "spread": round(float(np.std(logs)) * 100),
            "purchases": round(sum(spent[number] for number in mine) * WHOLE / whole),
            "hour": round(whole / spent_hours) if spent_hours else 21_00,
        }))  # fmt: skip
    return tuple(found)


def _customers(book: OrderBook) -> tuple[CustomerKind, ...]:
    """Return each kind of customer: its part of orders, and the months between invoice and full payment."""
    kinds = {order.number: order.customer for order in book.orders if order.customer}
    billed = {line.invoice: (CalendarMonth.of(line.invoiced_on), kinds.get(line.order, "")) for line in book.lines}
    delays: dict[str, list[int]] = {}
    for payment in book.payments:
        month, kind = billed.get(payment.invoice, (None, ""))
        if month is not None and kind:
            delays.setdefault(kind, []).append(max(0, CalendarMonth.of(payment.received_on).index - month.index))
    part = Counter(kinds.values())
    return tuple(
        _within(
            CustomerKind(kind),
            {
                "share": round(part[kind] * WHOLE / len(kinds)),
                "at_once": round(months.count(0) * WHOLE / len(months)),
                "next_month": round(months.count(1) * WHOLE / len(months)),
                "later": round(median([month for month in months if month > 1] or [2])),
            },
        )
        for kind, months in delays.items()
    )
