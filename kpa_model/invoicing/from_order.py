"""From an order of the book to a quote, from a quote to an invoice, from an invoice to a credit note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.orders import InvoiceLine, Order
from kpa_model.declare.unit import EURO
from kpa_model.invoicing.document import HUNDREDTHS, Buyer, Document, DocumentKind, DocumentLine

LUMP = "forfait"
"""Unit of a line whose quantity the book does not tell."""

_COUNTED = re.compile(
    r"(?P<before>.*?),? (?P<quantity>\d{1,4}) (?P<unit>[^\d,]{1,20}), (?P<price>\d[\d\u00a0\u202f ]*(?:,\d{1,2})?) ?€"
)


def quote_lines(lines: Iterable[InvoiceLine]) -> tuple[DocumentLine, ...]:
    """Return lines of a quote for lines of the book.

    « Buffet 40 personnes, 14,00 € » becomes 40 × 14 € when it gives the amount of the book to the cent; anything else
    is one lump sum [forfait].
    """
    return tuple(_counted(line) or _lump(line) for line in lines)


def _lump(line: InvoiceLine) -> DocumentLine:
    sign = -1 if line.before_tax < 0 else 1
    return DocumentLine(line.label, sign * HUNDREDTHS, LUMP, abs(line.before_tax), line.vat_rate)


def _counted(line: InvoiceLine) -> DocumentLine | None:
    found = _COUNTED.fullmatch(line.label)
    if not found:
        return None
    quantity, price = int(found["quantity"]), EURO.exact(found["price"])
    if quantity * price != line.before_tax:
        return None
    return DocumentLine(found["before"], quantity * HUNDREDTHS, found["unit"], price, line.vat_rate)


def buyer_of(order: Order) -> Buyer:
    """Return the kind of customer the book tells; a person when it does not."""
    return next((each for each in Buyer if each.value == order.customer), Buyer.PERSON)


def quote_from_order(book: OrderBook, number: str, draft: Document, today: date) -> Document:
    """Return the quote of an order: what the book says, the rest from `draft` (host, customer, mentions)."""
    order = next(each for each in book.orders if each.number == number)
    lines = quote_lines(line for line in book.lines if line.order == number)
    return replace(
        draft,
        kind=DocumentKind.QUOTE,
        number="",
        issued_on=today,
        done_on=None,
        due_on=None,
        valid_until=today + timedelta(days=30),
        cooperative=book.cooperative.name,
        lines=lines,
        order=order.number,
        corrects=None,
    )


def service_day(book: OrderBook, number: str) -> date | None:
    """Return the last day worked for an order; else the day it was first invoiced; None when the book tells neither."""
    worked = [each.on for each in book.hours if each.order == number]
    invoiced = [line.invoiced_on for line in book.lines if line.order == number]
    return max(worked) if worked else min(invoiced, default=None)


def invoice_from_quote(quote: Document, today: date, days: int, done_on: date | None = None) -> Document:
    """Return the invoice of an accepted quote, issued today, due in so many days; done today when nothing tells."""
    return replace(
        quote,
        kind=DocumentKind.INVOICE,
        number="",
        issued_on=today,
        done_on=done_on or today,
        due_on=today + timedelta(days=days),
        valid_until=None,
        agreement=False,
        free=None,
    )


def credit_note_from_invoice(invoice: Document, today: date) -> Document:
    """Return the credit note that cancels an invoice: the same lines, and the number it corrects."""
    corrects = (invoice.number, invoice.issued_on) if invoice.number and invoice.issued_on else None
    return replace(invoice, kind=DocumentKind.CREDIT_NOTE, number="", issued_on=today, due_on=None, corrects=corrects)
