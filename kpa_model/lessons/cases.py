"""What the live screens of the course calculate: price, break-even, cash, working capital. Whole cents, exact ratios.

These are lessons, not accounts: each function takes the few numbers a slider gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kpa_model.lessons.formula import round_half_up

WHOLE = 1_000_000


def cents(value: Fraction) -> int:
    """Return whole cents, halves away from zero."""
    return int(round_half_up(value))


@dataclass(frozen=True)
class Price:
    """What a price before tax is made of, in cents: the parts add up to the price."""

    purchases: int
    work: int
    trip: int
    cae: int
    commons: int

    @property
    def total(self) -> int:
        """The price before tax."""
        return self.purchases + self.work + self.trip + self.cae + self.commons


def price_that_pays(purchases: int, work: int, trip: int, cae: int, commons: int) -> Price:
    """Return the price that pays purchases, work and trip, in cents; `cae` and `commons` are ppm of the margin.

    `price = purchases + (work + trip) / (1 − cae − commons)`. Raises ValueError when nothing would be left.

    Source:
        Formula of the reference order (design document of the domain, 1.9).

    >>> price_that_pays(12600, 35822, 1500, 115000, 100000).total
    60144
    """
    left = WHOLE - cae - commons
    if left <= 0:
        raise ValueError("the parts take the whole margin")
    margin = Fraction((work + trip) * WHOLE, left)
    taken = cents(margin) - work - trip
    first = cents(margin * Fraction(cae, WHOLE)) if commons else taken
    return Price(purchases, work, trip, first, taken - first)


@dataclass(frozen=True)
class BreakEven:
    """How many to serve before charges are covered; `least` is None when each one loses money."""

    fixed: int
    price: int
    variable: int

    @property
    def each(self) -> int:
        """What one leaves, in cents."""
        return self.price - self.variable

    @property
    def least(self) -> int | None:
        """The smallest whole number that covers the fixed charges."""
        return -(-self.fixed // self.each) if self.each > 0 else None

    @property
    def sales(self) -> int | None:
        """The sales that cover exactly the fixed charges, in cents."""
        return cents(Fraction(self.fixed * self.price, self.each)) if self.each > 0 else None

    def result(self, many: int) -> int:
        """What is left after serving so many, in cents."""
        return many * self.each - self.fixed


def hourly_rate(cost: int, paid: int, billed: int, fixed: int) -> int:
    """Return the rate to bill for an hour, in cents: every paid hour is paid by the billed ones.

    Args:
        cost: cents for a paid hour.
        paid: paid hours, whole.
        billed: billed hours, whole, at least one.
        fixed: other charges of the month, in cents.
    """
    return cents(Fraction(cost * paid + fixed, billed))


@dataclass(frozen=True)
class CashMonth:
    """One month of cash, in cents: what was ordered, what came in, went out, and is left at the end."""

    ordered: int
    received: int
    spent: int
    left: int


def cash_calendar(
    start: int, orders: list[int], purchases: int, pays: int, deposit: int, delay: int
) -> tuple[CashMonth, ...]:
    """Return the cash month by month: purchases and pay go out at once, customers pay later.

    Args:
        start: cash at the beginning, in cents.
        orders: orders of each month, in cents; the last months may be zero, to see money come.
        purchases: part of an order spent at once in purchases, ppm.
        pays: part of an order paid to people at the end of its month, ppm.
        deposit: part of an order that customers pay at the order, ppm.
        delay: months after which they pay the rest.
    """
    left, months = start, []
    for at, ordered in enumerate(orders):
        now = cents(Fraction(ordered * deposit, WHOLE))
        before = orders[at - delay] if at >= delay else 0
        received = now + before - cents(Fraction(before * deposit, WHOLE))
        spent = cents(Fraction(ordered * (purchases + pays), WHOLE))
        left += received - spent
        months.append(CashMonth(ordered, received, spent, left))
    return tuple(months)


def working_capital(
    stock: int, sales: int, customer_days: int, purchases: int, supplier_days: int
) -> tuple[int, int, int]:
    """Return (owed to us, owed by us, money locked), in cents, for months of 30 days."""
    owed_to_us = cents(Fraction(sales * customer_days, 30))
    owed_by_us = cents(Fraction(purchases * supplier_days, 30))
    return owed_to_us, owed_by_us, stock + owed_to_us - owed_by_us
