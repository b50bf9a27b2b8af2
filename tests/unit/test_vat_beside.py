"""An amount that does not say whether it holds the VAT, beside the VAT of its line: it is proved, or asked."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")
TITLES = "Facture n°;Date;Client;{amount};{vat};Statut"
LINES = (
    "F1;03/09/2026;Mairie;{0};20,00;Émise",
    "F2;09/09/2026;Musée;{1};11,00;Émise",
    "F3;21/09/2026;École;{2};0,00;Émise",
)


def _given(amount: str, vat: str, *amounts: str) -> tuple[dict[str, int], list[str]]:
    lines = (line.format(*amounts) for line in LINES)
    proposal, asked = read(table("ventes.csv", TITLES.format(amount=amount, vat=vat), *lines), HOURS, sold="")
    return sales(proposal), [topic for topic in asked if topic.startswith(("colonne", "taux"))]


@pytest.mark.parametrize("vat", ["Total des taxes", "Taxes", "Montant TVA", "TVA"])
def test_the_vat_of_each_line_tells_whether_the_amount_holds_it(vat: str) -> None:
    with_tax = _given("Montant", vat, "120,00", "121,00", "40,00")
    without = _given("Montant", vat, "100,00", "110,00", "40,00")
    assert with_tax == without == ({"2026-09": 25_000}, [])


def test_amounts_that_fit_in_neither_way_are_asked_about() -> None:
    assert _given("Montant", "Taxes", "150,00", "121,00", "40,00")[1][:1] == ["colonne.montant_ht"]


def test_one_rate_on_every_line_is_no_proof() -> None:
    lines = ("F1;03/09/2026;Mairie;100,00;20", "F2;09/09/2026;Musée;100,00;20")
    _, asked = read(table("factures.csv", "Facture n°;Date;Client;Montant;TVA", *lines), HOURS, sold="")
    assert "colonne.montant_ht" in asked


def test_an_amount_that_makes_a_vat_on_every_line_is_offered_before_one_rate_for_all() -> None:
    lines = ("F1;03/09/2026;Mairie;120,00;20,00", "F2;09/09/2026;Musée;121,00;11,00")
    given = table("factures.csv", "Facture n°;Date;Client;Montant TTC;dont impôt", *lines)
    proposal, asked = read(given, HOURS, sold="")
    assert [each for each in asked if each in ("colonne.montant_tva", "taux")] == ["colonne.montant_tva"]
    assert sales(proposal) == {"2026-09": 21_000}


def test_the_part_of_a_cooperative_is_no_vat_though_it_weighs_the_same() -> None:
    lines = ("F1;03/09/2026;Mairie;100,00;10,00", "F2;09/09/2026;Musée;200,00;20,00")
    _, asked = read(table("factures.csv", "Facture n°;Date;Client;Montant HT;Contribution", *lines), HOURS, sold="")
    assert [each for each in asked if each in ("colonne.montant_tva", "taux")] == ["taux"]
