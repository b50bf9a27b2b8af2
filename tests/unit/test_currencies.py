"""Invoices in another currency: read where a column says euros, else left out by name, with their amount."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;07/09/2026;2;appui")


@pytest.mark.parametrize(
    "lines",
    [
        ("N°;Date;Client;Total devise;Devise;HT (€);TVA (€)", "1;02/09/2026;A;500,00;USD;450,00;0,00"),
        ("N°;Date;Client;HT;Code devise;HT EUR;TVA;TVA EUR", "1;02/09/2026;A;500,00;USD;450,00;0,00;0,00"),
        ("N°;Date;Monnaie;Montant HT (EUR);Montant en devise;Taux TVA", "1;02/09/2026;GBP;450,00;380,00;0 %"),
        ("No;Date;Currency;Total in Currency Signed;Untaxed Amount Signed;Tax Signed", "1;2026-09-02;CHF;420;450;0"),
        ("N°;Date;Devise;Taux de change;Montant HT en euros;Montant d'origine (devise);TVA %",
         "1;02/09/2026;CHF;0,95;450,00;480,00;0"),
        ("N°;Date;Montant HT;Monnaie;Contre-valeur HT en euros;Taux TVA", "1;02/09/2026;480,00;CHF;450,00;0 %"),
    ],
)  # fmt: skip
def test_a_column_in_euros_is_read_whatever_the_currency_of_its_line(lines: tuple[str, ...]) -> None:
    wide = lines[0].count(";")
    proposal, _ = read(WORK, table("ventes.csv", *lines), sold="")
    assert wide == lines[1].count(";")
    assert proposal.reading is not None, proposal.refusal
    assert sales(proposal) == {"2026-09": 45_000}
    assert not proposal.unread
    assert any("les colonnes en euros sont lues" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    "lines",
    [
        ("N°;Date;Client;HT;Devise;Taux TVA", "F-9;02/09/2026;A;500,00;USD;0 %", "F-2;03/09/2026;B;70,00;EUR;0 %"),
        ("N°;Date;Montant HT (€);Devise;Taux TVA", "F-9;02/09/2026;500,00;USD;0 %", "F2;03/09/2026;70,00;EUR;0 %"),
        ("N°;Date;HT;Devise;Taux TVA;Total EUR", "F-9;02/09/2026;500,00;USD;0 %;90,00", "F2;3/9/2026;70,00;;0 %;"),
        ("N°;Date;HT;Devise;TVA;Total payé EUR", "F-9;02/09/2026;500,00;USD;0;", "F2;03/09/2026;70,00;;0;70,00"),
        ("N°;Date;HT;Currency;TVA;Reste dû (EUR)", "F-9;02/09/2026;500,00;USD;0;90,00", "F2;3/9/2026;70,00;;0;"),
    ],
)  # fmt: skip
def test_a_line_without_its_amount_in_euros_is_left_out_by_name(lines: tuple[str, ...]) -> None:
    proposal, _ = read(WORK, table("ventes.csv", *lines), sold="")
    assert proposal.reading is not None, proposal.refusal
    assert sales(proposal) == {"2026-09": 7_000}
    assert any("1 ligne en USD (« F-9 », 500,00 USD)" in each.replace("\u00a0", " ") for each in proposal.unread)


CARDS = "id,Description,Created (UTC),Amount,Currency,Converted Amount{},Status"


@pytest.mark.parametrize(
    ("title", "mine", "other"),
    [(",Converted Currency", ",eur", ",eur"), ("", "", ""), (",Settlement currency", ",EUR", ",EUR")],
)
def test_an_amount_converted_to_euros_is_read_when_the_file_proves_it(title: str, mine: str, other: str) -> None:
    lines = (
        f"c1,A,2026-09-03 10:00,120.00,usd,101.00{mine},Paid",
        f"c2,B,2026-09-04 10:00,50.00,eur,50.00{other},Paid",
    )
    proposal, _ = read(WORK, table("stripe.csv", CARDS.format(title), *lines), sold="")
    assert sales(proposal) == {"2026-09": 15_100}
    assert not proposal.unread


@pytest.mark.parametrize(
    "lines",
    [
        ("c1,A,2026-09-03 10:00,120.00,usd,120.00,usd,Paid", "c2,B,2026-09-04 10:00,50.00,eur,58.00,usd,Paid"),
        ("c1,A,2026-09-03 10:00,120.00,usd,,,Paid", "c2,B,2026-09-04 10:00,50.00,eur,,,Paid"),
    ],
)
def test_an_amount_converted_to_another_money_is_left_out_by_name(lines: tuple[str, ...]) -> None:
    proposal, _ = read(WORK, table("stripe.csv", CARDS.format(",Converted Currency"), *lines), sold="")
    assert sales(proposal) == {"2026-09": 5_000}
    assert any("« c1 », 120.00 usd" in each.replace("\u00a0", " ") for each in proposal.unread)


def test_a_currency_that_left_lines_out_is_not_said_to_be_of_no_use() -> None:
    lines = ("N°;Date;Devise;HT;TVA", "1;02/09/2026;EUR;450,00;0,00", "2;02/09/2026;CHF;500,00;0,00")
    proposal, _ = read(WORK, table("ventes.csv", *lines), sold="")
    assert sales(proposal) == {"2026-09": 45_000}
    assert any("CHF" in each for each in proposal.unread)
    assert not any("utilisée" in each and "Devise" in each for each in proposal.notes)
