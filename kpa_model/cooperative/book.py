"""The order book: all the tables of one cooperative, whole and consistent."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.orders import DirectCost, InvoiceLine, Order, PaymentReceived
from kpa_model.cooperative.people import Member
from kpa_model.cooperative.work import Hours, Kind, Statement


class Basis(StrEnum):
    """The date on which a sale enters the pot."""

    INVOICED = "facture"
    RECEIVED = "encaissement"


@dataclass(frozen=True)
class Cooperative:
    """What the group says of itself: name, place, the date that counts, what the purses held at the start (cents)."""

    name: str
    about: str = ""
    basis: Basis = Basis.INVOICED
    opening_fund: int = 0
    opening_reserve: int = 0
    fictional: bool = True
    source: str = ""


@dataclass(frozen=True)
class OrderBook:
    """Everything a KPA wrote down. Lists are in the order of the files."""

    cooperative: Cooperative
    members: tuple[Member, ...] = ()
    orders: tuple[Order, ...] = ()
    lines: tuple[InvoiceLine, ...] = ()
    payments: tuple[PaymentReceived, ...] = ()
    costs: tuple[DirectCost, ...] = ()
    hours: tuple[Hours, ...] = ()
    statements: tuple[Statement, ...] = field(default=())

    @property
    def poles(self) -> tuple[str, ...]:
        """Poles of activity, in order of first appearance."""
        return tuple(dict.fromkeys(order.pole for order in self.orders if order.pole))

    @property
    def months(self) -> tuple[CalendarMonth, ...]:
        """Every month from the first to the last thing written down, without a hole."""
        days = [line.invoiced_on for line in self.lines]
        days += [payment.received_on for payment in self.payments]
        days += [cost.spent_on for cost in self.costs] + [hours.on for hours in self.hours]
        if not days:
            return ()
        first, last = CalendarMonth.of(min(days)), CalendarMonth.of(max(days))
        return tuple(first + step for step in range(last.index - first.index + 1))

    @property
    def workable(self) -> tuple[Order, ...]:
        """Orders that work may be for: neither credit notes, nor what only the life of the group is noted under."""
        sold, kinds = Counter[str](), defaultdict[str, set[Kind]](set)
        for line in self.lines:
            sold[line.order] += line.before_tax
        for each in self.hours:
            kinds[each.order].add(each.kind)
        aside = {number for number, cents in sold.items() if cents < 0}
        aside |= {number for number, of in kinds.items() if number not in sold and Kind.JOB not in of}
        return tuple(each for each in self.orders if each.number not in aside)
