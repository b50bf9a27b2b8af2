"""A sheet of work and sales may say two days on a line: the work's dates the hours, the invoice's the sale."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

LINES = (
    ("30/04/2026", "06/05/2026", "Mairie;360,00;20 %;Awa;4"),
    ("27/05/2026", "02/06/2026", "Mme Joly;120,00;20 %;Bruno;2"),
)
WORK = {("Awa", "2026-04"): 240, ("Bruno", "2026-05"): 120}
SOLD = {"2026-05": 36_000, "2026-06": 12_000}


def given(titles: str, *more: str, turned: bool = False) -> list[str]:
    lines = [f"{sale};{work};{rest}" if turned else f"{work};{sale};{rest}" for work, sale, rest in LINES]
    return [f"{titles};Client;HT;TVA;Qui;Heures", *lines, *more]


@pytest.mark.parametrize(
    "titles",
    [
        *("Date intervention;Date facture", "Réalisé le;Facturé le", "Jour;Date de facturation", "Fait le;Émise le"),
        *("Date;Date facture", "Date;Date d'émission", "Date prestation;Date", "Date chantier;Date fact."),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_each_day_dates_what_its_title_says(titles: str, turned: bool) -> None:
    titles = ";".join(titles.split(";")[::-1]) if turned else titles
    proposal, asked = read(table("chantiers.csv", *given(titles, turned=turned)), sold="")
    assert asked == ["personnes.cape"]
    assert (minutes(proposal), sales(proposal)) == (WORK, SOLD)


def test_two_days_that_titles_do_not_tell_apart_are_asked() -> None:
    proposal, asked = read(table("chantiers.csv", *given("Date visite;Date facture")), sold="")
    assert "jour.travail" in asked
    assert (minutes(proposal), sales(proposal)) == (WORK, SOLD)
    proposal, _ = read(table("chantiers.csv", *given("Date visite;Date facture")), sold="", jour_travail="Date facture")
    assert minutes(proposal) == {("Awa", "2026-05"): 240, ("Bruno", "2026-06"): 120}


@pytest.mark.parametrize("titles", ["Date facture;Date de paiement", "Date;Date devis", "Date;Échéance"])
def test_a_day_of_payment_of_a_quote_is_no_day_of_work(titles: str) -> None:
    proposal, asked = read(table("chantiers.csv", *given(titles)), sold="")
    assert "jour.travail" not in asked
    assert sales(proposal) == {"2026-04": 36_000, "2026-05": 12_000}


def test_work_without_its_invoice_yet_counts_its_hours_and_its_price_is_told() -> None:
    more = ("29/05/2026;;Mme Joly;90,00;20 %;Awa;3", "30/05/2026;;;;;Awa;1")
    proposal, _ = read(table("chantiers.csv", *given("Date travail;Date facture", *more)), sold="")
    assert minutes(proposal) == {**WORK, ("Awa", "2026-05"): 240}
    assert sales(proposal) == SOLD
    assert any("« Date facture » est vide" in each and "ligne 4 : 90,00" in each for each in proposal.heeded)


@pytest.mark.parametrize("quote", ["N° devis", "Devis", "Devis n°"])
def test_a_quote_without_an_invoice_is_no_sale(quote: str) -> None:
    lines = (
        "D-7;F-1;03/03/2026;Mairie;360,00;20 %;Awa;4",
        "D-8;;05/03/2026;Mme Joly;800,00;20 %;Bruno;2",
        "D-9;F-2;09/03/2026;Mme Joly;120,00;20 %;Awa;1",
    )
    proposal, _ = read(table("chantiers.csv", f"{quote};N° facture;Date;Client;HT;TVA;Qui;Heures", *lines), sold="")
    assert sales(proposal) == {"2026-03": 48_000}
    assert minutes(proposal) == {("Awa", "2026-03"): 300, ("Bruno", "2026-03"): 120}
    assert any("« N° facture » est vide" in each and "800,00" in each for each in proposal.heeded)
