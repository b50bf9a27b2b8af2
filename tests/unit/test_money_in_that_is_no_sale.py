"""What a partner brings, a loan, a grant in a book of cash are no sales unless the group says so."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Iris;02/09/2026;commun;3h")
HEAD = "Date;Libellé;Recettes;Dépenses;Catégorie"
SOLD, SPENT = "02/09/2026;Mairie tonte;120,00;;Vente", "09/09/2026;Vis;;24,00;Achat"
ANSWERS = {"entrees_tva": "20", "sorties_tva": "20", "entrees_payees": "jour"}


@pytest.mark.parametrize(
    "line",
    ["15/09/2026;Apport de Rose;60,00;;", "15/09/2026;Rose;60,00;;Apport", "15/09/2026;Prêt banque;60,00;;",
     "15/09/2026;Subvention ville;60,00;;", "15/09/2026;Caution rendue;60,00;;", "15/09/2026;TVA juillet;60,00;;",
     "15/09/2026;Remboursement assurance;60,00;;", "15/09/2026;Association X;60,00;;Dons"],
)  # fmt: skip
def test_what_was_sold_to_nobody_is_asked_and_leaves_when_the_group_says_so(line: str) -> None:
    proposal, asked = read(HOURS, table("compta.csv", HEAD, SOLD, SPENT, line), sold="", entrees_ventes="", **ANSWERS)
    assert "entrees.ventes" in asked
    assert sales(proposal) == {"2026-09": 10_000}
    assert proposal.reading is not None
    assert [each.amount for each in proposal.reading.book.payments] == [12_000]
    assert [each.before_tax for each in proposal.reading.book.costs] == [2_000]
    assert any("60,00" in each and "ce n'est pas une vente" in each for each in proposal.heeded)


def test_it_may_be_a_sale() -> None:
    given = table("compta.csv", HEAD, SOLD, "15/09/2026;Apport de terre végétale;60,00;;Vente")
    proposal, asked = read(HOURS, given, sold="", **ANSWERS)
    assert "entrees.ventes" in asked
    assert sales(proposal) == {"2026-09": 15_000}


def test_takings_that_are_said_to_be_sales_are_asked_about_too() -> None:
    rows = ("Date;Libellé;Montant reçu", "02/09/2026;Mairie tonte;120,00", "15/09/2026;Apport Rose;60,00")
    answers = {"recettes": "ventes", "recettes_tva": "20"}
    proposal, asked = read(HOURS, table("recettes.csv", *rows), sold="", entrees_ventes="", **answers)
    assert "entrees.ventes" in asked
    assert sales(proposal) == {"2026-09": 10_000}


def test_a_list_of_invoices_is_not_asked_about() -> None:
    rows = ("N°;Date;Client;Libellé;Montant HT;TVA", "F1;02/09/2026;Mairie;Apport de terre;100,00;20,00")
    proposal, asked = read(HOURS, table("factures.csv", *rows), sold="")
    assert "entrees.ventes" not in asked
    assert sales(proposal) == {"2026-09": 10_000}
