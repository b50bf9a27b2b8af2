"""A sheet of jobs, with who worked and how long, is no list of purchases: its hours count, its prices are sales."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

JOBS = ("02/09/2026;Musée;Haie;240,00;20 %;Ida;2", "03/09/2026;Roy;Tonte;100,00;20 %;Noam;1,5")


@pytest.mark.parametrize("name", ["septembre.csv", "nos chantiers.csv"])
@pytest.mark.parametrize(
    "titles", ["Date;Pour;Quoi;Prix HT;TVA;Qui;Heures", "Jour;Dossier;Libellé;HT;TVA;Personne;Temps"]
)
def test_jobs_with_hours_are_sales_and_hours_whatever_their_titles(name: str, titles: str) -> None:
    proposal, _ = read(table(name, titles, *JOBS), sold="")
    assert sales(proposal) == {"2026-09": 34_000}
    assert minutes(proposal) == {("Ida", "2026-09"): 120, ("Noam", "2026-09"): 90}
    assert not proposal.reading.book.costs


def test_a_list_of_purchases_alone_is_read_as_before() -> None:
    lines = ("Date;Pour;Quoi;Prix HT", "02/09/2026;Haie;Terreau;40,00")
    hours = table("heures.csv", "Jour;Qui;Temps", "02/09/2026;Ida;2h")
    proposal, _ = read(table("achats.csv", *lines), hours)
    assert [each.before_tax for each in proposal.reading.book.costs] == [4_000]
