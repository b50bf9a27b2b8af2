"""A payment and what sends it back cancel each other: in a statement, a list, an account book, month by month."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import read, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Ida;07/09/2026;2h;commun")
SOLD = "N°;Date;Client;HT;TVA\nV-7;01/09/2026;Halle aux grains;250,00;50,00\nV-8;02/09/2026;Lycée Rosa;100,00;20,00"


def bank(*lines: str):
    return table("relevé.csv", "Date;Libellé;Débit;Crédit", *lines, "28/09/2026;LOYER;80,00;")


def payments(proposal: ImportProposal) -> list[tuple[str, str, int]]:
    assert proposal.reading is not None, proposal.refusal
    return sorted((each.invoice, f"{each.received_on:%d/%m}", each.amount) for each in proposal.reading.book.payments)


CAME, OTHER = "10/09/2026;VIR HALLE AUX GRAINS V-7;;300,00", "12/09/2026;VIR LYCEE ROSA V-8;;120,00"


@pytest.mark.parametrize(
    "label",
    [
        "REJET VIR HALLE AUX GRAINS",
        "IMPAYE V-7",
        "ANNULATION VIREMENT",
        "RETOUR SEPA HALLE",
        "CHQ SANS PROVISION",
        "IMP. PRLV SEPA",
        "RJT CHQ V-7",
    ],
)
def test_what_a_bank_sends_back_takes_its_payment_off(label: str) -> None:
    proposal, _ = read(WORK, bank(CAME, OTHER, f"15/09/2026;{label};300,00;"), sold=SOLD)
    assert payments(proposal) == [("V-7", "10/09", 30_000), ("V-7", "15/09", -30_000), ("V-8", "12/09", 12_000)]
    told = [each for each in proposal.heeded if "s'annulent" in each]
    assert len(told) == 1
    assert label in told[0]
    assert not any(label in each for each in proposal.unread)


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_an_invoice_sent_back_may_be_paid_again_the_same_day(order: tuple[int, ...]) -> None:
    lines = (CAME, "15/09/2026;REJET HALLE AUX GRAINS;300,00;", "15/09/2026;VIR HALLE AUX GRAINS;;300,00")
    proposal, asked = read(WORK, bank(*(lines[at] for at in order)), sold=SOLD)
    assert payments(proposal) == [("V-7", "10/09", 30_000), ("V-7", "15/09", -30_000), ("V-7", "15/09", 30_000)]
    assert "encaissements.montant" not in asked


@pytest.mark.parametrize(
    "label", ["FRAIS REJET HALLE AUX GRAINS", "VIR MADAME FERRAND", "REJET LYCEE ROSA", "PRLV IMPOTS"]
)
def test_other_money_that_goes_out_takes_nothing_back(label: str) -> None:
    proposal, _ = read(WORK, bank(CAME, OTHER, f"15/09/2026;{label};300,00;"), sold=SOLD)
    assert payments(proposal) == [("V-7", "10/09", 30_000), ("V-8", "12/09", 12_000)]
    assert any(label in each for each in proposal.unread)


def test_money_of_no_invoice_that_is_sent_back_is_told_once() -> None:
    lines = ("11/09/2026;VIR PAULINE;;55,00", "13/09/2026;REJET VIR PAULINE;55,00;")
    proposal, _ = read(WORK, bank(CAME, *lines), sold=SOLD)
    assert payments(proposal) == [("V-7", "10/09", 30_000)]
    assert not any("PAULINE" in each for each in proposal.unread)
    assert sum("ni l'un ni l'autre" in each for each in proposal.heeded) == 1


@pytest.mark.parametrize(
    ("sum_back", "said"), [("-300,00", "prélèvement"), ("300,00", "rejeté"), ("-300,00", "impayé")]
)
@pytest.mark.parametrize("title", ["Mode", "Suivi", "Statut"])
def test_a_list_that_gives_both_tells_them_once(title: str, sum_back: str, said: str) -> None:
    lines = ("10/09/2026;V-7;300,00;", f"16/09/2026;V-7;{sum_back};{said}", "12/09/2026;V-8;120,00;")
    proposal, _ = read(WORK, table("reçus.csv", f"Date;Facture;Montant réglé;{title}", *lines), sold=SOLD)
    assert payments(proposal) == [("V-7", "10/09", 30_000), ("V-7", "16/09", -30_000), ("V-8", "12/09", 12_000)]
    assert sum("s'annulent" in each for each in proposal.heeded) == 1


def test_a_first_try_that_failed_takes_nothing_back() -> None:
    lines = ("05/09/2026;V-7;300,00;rejeté", "10/09/2026;V-7;300,00;reçu")
    proposal, _ = read(WORK, table("reçus.csv", "Date;Facture;Montant réglé;Statut", *lines), sold=SOLD)
    assert payments(proposal) == [("V-7", "10/09", 30_000)]


def test_an_account_book_sends_back_too() -> None:
    def entry(day: str, label: str, one: str, other: str, piece: str) -> list[str]:
        who = {"411000": "Halle"}
        return [
            f"X\t{day}\t{one}\t{who.get(one, '')}\t{piece}\t{label}\t300,00\t0,00",
            f"X\t{day}\t{other}\t{who.get(other, '')}\t{piece}\t{label}\t0,00\t300,00",
        ]

    lines = (
        *entry("20260901", "Vente", "411000", "706000", "V-7"),
        *entry("20260910", "Prlv Halle", "512000", "411000", "B1"),
        *entry("20260920", "Prlv impayé Halle", "411000", "512000", "B2"),
    )
    head = "JournalCode\tEcritureDate\tCompteNum\tCompAuxLib\tPieceRef\tEcritureLib\tDebit\tCredit"
    proposal, _ = read(WORK, table("écritures.txt", head, *lines), sold="")
    assert payments(proposal) == [("V-7", "10/09", 30_000), ("V-7", "20/09", -30_000)]
    assert not proposal.unread


def test_what_was_paid_a_month_before_is_taken_back_from_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    first, _ = read(WORK, bank(CAME, OTHER), sold=SOLD)
    book = keep(first, "Essai", [], datetime(2026, 10, 1))
    later = bank("05/10/2026;IMPAYE HALLE AUX GRAINS;300,00;", "09/10/2026;VIR HALLE AUX GRAINS;;300,00")
    again = propose([later], "Essai", recipe_in(book), Findings(), held_in(book))
    paid = [("V-7", "05/10", -30_000), ("V-7", "09/10", 30_000), ("V-7", "10/09", 30_000), ("V-8", "12/09", 12_000)]
    assert payments(again) == paid
    book = keep(again, "Essai", [], datetime(2026, 10, 2))
    assert payments(propose([later], "Essai", recipe_in(book), Findings(), held_in(book))) == paid


def test_what_is_paid_twice_then_sent_back_once_is_paid() -> None:
    again = "11/09/2026;VIR HALLE AUX GRAINS;;300,00"
    proposal, _ = read(WORK, bank(CAME, again, "15/09/2026;REJET VIR HALLE AUX GRAINS;300,00;"), sold=SOLD)
    assert sum(amount for _, _, amount in payments(proposal)) == 30_000


@pytest.mark.parametrize("said", ["Remboursement", "Refund", "Annulation", "charged_back"])
@pytest.mark.parametrize("sold", [SOLD, ""])
def test_a_sum_that_a_program_gives_back_is_taken_off_the_takings(said: str, sold: str) -> None:
    lines = ("03/09/2026;Vente;Soupe;12,00", "04/09/2026;Vente;Tarte;9,00", f"05/09/2026;{said};Soupe;-12,00")
    proposal, _ = read(WORK, table("sumup.csv", "Date;Opération;Libellé;Montant", *lines), sold=sold)
    assert sum(amount for _, _, amount in payments(proposal)) == 900
    assert proposal.reading is not None
    assert sum(each.before_tax for each in proposal.reading.book.lines) == 900 + (35_000 if sold else 0)
    assert sum("ni l'un ni l'autre" in each for each in proposal.heeded) == 1


def test_a_bank_that_names_who_stands_opposite_is_a_statement() -> None:
    head = "Date;Nom de la contrepartie;Montant total (TTC);Devise;Référence;Type"
    lines = ("10/09/2026;Halle aux grains;300,00;EUR;V-7;Virement", "12/09/2026;Lycée Rosa;120,00;EUR;V-8;Prélèvement")
    moves = table("banque.csv", head, *lines, "15/09/2026;Lycée Rosa;-120,00;EUR;V-8;Prélèvement rejeté")
    proposal, _ = read(WORK, moves, sold=SOLD)
    assert payments(proposal) == [("V-7", "10/09", 30_000), ("V-8", "12/09", 12_000), ("V-8", "15/09", -12_000)]


@pytest.mark.parametrize(
    ("state", "came", "cents"),
    [
        ("Prélèvement rejeté", "", 0),
        ("Chèque impayé", "", 0),
        ("Payée", "", 30_000),
        ("Impayée en partie", "100,00", 10_000),
        ("Virement annulé", "300,00", 0),
    ],
)
def test_a_list_of_invoices_that_says_a_payment_was_sent_back_notes_none(state: str, came: str, cents: int) -> None:
    head = "N°;Date;Client;HT;Montant TVA;Statut de paiement;Réglé le;Montant réglé"
    lines = (f"V-7;01/09/2026;Halle;250,00;50,00;{state};05/09/2026;{came}", "V-8;02/09/2026;Lycée;100,00;20,00;;;")
    proposal, _ = read(WORK, table("ventes.csv", head, *lines), sold="", etat_paiement="oui")
    assert sum(amount for _, _, amount in payments(proposal)) == cents
    assert any(f"« {state} »" in each for each in (*proposal.unread, *proposal.heeded)) == (not cents)


@pytest.mark.parametrize("said", ["vente;REJET VIR PAULINE", "remboursement;PAULINE"])
def test_a_receipt_kept_as_a_sale_and_sent_back_a_month_later_says_that_the_sale_stays(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    titles = "Date;Type;Libellé;Montant"
    came = table("stripe.csv", titles, "11/09/2026;vente;VIR PAULINE;55,00", "12/09/2026;vente;VIR ODETTE;40,00")
    book = keep(read(WORK, came, sold="")[0], "Essai", [], datetime(2026, 10, 1))
    back = table("stripe.csv", titles, f"06/10/2026;{said};-55,00", "07/10/2026;vente;VIR ODETTE;10,00")
    after = propose([back], "Essai", recipe_in(book), Findings(), held_in(book))
    assert any("La vente reste comptée (55,00" in each and "avoir" in each for each in after.heeded)
