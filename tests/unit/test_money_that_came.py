"""A sum that a bank received is led to an invoice by what its label says; an amount alone is asked, never taken."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import read, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Awa;02/05/2026;commun;3h")
BILLS = table(
    "ventes.csv",
    "Numéro;Date;Client;Total HT;TVA;Total TTC",
    "V-041;04/05/2026;Théâtre des Lucioles;250,00;50,00;300,00",
    "V-042;18/05/2026;Ferme Ubald;500,00;100,00;600,00",
)
TOPIC = "encaissements.montant"
PAID = "reglement.jour"


def bank(*lines: str) -> GivenFile:
    return table("releve.csv", "Date;Libellé;Débit;Crédit", *lines)


def payments(proposal: ImportProposal) -> list[tuple[str, int, int]]:
    assert proposal.reading is not None, proposal.refusal
    return sorted((each.invoice, each.received_on.day, each.amount) for each in proposal.reading.book.payments)


@pytest.mark.parametrize(
    "label",
    [
        "VIR ALLOCATION FAMILIALE",
        "REMISE CHEQUE 4471",
        "VIR MUTUELLE UBALDINE",
        "PRET RELAIS BANQUE",
        "VIR THEATRE NORD",
    ],
)
def test_a_sum_that_only_has_the_amount_of_an_invoice_is_asked(label: str) -> None:
    lines = bank(f"22/05/2026;{label};;300,00", "23/05/2026;VIR FERME UBALD;;600,00")
    proposal, asked = read(HOURS, BILLS, lines, sold="")
    assert TOPIC in asked
    assert payments(proposal) == [("V-041", 22, 30_000), ("V-042", 23, 60_000)]
    proposal, _ = read(HOURS, BILLS, lines, sold="", encaissements_montant="")
    assert payments(proposal) == [("V-042", 23, 60_000)]
    assert any(label in note and "autre argent" in note for note in proposal.notes)


@pytest.mark.parametrize(
    "label", ["VIR V 041", "VIREMENT THEATRE DES LUCIOLES", "VIR INST LUCIOLES THEATRE MAI", "CHQ FACT V-041 ACOMPTE"]
)
def test_a_number_or_a_whole_name_asks_nothing(label: str) -> None:
    proposal, asked = read(HOURS, BILLS, bank(f"22/05/2026;{label};;300,00"), sold="")
    assert TOPIC not in asked
    assert payments(proposal) == [("V-041", 22, 30_000)]


def test_an_amount_alone_never_pays_an_invoice_made_later() -> None:
    proposal, asked = read(HOURS, BILLS, bank("12/05/2026;VIR PRIME;;600,00"), sold="")
    assert TOPIC not in asked
    assert payments(proposal) == []
    assert any("plus tardive" in note and "VIR PRIME" in note for note in proposal.unread)


def test_the_line_that_names_its_invoice_comes_before_one_of_the_same_amount() -> None:
    lines = bank("20/05/2026;VIR PRIME;;300,00", "25/05/2026;VIR THEATRE DES LUCIOLES;;300,00")
    proposal, asked = read(HOURS, BILLS, lines, sold="")
    assert TOPIC not in asked
    assert payments(proposal) == [("V-041", 25, 30_000)]
    assert any("déjà payée" in note and "VIR PRIME" in note for note in proposal.unread)


def test_what_was_answered_of_a_statement_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    files = [HOURS, BILLS, bank("22/05/2026;DEPOT 12;;300,00", "29/05/2026;DEPOT 13;;600,00")]
    said = "V-041 2026-05-22 30000"
    proposal, _ = read(*files, sold="", encaissements_montant=said)
    folder = keep(proposal, "Les Essais", files, datetime(2026, 6, 1, 9, 0))
    again = propose(files, folder.name, recipe_in(folder), Findings(), held_in(folder))
    assert payments(again) == [("V-041", 22, 30_000)]
    assert again.merged.nothing


def test_sums_that_pay_nothing_are_told_with_their_labels() -> None:
    lines = bank("20/05/2026;VIR PRIME;;31,00", "25/05/2026;VIR DON;;44,50")
    proposal, _ = read(HOURS, BILLS, lines, sold="")
    told = " ".join(proposal.unread).replace("\xa0", " ")
    assert "75,50 €" in told
    assert "« VIR PRIME »" in told
    assert "« VIR DON »" in told


@pytest.mark.parametrize("title", ["Payment Type", "Type de paiement"])
def test_sales_of_a_card_terminal_are_asked_about_and_a_refund_goes_back(title: str) -> None:
    lines = (
        f"Date;N°;{title};Description;Total TTC;Taux TVA",
        "09/05/2026 10:12;T1;Carte;Sirop;24,00;20 %",
        "09/05/2026 10:15;T2;Espèces;Sirop;12,00;20 %",
        "09/05/2026 10:31;T3;Remboursement;Sirop;-12,00;20 %",
    )
    proposal, asked = read(HOURS, table("ventes.csv", *lines), sold="")
    assert asked[:1] == [PAID], asked
    assert proposal.reading is not None, proposal.refusal
    assert [each.amount for each in proposal.reading.book.payments] == [2_400, 1_200, -1_200]
    assert not proposal.unread


@pytest.mark.parametrize("titles", ["Date de valeur;Date opération", "Date de valeur;Date comptable"])
def test_the_day_of_a_bank_line_is_that_of_its_operation(titles: str) -> None:
    bank = table("relevé.csv", f"{titles};Libellé;Débit;Crédit", "02/10/2026;30/09/2026;VIR F1;;600,00")
    proposal, _ = read(table("heures.csv", "Jour;Qui;Heures;Genre", "04/09/2026;Ida;2h;commun"), bank)
    assert proposal.reading is not None, proposal.refusal
    assert [f"{each.received_on:%d/%m/%Y}" for each in proposal.reading.book.payments] == ["30/09/2026"]
    assert any("pas de « Date de valeur »" in each for each in proposal.heeded)


def test_three_days_and_what_leaves_never_stop_a_statement() -> None:
    paid = (
        "Date comptable;Libelle;Reference;Informations complementaires;Debit;Credit;Date de l'operation;Date de valeur",
        "06/05/2026;VIR THEATRE LUCIOLES;Q1;FACT V-041;;+300,00;05/05/2026;06/05/2026",
        "07/05/2026;PRLV EAU;Q2;;-41,20;;07/05/2026;07/05/2026",
        "20/05/2026;VIR SEPA UBALD;Q3;SOLDE V-042;;+600,00;20/05/2026;20/05/2026",
    )
    proposal, _ = read(HOURS, BILLS, table("releve.csv", *paid), sold="")
    assert payments(proposal) == [("V-041", 5, 30_000), ("V-042", 20, 60_000)]
    assert any("41,20" in each for each in (*proposal.notes, *proposal.heeded, *proposal.unread))


def test_a_number_of_invoice_beside_the_label_leads_to_it() -> None:
    twins = table(
        "ventes.csv",
        "Numéro;Date;Client;Total HT;TVA;Total TTC",
        "V-051;04/05/2026;Ferme Ubald;250,00;50,00;300,00",
        "V-052;04/05/2026;Ferme Ubald;250,00;50,00;300,00",
    )
    paid = ("Date;Libelle;Reference;Informations complementaires;Debit;Credit", "06/05/2026;VIR UBALD;Q1;V-052;;300,00")
    proposal, asked = read(HOURS, twins, table("releve.csv", *paid), sold="")
    assert payments(proposal) == [("V-052", 6, 30_000)]
    assert TOPIC not in asked


def test_what_a_customer_and_an_amount_lead_to_an_invoice_is_told() -> None:
    lines = ("02/06/2026;VIR FERME UBALD;;600,00", "03/06/2026;VIR V-041;;300,00")
    proposal, asked = read(HOURS, BILLS, bank(*lines), sold="")
    assert TOPIC not in asked
    assert payments(proposal) == [("V-041", 3, 30_000), ("V-042", 2, 60_000)]
    told = [each for each in proposal.heeded if "sans numéro de facture" in each]
    assert len(told) == 1
    assert "« VIR FERME UBALD » paie « V-042 »" in told[0]
    assert "V-041" not in told[0]


def test_what_should_have_left_and_was_refused_is_no_money_that_left() -> None:
    lines = ("Statut;Date;Libellé;Montant;Devise", "Exécutée;02/06/2026;VIR V-041;300,00;EUR",
             "Refusée;03/06/2026;Train;-88,00;EUR", "Exécutée;04/06/2026;Pain;-12,50;EUR")  # fmt: skip
    proposal, _ = read(HOURS, BILLS, table("releve.csv", *lines), sold="")
    assert payments(proposal) == [("V-041", 2, 30_000)]
    assert any("« Refusée » : cet argent (88,00" in each for each in proposal.heeded)
    assert any("1 ligne où l'argent sort" in each and "12,50" in each and "88" not in each for each in proposal.unread)
