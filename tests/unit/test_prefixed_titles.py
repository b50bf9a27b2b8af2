"""Titles that all begin with what their table lists, « Invoice Amount », are read without it and quoted with it."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Date;Qui;Durée;Genre", "07/09/2026;Ida;2h;commun")


def of_the_table(asked: list[str]) -> list[str]:
    return [each for each in asked if not each.startswith(("personnes", "genre"))]


def test_the_rate_of_a_prefixed_list_is_read_and_what_is_asked_quotes_its_titles() -> None:
    head = "Invoice Date,Invoice Number,Customer,Invoice Total,Invoice Discount,Invoice Tax Rate 1,Invoice Paid"
    lines = ("2026-09-04,71,Moulin,600.00,0.00,20.000,0.00", "2026-09-18,72,Gare,110.00,0.00,10.000,0.00")
    given = [HOURS, table("ventes.csv", head, *lines)]
    question = propose(given, "Essai", findings=Findings()).questions[0]
    assert [label for _, label in question.doubt.options[:-1]] == [
        "« Invoice Total », sans la TVA (HT)", "« Invoice Total », avec la TVA (TTC)"
    ]  # fmt: skip
    proposal, asked = read(*given, sold="", colonne_montant_ht="ttc:Total")
    assert sales(proposal) == {"2026-09": 60_000}
    assert of_the_table(asked) == ["colonne.montant_ht"]
    assert any("« Invoice Discount »" in each for each in proposal.notes)


def test_a_list_with_a_balance_is_one_of_invoices_whose_only_doubt_is_the_day_of_what_came() -> None:
    head = "Client Name,Invoice Number,Invoice Date,Invoice Due Date,Invoice Amount,Invoice Balance,Invoice Discount,"
    head += "Invoice Tax Name 1,Invoice Tax Rate 1"
    lines = ("Moulin,71,2026-09-04,2026-10-04,600.00,0.00,0.00,TVA,20.000",
             "Gare,72,2026-09-18,2026-10-18,240.00,240.00,0.00,TVA,20.000")  # fmt: skip
    proposal, asked = read(HOURS, sold="\n".join((head, *lines)))
    assert sales(proposal) == {"2026-09": 70_000}
    assert of_the_table(asked) == ["reglement.jour"]


def test_the_amount_of_a_quote_is_no_sale() -> None:
    head = "Client Name,Quote Number,Quote Date,Quote Valid Until,Quote Amount,Quote Status"
    lines = ("Moulin,D31,2026-09-04,2026-10-04,600.00,Approved", "Gare,D32,2026-09-18,2026-10-18,240.00,Sent")
    proposal, asked = read(HOURS, table("export.csv", head, *lines))
    assert sales(proposal) == {"2026-09": 50_000}
    assert of_the_table(asked) == []


@pytest.mark.parametrize(("word", "seller"), [("Bill", "Vendor"), ("Expense", "Supplier")])
def test_what_suppliers_ask_is_bought(word: str, seller: str) -> None:
    head = f"{seller} Name,{word} Number,{word} Date,{word} Amount,{word} Tax Rate 1,{word} Category"
    lines = ("Quincaillerie,1,2026-09-04,60.00,20.000,Outils", "Scierie,2,2026-09-18,24.00,20.000,Bois")
    proposal, asked = read(HOURS, table("export.csv", head, *lines), colonne_montant_ht="ttc:Amount")
    assert proposal.reading is not None
    assert [each.before_tax for each in proposal.reading.book.costs] == [5_000, 2_000]
    assert sales(proposal) == {"2026-09": 50_000}
    assert of_the_table(asked) == ["colonne.montant_ht"]


def test_addresses_of_customers_are_no_facts() -> None:
    head = "Client Name,Client Number,Client Balance,Client Paid to Date,Client Email,Client Phone"
    lines = ("Moulin,1,0.00,600.00,a@exemple.org,0102030405", "Gare,2,240.00,0.00,b@exemple.org,0102030406")
    proposal, asked = read(HOURS, table("clients.csv", head, *lines))
    assert sales(proposal) == {"2026-09": 50_000}
    assert of_the_table(asked) == []


@pytest.mark.parametrize("join", [" ", "_", " - "])
def test_what_stands_between_the_word_and_the_rest_does_not_matter(join: str) -> None:
    titles = ("Number", "Date", "Due Date", "Amount", "Balance", "Tax Rate 1")
    head = ",".join(f"invoice{join}{each.lower()}" for each in titles)
    given = table(
        "export.csv", head, "71,2026-09-04,2026-10-04,600.00,600.00,20.000", "72,2026-09-09,,120.00,120.00,20"
    )
    proposal, asked = read(HOURS, given, sold="", colonne_montant_ht="ttc:amount")
    assert sales(proposal) == {"2026-09": 60_000}
    assert of_the_table(asked) in (["colonne.montant_ht"], [])


def test_beside_quotes_the_invoices_are_what_is_sold() -> None:
    head = "Devis n°;Devis date;Devis montant HT;Devis signé;Facture n°;Facture date;Facture montant HT;TVA"
    lines = ("D1;01/08/2026;500,00;oui;F1;04/09/2026;450,00;20 %", "D2;03/08/2026;300,00;oui;F2;18/09/2026;200,00;20 %")
    proposal, _ = read(HOURS, sold="\n".join((head, *lines)))
    assert sales(proposal) == {"2026-09": 65_000}
    assert proposal.reading is not None
    assert {each.invoice for each in proposal.reading.book.lines} == {"F1", "F2"}


def test_the_number_of_an_invoice_comes_before_the_one_of_a_program() -> None:
    head = "Invoice ID,Invoice Number,Invoice Date,Customer Name,Invoice Subtotal,Invoice Tax,Invoice Total"
    proposal, _ = read(HOURS, sold="\n".join((head, "9981,V-01,2026-09-04,Moulin,500.00,100.00,600.00")))
    assert proposal.reading is not None
    assert [each.invoice for each in proposal.reading.book.lines] == ["V-01"]
