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


@pytest.mark.parametrize(("label", "rate", "asked"), [
    ("Débours : timbres", "0 %", True), ("Taxe avancée pour votre compte", "0 %", True),
    ("Frais réglés pour vous", "", True), ("Débours refacturés", "20 %", False), ("Pose", "0 %", False),
])  # fmt: skip
def test_a_line_paid_for_the_customer_without_vat_is_asked_about(label: str, rate: str, asked: bool) -> None:
    head, work = "N°;Date;Client;Désignation;Montant HT;Taux TVA", "F1;10/09/2026;Bar;Travaux;1000,00;20 %"
    sold = "\n".join((head, work, f"F1;10/09/2026;Bar;{label};30,00;{rate or '0'}"))
    topics = read(HOURS, sold=sold)[1]
    assert any(each.startswith("etat.") for each in topics) is asked
    if asked:
        topic = next(each for each in topics if each.startswith("etat.")).replace(".", "_")
        proposal, _ = read(HOURS, sold=sold, **{topic: "non"})
        assert proposal.reading is not None
        assert [each.before_tax for each in proposal.reading.book.lines] == [100_000]
