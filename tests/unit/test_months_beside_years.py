"""A month in one column and its year in another one: together they say the month of the line."""

from __future__ import annotations

import pytest

from tests.given_tables import read, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/12/2025;Lou;prestation;2h")
SPENT = ("12;2025;Scierie;bois;40,00;8,00;48,00", "1;2026;Presse;affiches;10,00;2,00;12,00")


@pytest.mark.parametrize("head", ["Mois;Année", "Mois;Exercice", "Mois;An"])
@pytest.mark.parametrize("letters", [False, True])
def test_purchases_have_the_month_and_the_year_of_two_columns(head: str, letters: bool) -> None:
    lines = [each.replace("12;2", "décembre;2").replace("1;2", "janvier;2", 1) for each in SPENT] if letters else SPENT
    given = table("dépenses.csv", f"{head};Fournisseur;Objet;Montant HT;Montant TVA;Montant TTC", *lines)
    proposal, asked = read(given, HOURS)
    assert proposal.reading is not None, proposal.refusal
    costs = [(f"{each.spent_on:%Y-%m}", each.before_tax) for each in proposal.reading.book.costs]
    assert costs == [("2025-12", 4_000), ("2026-01", 1_000)]
    assert "annee" not in asked
