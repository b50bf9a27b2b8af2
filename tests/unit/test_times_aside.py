"""Numbers that may be hours, in a table that the group leaves aside or that is a list of orders: they are told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")


def test_times_of_nobody_in_a_table_left_aside_are_told() -> None:
    grid = table("suivi.csv", "Date;Rangement;Vélo", "07/09/2026;3;2", "08/09/2026;;1,5")
    proposal, asked = read(HOURS, grid, personnes_colonnes="", table="rien")
    assert "personnes.colonnes" in asked
    assert minutes(proposal) == {("Awa", "2026-09"): 240}
    assert any(
        "laissé de côté" in each and "6 h 30 ne comptent pas" in each.replace("\xa0", " ") for each in proposal.heeded
    )


@pytest.mark.parametrize(("head", "told"), [
    ("Projet;Date;Cuisine;Bar", True), ("Projet;Date;Km;Bar", False), ("Projet;Date;Priorité;Client", False),
])  # fmt: skip
def test_columns_of_a_list_of_orders_that_may_be_hours_are_told(head: str, told: bool) -> None:
    proposal, _ = read(HOURS, table("suivi.csv", head, "A;07/09/2026;3;2", "B;08/09/2026;2;1"), table="commandes")
    assert any("disent des heures" in each for each in proposal.heeded) is told
