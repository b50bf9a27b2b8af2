"""The PDF read back, the Factur-X read back: totals to the cent, the schema, the text, the mark of an exercise."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from facturx import get_facturx_xml_from_pdf, get_level, xml_check_xsd
from hypothesis import given, settings
from lxml import etree
from pypdf import PdfReader

from kpa_model.invoicing import from_order, own_names, parties, samples
from kpa_model.invoicing.document import Buyer, Document, DocumentKind, DocumentLine, Nature, totals
from kpa_model.invoicing.mentions import check, check_text
from kpa_model.story.invoicing.content import as_text, sheet
from kpa_model.story.invoicing.paper import document_paper, facturx_paper
from kpa_model.story.invoicing.xml import NotAnInvoice, invoice_xml, money
from kpa_model.words import day, euros
from tests.unit.made_documents import LINES, TODAY, book, invoice

__all__ = ["book"]
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
FULL = (
    DocumentLine("Buffet", 33_000, "personnes", 1437, 100_000),
    DocumentLine("Vin & jus <bio>", 4_050, "bouteilles", 933, 200_000),
    DocumentLine("Gâteaux", 711, "pièces", 333, 55_000),
    DocumentLine("Reprise de vaisselle", -200, "pièces", 150, 200_000),
)


def one(root: etree._Element, name: str) -> str:
    return root.findall(f".//{RAM}{name}")[-1].text


def cents(text: str) -> int:
    value = Decimal(text) * 100
    assert value == value.to_integral_value()
    return int(value)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()).replace("\u202f", " ")


def rules_of_the_norm(xml: bytes) -> None:
    """BR-CO-10 to 17: sums of lines, of rates, of totals; one rounding per rate."""
    root = etree.fromstring(xml)
    lines = [cents(each.text) for each in root.findall(f".//{RAM}LineTotalAmount")]
    *each_line, summed = lines
    assert sum(each_line) == summed
    discount = cents(one(root, "AllowanceTotalAmount")) if root.findall(f".//{RAM}AllowanceTotalAmount") else 0
    before_tax, vat, grand = (cents(one(root, f"{name}Amount")) for name in ("TaxBasisTotal", "TaxTotal", "GrandTotal"))
    assert before_tax == summed - discount
    assert grand == before_tax + vat == cents(one(root, "DuePayableAmount"))
    rates = [each for each in root.findall(f".//{RAM}ApplicableTradeTax") if each.find(f"{RAM}BasisAmount") is not None]
    bases = [Decimal(each.find(f"{RAM}BasisAmount").text) for each in rates]
    taxes = [Decimal(each.find(f"{RAM}CalculatedAmount").text) for each in rates]
    percents = [Decimal(each.find(f"{RAM}RateApplicablePercent").text) for each in rates]
    assert cents(str(sum(bases))) == before_tax
    assert cents(str(sum(taxes))) == vat
    for base, tax, rate in zip(bases, taxes, percents, strict=True):
        assert (base * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP) == tax


@pytest.mark.parametrize("buyer", Buyer)
def test_the_xml_follows_the_schema_and_the_rules_of_the_norm(book, buyer: Buyer) -> None:
    xml = invoice_xml(replace(invoice(book, buyer), lines=FULL, discount=100_01))
    assert xml_check_xsd(xml, flavor="factur-x", level="en16931")
    rules_of_the_norm(xml)
    assert cents(one(etree.fromstring(xml), "GrandTotalAmount")) == 5580_42


@settings(max_examples=30)
@given(LINES)
def test_any_lines_with_vat_give_a_valid_invoice(drawn: tuple[DocumentLine, ...]) -> None:
    lines = tuple(replace(line, vat_rate=line.vat_rate or 100_000) for line in drawn)
    draft = samples.sample_draft(Buyer.PUBLIC, TODAY)
    made = replace(draft, kind=DocumentKind.INVOICE, number="EX-F2026-009", lines=lines)
    rules_of_the_norm(invoice_xml(made))


def test_a_credit_note_names_the_invoice_it_corrects(book) -> None:
    note = replace(from_order.credit_note_from_invoice(invoice(book, Buyer.BUSINESS), TODAY), number="EX-A2026-001")
    root = etree.fromstring(invoice_xml(note))
    assert root.find(f".//{RAM}TypeCode").text == "381"
    corrected = root.find(f".//{RAM}InvoiceReferencedDocument/{RAM}IssuerAssignedID")
    assert corrected.text == "EX-F2026-001"


@pytest.mark.parametrize("buyer", Buyer)
def test_the_xml_of_a_credit_note_says_what_its_paper_says(book, buyer: Buyer) -> None:
    note = replace(from_order.credit_note_from_invoice(invoice(book, buyer), TODAY), number="EX-A2026-001")
    said, xml = as_text(sheet(note)), etree.fromstring(invoice_xml(note))
    texts = {each.text.strip() for each in xml.iter() if each.text and each.text.strip()}
    assert note.done_on
    assert f"{note.done_on:%Y%m%d}" in texts
    assert f"Prestation du {day(note.done_on)}" in said
    for term in (note.terms, note.penalty, note.host.insurance, "40" if note.fixed_fee else ""):
        assert term in said
        assert any(term in each for each in texts)
    assert "".join(note.host.bank_account.split()) not in texts  # nobody pays a credit note
    assert note.host.bank_account not in said
    assert "Rien n'est à payer pour cet avoir." in said
    assert "Rien n'est à payer pour cet avoir." in texts


def test_what_cannot_be_an_electronic_invoice_says_everything_at_once(book) -> None:
    with pytest.raises(NotAnInvoice) as caught:
        invoice_xml(Document())
    said = str(caught.value)
    assert "un devis n'est pas une facture" in said
    assert len(caught.value.problems) == 8
    bad = replace(invoice(book, Buyer.BUSINESS), lines=(DocumentLine(" \x00", 100, "pièces", -500, 0),))
    with pytest.raises(NotAnInvoice) as caught:
        invoice_xml(bad)
    assert [each.what for each in caught.value.problems] == [
        "la désignation est vide.", "le prix est négatif.", "il n'y a pas de TVA."
    ]  # fmt: skip


def test_a_hostile_text_stays_a_text(book) -> None:
    label = "</ram:Name><x/> ]]> & « é » 🙂"
    lines = (DocumentLine(f"{label}\x07\n", 100, "pièces", 500, 200_000),)
    xml = invoice_xml(replace(invoice(book, Buyer.BUSINESS), lines=lines))
    assert etree.fromstring(xml).find(f".//{RAM}SpecifiedTradeProduct/{RAM}Name").text == label


def test_vat_is_due_when_people_pay_for_services_and_when_invoiced_for_goods(book) -> None:
    whole = invoice(book, Buyer.BUSINESS)
    codes = [
        etree.fromstring(invoice_xml(each)).find(f".//{RAM}DueDateTypeCode").text
        for each in (whole, replace(whole, nature=Nature.GOODS), replace(whole, vat_on_debits=True))
    ]
    assert codes == ["72", "5", "5"]


def test_money_is_written_without_any_float() -> None:
    assert [money(each) for each in (0, 5, -12, 10**15 + 1)] == ["0.00", "0.05", "-0.12", "10000000000000.01"]


# --- paper


def test_the_facturx_carries_its_xml_and_reads_as_the_paper_does(book) -> None:
    document = replace(invoice(book, Buyer.PUBLIC), lines=FULL, discount=100_01)
    pdf = facturx_paper(document)
    name, xml = get_facturx_xml_from_pdf(pdf, check_xsd=True)
    assert name == "factur-x.xml"
    assert xml == invoice_xml(document)
    assert get_level(etree.fromstring(xml)) == "en16931"
    said = text_of(pdf)
    for piece in ("DOCUMENT D’EXERCICE, SANS VALEUR", "EX-F2026-001", "5 580,42", "464,98", "Vin & jus <bio>"):
        assert piece in said.replace("\u00a0", " ")
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert "/StructTreeRoot" in root  # still tagged for screen readers
    assert root["/Lang"] in ("fr-FR", "fr")
    described = root["/Metadata"].get_object().get_data()
    assert b"<pdfaid:part>3" in described.replace(b'pdfaid:part="3"', b"<pdfaid:part>3")
    assert b"EN 16931" in described


@pytest.mark.parametrize("kind", DocumentKind)
def test_each_page_says_that_it_is_an_exercise(book, kind: DocumentKind) -> None:
    many = tuple(DocumentLine(f"Plat {rank}", 100, "pièces", 1000 + rank, 100_000) for rank in range(60))
    pdf = document_paper(replace(invoice(book, Buyer.BUSINESS), kind=kind, lines=many, valid_until=TODAY))
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) >= 2
    for page in pages:
        assert "SANS VALEUR" in page.extract_text()
    described = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"pdfuaid" in described
    assert b"pdfaid" in described


def test_a_document_with_nothing_still_prints() -> None:
    said = text_of(document_paper(Document()))
    assert "Structure porteuse : à compléter" in said.replace("\u00a0", " ")
    assert "Bon pour accord" not in said


def test_the_paper_says_the_totals_that_were_computed(book) -> None:
    document = replace(invoice(book, Buyer.PERSON), lines=FULL, discount=1)
    said = sheet(document)
    assert said.foot[-1][0] == "Net à payer (TTC)"
    assert said.foot[-1][1] == euros(totals(document).with_tax)


# --- a pasted text


@pytest.mark.parametrize("buyer", Buyer)
@pytest.mark.parametrize("kind", DocumentKind)
def test_the_words_of_a_whole_document_are_all_found(book, buyer: Buyer, kind: DocumentKind) -> None:
    document = replace(
        invoice(book, buyer), kind=kind, valid_until=TODAY, agreement=True, free=True,
        corrects=("EX-F2026-001", date(2026, 1, 2)) if kind is DocumentKind.CREDIT_NOTE else None,
    )  # fmt: skip
    checked = check_text(as_text(sheet(document)), kind, buyer.is_professional, TODAY)
    assert [each.mention.key for each in checked if not each.there] == []


def test_an_empty_text_misses_everything_and_capitals_or_accents_do_not_matter() -> None:
    checked = check_text("", DocumentKind.INVOICE, True, TODAY)
    assert checked
    assert not any(each.there for each in checked)
    assert not any(
        each.there for each in check_text("Visa, 140 €, pénalisé, devisé", DocumentKind.INVOICE, True, TODAY)
    )
    found = check_text("INDEMNITE FORFAITAIRE de recouvrement, penalités de retard", DocumentKind.INVOICE, True, TODAY)
    assert {each.mention.key for each in found if each.there} == {"indemnite", "penalites"}


def test_a_billing_address_is_on_paper_in_the_file_and_among_the_mentions(book) -> None:
    made = invoice(book, Buyer.PUBLIC)
    kept = parties.customer_answers(made) | {
        "facturation_rue": "Service des factures, 9 rue du Calcul", "facturation_code_postal": "00000",
        "facturation_ville": "Villeneuve-l'Exercice",
    }  # fmt: skip
    answers, wrong = parties.customer_form(Buyer.PUBLIC).read(
        own_names.typed(parties.customer_form(Buyer.PUBLIC), kept)
    )
    assert wrong == {}
    whole = replace(made, customer=parties.customer_of(answers, Buyer.PUBLIC))
    assert parties.customer_answers(whole) == kept
    assert "Adresse de facturation : Service des factures" in as_text(sheet(whole))
    assert "Adresse de facturation : Service des factures" in invoice_xml(whole).decode()
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(document_paper(whole))).pages)
    assert "Service des factures" in printed
    assert {each.mention.key for each in check(whole, TODAY)} - {each.mention.key for each in check(made, TODAY)} == {
        "adresse_facturation"
    }
