"""Customers and suppliers whose accounts are made of letters: the account book itself proves what they are."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, table

WORK = table("temps.csv", "Qui;Jour;Heures", "Ida;07/09/2026;2")
HEAD = "Journal;Date;Compte;Pièce;Libellé;Débit;Crédit"


def sold(account: str, piece: str, day: int) -> list[str]:
    return [
        f"VT;{day:02d}/09/2026;{account};{piece};Vente;240,00;",
        f"VT;{day:02d}/09/2026;706100;{piece};Vente;;200,00",
        f"VT;{day:02d}/09/2026;445712;{piece};Vente;;40,00",
    ]


def bank(account: str, piece: str, day: int) -> list[str]:
    return [
        f"CM;{day:02d}/09/2026;512100;{piece};Virement reçu;240,00;",
        f"CM;{day:02d}/09/2026;{account};{piece};Virement reçu;;240,00",
    ]


def given(*lines: list[str], head: str = HEAD) -> tuple[ImportProposal, list[str]]:
    titles = [head] if head else []
    return read(WORK, table("compta.csv", *titles, *(line for each in lines for line in each)), sold="", genre="commun")


def paid(proposal: ImportProposal) -> dict[str, int]:
    assert proposal.reading is not None, proposal.refusal
    return {each.invoice: each.amount for each in proposal.reading.book.payments}


@pytest.mark.parametrize("head", [HEAD, ""])
@pytest.mark.parametrize(("one", "other"), [("CHALLE", "CLYCEE"), ("9HALLE", "9LYCEE"), ("C0041", "C0042"),
                                            ("411HALLE", "411LYCEE"), ("4110041", "4110042")])  # fmt: skip
def test_money_in_the_account_of_a_sale_pays_it(one: str, other: str, head: str) -> None:
    proposal, asked = given(sold(one, "V-7", 2), sold(other, "V-8", 3), bank(other, "K1", 20), head=head)
    assert paid(proposal) == {"V-8": 24_000}
    assert "encaissements.montant" not in asked
    assert not proposal.unread


def test_the_code_beside_a_common_account_says_whose_money_it_is() -> None:
    head = HEAD.replace("Compte;", "Compte;Compte auxiliaire;")

    def coded(lines: list[str], code: str) -> list[str]:
        parts = [line.split(";") for line in lines]
        return [";".join([*each[:3], code if each[2] == "411" else "", *each[3:]]) for each in parts]

    sales = coded(sold("411", "V-7", 2), "HALLE"), coded(sold("411", "V-8", 3), "LYCEE")
    proposal, asked = given(*sales, coded(bank("411", "K1", 20), "HALLE"), head=head)
    assert paid(proposal) == {"V-7": 24_000}
    assert "encaissements.montant" not in asked


def test_the_money_of_an_account_where_nothing_is_sold_pays_nothing_and_is_told() -> None:
    proposal, _ = given(sold("CHALLE", "V-7", 2), bank("CINCONNU", "K1", 20))
    assert not paid(proposal)
    assert any("240,00" in each for each in proposal.unread)
    assert any("« CINCONNU »" in each for each in proposal.heeded)


def test_a_supplier_of_letters_is_paid_without_a_word_and_what_he_sells_is_bought() -> None:
    bought = ["HA;05/09/2026;FOUTIL;A1;Outils;;60,00", "HA;05/09/2026;606300;A1;Outils;50,00;",
              "HA;05/09/2026;445660;A1;Outils;10,00;"]  # fmt: skip
    back = ["CM;25/09/2026;512100;K2;Outils repris;60,00;", "CM;25/09/2026;FOUTIL;K2;Outils repris;;60,00"]
    proposal, _ = given(sold("CHALLE", "V-7", 2), bank("CHALLE", "K1", 20), bought, back)
    assert paid(proposal) == {"V-7": 24_000}
    assert proposal.reading is not None
    assert [(each.label, each.before_tax) for each in proposal.reading.book.costs] == [("Outils", 5_000)]
    assert not proposal.unread


def test_two_sales_of_one_sum_to_one_account_choose_none() -> None:
    proposal, _ = given(sold("CHALLE", "V-7", 2), sold("CHALLE", "V-8", 3), bank("CHALLE", "K1", 20))
    assert not paid(proposal)
    assert any("plusieurs factures ont ce montant" in each for each in proposal.unread)


@pytest.mark.parametrize(("label", "expected"), [("Virement reçu", {}), ("Virement V-7", {"V-7": 24_000})])
def test_a_sum_owed_before_the_book_and_in_it_is_not_chosen(label: str, expected: dict[str, int]) -> None:
    before = ["AN;01/09/2026;CHALLE;AN;À nouveau;240,00;", "AN;01/09/2026;110000;AN;À nouveau;;240,00"]
    came = [line.replace("Virement reçu", label) for line in bank("CHALLE", "K1", 20)]
    proposal, _ = given(before, sold("CHALLE", "V-7", 2), came)
    assert paid(proposal) == expected
    assert any("devait aussi cette somme" in each for each in proposal.unread) == (not expected)
