"""The reference of a payment may be words around a number, « Règlement F-7 », or name no invoice: it is a label."""

from __future__ import annotations

from tests.given_tables import read, table

BILLS = table(
    "factures.csv",
    "Numéro;Date;Client;Montant HT;TVA;Montant TTC",
    "F-41;03/03/2026;Mairie de Lorient;100,00;20,00;120,00",
    "F-42;09/03/2026;Ferme du Lac;200,00;40,00;240,00",
    "F-43;12/03/2026;Mme Joly;300,00;60,00;360,00",
)
HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/03/2026;Lou;prestation;2h")


def test_a_number_among_words_is_paid_and_what_names_no_invoice_is_told() -> None:
    bank = table(
        "banque.csv",
        "Date;Référence;Montant",
        "20/03/2026;F-41;120,00",
        "22/03/2026;votre facture F-42 merci;240,00",
        "25/03/2026;Virement interne;700,00",
        "28/03/2026;Dossier 2026-118;55,00",
    )
    proposal, asked = read(BILLS, HOURS, bank, sold="", table="encaissements")
    assert proposal.reading is not None, proposal.refusal
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [
        ("F-41", 12_000),
        ("F-42", 24_000),
    ]
    told = " ".join(proposal.unread)
    assert "« Virement interne »" in told
    assert "« Dossier 2026-118 »" in told
    assert asked == ["personnes.cape"]


def test_a_wrong_number_among_numbers_is_still_refused() -> None:
    bank = table("banque.csv", "Date;Référence;Montant", "20/03/2026;F-41;120,00", "22/03/2026;F-45;240,00")
    proposal, _ = read(BILLS, HOURS, bank, sold="", table="encaissements")
    assert proposal.reading is None
    assert "F-45" in str(proposal.refusal)


def test_the_name_of_a_customer_in_place_of_a_number_leads_to_her_invoice() -> None:
    bank = table("banque.csv", "Date;Facture;Montant", "20/03/2026;F-41;120,00", "22/03/2026;Ferme du Lac;240,00")
    proposal, _ = read(BILLS, HOURS, bank, sold="", table="encaissements")
    assert proposal.reading is not None, proposal.refusal
    assert [each.invoice for each in proposal.reading.book.payments] == ["F-41", "F-42"]
