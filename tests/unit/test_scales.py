"""Amounts in thousands of euros, in cents, in another money: what a title or a format says of them is done."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from kpa_model.files.book.cells import read_euros
from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, sales, table, workbook

MONTH = "2026-09"
HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")


def sold(title: str, *amounts: str, above: str = "", name: str = "ventes.csv") -> GivenFile:
    lines = [f"V-{at};0{at}/09/2026;Mairie;{amount};20 %" for at, amount in enumerate(amounts, 1)]
    return table(name, *([above] if above else []), f"Numéro;Date;Client;{title};TVA", *lines)


@pytest.mark.parametrize(
    ("title", "first", "second", "unit"),
    [
        ("Total HT en k€", "2,25", "0,5", "milliers d'euros"),
        ("Montant hors taxes (K EUR)", "2,25", "0,5", "milliers d'euros"),
        ("Prix HT [en milliers]", "2.25", ".5", "milliers d'euros"),
        ("CA HT, milliers d'€", "2,25", "0,500", "milliers d'euros"),
        ("Montant HT (M€)", "0,00225", "0,0005", "millions d'euros"),
        ("Montant HT (centimes)", "225000", "50 000", "centimes"),
        ("Montant HT, en cts", "225000", "50000", "centimes"),
    ],
)
def test_what_a_title_says_of_its_amounts_is_done_and_told(title: str, first: str, second: str, unit: str) -> None:
    proposal, asked = read(sold(title, first, second), HOURS, sold="")
    assert sales(proposal) == {MONTH: 275_000}
    assert asked == ["personnes.cape"]
    assert any(f"en {unit} : « {first} » est lu 2\u202f250,00\xa0€" in each for each in proposal.heeded)


def test_a_cell_that_says_its_own_money_is_what_it_says() -> None:
    proposal, _ = read(sold("Montant HT (k€)", "1,5", "800 €", "0,2 k€"), HOURS, sold="")
    assert sales(proposal) == {MONTH: 250_000}
    assert read_euros("12,5 k€") == 1_250_000


@pytest.mark.parametrize(
    ("above", "name"), [("Nos ventes de septembre (en k€)", "ventes.csv"), ("", "ventes en milliers d'euros.csv")]
)
def test_thousands_said_once_for_all_amounts_are_done(above: str, name: str) -> None:
    proposal, _ = read(sold("Montant HT", "2", "0,75", above=above, name=name), HOURS, sold="")
    assert sales(proposal) == {MONTH: 275_000}


def test_an_aim_above_a_table_is_no_scale() -> None:
    proposal, _ = read(sold("Montant HT", "200", "75", above="Objectif de l'année : 80 k€"), HOURS, sold="")
    assert sales(proposal) == {MONTH: 27_500}


@pytest.mark.parametrize(
    "title", ["Montant HT ($)", "Net amount GBP", "Montant HT en francs suisses", "Total HT (CHF)"]
)
def test_amounts_in_another_money_are_no_euros(title: str) -> None:
    proposal, _ = read(sold(title, "200", "75"), HOURS, sold="")
    assert proposal.reading is None
    assert "cette colonne n'est pas en euros" in str(proposal.refusal)


def test_another_money_beside_euros_is_left_and_told() -> None:
    proposal, _ = read(sold("Montant (CHF);Montant HT (€)", "212;200", "79;75"), HOURS, sold="")
    assert sales(proposal) == {MONTH: 27_500}
    assert any("« Montant (CHF) » : cette colonne n'est pas en euros" in each for each in proposal.heeded)


def test_the_rate_of_an_export_of_hours_in_dollars_changes_nothing() -> None:
    lines = ("User,Date,Duration,Billable Rate (USD)", "Lou,2026-09-03,2:00:00,30.00")
    proposal, _ = read(table("toggl.csv", *lines))
    assert minutes(proposal) == {("Lou", MONTH): 120}


@pytest.mark.parametrize(
    ("title", "code", "kept"),
    [
        ("Montant HT", '0.00 "k€"', 2.75),
        ("Montant HT", '#,##0.0," k€"', 2750),
        ("Montant HT (k€)", '#,##0.0," k€"', 2750),
        ("Montant HT (k€)", "0.00", 2.75),
    ],
)
def test_what_a_format_says_of_an_amount_is_done(title: str, code: str, kept: float) -> None:
    book, data = Workbook(), io.BytesIO()
    for line in (("Numéro", "Date", "Client", title, "TVA"), ("V-1", "03/09/2026", "Mairie", kept, "20 %")):
        book.active.append(line)
    book.active["D2"].number_format = code
    book.save(data)
    proposal, _ = read(GivenFile("ventes.xlsx", data.getvalue()), HOURS, sold="")
    assert sales(proposal) == {MONTH: 275_000}


@pytest.mark.parametrize(
    "above", ["Montants arrondis au centime d'euro", "Sommes au centime près", "Arrondi aux cents", "À 1 centime près"]
)
def test_amounts_rounded_to_the_cent_are_in_euros(above: str) -> None:
    lines = (above, "", "Numéro;Date;Client;Montant HT;TVA", "V-1;03/09/2026;Mairie;275;20 %")
    proposal, _ = read(table("ventes.csv", *lines), HOURS, sold="")
    assert sales(proposal) == {MONTH: 27_500}


@pytest.mark.parametrize(("said", "cents"), [("milliers", 345_000), ("decimales", 345)])
@pytest.mark.parametrize(("first", "second"), [("1,200", "2,250"), ("1.200", "2.250"), ("1,200 €", "2,250 €")])
@pytest.mark.parametrize("title", ["Montant HT", "Amount excl. VAT", "Prix HT (€)"])
def test_thousands_that_nothing_proves_are_one_question(
    said: str, cents: int, first: str, second: str, title: str
) -> None:
    proposal, asked = read(sold(title, first, second), HOURS, sold="", points=said)
    assert asked == ["points", "personnes.cape"]
    assert sales(proposal) == {MONTH: cents}


@pytest.mark.parametrize("other", ["850", "1,234.50", "12.5", "950.00"])
def test_an_amount_beside_proves_the_comma_of_thousands(other: str) -> None:
    proposal, asked = read(sold("Montant HT", "1,200", other), HOURS, sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {MONTH: 120_000 + round(float(other.replace(",", "")) * 100)}
    assert any("une virgule" in told for told in proposal.heeded)


def test_a_cell_that_is_refused_is_no_missing_list() -> None:
    proposal, _ = read(sold("Montant net HT facturé", "12x", "13x"), HOURS, sold="", table="factures")
    assert "rien ne contient les factures" not in str(proposal.refusal)


def test_a_rate_of_vat_is_no_amount_in_thousands() -> None:
    rows = [["N°", "Date", "Client", "Montant HT", "Taux TVA"], ["B1", "04/05/2026", "Lycée", 1.5, 0.2],
            ["B2", "05/05/2026", "Gîte", 0.8, 0.1]]  # fmt: skip
    proposal, asked = read(HOURS, workbook("mai.xlsx", {"Ventes en k€": rows}), sold="")
    assert "colonne.montant_tva" not in asked
    assert proposal.reading is not None, proposal.refusal
    assert [each.before_tax for each in proposal.reading.book.lines] == [150_000, 80_000]
