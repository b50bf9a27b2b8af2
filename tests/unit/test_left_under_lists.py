"""What is left or shared, written under a list of money, is told; a line among its lines stays one."""

from __future__ import annotations

import pytest

from tests.given_tables import read, table

HEAD = ("Jour;Objet;HT;TVA", "03/03/2026;farine;40,00;20 %", "09/03/2026;levure;10,00;20 %")
WORK = table("temps.csv", "personne;date;genre;duree", "Lou;02/03/2026;commun;3h")


@pytest.mark.parametrize(
    "foot",
    [
        ("Total;;50,00;", "", "À se partager;;812,40;"),
        ("", ";Bénéfice du mois;1 204,10 €;"),
        ("Total;;50,00;", "Notre gain;;812,40;", "Rémunération de Lou;;400,00;"),
        ("Recettes - dépenses;;150,00;",),
        ("Versé à Lou;;300,00;", "Versé à Max;;250,00;"),
    ],
)
def test_what_is_left_under_purchases_is_told(foot: tuple[str, ...]) -> None:
    proposal, _ = read(WORK, table("achats mars.csv", *HEAD, *foot))
    assert proposal.reading is not None, proposal.refusal
    assert sum(each.before_tax for each in proposal.reading.book.costs) == 5_000
    assert any("reste ou se partage" in each for each in proposal.heeded)


def test_a_line_among_purchases_or_next_to_them_is_still_one() -> None:
    for line in (";Solde du four;300,00;20 %", ";Part de marché au sol;300,00;20 %"):
        proposal, asked = read(WORK, table("achats mars.csv", *HEAD, line))
        assert "date.vides" in asked
        assert not any("reste ou se partage" in each for each in proposal.heeded)
