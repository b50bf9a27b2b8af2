"""« Taux TVA » beside « TVA »: the rate and the VAT itself, in lists that the book reads as they are."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "05/09/2026;Lou;prestation;2h")
LINES = ("08/09/2026;Bo;B1;100,00;{0};120,00", "13/09/2026;Lac;B2;120,00;{1};126,60")


@pytest.mark.parametrize(
    ("titles", "first", "then"),
    [("Taux TVA;TVA", "20 %;20,00", "5,5 %;6,60"), ("TVA;% TVA", "20,00;20 %", "6,60;5,5 %")],
)
@pytest.mark.parametrize("seller", ["Fournisseur", "Producteur", "Magasin"])
def test_purchases_say_their_rate_and_their_vat(seller: str, titles: str, first: str, then: str) -> None:
    lines = (each.format(first, then) for each in LINES)
    given = table("achats 2026.csv", f"Date;{seller};N° pièce;HT;{titles};TTC", *lines)
    proposal, asked = read(given, HOURS)
    assert asked == ["personnes.cape"]
    assert proposal.reading is not None, proposal.refusal
    assert [each.before_tax for each in proposal.reading.book.costs] == [10_000, 12_000]


def test_invoices_say_their_rate_and_their_vat() -> None:
    lines = (each.format("20 %;20,00", "5,5 %;6,60") for each in LINES)
    given = table("factures.csv", "Date;Client;Facture;Montant HT;Taux TVA;TVA;Montant TTC", *lines)
    proposal, _ = read(given, HOURS, sold="")
    assert sales(proposal) == {"2026-09": 22_000}
