"""A line that lowers the sales says why, as a credit note does; else it is asked: pay, a contribution are no sales."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

WORK = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")
TITLES = "N°;Date;Client;Libellé;Montant HT;Taux TVA"
SOLD = ("F1;03/09/2026;Mairie;Buffet;200,00;20 %", "F2;09/09/2026;Musée;Ménage;50,00;20 %")


@pytest.mark.parametrize(
    "line",
    [
        "OD11;30/09/2026;;Contribution 10 % septembre;-25,00;0 %",
        "PAIE9;30/09/2026;;Salaires septembre;-120,00;0 %",
        "X-7;30/09/2026;CAE;Frais de gestion;-20,00;0 %",
    ],
)
def test_what_lowers_the_sales_without_a_word_is_asked_about(line: str) -> None:
    given = table("extrait.csv", TITLES, *SOLD, line)
    proposal, asked = read(given, WORK, sold="", factures_moins="autre")
    assert "factures.moins" in asked
    assert sales(proposal) == {"2026-09": 25_000}
    assert any("ce n'est pas une vente" in each for each in proposal.unread)
    less = round(float(line.split(";")[4].replace(",", ".")) * 100)
    assert sales(read(given, WORK, sold="", factures_moins="avoir")[0]) == {"2026-09": 25_000 + less}


@pytest.mark.parametrize(
    "line",
    [
        "AV-1;30/09/2026;Mairie;;-30,00;20 %",
        "F3;30/09/2026;Mairie;Avoir sur buffet;-30,00;20 %",
        "F3;30/09/2026;Mairie;Remise fidélité;-30,00;20 %",
        "F3;30/09/2026;Musée;Ménage;-50,00;20 %",
        "F1;03/09/2026;Mairie;Plateaux rendus;-30,00;20 %",
        "F3;30/09/2026;Mairie;Régularisation;-30,00;20 %",
    ],
)
def test_a_credit_note_or_a_discount_is_not_asked_about(line: str) -> None:
    proposal, asked = read(table("factures.csv", TITLES, *SOLD, line), WORK, sold="")
    assert "factures.moins" not in asked
    less = round(float(line.split(";")[4].replace(",", ".")) * 100)
    assert sales(proposal) == {"2026-09": 25_000 + less}
