"""Totals of a document to the cent, numbers without a hole, lines made from the book, mentions found or missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.errors import UnreadableFile
from kpa_model.invoicing import from_order, mentions, numbering, samples
from kpa_model.invoicing.document import Buyer, Document, DocumentKind, DocumentLine, WrongDocument, totals
from kpa_model.invoicing.forget import FORGET, forget, forgettable, with_holes
from tests.unit.made_documents import LINES, TODAY, book, invoice

__all__ = ["book"]


# --- totals


@given(LINES, st.integers(0, 100_000))
def test_nothing_is_lost_between_lines_discount_rates_and_total(lines: tuple[DocumentLine, ...], wanted: int) -> None:
    sums = [sum(each.amount for each in lines if each.vat_rate == rate) for rate in {each.vat_rate for each in lines}]
    discount = min(wanted, sum(max(0, each) for each in sums))
    found = totals(Document(lines=lines, discount=discount))
    assert found.lines == sum(line.amount for line in lines)
    assert found.discount == discount
    assert found.before_tax == found.lines - discount
    assert found.with_tax == found.before_tax + found.vat
    for each in found.rates:  # one rounding per rate, half a cent away from zero
        assert abs(each.taxed * each.rate - each.vat * 1_000_000) * 2 <= 1_000_000
        assert 0 <= each.discount <= max(0, each.lines)


@given(LINES)
def test_a_credit_note_gives_back_the_invoice_to_the_cent(lines: tuple[DocumentLine, ...]) -> None:
    whole = replace(
        samples.sample_draft(Buyer.BUSINESS, TODAY), kind=DocumentKind.INVOICE, number="EX-F2026-001", lines=lines
    )
    assert totals(from_order.credit_note_from_invoice(whole, TODAY)) == totals(whole)


def test_vat_is_rounded_once_per_rate_and_not_line_by_line() -> None:
    lines = tuple(DocumentLine("Thé", 100, "pièces", 105, 100_000) for _ in range(4))  # 10.5 cents each
    assert totals(Document(lines=lines)).vat == 42
    assert sum(round(line.amount * 0.1 + 1e-9) for line in lines) != 42


@pytest.mark.parametrize("discount", [-1, 10_01])
def test_a_discount_is_neither_negative_nor_more_than_the_whole(discount: int) -> None:
    lines = (DocumentLine("Thé", 100, "pièces", 10_00, 100_000),)
    with pytest.raises(WrongDocument, match="plus grande que le total, ou négative"):
        totals(Document(lines=lines, discount=discount))


def test_the_worked_buffet_of_the_domain() -> None:
    found = totals(Document(lines=(DocumentLine("Buffet", 3000, "personnes", 1400, 100_000),)))
    assert (found.before_tax, found.vat, found.with_tax) == (420_00, 42_00, 462_00)


# --- from the book


def test_every_line_of_the_example_book_keeps_its_amount_and_rate(book) -> None:
    made = from_order.quote_lines(book.lines)
    assert [(each.amount, each.vat_rate) for each in made] == [(each.before_tax, each.vat_rate) for each in book.lines]
    assert sum(each.unit != from_order.LUMP for each in made) > 150


def test_a_quantity_is_read_only_when_it_gives_the_amount_of_the_book(book) -> None:
    line = next(each for each in book.lines if each.label == "Buffet 40 personnes, 14,00 €")
    assert from_order.quote_lines([line])[0] == DocumentLine("Buffet", 4000, "personnes", 1400, 100_000)
    other = replace(line, before_tax=line.before_tax + 1)
    assert from_order.quote_lines([other])[0].unit == from_order.LUMP
    back = from_order.quote_lines([replace(line, before_tax=-500)])[0]
    assert (back.quantity, back.price, back.amount) == (-100, 500, -500)


# --- numbers


def test_each_series_goes_its_own_way_and_its_own_year(tmp_path) -> None:
    path = tmp_path / "registre.json"
    asked = [
        (DocumentKind.QUOTE, 2026),
        (DocumentKind.INVOICE, 2026),
        (DocumentKind.QUOTE, 2026),
        (DocumentKind.CREDIT_NOTE, 2026),
        (DocumentKind.QUOTE, 2027),
    ]
    given_ = [numbering.add_to_register(path, kind, date(year, 1, 5), "Awa", 100).number for kind, year in asked]
    assert given_ == ["EX-D2026-001", "EX-F2026-001", "EX-D2026-002", "EX-A2026-001", "EX-D2027-001"]
    assert numbering.troubles(numbering.read_register(path)) == ()


@given(st.lists(st.integers(1, 12), min_size=1, max_size=12))
def test_holes_and_repeats_are_found_whatever_the_register(ranks: list[int]) -> None:
    entries = [numbering.Entry(numbering.written(DocumentKind.INVOICE, 2026, rank), TODAY, "Awa", 1) for rank in ranks]
    said = " ".join(numbering.troubles(entries))
    holes = [rank for rank in range(1, max(ranks)) if rank not in ranks]
    assert ("trou" in said) == bool(holes)
    assert ("deux fois" in said) == (len(set(ranks)) < len(ranks))


def test_a_date_that_goes_back_is_told() -> None:
    days = {1: date(2026, 5, 2), 2: date(2026, 5, 1)}
    entries = [
        numbering.Entry(numbering.written(DocumentKind.QUOTE, 2026, rank), on, "Awa", 1) for rank, on in days.items()
    ]
    assert numbering.troubles(entries) == ("EX-D2026-002 porte une date avant EX-D2026-001.",)


@pytest.mark.parametrize("content", ["[", "[{}]", '[{"numero":"7","date":"2026-01-01","client":"A","ttc":1}]', "3"])
def test_a_damaged_register_is_told_and_left_alone(tmp_path, content: str) -> None:
    path = tmp_path / "registre.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="Registre des numéros"):
        numbering.add_to_register(path, DocumentKind.QUOTE, TODAY, "Awa", 1)
    assert path.read_text(encoding="utf-8") == content


# --- mentions


def test_every_mention_can_be_looked_for_and_says_why_in_a_short_sentence() -> None:
    known = mentions.mentions()
    assert {each.key for each in known} == set(mentions.WRITTEN)
    for each in known:
        assert each.confidence == "à vérifier"
        assert each.source
        assert each.buyers in (mentions.EVERYBODY, mentions.PROFESSIONALS, mentions.PEOPLE)
        assert each.kinds
        assert each.words
        for said in (each.about, each.why):
            assert said.endswith(".")
            assert max(len(part.split()) for part in said.split(". ")) <= 15


def test_the_calendar_is_dated_and_to_verify() -> None:
    days = [each.on for each in mentions.calendar()]
    assert days == [date(2026, 9, 1)] * 3 + [date(2027, 9, 1)] * 2
    assert {each.confidence for each in mentions.calendar()} == {"à vérifier"}


@pytest.mark.parametrize("buyer", Buyer)
def test_what_the_workbook_makes_misses_nothing(book, buyer: Buyer) -> None:
    whole = invoice(book, buyer)
    quote = replace(
        from_order.quote_from_order(book, "C2025-002", samples.sample_draft(buyer, TODAY), TODAY), number="EX-D2026-001"
    )
    note = replace(from_order.credit_note_from_invoice(whole, TODAY), number="EX-A2026-001")
    for document in (quote, whole, note):
        assert [each.mention.key for each in mentions.check(document, TODAY) if not each.there] == []


@pytest.mark.parametrize("buyer", Buyer)
def test_each_forgotten_mention_and_no_other_is_missing(book, buyer: Buyer) -> None:
    seen = set()
    whole = invoice(book, buyer)
    for document in (whole, replace(whole, kind=DocumentKind.QUOTE, valid_until=TODAY, free=True, agreement=True)):
        for mention in forgettable(document, TODAY):
            lost = mentions.check(forget(document, mention.key), TODAY)
            assert [each.mention.key for each in lost if not each.there] == [mention.key]
            seen.add(mention.key)
    assert len(seen) >= 9


@pytest.mark.parametrize(
    ("buyer", "told"),
    [
        (Buyer.PERSON, {"mediateur"}),
        (Buyer.BUSINESS, {"delai_de_paiement"}),
        (Buyer.ASSOCIATION, {"delai_de_paiement"}),
        (Buyer.PUBLIC, {"delai_de_paiement", "chorus"}),
    ],
)
def test_an_invoice_says_what_its_kind_of_customer_needs(book, buyer: Buyer, told: set[str]) -> None:
    document = invoice(book, buyer)
    there = {each.mention.key for each in mentions.check(document, TODAY) if each.there}
    assert there & {"mediateur", "delai_de_paiement", "chorus"} == told
    assert ("BCE plus 8" in document.penalty) == (buyer is Buyer.PUBLIC)


def test_forgetting_covers_what_a_draft_can_lose() -> None:
    assert set(FORGET) <= set(mentions.WRITTEN)


def test_the_forty_euros_are_for_professionals_only(book) -> None:
    for buyer in Buyer:
        asked = {each.mention.key for each in mentions.check(invoice(book, buyer), TODAY)}
        assert ("indemnite" in asked) == buyer.is_professional
        late = replace(invoice(book, buyer), issued_on=date(2027, 9, 1))
        asked = {each.mention.key for each in mentions.check(late, TODAY)}
        assert ("siren_client" in asked) == buyer.is_professional


def test_what_electronic_invoices_ask_is_not_asked_before_its_date(book) -> None:
    old = replace(invoice(book, Buyer.BUSINESS), issued_on=date(2027, 8, 31), nature=None)
    assert [each.mention.key for each in mentions.check(old, TODAY) if not each.there] == []
    new = replace(old, issued_on=date(2027, 9, 1))
    assert [each.mention.key for each in mentions.check(new, TODAY) if not each.there] == ["nature"]


@pytest.mark.parametrize("seed", range(20))
def test_holes_are_drawn_from_the_seed_and_are_really_missing(book, seed: int) -> None:
    document, keys = with_holes(invoice(book, Buyer.BUSINESS), 4, seed, TODAY)
    assert len(set(keys)) == 4
    assert {each.mention.key for each in mentions.check(document, TODAY) if not each.there} == set(keys)
    assert with_holes(invoice(book, Buyer.BUSINESS), 4, seed, TODAY)[1] == keys


def test_the_service_has_the_day_of_the_order_not_of_the_invoice(book) -> None:
    worked = {each.order: each.on for each in sorted(book.hours, key=lambda each: each.on) if each.order}
    assert worked
    for number, day in worked.items():
        assert from_order.service_day(book, number) == day
    assert from_order.service_day(book, "C0000-000") is None
    quote = from_order.quote_from_order(book, "C2025-002", samples.sample_draft(Buyer.PERSON, TODAY), TODAY)
    done = from_order.service_day(book, "C2025-002")
    assert from_order.invoice_from_quote(quote, TODAY, 0, done).done_on == done != TODAY
