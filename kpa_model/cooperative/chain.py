"""The money chain of each month: TTC → VAT → HT → direct costs → margin, cent by cent.

What follows (contribution to the CAE, commons, reserve, pot, pay) is decided by the group and lives in the pay rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby

from kpa_model.cooperative.book import Basis, OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.orders import DirectCost, InvoiceLine
from kpa_model.money import round_ratio


@dataclass(frozen=True)
class Sale:
    """The part of an invoice line that enters the pot in one month, in cents."""

    month: CalendarMonth
    line: InvoiceLine
    before_tax: int
    vat: int


@dataclass(frozen=True)
class OrderMoney:
    """What one order brings in one month, in cents before tax."""

    order: str
    sales: int
    costs: int


@dataclass(frozen=True)
class MonthMoney:
    """The chain of one month, in cents. `overheads` are direct costs that belong to no order.

    `unpaid` is what customers still owe at the end of the month, tax included. `pending_costs` is what was spent for
    orders that have not entered the pot yet. `spent` are the purchases that count this month, one by one.
    """

    month: CalendarMonth
    with_tax: int
    vat: int
    orders: tuple[OrderMoney, ...]
    overheads: int
    unpaid: int
    pending_costs: int
    spent: tuple[DirectCost, ...] = ()

    @property
    def sales(self) -> int:
        """Sales before tax [chiffre d'affaires HT]."""
        return self.with_tax - self.vat

    @property
    def direct_costs(self) -> int:
        """Purchases and direct costs before tax."""
        return self.overheads + sum(order.costs for order in self.orders)

    @property
    def margin(self) -> int:
        """Gross margin [marge]: sales less direct costs. Negative when more was spent than sold."""
        return self.sales - self.direct_costs


def sales(book: OrderBook) -> Iterator[Sale]:
    """Yield every sale with the month in which it counts, by the basis the cooperative chose.

    On payments, each payment settles every line of its invoice in proportion. Cumulated amounts are rounded, so that a
    fully paid invoice gives back its lines to the cent, discounts and credit notes included.
    """
    if book.cooperative.basis is Basis.INVOICED:
        for line in book.lines:
            yield Sale(CalendarMonth.of(line.invoiced_on), line, line.before_tax, line.vat)
        return
    invoices = _by_invoice(book.lines)
    for number, payments in groupby(
        sorted(book.payments, key=lambda paid: (paid.invoice, paid.received_on)), key=lambda paid: paid.invoice
    ):
        lines = invoices[number]
        done, paid = [(0, 0)] * len(lines), 0
        for payment in payments:
            paid += payment.amount
            reached = _settled(lines, paid)
            for line, before, after in zip(lines, done, reached, strict=True):
                month = CalendarMonth.of(payment.received_on)
                yield Sale(month, line, after[0] - before[0], after[1] - before[1])
            done = reached


def _settled(lines: list[InvoiceLine], paid: int) -> list[tuple[int, int]]:
    """Cut an amount paid into (before tax, VAT) per line; the largest amount takes the rounding."""
    parts = [amount for line in lines for amount in (line.before_tax, line.vat)]
    total = sum(parts)
    cut = [int(round_ratio(paid * part, total)) for part in parts]
    cut[max(range(len(parts)), key=lambda at: abs(parts[at]))] += paid - sum(cut)
    return list(zip(cut[::2], cut[1::2], strict=True))


def _by_invoice(lines: Iterable[InvoiceLine]) -> dict[str, list[InvoiceLine]]:
    invoices: dict[str, list[InvoiceLine]] = defaultdict(list)
    for line in lines:
        invoices[line.invoice].append(line)
    return invoices


def still_due(book: OrderBook) -> dict[str, int]:
    """Return what the customer still owes on each invoice, tax included, in cents, in the order of the book.

    Zero or less when it is paid; less than zero for a credit note that is not given back yet.
    """
    due = dict.fromkeys((line.invoice for line in book.lines), 0)
    for line in book.lines:
        due[line.invoice] += line.with_tax
    for payment in book.payments:
        due[payment.invoice] -= payment.amount
    return due


def money_chain(book: OrderBook) -> tuple[MonthMoney, ...]:
    """Return the chain of every month of the book, in order.

    An order's costs count in the month in which the order first enters the pot, or when they are spent if that is
    later: the margin of an order is then read in one place.
    """
    by_month: dict[CalendarMonth, list[Sale]] = defaultdict(list)
    first: dict[str, CalendarMonth] = {}
    for sale in sales(book):
        by_month[sale.month].append(sale)
        first[sale.line.order] = min(sale.month, first.get(sale.line.order, sale.month))
    costs: dict[CalendarMonth, list[DirectCost]] = defaultdict(list)
    for cost in book.costs:
        if (month := _cost_month(cost, first)) is not None:
            costs[month].append(cost)
    due = _so_far((line.invoiced_on, line.with_tax) for line in book.lines)
    paid = _so_far((payment.received_on, payment.amount) for payment in book.payments)
    return tuple(
        _one_month(book, month, by_month[month], costs[month], first, due(month.last_day) - paid(month.last_day))
        for month in book.months
    )


def _so_far(dated: Iterable[tuple[date, int]]) -> Callable[[date], int]:
    """Return what tells the sum of dated amounts until a day, that day included."""
    known = sorted(dated)
    days, sums = [day for day, _ in known], [0, *accumulate(amount for _, amount in known)]
    return lambda day: sums[bisect_right(days, day)]


def money_of_order(book: OrderBook, number: str) -> MonthMoney:
    """Return the chain of one order alone, all its invoices and costs together, whatever was paid so far."""
    lines = [line for line in book.lines if line.order == number]
    days = [line.invoiced_on for line in lines] or [order.ordered_on for order in book.orders if order.number == number]
    invoices = {line.invoice for line in lines}
    paid = sum(payment.amount for payment in book.payments if payment.invoice in invoices)
    with_tax, vat = sum(line.with_tax for line in lines), sum(line.vat for line in lines)
    spent = tuple(cost for cost in book.costs if cost.order == number)
    costs = sum(cost.before_tax for cost in spent)
    order = OrderMoney(number, with_tax - vat, costs)
    shared = sum(line.with_tax for line in book.lines if line.invoice in invoices and line.order != number)
    unpaid = max(0, with_tax + shared - paid)
    return MonthMoney(CalendarMonth.of(min(days)), with_tax, vat, (order,), 0, min(unpaid, with_tax), 0, spent)


def _cost_month(cost: DirectCost, first: dict[str, CalendarMonth]) -> CalendarMonth | None:
    """Return the month in which a cost counts; None while its order has not entered the pot."""
    spent = CalendarMonth.of(cost.spent_on)
    if not cost.order:
        return spent
    return max(spent, first[cost.order]) if cost.order in first else None


def _one_month(
    book: OrderBook, month: CalendarMonth, sold: list[Sale], spent: list[DirectCost], first: dict[str, CalendarMonth],
    unpaid: int,
) -> MonthMoney:  # fmt: skip
    numbers = dict.fromkeys([sale.line.order for sale in sold] + [cost.order for cost in spent if cost.order])
    last = month.last_day
    pending = [
        cost.before_tax
        for cost in book.costs
        if cost.order and cost.spent_on <= last and (cost.order not in first or first[cost.order] > month)
    ]
    return MonthMoney(
        month=month,
        with_tax=sum(sale.before_tax + sale.vat for sale in sold),
        vat=sum(sale.vat for sale in sold),
        orders=tuple(
            OrderMoney(
                number,
                sum(sale.before_tax for sale in sold if sale.line.order == number),
                sum(cost.before_tax for cost in spent if cost.order == number),
            )
            for number in numbers
        ),
        overheads=sum(cost.before_tax for cost in spent if not cost.order),
        unpaid=unpaid,
        pending_costs=sum(pending),
        spent=tuple(spent),
    )
