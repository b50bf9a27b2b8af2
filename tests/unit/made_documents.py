"""Documents that several tests use: drawn at random, or made from the example book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import strategies as st

from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import example_books
from kpa_model.invoicing import from_order, samples
from kpa_model.invoicing.document import Buyer, Document, DocumentLine

TODAY = date(2026, 11, 23)
RATES = st.sampled_from([0, 21_000, 55_000, 100_000, 200_000])
LINES = st.lists(
    st.builds(
        DocumentLine,
        label=st.just("Ligne"),
        quantity=st.integers(-5_000, 50_000),
        unit=st.just("pièces"),
        price=st.integers(0, 99_999),
        vat_rate=RATES,
    ),
    min_size=1,
    max_size=7,
).map(tuple)


@pytest.fixture(scope="module")
def book():
    return read_book(example_books()["tilleuls"]).book


def invoice(book, buyer: Buyer, number: str = "EX-F2026-001") -> Document:
    quote = from_order.quote_from_order(book, "C2025-002", samples.sample_draft(buyer, TODAY), TODAY)
    return replace(from_order.invoice_from_quote(quote, TODAY, 30), number=number)
