"""Quantities whose unit stands beside them are times when it is the hour; an amount may have its minus behind."""

from __future__ import annotations

import pytest

from kpa_model.files.book.cells import below_zero, read_euros
from tests.given_tables import SOLD, minutes, read, sales, table

MONTH = "2026-09"
DONE = (
    "Jour;Coopératrice;Client;Quantité;Unité;Tarif;Somme",
    "03/09/2026;Lou;Mairie;2,5;heures;20;50",
    "04/09/2026;Ana;Mairie;1;forfait;80;80",
    "10/09/2026;Ana;Musée;4;heures;20;80",
)


def test_what_is_counted_in_hours_is_the_time_of_people_and_its_price_does_not_count_twice() -> None:
    proposal, asked = read(table("interventions.csv", *DONE), sold=SOLD)
    assert minutes(proposal) == {("Lou", MONTH): 150, ("Ana", MONTH): 240}
    assert sales(proposal) == {MONTH: 50_000}
    assert asked == ["genre", "personnes.cape"]
    told = " ".join(proposal.heeded)
    assert "1 forfait" in told
    assert "« Tarif » et « Somme »" in told


def test_lines_of_invoices_in_hours_that_name_nobody_stay_sales() -> None:
    lines = ("N°;Date;Client;Désignation;Quantité;Unité;PU HT;Total HT;TVA", "D1;03/09/2026;Mairie;Pose;3;h;20;60;20 %")
    hours = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")
    proposal, _ = read(table("factures.csv", *lines), hours, sold="")
    assert sales(proposal) == {MONTH: 6_000}
    assert minutes(proposal) == {("Lou", MONTH): 120}


@pytest.mark.parametrize(("text", "cents"), [("95,00-", -9_500), ("1 234,50 - €", -123_450), ("12−", -1_200)])
def test_a_minus_behind_an_amount_is_a_minus(text: str, cents: int) -> None:
    assert read_euros(text) == cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [("48.-", 4_800), ("48,-", 4_800), ("48,— €", 4_800), ("48.--", 4_800), ("1'250.–", 125_000), ("1.250,-", 125_000),
     ("1 250.- €", 125_000), ("-48.-", -4_800), ("(48,-)", -4_800), ("48. - EUR", 4_800)],
)  # fmt: skip
def test_a_dash_behind_a_point_stands_for_no_cents(text: str, cents: int) -> None:
    assert read_euros(text) == cents
    assert below_zero(text) == (cents < 0)


def test_prices_with_a_dash_for_cents_are_sold_and_paid() -> None:
    lines = ("N°;Date;Prix TTC;TVA;Payé", "1;07/09/2026;120.-;20 %;oui", "2;08/09/2026;66,50;20 %;non",
             "3;09/09/2026;240,—;20 %;oui")  # fmt: skip
    proposal, _ = read(
        table("factures.csv", *lines), table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;commun;2h"), sold=""
    )
    assert sales(proposal) == {MONTH: 35_542}
    assert proposal.reading is not None
    assert sorted(each.amount for each in proposal.reading.book.payments) == [12_000, 24_000]


@pytest.mark.parametrize(
    "text", ["gratuit", "Gratuite", "OFFERT", "offerts", "à titre gracieux", "néant", "-", "—", "0 -"]
)
def test_a_word_that_asks_nothing_is_no_money(text: str) -> None:
    assert read_euros(text) == 0


def test_free_work_keeps_its_hours() -> None:
    lines = ("Date;Client;Prestation;Prix TTC;Qui;Heures;Payé ?", "07/09/2026;Mairie;Tonte;120,00;Lou;2;oui",
             "08/09/2026;Café;Arrosage;gratuit;Lou;1;-")  # fmt: skip
    proposal, _ = read(table("chantiers.csv", *lines), sold="", taux="20")
    assert (sales(proposal), minutes(proposal)) == ({MONTH: 10_000}, {("Lou", MONTH): 180})
    assert proposal.reading is not None
    assert [each.amount for each in proposal.reading.book.payments] == [12_000]
    assert not proposal.unread
