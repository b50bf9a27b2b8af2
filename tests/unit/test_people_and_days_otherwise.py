"""Who worked by an address, hours of the day in a row, days under « Mois », two days of a purchase."""

from __future__ import annotations

from datetime import date

import pytest

from tests.given_tables import minutes, read, sales, sheet, table

LEA = table("autres.csv", "Date;Qui;Heures", "02/09/2026;Léa;3")


@pytest.mark.parametrize("title", ["Mail", "Adresse e-mail", "Qui (courriel)", "Login"])
def test_an_address_says_who_worked(title: str) -> None:
    lines = ["nora.vidal@buis.example;03/09/2026;3h", "ismael_b@buis.example;04/09/2026;2h30"]
    proposal, asked = read(table("h.csv", f"{title};Date;Heures", *lines))
    assert minutes(proposal) == {("Nora Vidal", "2026-09"): 180, ("Ismael B", "2026-09"): 150}
    assert not [each for each in asked if each.startswith("personne.h")]


def test_two_addresses_of_one_name_stay_two_people() -> None:
    lines = ["nora@buis.example;03/09/2026;3h", "nora@halle.example;04/09/2026;2h"]
    proposal, _ = read(table("h.csv", "Courriel;Date;Heures", *lines))
    assert minutes(proposal) == {("nora@buis.example", "2026-09"): 180, ("nora@halle.example", "2026-09"): 120}


@pytest.mark.parametrize("title", ["Email client", "Adresse du client", "Contact client"])
def test_the_address_of_a_customer_is_nobodys(title: str) -> None:
    lines = ["03/09/2026;Nora;3h;mairie@ville.example", "04/09/2026;Ismaël;2h;ecole@ville.example"]
    proposal, _ = read(table("h.csv", f"Date;Qui;Heures;{title}", *lines))
    assert minutes(proposal) == {("Nora", "2026-09"): 180, ("Ismaël", "2026-09"): 120}


CLOCKS = ["8-12 13-16", "8h/12h 13h/16h", "8:00 12:00 13:00 16:00", "8h 12h, 13h 16h", "8h à 12h et 13h à 16h"]


@pytest.mark.parametrize("written", CLOCKS)
def test_hours_of_the_day_in_a_row_are_spans(written: str) -> None:
    lines = [f"03/09/2026;Nora;{written}", "04/09/2026;Ismaël;9-11 14-15"]
    proposal, _ = read(table("h.csv", "Date;Qui;Horaires", *lines))
    assert minutes(proposal) == {("Nora", "2026-09"): 420, ("Ismaël", "2026-09"): 180}


@pytest.mark.parametrize("note", ["4 9 12 20", "01 02 03 04", "9-12 14-17"])
def test_numbers_in_a_row_under_another_title_are_no_time(note: str) -> None:
    proposal, _ = read(table("h.csv", "Date;Qui;Heures;Lots", f"03/09/2026;Nora;3;{note}", f"04/09/2026;Nora;2;{note}"))
    assert minutes(proposal) == {("Nora", "2026-09"): 300}


def test_days_under_a_month_keep_their_day() -> None:
    rows = [["Mois", "N°", "Client", "HT", "TVA", "TTC"], [date(2026, 8, 30), "B1", "Halle", 100, 20, 120]]
    rows = [*rows, ["Total août", "", "", 100, 20, 120], [date(2026, 9, 12), "B2", "Halle", 50, 10, 60]]
    proposal, asked = read(sheet("ca.xlsx", *rows, ["Total septembre", "", "", 50, 10, 60]), LEA, sold="")
    assert sales(proposal) == {"2026-08": 10000, "2026-09": 5000}
    assert proposal.reading
    assert {each.invoiced_on.day for each in proposal.reading.book.lines} == {30, 12}
    assert "table" not in asked


def test_the_first_of_each_month_is_still_a_month() -> None:
    rows = [["Mois", "Nora", "Ismaël"], [date(2026, 8, 1), 30, 20], [date(2026, 9, 1), 25, 35]]
    proposal, _ = read(sheet("heures.xlsx", *rows))
    assert minutes(proposal)["Nora", "2026-09"] == 1500


@pytest.mark.parametrize("titles", ["Payé le;Magasin;HT;TVA;TTC;Date", "Jour;Magasin;HT;TVA;TTC;Payé le"])
def test_the_day_of_a_purchase_is_not_that_of_its_payment(titles: str) -> None:
    first, last = ("30/10/2026", "02/09/2026") if titles.startswith("Payé") else ("02/09/2026", "30/10/2026")
    proposal, _ = read(table("achats.csv", titles, f"{first};Biocoop;100,00;5,50;105,50;{last}"), LEA)
    assert proposal.reading
    assert [f"{each.spent_on:%Y-%m}" for each in proposal.reading.book.costs] == ["2026-09"]


def test_meal_vouchers_are_nobody() -> None:
    rows = [["Date", "Nora", "Ismaël", "Titres-restaurant"], [date(2026, 9, 3), 3, 4, 2], [date(2026, 9, 4), 2, "", 1]]
    proposal, _ = read(sheet("heures.xlsx", *rows))
    assert minutes(proposal) == {("Nora", "2026-09"): 300, ("Ismaël", "2026-09"): 240}


def test_a_reminder_is_not_the_day_of_an_invoice() -> None:
    lines = ["31;03/09/2026;Halle;400,00;80,00;", "32;12/09/2026;École;100,00;20,00;15/10/2026"]
    proposal, _ = read(table("factures.csv", "Fact;Partie le;Client;HT;TVA;Relancée le", *lines), LEA, sold="")
    assert sales(proposal) == {"2026-09": 50000}


def test_who_advanced_money_is_told_with_the_sums() -> None:
    lines = ["02/09/2026;Biocoop;100,00;5,50;105,50;Nora", "03/09/2026;Métro;50,00;10,00;60,00;carte"]
    proposal, _ = read(table("achats.csv", "Date;Magasin;HT;TVA;TTC;Réglé par", *lines), LEA)
    told = next(each for each in proposal.heeded if "qui a avancé" in each)
    assert "Nora (105,50\u00a0€)" in told


@pytest.mark.parametrize("line", ["B2;31/06/2026;Halle;50,00;10,00;60,00", "B2;12/06/2026;Halle;50,00;10,00;70,00"])
def test_a_line_with_a_fault_is_not_said_to_lack_its_vat(line: str) -> None:
    lines = ["B1;02/06/2026;École;200,00;40,00;240,00", line]
    proposal, _ = read(table("f.csv", "Numéro;Date;Client;HT;TVA;TTC", *lines), LEA, sold="")
    assert proposal.refusal is not None
    assert "rien ne dit la TVA" not in str(proposal.refusal)
