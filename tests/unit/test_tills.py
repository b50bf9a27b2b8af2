"""Takings of a till by means of payment, and the sums that its pages carry: what came counts once, at the VAT told."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, sheet, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "05/09/2026;Lou;prestation;2h")
TILL = (
    ["Recettes du stand (TTC, TVA 10 %)"],
    [],
    ["Jour", "Lieu", "Fond de caisse", "Liquide", "CB", "Chèques", "Caisse du jour"],
    ["05/09/2026", "Halles", 50.0, 60.0, 40.0, None, 100.0],
    ["12/09/2026", "Place", 50.0, 30.0, 69.0, 11.0, 110.0],
    ["Total", None, None, None, None, None, 210.0],
)


def test_what_means_of_payment_make_is_what_came_and_no_column_is_a_person() -> None:
    proposal, asked = read(sheet("stand.xlsx", *TILL), HOURS, sold="")
    assert asked == ["recettes", "personnes.cape"]
    assert sales(proposal) == {"2026-09": 19_091}
    told = " ".join(proposal.heeded)
    assert "avec une TVA de 10 %" in told
    assert "« CB »" not in told


def test_the_vat_of_takings_is_asked_when_nothing_says_it() -> None:
    _, asked = read(sheet("stand.xlsx", ["Recettes du stand"], [], *TILL[2:]), HOURS, sold="")
    assert "recettes.tva" in asked


@pytest.mark.parametrize("words", ["Report de la page 3", "À reporter", "Solde à nouveau", "Report août"])
def test_a_sum_of_another_page_is_no_receipt_and_is_told(words: str) -> None:
    lines = (f";{words};1200,50", "04/09/2026;Stage;450,00", "11/09/2026;Retouches;38,00")
    given = table("livre.csv", "Date d'encaissement;Objet;Montant encaissé", *lines)
    proposal, _ = read(given, HOURS, sold="")
    assert sales(proposal) == {"2026-09": 48_800}
    assert f"« {words} » (1200,50)" in " ".join(proposal.heeded)


def test_a_book_of_cash_leaves_out_what_its_pages_carry() -> None:
    lines = (";Report;310,00;", "04/09/2026;Stand;120,00;", "05/09/2026;Sacs;;14,00", ";À reporter;416,00;")
    proposal, _ = read(table("caisse.csv", "Jour;Quoi;Entrées;Sorties", *lines), HOURS, sold="")
    assert sales(proposal) == {"2026-09": 12_000}
    assert "« Report » (310,00)" in " ".join(proposal.heeded)


def test_the_rest_of_a_price_below_its_deposit_is_a_sale() -> None:
    lines = ("04/09/2026;F1;Acompte stage;100,00;20,00", ";F2;Solde;400,00;80,00")
    given = table("ventes.csv", "Date;Facture;Libellé;Montant HT;TVA", *lines)
    proposal, _ = read(given, HOURS, sold="", date_vides="dessus")
    assert sales(proposal) == {"2026-09": 50_000}
