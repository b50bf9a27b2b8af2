"""A column for each rate of VAT gives a line for each rate of an invoice, checked against the totals beside."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Iris;02/07/2026;commun;3h")


def lines(proposal: ImportProposal) -> list[tuple[str, int, int]]:
    assert proposal.reading is not None, proposal.refusal
    return [(each.invoice, each.before_tax, each.vat_rate) for each in proposal.reading.book.lines]


@pytest.mark.parametrize(
    "titles", ["HT 10 %;HT 20 %", "Base HT 10%;Base HT 20%", "Montant HT à 10 %;Montant HT à 20 %"]
)
def test_an_invoice_of_several_rates_has_a_line_for_each(titles: str) -> None:
    bills = (f"Numéro;Date;{titles};Total HT;Total TVA;Total TTC", "K1;02/07/2026;50,00;30,00;80,00;11,00;91,00",
             "K2;03/07/2026;;40,00;40,00;8,00;48,00")  # fmt: skip
    proposal, _ = read(HOURS, table("ventes.csv", *bills), sold="")
    assert lines(proposal) == [("K1", 5_000, 100_000), ("K1", 3_000, 200_000), ("K2", 4_000, 200_000)]
    assert not any("taux habituel" in note or "taux de TVA habituel" in note for note in proposal.notes)


def test_totals_that_the_rates_do_not_make_are_told() -> None:
    bills = ("Numéro;Date;HT 10 %;HT 20 %;Total HT", "K1;02/07/2026;50,00;30,00;95,00")
    proposal, _ = read(HOURS, table("ventes.csv", *bills), sold="")
    assert lines(proposal) == [("K1", 5_000, 100_000), ("K1", 3_000, 200_000)]
    assert any("95,00" in note and "80,00" in note for note in proposal.heeded)


def test_amounts_with_tax_of_each_rate_are_read_with_their_tax() -> None:
    bills = ("Numéro;Date;Ventes TTC 10 %;Ventes TTC 20 %", "K1;02/07/2026;55,00;36,00")
    proposal, _ = read(HOURS, table("ventes.csv", *bills), sold="")
    assert lines(proposal) == [("K1", 5_000, 100_000), ("K1", 3_000, 200_000)]


def test_amounts_that_say_neither_are_asked_about() -> None:
    bills = ("Numéro;Date;CA 10 %;CA 20 %", "K1;02/07/2026;55,00;36,00")
    _, asked = read(HOURS, table("ventes.csv", *bills), sold="")
    assert "colonne.montant_ht" in asked


@pytest.mark.parametrize(("third", "asked_for"), [("80,00", False), ("96,00", False), ("87,00", True)])
def test_a_total_beside_the_amount_before_tax_tells_the_rate_of_each_line(third: str, asked_for: bool) -> None:
    bills = ("Numéro;Date de facturation;Montant HT;Total", "K1;02/07/2026;100,00;120,00", "K2;03/07/2026;50,00;55,00")
    proposal, asked = read(HOURS, table("ventes.csv", *bills, f"K3;04/07/2026;80,00;{third}"), sold="")
    assert ("taux" in asked) == asked_for
    if not asked_for:
        rate = 0 if third == "80,00" else 200_000
        assert lines(proposal) == [("K1", 10_000, 200_000), ("K2", 5_000, 100_000), ("K3", 8_000, rate)]
