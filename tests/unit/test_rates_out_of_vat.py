"""The VAT of each rate beside one amount, rates without « % » in titles: what is sold at each rate, line after line."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Ida;02/05/2026;commun;3h")


def _vat(proposal: ImportProposal) -> dict[tuple[int, int], int]:
    """Return how many lines have an amount before tax and its VAT."""
    assert proposal.reading is not None, proposal.refusal
    found = defaultdict[tuple[int, int], int](int)
    for line in proposal.reading.book.lines:
        found[line.before_tax, line.vat] += 1
    return dict(found)


EACH = {(10_003, 550): 1, (20_000, 4_000): 1, (1_000, 200): 1}


@pytest.mark.parametrize("tax", ["dont TVA {}", "TVA {}", "Montant TVA à {}"])
@pytest.mark.parametrize("rates", [("5,5 %", "20 %"), ("5.5%", "20%")])
@pytest.mark.parametrize("total", [(), ("Total;357,53;5,50;42,00;57,53;300",)])
def test_takings_with_the_vat_of_each_rate(tax: str, rates: tuple[str, str], total: tuple[str, ...]) -> None:
    head = ";".join(("Jour", "Recettes TTC", *map(tax.format, rates), "Espèces", "CB"))
    rows = ("06/05/2026;345,53;5,50;40,00;45,53;300", "07/05/2026;12,00;;2,00;12,00;")
    proposal, asked = read(table("caisse.csv", head, *rows, *total), HOURS, sold="")
    assert asked == ["personnes.cape"]
    assert _vat(proposal) == EACH
    assert any("de chaque taux s'en déduit" in each for each in proposal.heeded)


def test_invoices_with_the_vat_of_each_rate() -> None:
    rows = ("Date;N°;Client;Total HT;TVA 5,5;TVA 20", "06/05/2026;F1;Halle;300,03;5,50;40,00",
            "07/05/2026;F2;Fournil;10,00;;2,00")  # fmt: skip
    proposal, asked = read(table("factures.csv", *rows), HOURS, sold="")
    assert asked == ["personnes.cape"]
    assert _vat(proposal) == EACH


def test_vat_that_does_not_make_the_whole_is_not_cut() -> None:
    rows = ("Date;N°;Client;Total HT;TVA 5,5 %;TVA 20 %", "06/05/2026;F1;Halle;450,00;5,50;40,00")
    proposal, _ = read(table("factures.csv", *rows), HOURS, sold="")
    assert not any("s'en déduit" in each for each in proposal.heeded)


@pytest.mark.parametrize("amounts", [("100,00", "50,00", "165,50"), ("100,00", "100,00", "225,50")])
@pytest.mark.parametrize("title", ["Ventes HT {}", "CA HT à {}"])
def test_rates_without_a_per_cent_sign_and_what_was_paid_at_once(title: str, amounts: tuple[str, ...]) -> None:
    head = f"Date;{title.format('5,5')};{title.format('20')};Encaissé;Client"
    proposal, asked = read(table("ventes.csv", head, f"06/05/2026;{';'.join(amounts)};Halle"), HOURS, sold="")
    assert "montant_ht.repete" not in asked
    first, second = (int(each.replace(",", "")) for each in amounts[:2])
    assert sales(proposal) == {"2026-05": first + second}
    assert {vat for _, vat in _vat(proposal)} == {first * 55 // 1000, second // 5}
