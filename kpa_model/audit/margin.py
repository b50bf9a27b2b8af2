"""What hangs on one line of the book: what an hour, or an order, is worth at the margin; an invoice one day later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from kpa_model.audit.changes import MoreTime, WithoutOrder
from kpa_model.audit.gestures import POSITIONS, positions
from kpa_model.audit.laws import received
from kpa_model.audit.trial import changed
from kpa_model.cooperative.book import Basis, OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS
from kpa_model.pay.engine import Settlement, settle_months
from kpa_model.pay.rule import PayRule

MOST_INVOICES = 5


@dataclass(frozen=True)
class Hour:
    """One hour more of one kind, which brings no money: what it gives, cents, in the middle over the months.

    `own` for each position, None where nobody was; `other` what each of the others gains (or loses, when negative).
    """

    kind: int
    own: tuple[int | None, ...]
    other: int


@dataclass(frozen=True)
class OrderWorth:
    """What an order is worth, in the middle over all orders, cents: its margin, and what its loss would take away.

    `workers` is what each person who worked on it would lose, `others` each other person who could be paid.
    """

    orders: int
    margin: int
    people: int
    workers: int
    others: int


@dataclass(frozen=True)
class Later:
    """An invoice of the last day of a month, dated one day later: what moves, over the two months together, cents."""

    label: str
    before_tax: int
    most: int
    moved: int


@dataclass(frozen=True)
class Margin:
    """What hangs on one line. `later` is None when no book was given; empty when no invoice is on a last day."""

    hours: tuple[Hour, ...]
    order: OrderWorth | None
    later: tuple[Later, ...] | None


def margin_of(rule: PayRule, settled: Sequence[Settlement], book: OrderBook | None = None) -> Margin:
    """Return what hangs on one line of the book."""
    return Margin(_hours(rule, settled), _order(rule, settled), None if book is None else _later(rule, settled, book))


def _middle(values: Sequence[float]) -> int:
    return round(float(np.median(values))) if len(values) else 0


def _hours(rule: PayRule, settled: Sequence[Settlement]) -> tuple[Hour, ...]:
    own: list[list[list[int]]] = [[[] for _ in POSITIONS] for _ in KINDS]
    other: list[list[float]] = [[] for _ in KINDS]
    for each in settled:
        month, before, place = each.month, received(each), positions(each.month)
        paid = [int(at) for at in np.flatnonzero(month.paid)]
        changes = [MoreTime(who, kind) for kind in range(len(KINDS)) for who in paid]
        if not changes:
            continue
        for change, after in zip(changes, changed(rule, month, changes), strict=True):
            moved = after - before
            own[change.kind][int(place[change.who])].append(int(moved[change.who]))
            rest = [who for who in paid if who != change.who]
            other[change.kind] += [float(moved[rest].mean())] if rest else []
    return tuple(
        Hour(kind, tuple(_middle(mine) if mine else None for mine in own[kind]), _middle(other[kind]))
        for kind in range(len(KINDS))
    )


def _order(rule: PayRule, settled: Sequence[Settlement]) -> OrderWorth | None:
    margins, people, workers, others = [], [], [], []
    for each in settled:
        month, before = each.month, received(each)
        changes = [WithoutOrder(int(order)) for order in np.flatnonzero(month.order_margin > 0)]
        if not changes:
            continue
        for change, after in zip(changes, changed(rule, month, changes), strict=True):
            lost, on_it = before - after, (month.order_minutes[change.order] > 0) & month.paid
            margins.append(int(month.order_margin[change.order]))
            people.append(int(lost.sum()))
            workers += lost[on_it].tolist()
            others += lost[month.paid & ~on_it].tolist()
    if not margins:
        return None
    return OrderWorth(len(margins), _middle(margins), _middle(people), _middle(workers), _middle(others))


def _later(rule: PayRule, settled: Sequence[Settlement], book: OrderBook) -> tuple[Later, ...]:
    """Return what the largest invoices of a last day would move, one day later; the last month of the book apart."""
    if book.cooperative.basis is not Basis.INVOICED or len(settled) < 2:
        return ()
    labels = [each.month.label for each in settled]
    last_days: dict[str, int] = {}
    for line in book.lines:
        month = CalendarMonth.of(line.invoiced_on)
        if line.invoiced_on == month.last_day and str(month) in labels[:-1]:
            last_days[line.invoice] = last_days.get(line.invoice, 0) + line.before_tax
    largest = sorted(last_days, key=lambda name: (-last_days[name], name))[:MOST_INVOICES]
    before = np.stack([received(each) for each in settled])
    return tuple(_one_day(rule, before, labels, book, name, last_days[name]) for name in largest)


def _one_day(
    rule: PayRule, before: np.ndarray, labels: Sequence[str], book: OrderBook, invoice: str, amount: int
) -> Later:
    day = timedelta(days=1)
    lines = [
        replace(each, invoiced_on=each.invoiced_on + day) if each.invoice == invoice else each for each in book.lines
    ]
    months: Sequence[Month] = months_of(replace(book, lines=tuple(lines)))
    after = np.stack([received(each) for each in settle_months(rule, months)])[: len(before)]
    moved = np.abs((after - before).sum(0))
    month = next(str(CalendarMonth.of(each.invoiced_on)) for each in book.lines if each.invoice == invoice)
    return Later(month, amount, int(moved.max()), int(moved.sum()) // 2)
