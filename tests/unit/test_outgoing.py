"""What leaves an account is told when no list of purchases gives it, the largest sums first."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Ugo;02/09/2026;commun;3h")
BANK = table(
    "compte.csv", "Date;Libellé;Montant", "12/09/2026;VIR F1;600,00", "03/09/2026;CB QUINCAILLERIE;-36,00",
    "04/09/2026;CB PAIN;-3,10", "05/09/2026;CB POSTE;-4,20", "06/09/2026;CB PEAGE;-5,30", "07/09/2026;CB CAFE;-6,40",
    "21/09/2026;PRLV LOYER;-450,00", "25/09/2026;VIR GRAINES;-20,00",
)  # fmt: skip
BOUGHT = ("Date;Achat;Montant HT;Taux TVA", "02/09/2026;Vis;30,00;20 %", "01/09/2026;Graines;20,00;0 %")


def told(*lines: str) -> str:
    files = [table("achats.csv", *lines)] if lines else []
    proposal, _ = read(HOURS, BANK, *files)
    assert proposal.reading is not None, proposal.refusal
    return " ".join(each for each in proposal.unread if "sort" in each).replace("\u00a0", " ")


def test_all_that_leaves_is_told_without_a_list_of_purchases_the_largest_first() -> None:
    assert "7 lignes où l'argent sort ne sont pas lues : 525,00 € en tout (PRLV LOYER 450,00 €, CB QUIN" in told()
    assert "ajoutez la liste des achats" in told()


def test_what_the_list_of_purchases_gives_is_not_missing() -> None:
    said = told(*BOUGHT)
    assert "5 lignes où l'argent sort ne sont pas lues : 469,00 € en tout (PRLV LOYER 450,00 €, CB CAFE" in said
    assert "QUINCAILLERIE" not in said
    assert "ajoutez-les à la liste des achats" in said


@pytest.mark.parametrize("label", ["VIR INTERNE LIVRET", "VIREMENT EMIS LIVRET A", "VRT DE COMPTE A COMPTE"])
def test_money_that_goes_to_an_account_of_ours_is_no_purchase_that_lacks(label: str) -> None:
    bank = table("compte.csv", "Date;Libellé;Montant", "12/09/2026;VIR F1;600,00", f"21/09/2026;{label};-450,00")
    proposal, _ = read(HOURS, bank)
    assert not proposal.unread
    assert any(f"« {label} » (450,00\xa0€) : notre argent change de place" in each for each in proposal.heeded)
    others = (
        "22/09/2026;VIR CAISSE DES ECOLES;-50,00",
        "23/09/2026;RETRAIT DAB;-60,00",
        "24/09/2026;LIVRET DE RECETTES;-9",
    )
    proposal, _ = read(HOURS, table("compte.csv", "Date;Libellé;Montant", "12/09/2026;VIR F1;600,00", *others))
    assert "3 lignes où l'argent sort" in proposal.unread[0]


def test_one_purchase_hides_one_sum_near_its_day() -> None:
    assert "PRLV LOYER" in told("Date;Achat;Montant HT;Taux TVA", "02/01/2026;Loyer;450,00;0 %")
    twice = ("02/09/2026;Vis;30,00;20 %", "02/09/2026;Clous;30,00;20 %")
    assert "6 lignes" in told("Date;Achat;Montant HT;Taux TVA", *twice)


def test_payments_wait_for_the_answer_that_says_what_invoices_ask() -> None:
    sold = table("ventes.csv", "Numéro;Date;Client;Montant HT", "F1;10/09/2026;MJC;500,00")
    waiting = propose([HOURS, BANK, sold], "Essai", None, Findings())
    assert "taux" in [each.doubt.topic for each in waiting.questions]
    assert not any("paiement" in each for each in waiting.unread)


CREDIT = (
    "Numéro;Date;Client;Montant HT;TVA;État",
    "F1;10/09/2026;MJC;500,00;100,00;",
    "AV-7;11/09/2026;MJC;-40,00;-8,00;",
)


@pytest.mark.parametrize("label", ["VIR MJC AV-7", "VIREMENT EMIS AV 7 GESTE"])
@pytest.mark.parametrize("state", ["", "Remboursée"])
def test_money_that_leaves_for_a_credit_note_pays_it(label: str, state: str) -> None:
    bank = table("compte.csv", "Date;Libellé;Montant", "15/09/2026;VIR F1;600,00", f"18/09/2026;{label};-48,00")
    proposal, _ = read(HOURS, bank, sold="\n".join((*CREDIT[:2], CREDIT[2] + state)))
    assert proposal.reading is not None, proposal.refusal
    assert {(each.invoice, each.received_on.day, each.amount) for each in proposal.reading.book.payments} == {
        ("F1", 15, 60_000),
        ("AV-7", 18, -4_800),
    }
    assert proposal.unread == ()


@pytest.mark.parametrize("line", ["VIR QUINCAILLERIE F1;-48,00", "VIR MJC AV-7;-84,00", "VIR GRAINES AV-70;-48,00"])
def test_money_that_leaves_otherwise_pays_no_credit_note(line: str) -> None:
    bank = table(
        "compte.csv",
        "Date;Libellé;Montant",
        "15/09/2026;VIR F1;600,00",
        f"18/09/2026;{line}",
        "19/09/2026;CB PAIN;-3,10",
    )
    proposal, _ = read(HOURS, bank, sold="\n".join(CREDIT))
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [("F1", 60_000)]
    assert "2 lignes où l'argent sort ne sont pas lues" in proposal.unread[0]
