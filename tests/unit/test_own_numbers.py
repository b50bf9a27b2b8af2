"""Payments that bear the number of the program that noted them are led to invoices by who paid, and how much."""

from __future__ import annotations

import pytest

from tests.given_tables import read, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Iris;02/09/2026;commun;3h")
SOLD = table("factures.csv", "N°;Date;Client;Montant HT;TVA", "F1;02/09/2026;Ville de Lens;100,00;20,00",
             "F2;03/09/2026;Théâtre du Parc;200,00;40,00", "F3;04/09/2026;Ville de Lens;55,00;11,00")  # fmt: skip
PAID = [("F1", 10, 12_000), ("F2", 22, 24_000)]


@pytest.mark.parametrize("who", ["Client/Fournisseur", "Payeur", "Libellé"])
@pytest.mark.parametrize("number", ["N°", "Référence"])
def test_numbers_of_no_invoice_are_those_of_the_payments(who: str, number: str) -> None:
    rows = (
        f"Date;{number};{who};Montant",
        "10/09/2026;PB/1;Ville de Lens;120,00",
        "22/09/2026;PB/2;Théâtre du Parc;240,00",
    )
    proposal, _ = read(HOURS, SOLD, table("paiements.csv", *rows), sold="")
    assert proposal.reading is not None, proposal.refusal
    told = [(each.invoice, each.received_on.day, each.amount) for each in proposal.reading.book.payments]
    assert told == PAID
    assert any("« PB/1 » et les autres ne sont pas des numéros de vos factures" in each for each in proposal.heeded)


def test_one_wrong_number_among_right_ones_is_a_fault() -> None:
    rows = ("Date;Facture;Libellé;Montant", "10/09/2026;F1;Lens;120,00", "22/09/2026;F22;Parc;240,00")
    proposal, _ = read(HOURS, SOLD, table("paiements.csv", *rows), sold="")
    assert "« F22 » n'est pas dans la table" in str(proposal.refusal)


@pytest.mark.parametrize(
    "titles",
    ["Date;Numéro;Journal;Mode de paiement;Client/Fournisseur;Montant dans la devise de la société signé;Statut",
     "Date;Number;Journal;Payment Method;Customer/Vendor;Amount Company Currency Signed;Status"],
)  # fmt: skip
def test_the_payments_of_odoo_are_payments(titles: str) -> None:
    rows = (titles, "10/09/2026;PBNK1/2026/00001;Banque;Manuel;Ville de Lens;120,00;Payé",
            "22/09/2026;PBNK1/2026/00002;Banque;Manuel;Théâtre du Parc;240,00;Payé",
            "23/09/2026;PBNK1/2026/00003;Banque;Manuel;Imprimerie;-80,00;Payé")  # fmt: skip
    proposal, asked = read(HOURS, SOLD, table("account.payment.csv", *rows), sold="")
    assert proposal.reading is not None, proposal.refusal
    told = [(each.invoice, each.received_on.day, each.amount) for each in proposal.reading.book.payments]
    assert told == PAID
    assert asked == ["personnes.cape"]
    assert any("Imprimerie 80,00" in each for each in proposal.unread)


@pytest.mark.parametrize(("bills", "told"), [(("007", "08"), ("7", "8")), (("7", "8"), ("0007", "08"))])
def test_numbers_with_other_zeros_before_them_are_those_of_the_invoices(
    bills: tuple[str, str], told: tuple[str, str]
) -> None:
    sold = (
        "N°;Date;Client;Montant HT;TVA",
        f"{bills[0]};02/09/2026;Lens;100,00;20,00",
        f"{bills[1]};03/09/2026;Parc;200,00;40,00",
    )
    paid = ("Date;Facture;Montant", f"10/09/2026;{told[0]};120,00", f"22/09/2026;{told[1]};240,00")
    proposal, asked = read(HOURS, table("factures.csv", *sold), table("paiements.csv", *paid), sold="")
    assert proposal.reading is not None, proposal.refusal
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [
        (bills[0], 12_000),
        (bills[1], 24_000),
    ]
    assert "encaissements.montant" not in asked
