"""A credit note of a supplier, a refund to a customer, written above zero, are asked about, never added."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")
SOLD = "N°;Date;Client;Montant HT;Taux TVA\nV1;02/09/2026;Foyer;500,00;20 %"


@pytest.mark.parametrize(
    "titles",
    ["Fournisseur;Type;Montant HT", "Quoi;Nature de pièce;Montant TTC", "Quoi;Type;Montant TTC", "Magasin;Pièce;HT"],
)
@pytest.mark.parametrize(("bought", "back"), [("Facture", "Avoir"), ("Achat", "Remboursement"), ("Achat", "Retour")])
@pytest.mark.parametrize(("said", "spent"), [("moins", 25_000), ("plus", 35_000)])
def test_what_a_supplier_gives_back_is_asked_about(titles: str, bought: str, back: str, said: str, spent: int) -> None:
    lines = (f"Date;{titles}", f"05/09/2026;Brico;{bought};300,00", f"08/09/2026;Brico;{back};50,00")
    proposal, asked = read(WORK, table("achats.csv", *lines), sold=SOLD, montant_ht_avoir=said, taux="0")
    assert "montant_ht.avoir" in asked
    assert proposal.reading is not None, proposal.refusal
    assert sum(each.before_tax for each in proposal.reading.book.costs) == spent


@pytest.mark.parametrize("title", ["Type", "Opération", "Type de mouvement", "Sens"])
@pytest.mark.parametrize("back", ["Remboursement", "Remboursement client", "Refund"])
@pytest.mark.parametrize(("said", "came"), [("moins", 30_000), ("plus", 50_000)])
def test_what_is_given_back_to_a_customer_is_asked_about(title: str, back: str, said: str, came: int) -> None:
    lines = (f"Date;Facture;{title};Montant", "20/09/2026;V1;Paiement;400,00", f"25/09/2026;V1;{back};100,00")
    proposal, asked = read(WORK, table("paiements.csv", *lines), sold=SOLD, montant_ttc_avoir=said)
    assert "montant_ttc.avoir" in asked
    assert proposal.reading is not None, proposal.refusal
    assert sum(each.amount for each in proposal.reading.book.payments) == came


@pytest.mark.parametrize("title", ["Type de document", "Type de facture", "Document type"])
def test_the_codes_of_electronic_invoices_are_read(title: str) -> None:
    lines = (f"Numéro;Date;{title};Client;Total HT;Total TVA;Total TTC", "V1;02/09/2026;380;Foyer;500,00;100,00;600,00",
             "A1;05/09/2026;381;Foyer;100,00;20,00;120,00", "V2;06/09/2026;386;MJC;30,00;6,00;36,00")  # fmt: skip
    proposal, asked = read(WORK, table("ventes.csv", *lines), sold="")
    assert "montant_ht.avoir" in asked
    assert sales(proposal) == {"2026-09": 43_000}
