"""A line without a day that says the sum of those above is a total: left out and told, never asked as a fact."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

WORKED = table("heures.csv", "Nom;Jour;Durée", "Ida;07/10/2026;2h")


@pytest.mark.parametrize("last", [(), (";;15h",)])
def test_a_sum_under_each_person_is_no_work(last: tuple[str, ...]) -> None:
    lines = ("Ida;05/10/2026;4h", "Ida;06/10/2026;3h30", "Ida;;7h30", "Tom;06/10/2026;7h30", "Tom;;7h30", *last)
    proposal, asked = read(table("temps.csv", "Qui;Jour;Durée", *lines), genre="commun")
    assert "date.vides" not in asked
    assert minutes(proposal) == {("Ida", "2026-10"): 450, ("Tom", "2026-10"): 450}
    assert any("la somme de celles au-dessus" in each for each in proposal.heeded)


def test_a_sum_under_each_customer_is_no_sale() -> None:
    lines = ("Lycée;A1;05/10/2026;200,00;40,00", "Lycée;A2;09/10/2026;100,00;20,00", "Lycée;;;300,00;60,00")
    more = ("Dupin;A3;12/10/2026;50,00;10,00", "Dupin;;;50,00;10,00", ";;;350,00;70,00")
    proposal, _ = read(WORKED, table("ventes.csv", "Client;N° facture;Date;HT;TVA", *lines, *more), sold="")
    assert sales(proposal) == {"2026-10": 35_000}


@pytest.mark.parametrize(
    "lines",
    [
        ("Ida;05/10/2026;4h;tri", "Ida;06/10/2026;3h;tri", "Ida;;7h;caisse"),  # what was done is said
        ("Ida;05/10/2026;4h;", "Ida;06/10/2026;3h;", "Ida;;6h;"),  # no sum
        (
            "Ida;05/10/2026;4h;",
            "Ida;;4h;",
            "Tom;06/10/2026;3h;",
            "Tom;;3h;",
        ),  # of one line: the same day again, perhaps
    ],
)
def test_what_may_be_a_fact_without_its_day_is_asked(lines: tuple[str, ...]) -> None:
    _, asked = read(table("temps.csv", "Qui;Jour;Durée;Tâche", *lines), genre="commun")
    assert "date.vides" in asked
