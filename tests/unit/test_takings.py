"""Takings and expenses in columns, one for each means of payment or each thing sold: money, never somebody's hours."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

DONE = table("temps.csv", "Jour;Qui;Heures;Tâche", "07/09/2026;Lou;3;tri", "08/09/2026;Omar;2;tri")
TIMES = {("Lou", "2026-09"): 180, ("Omar", "2026-09"): 120}
DAYS = ("05/09/2026;12,00;24,00;0;36,00", "06/09/2026;6,00;12,00;18,00;36,00", "Total;18,00;36,00;18,00;72,00")


@pytest.mark.parametrize(
    "name",
    ["Z;Espèces;Carte bancaire;Chèques vacances;Total", "Jour;Liquide;TPE;Virement;Total", "Jour;Pain;Vin;Miel;Total"],
)
@pytest.mark.parametrize("file", ["caisse.csv", "recettes du marché.csv", "ventes 09.csv"])
def test_takings_are_sales_of_their_day_and_nobody_s_hours(name: str, file: str) -> None:
    answers = {"argent": "montant_ttc", "taux": "20", "recettes_tva": "20", "genre": "commun"}
    proposal, asked = read(DONE, table(file, name, *DAYS), sold="", **answers)
    assert minutes(proposal) == TIMES
    assert sales(proposal) == {"2026-09": 6_000}
    assert {each.invoiced_on.day for each in proposal.reading.book.lines} == {5, 6}
    assert "personnes.colonnes" not in asked


def test_expenses_of_people_are_purchases_and_no_hours() -> None:
    lines = ("Date;Qui;Km;Train;Repas;Total", "05/09/2026;Lou;40;21,20;3,50;24,70", "06/09/2026;Omar;20;;15,00;15,00")
    given = table("notes de frais.csv", *lines)
    proposal, asked = read(DONE, given, argent="montant_ttc", taux="0", genre="commun")
    assert minutes(proposal) == TIMES
    assert sum(each.before_tax for each in proposal.reading.book.costs) == 3_970
    assert [each for each in asked if each.startswith("sommes")]


def test_sums_that_the_group_says_to_be_hours_are_hours() -> None:
    lines = ("Jour;Lou;Omar", "05/09/2026;2,00;3,50", "06/09/2026;1,00;3,50")
    proposal, asked = read(table("encaissements.csv", *lines), sommes_encaissements="heures", genre="commun")
    assert minutes(proposal) == {("Lou", "2026-09"): 180, ("Omar", "2026-09"): 420}
    assert "sommes.encaissements" in asked


@pytest.mark.parametrize("file", ["caisse et heures.csv", "septembre.csv", "ventes et temps.csv", "été facturé.csv"])
@pytest.mark.parametrize("cells", [("2;3,5", "1;3,5"), ("2h;3h30", "1h;3h30")])
def test_hours_of_people_are_not_asked_about(file: str, cells: tuple[str, str]) -> None:
    lines = [f"0{day}/09/2026;{each}" for day, each in enumerate(cells, 5)]
    proposal, asked = read(table(file, "Jour;Lou;Omar", *lines), genre="commun")
    assert minutes(proposal) == {("Lou", "2026-09"): 180, ("Omar", "2026-09"): 420}
    assert not [each for each in asked if each.startswith("sommes")]


def test_the_hour_of_a_receipt_is_no_time_of_its_seller() -> None:
    lines = ("Date;Heure;N° de ticket;Montant TTC;TVA;Vendeur", "05/09/2026;10:11;7;24,00;4,00;Lou")
    proposal, _ = read(DONE, table("reçus.csv", *lines, "06/09/2026;11:38;8;12,00;2,00;Omar"), sold="", genre="commun")
    assert minutes(proposal) == TIMES
    assert sales(proposal) == {"2026-09": 3_000}


def test_what_a_program_keeps_and_pays_out_is_nobody() -> None:
    lines = ("Date,Transaction ID,Status,Total,Tax,Fee,Payout", "2026-09-05 10:11,T1,Successful,24.00,4.00,0.46,23.54")
    given = table("report.csv", *lines, "2026-09-06 11:11,T2,Successful,12.00,2.00,0.20,11.80")
    proposal, _ = read(DONE, given, sold="", genre="commun")
    assert minutes(proposal) == TIMES
    assert sales(proposal) == {"2026-09": 3_000}


@pytest.mark.parametrize(("said", "sold", "left"), [("ventes", 36_000, False), ("non", 30_000, True)])
@pytest.mark.parametrize(
    ("name", "titles", "first", "second"),
    [("caisse.csv", "Jour;Recette TTC;Espèces;CB", "40,00;25,00;15,00", "20,00;20,00;0,00"),
     ("stripe.csv", "Date;Amount;Fee;Description", "40.00;0.80;Atelier", "20.00;0.40;Atelier")],
)  # fmt: skip
def test_takings_without_an_invoice_are_asked_about(
    said: str, sold: int, left: bool, name: str, titles: str, first: str, second: str
) -> None:
    invoices = "N°;Date;Client;Montant HT;TVA;TTC\nV1;02/09/2026;Foyer;300,00;60,00;360,00"
    given = table(name, titles, f"05/09/2026;{first}", f"12/09/2026;{second}")
    proposal, asked = read(DONE, given, sold=invoices, genre="commun", recettes=said)
    assert "recettes" in asked
    assert "personnes.colonnes" not in asked
    assert sales(proposal) == {"2026-09": sold}
    assert bool(proposal.unread) == left
