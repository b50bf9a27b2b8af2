"""Amounts under several means of payment, without a total: every euro counts, none under one of them is left."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

WORKED = table("heures.csv", "Date;Personne;Durée", "01/09/2026;Nina;3h")
LINES = ("02/09/2026;Gamm;120,00;", "09/09/2026;Halles;10,00;35,50")


@pytest.mark.parametrize(
    "titles", ["CB;Espèces", "Carte bleue;Liquide", "Payé par carte;Payé en espèces", "Virement;Chèque"]
)
@pytest.mark.parametrize("empty", ["", "0,00"])
def test_purchases_are_the_sum_of_each_line(titles: str, empty: str) -> None:
    lines = [f"{line}{empty}" if line.endswith(";") else line for line in LINES]
    proposal, asked = read(WORKED, table("achats.csv", f"Date;Fournisseur;{titles}", *lines))
    assert proposal.reading is not None
    assert [each.before_tax for each in proposal.reading.book.costs] == [12000, 4550]
    assert asked.count("colonne.montant_ht") == 1


def test_a_layer_in_every_title_is_that_of_the_sum() -> None:
    proposal, asked = read(WORKED, table("achats.csv", "Date;Fournisseur;CB TTC;Espèces TTC", *LINES), taux="0")
    assert proposal.reading is not None
    assert [each.before_tax for each in proposal.reading.book.costs] == [12000, 4550]
    assert "colonne.montant_ht" not in asked


def test_sales_and_takings_are_sums_too() -> None:
    proposal, _ = read(WORKED, table("ventes.csv", "Date;Client;CB;Chèque", *LINES), sold="", taux="0")
    assert sales(proposal) == {"2026-09": 16550}
    days = ("02/09/2026;10,00;20,00;", "03/09/2026;10,00;;40,00")
    proposal, _ = read(WORKED, table("recettes.csv", "Date;CB;Espèces;Chèques", *days), sold="")
    assert sales(proposal) == {"2026-09": 8000}


def test_an_amount_beside_them_stays_the_amount() -> None:
    lines = ("02/09/2026;Gamm;100,00;120,00;", "09/09/2026;Halles;30,00;;36,00")
    proposal, _ = read(WORKED, table("achats.csv", "Date;Fournisseur;Montant HT;CB;Espèces", *lines))
    assert proposal.reading is not None
    assert [each.before_tax for each in proposal.reading.book.costs] == [10000, 3000]
