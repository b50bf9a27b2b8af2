"""Two columns that could say the same thing: the title that says it best is read, and the other is told."""

from __future__ import annotations

import pytest

from tests.given_tables import SOLD, minutes, read, sales, table


@pytest.mark.parametrize("other", ["Date de création", "Émise le", "Le"])
@pytest.mark.parametrize("first", [False, True])
def test_the_day_of_an_invoice_is_that_of_its_own_title(other: str, first: bool) -> None:
    days = [other, "Date de facture"] if first else ["Date de facture", other]
    kept = {other: "25/08/2026", "Date de facture": "02/09/2026"}
    head, line = ";".join(["N°", *days, "Montant HT", "TVA"]), ";".join(["F1", *map(kept.get, days), "500", "100"])
    hours = table("heures.csv", "personne;date;duree", "Awa;02/09/2026;3h")
    proposal, _ = read(hours, sold=f"{head}\n{line}")
    assert sales(proposal) == {"2026-09": 500_00}
    assert any(f"« Date de facture », pas de « {other} »" in each for each in proposal.heeded)


def test_hours_done_are_read_beside_those_planned_and_no_title_that_counts_is_a_person() -> None:
    lines = ["Qui;Date;Heures prévues;Heures réelles;Nb repas", "Awa;02/09/2026;4;3,5;2", "Ben;03/09/2026;2;2,75;1"]
    proposal, asked = read(table("heures.csv", *lines), sold=SOLD)
    assert minutes(proposal) == {("Awa", "2026-09"): 210, ("Ben", "2026-09"): 165}
    assert "personnes.colonnes" not in asked
