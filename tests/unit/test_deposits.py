"""A deposit that has an invoice of its own is not sold twice with the invoice of the whole."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")
TITLES = (
    "Acomptes déjà facturés",
    "Situations précédentes facturées HT",
    "Avance à déduire HT",
    "À déduire HT",
    "Déjà facturé",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_deposit_of_the_same_list_counts_once(title: str) -> None:
    lines = (f"N°;Date;Client;Montant HT;{title};Taux TVA", "V1;02/09/2026;Foyer;240,00;;20 %",
             "V2;14/10/2026;Foyer;800,00;240,00;20 %")  # fmt: skip
    proposal, asked = read(WORK, table("ventes.csv", *lines), sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-09": 24_000, "2026-10": 56_000}
    assert any("240,00" in told and title in told for told in proposal.heeded)


@pytest.mark.parametrize(("said", "sold"), [("facture", 66_000), ("total", 90_000)])
@pytest.mark.parametrize("taxes", ["160,00;960,00", "112,00;672,00"])
def test_a_deposit_invoiced_before_is_asked_about(said: str, sold: int, taxes: str) -> None:
    if said == "total" and taxes.startswith("112"):
        return  # the VAT denies this answer
    lines = ("N°;Date;Client;Montant HT;Acompte déjà facturé HT;TVA;TTC", f"V2;14/10/2026;Foyer;800,00;240,00;{taxes}",
             "V3;15/10/2026;MJC;100,00;;20,00;120,00")  # fmt: skip
    proposal, asked = read(WORK, table("ventes.csv", *lines), sold="", montant_ht_acompte=said)
    assert "montant_ht.acompte" in asked
    assert sales(proposal) == {"2026-10": sold}


def test_a_deposit_that_was_paid_is_no_deposit_invoiced() -> None:
    lines = ("N°;Date;Client;Montant HT;Acompte versé;Taux TVA", "V2;14/10/2026;Foyer;800,00;240,00;20 %",
             "V3;15/10/2026;MJC;100,00;;20 %")  # fmt: skip
    proposal, asked = read(WORK, table("ventes.csv", *lines), sold="", reglement_jour="inconnu")
    assert "montant_ht.acompte" not in asked
    assert sales(proposal) == {"2026-10": 90_000}


def test_an_invoice_of_another_customer_is_no_proof() -> None:
    lines = ("N°;Date;Client;Montant HT;Acompte déjà facturé HT;Taux TVA", "V1;02/09/2026;MJC;240,00;;20 %",
             "V2;14/10/2026;Foyer;800,00;240,00;20 %")  # fmt: skip
    proposal, asked = read(WORK, table("ventes.csv", *lines), sold="", montant_ht_acompte="total")
    assert "montant_ht.acompte" in asked
    assert sales(proposal) == {"2026-09": 24_000, "2026-10": 80_000}


TAXED = (
    "N°;Date;Client;HT;TVA;Total TTC;Acompte déduit TTC;Net à payer",
    "V1;02/09/2026;Foyer;200,00;40,00;240,00;;240,00",
)


@pytest.mark.parametrize("left", ["720,00", ""])
def test_a_deposit_told_with_its_vat_counts_once(left: str) -> None:
    line = f"V2;14/10/2026;Foyer;800,00;160,00;960,00;240,00;{left}"
    proposal, asked = read(WORK, table("ventes.csv", *TAXED, line), sold="", montant_ht_acompte="facture")
    assert ("montant_ht.acompte" in asked) == (not left)  # what is left to pay proves that the total is whole
    assert sales(proposal) == {"2026-09": 20_000, "2026-10": 60_000}
    assert proposal.reading is not None
    assert [each.vat for each in proposal.reading.book.lines] == [4_000, 12_000]


def test_an_amount_that_is_what_is_left_already_is_not_lowered_again() -> None:
    head, first = TAXED
    line = "V2;14/10/2026;Foyer;600,00;120,00;720,00;240,00;720,00"
    proposal, asked = read(WORK, table("ventes.csv", head, first, line), sold="", montant_ht_acompte="total")
    assert "montant_ht.acompte" in asked
    assert sales(proposal) == {"2026-09": 20_000, "2026-10": 60_000}
