"""Sales by card, as a terminal gives them: what failed is no sale, what came is paid, what it cost is told."""

from __future__ import annotations

from datetime import date

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "05/09/2026;Lou;prestation;2h")
SALES = (
    "Date;Transaction ID;Statut;Description;Montant;TVA;Commission",
    "05/09/2026 10:02;A7;Successful;Savon;12,00;2,00;0,30",
    "05/09/2026 10:40;A8;Failed;Savon;24,00;4,00;0,00",
    "12/09/2026 09:15;A9;Successful;Miel;21,10;1,10;0,45",
)


def test_sales_by_card_are_read_without_asking_what_their_columns_are() -> None:
    proposal, asked = read(table("ventes marché.csv", *SALES), HOURS, sold="")
    assert asked == ["reglement.jour", "personnes.cape"]
    assert sales(proposal) == {"2026-09": 3_000}
    assert proposal.reading is not None
    assert {each.invoice: each.amount for each in proposal.reading.book.payments} == {"A7": 1_200, "A9": 2_110}
    told = " ".join(proposal.heeded)
    assert "« Failed » : cette ligne n'est pas lue" in told
    assert "« Commission » : 0,75" in told


def test_only_the_years_in_which_a_day_has_its_name_are_offered() -> None:
    now = date.today().year
    number = next(day for day in range(1, 8) if date(now, 9, day).weekday() == 5)
    given = [table("septembre.csv", f"Nom;Sam {number};Dim {number + 1}", "Lou;3;2", "Omar;4;1")]
    (doubt,) = (each.doubt for each in propose(given, "Essai", Recipe(), Findings()).questions)
    offered = [int(value) for value, _ in doubt.options]
    assert doubt.topic == "annee"
    assert now in offered
    assert all(date(year, 9, number).weekday() == 5 for year in offered)
