"""Orders and their money: invoice lines, payments received, direct costs. Amounts in cents, rates in ppm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kpa_model.money import part_of

Others = tuple[tuple[str, Any], ...]
"""Columns of a line that only a step reads: name and value, one after the other."""


def value_of(noun: Any, attribute: str) -> Any:
    """Return what a noun says under an attribute, or among its `others`; None when it says nothing."""
    return getattr(noun, attribute) if hasattr(noun, attribute) else dict(getattr(noun, "others", ())).get(attribute)


@dataclass(frozen=True)
class Order:
    """Something a customer asked for.

    `brought_by` names who found it; `origin` says where the line comes from; `quantity` is hundredths of what was sold.
    """

    number: str
    label: str
    pole: str
    ordered_on: date
    customer: str = ""
    brought_by: tuple[str, ...] = ()
    origin: str = ""
    quantity: int | None = None
    others: Others = ()


@dataclass(frozen=True)
class InvoiceLine:
    """One line of an invoice: an amount before tax and its VAT rate. A credit note has negative lines.

    `rounding` is the cent that this line takes so that the VAT of an invoice is rounded once for each rate.
    """

    invoice: str
    order: str
    label: str
    invoiced_on: date
    due_on: date
    before_tax: int
    vat_rate: int
    rounding: int = field(default=0, compare=False)
    others: Others = ()

    @property
    def vat(self) -> int:
        """VAT of the line, in cents, rounded to the nearest cent; over an invoice, once for each rate."""
        return int(part_of(self.before_tax, self.vat_rate)) + self.rounding

    @property
    def with_tax(self) -> int:
        """Amount the customer owes for the line [TTC], in cents."""
        return self.before_tax + self.vat


def rounded_per_rate(lines: Iterable[InvoiceLine]) -> tuple[InvoiceLine, ...]:
    """Return the lines with the VAT of each invoice rounded once for each rate; the largest line takes the rest."""
    given = list(lines)
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, line in enumerate(given):
        groups[line.invoice, line.vat_rate].append(at)
    for (_, rate), ranks in groups.items():
        whole = int(part_of(sum(given[at].before_tax for at in ranks), rate))
        rest = whole - sum(int(part_of(given[at].before_tax, rate)) for at in ranks)
        if rest:
            largest = max(ranks, key=lambda at: abs(given[at].before_tax))
            given[largest] = replace(given[largest], rounding=rest)
    return tuple(given)


@dataclass(frozen=True)
class PaymentReceived:
    """Money that came in for an invoice, tax included, in cents."""

    invoice: str
    received_on: date
    amount: int
    others: Others = ()


@dataclass(frozen=True)
class DirectCost:
    """A purchase or an expense before tax, in cents; for an order when it can be told, else for the whole KPA."""

    label: str
    spent_on: date
    before_tax: int
    order: str = ""
    others: Others = ()
