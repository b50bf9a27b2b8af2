"""« Débours » beside sales: what was paid for the customer is no sale, and bears no VAT."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")


@pytest.mark.parametrize("titles", [
    "Prestations HT;Débours;TVA;Total TTC", "Honoraires HT;Frais avancés;Montant TVA;TTC", "HT;Débours;TVA;Net TTC",
])  # fmt: skip
@pytest.mark.parametrize("rows", [
    ("200,00;45,00;40,00;285,00", "100,00;0,00;20,00;120,00"), ("100,00;12,50;20,00;132,50", "50,00;;10,00;60,00"),
])  # fmt: skip
def test_outlays_are_outside_the_sales(titles: str, rows: tuple[str, str]) -> None:
    lines = [f"N°;Date;Client;{titles}", f"1;07/09/2026;Bar;{rows[0]}", f"2;08/09/2026;Café;{rows[1]}"]
    proposal, asked = read(HOURS, sold="\n".join(lines))
    assert sales(proposal) == {"2026-09": 30_000 if rows[0][0] == "2" else 15_000}
    assert not [each for each in asked if "tva" in each]
    assert proposal.reading is not None
    assert {each.vat_rate for each in proposal.reading.book.lines} == {200_000}
    assert any("avancé pour le client" in each for each in proposal.heeded)


def test_outlays_that_do_not_make_the_whole_are_left_as_they_are() -> None:
    lines = ["N°;Date;Client;Montant HT;TVA;Débours;Total TTC", "1;07/09/2026;Bar;100,00;20 %;30,00;120,00"]
    proposal, _ = read(HOURS, sold="\n".join(lines))
    assert sales(proposal) == {"2026-09": 10_000}
    assert not any("avancé pour le client" in each for each in proposal.heeded)
