"""Payments that a program lists under numbers of its own: their customers and amounts lead to the invoices."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Ida;04/05/2026;commun;3h")
SOLD = (
    "Facture;Date;Client;HT;TVA;TTC\n"
    "2026/00007;04/05/2026;École Curie;300,00;60,00;360,00\n"
    "2026/00008;11/05/2026;Ferme du Lac;50,00;10,00;60,00\n"
    "2026/00009;12/05/2026;Ferme du Bois;50,00;10,00;60,00"
)
LISTS = (
    ("reglements.csv", "N°;Date;Client;Mode de règlement;Somme", "RG2026/00007", "RG2026/00008"),
    ("paiements (3).csv", "Numéro;Date;Client/Fournisseur;Mode de paiement;Montant en devise signé", "B/1", "B/2"),
    ("export.csv", "Réf. règlement;Date;Nom du tiers;Type de paiement;Montant", "PAY1", "PAY2"),
    ("export.csv", "Payment Number;Date;Client;Payment Type;Amount", "0007", "0008"),
)


def paid(proposal: ImportProposal) -> dict[str, tuple[str, int]]:
    assert proposal.reading is not None, proposal.refusal
    book = proposal.reading.book
    return {each.invoice: (f"{each.received_on:%d/%m}", each.amount) for each in book.payments}


@pytest.mark.parametrize(("name", "titles", "first", "second"), LISTS)
def test_the_numbers_of_payments_are_no_invoices(name: str, titles: str, first: str, second: str) -> None:
    lines = (
        f"{first};20/05/2026;Ferme du Bois;Virement;60,00",
        f"{second};21/05/2026;École Curie;Chèque;360,00",
        "Z9;22/05/2026;Mairie;Chèque;45,00",
        "Z10;23/05/2026;Papeterie;Virement;-12,00",
    )
    proposal, asked = read(table(name, titles, *lines), HOURS, sold=SOLD)
    assert not {each for each in asked if each.startswith(("table", "colonne", "encaissements"))}
    assert paid(proposal) == {"2026/00009": ("20/05", 6_000), "2026/00007": ("21/05", 36_000)}
    told = " ".join(proposal.unread).replace("\u00a0", " ")
    assert "45,00 € « Mairie »" in told
    assert "12,00 € en tout (Papeterie" in told


def test_numbers_that_are_those_of_invoices_lead_to_them() -> None:
    lines = ("2026/00008;20/05/2026;Monsieur Dulac;Virement;60,00", "2026/00007;21/05/2026;Curie;Chèque;100,00")
    given = table("paiements.csv", "Numéro;Date;Client;Mode de paiement;Montant", *lines)
    proposal, _ = read(given, HOURS, sold=SOLD)
    assert paid(proposal) == {"2026/00008": ("20/05", 6_000), "2026/00007": ("21/05", 10_000)}


def test_sales_that_say_how_they_are_paid_are_no_payments() -> None:
    lines = ("V1;20/05/2026;Zoé Roy;Carte;60,00", "V2;21/05/2026;Léa Noir;Chèque;100,00")
    given = table("mai.csv", "Numéro;Date;Client;Mode de paiement;Montant HT", *lines)
    proposal, _ = read(given, HOURS, sold="", taux="0")
    assert sales(proposal) == {"2026-05": 16_000}


def test_payments_to_suppliers_are_no_money_received() -> None:
    lines = ("PS1;20/05/2026;Papeterie;Virement;60,00", "PS2;21/05/2026;Garage;Chèque;100,00")
    given = table("paiements fournisseurs.csv", "Réf. paiement;Date;Tiers;Type de paiement;Montant", *lines)
    proposal, _ = read(given, HOURS, sold=SOLD)
    assert not (proposal.reading and proposal.reading.book.payments)
