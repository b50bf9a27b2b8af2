"""A sum that is no invoice may be several of one customer, less a credit note, or a part of one: it is asked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import read, table

TOPIC = "encaissements.montant"
WORK = table("temps.csv", "personne;date;genre;duree", "Lou;02/05/2026;commun;3h")
SOLD = (
    "Numéro;Date;Client;Total HT;TVA;Total TTC;Réglé",
    "V1;04/05/2026;Brasserie du Quai;500,00;100,00;600,00;Oui",
    "V2;06/05/2026;Brasserie du Quai;150,00;30,00;180,00;Oui",
    "A1;07/05/2026;Brasserie du Quai;-50,00;-10,00;-60,00;",
    "V3;08/05/2026;Cinéma Rex;300,00;60,00;360,00;Oui",
)


def bank(*lines: str) -> GivenFile:
    return table("compte.csv", "Date;Libellé;Débit;Crédit", *lines)


def payments(proposal: ImportProposal) -> list[tuple[str, int, int]]:
    assert proposal.reading is not None, proposal.refusal
    return sorted((each.invoice, each.received_on.day, each.amount) for each in proposal.reading.book.payments)


def bills(*lines: str) -> GivenFile:
    return table("ventes.csv", SOLD[0], *lines)


@pytest.mark.parametrize(
    ("sum_", "expected"),
    [
        ("540,00", [("A1", 20, -6_000), ("V1", 20, 60_000)]),
        ("720,00", [("A1", 20, -6_000), ("V1", 20, 60_000), ("V2", 20, 18_000)]),
        ("780,00", [("V1", 20, 60_000), ("V2", 20, 18_000)]),
    ],
)
def test_several_invoices_of_a_customer_less_her_credit_note(sum_: str, expected: list[tuple[str, int, int]]) -> None:
    given = (WORK, bills(*SOLD[1:4]), bank(f"20/05/2026;VIR BRASSERIE DU QUAI;;{sum_}"))
    proposal, asked = read(*given, sold="", reglement_jour="inconnu")
    assert TOPIC in asked
    assert payments(proposal) == expected
    proposal, _ = read(*given, sold="", encaissements_montant="", reglement_jour="inconnu")
    assert payments(proposal) == []
    assert any("autre argent" in note for note in proposal.notes)


def test_two_payments_that_make_one_invoice_ask_no_day_for_it() -> None:
    lines = bank("12/05/2026;CINEMA REX ACOMPTE;;100,00", "28/05/2026;CINEMA REX SOLDE;;260,00")
    proposal, asked = read(WORK, bills(SOLD[4]), lines, sold="")
    assert asked.count(TOPIC) == 1
    assert "reglement.jour" not in asked
    assert payments(proposal) == [("V3", 12, 10_000), ("V3", 28, 26_000)]


def test_two_payments_find_the_one_of_two_invoices_that_they_make() -> None:
    lines = bank("12/05/2026;BRASSERIE QUAI;;80,00", "28/05/2026;BRASSERIE QUAI;;100,00")
    proposal, asked = read(WORK, bills(*SOLD[1:3]), lines, sold="", reglement_jour="inconnu")
    assert TOPIC in asked
    assert payments(proposal) == [("V2", 12, 8_000), ("V2", 28, 10_000)]


def test_the_numbers_that_a_label_says_are_paid_without_a_question() -> None:
    lines = bank("20/05/2026;VIR V1 ET A1;;540,00", "21/05/2026;REX V3;;50,00")
    proposal, asked = read(WORK, bills(*SOLD[1:]), lines, sold="", reglement_jour="inconnu")
    assert TOPIC not in asked
    assert payments(proposal) == [("A1", 20, -6_000), ("V1", 20, 60_000), ("V3", 21, 5_000)]


@pytest.mark.parametrize("line", ["20/05/2026;VIR CAF;;780,00", "20/05/2026;BRASSERIE DU QUAI;;333,00"])
def test_what_nobody_is_named_for_or_two_ways_may_make_is_told_and_not_asked(line: str) -> None:
    proposal, asked = read(WORK, bills(*SOLD[1:3]), bank(line), sold="", reglement_jour="inconnu")
    assert TOPIC not in asked
    assert payments(proposal) == []
    assert any("aucune facture" in told for told in proposal.unread)


def test_the_same_files_again_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    lines = bank("20/05/2026;VIR BRASSERIE DU QUAI;;720,00", "28/05/2026;CINEMA REX;;260,00")
    files = [WORK, bills(*SOLD[1:]), lines]
    proposal, _ = read(*files, sold="")
    folder = keep(proposal, "Les Sommes", files, datetime(2026, 6, 1, 9, 0))
    again = propose(files, folder.name, recipe_in(folder), Findings(), held_in(folder))
    assert not again.questions
    assert len(payments(again)) == 4
    assert again.merged.nothing


def test_a_sum_that_is_other_money_leaves_the_invoice_to_another_one() -> None:
    lines = bank("12/05/2026;REMISE 88;;360,00", "28/05/2026;REMISE 89;;360,00")
    proposal, asked = read(WORK, bills(SOLD[4]), lines, sold="", reglement_jour="inconnu", encaissements_montant=" ")
    assert asked.count(TOPIC) == 2
    assert payments(proposal) == []


def test_a_statement_given_alone_later_knows_the_customers_of_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    sold = table(
        "factures.csv",
        "N°;Date;Client;Objet;Montant HT;TVA",
        "V1;04/05/2026;M. Roux;Ourlets;120,00;24,00",
        "V2;05/05/2026;Salle Saint-Paul;Nappes;120,00;24,00",
        "V3;06/05/2026;Mme Perrin;Robe;65,00;13,00",
        "V4;25/05/2026;Mme Perrin;Robe;65,00;13,00",
    )
    first, _ = read(WORK, sold, sold="", reglement_jour="inconnu")
    folder = keep(first, "Les Sommes", [WORK, sold], datetime(2026, 6, 1, 9, 0))
    later = bank(
        "11/05/2026;REMISE ROUX;;144,00", "12/05/2026;VIR SALLE SAINT-PAUL;;144,00", "13/05/2026;PERRIN;;78,00"
    )
    again = propose([later], folder.name, recipe_in(folder), Findings(), held_in(folder))
    assert not again.questions
    assert payments(again) == [("V1", 11, 14_400), ("V2", 12, 14_400), ("V3", 13, 7_800)]


def test_a_part_pays_the_only_invoice_of_a_customer_that_is_paid_in_part() -> None:
    given = bills(SOLD[1].replace("Oui", "Partiel"), SOLD[2].replace("Oui", ""))
    proposal, asked = read(WORK, given, bank("20/05/2026;VIR BRASSERIE DU QUAI ARRHES;;140,00"), sold="")
    assert asked.count(TOPIC) == 1
    assert payments(proposal) == [("V1", 20, 14_000)]
    assert proposal.unread == ()
    lines = bank("20/05/2026;VIR BRASSERIE DU QUAI ARRHES;;140,00")
    proposal, _ = read(WORK, given, lines, sold="", encaissements_montant="")
    assert any("sans que rien ne dise combien" in each for each in proposal.unread)
