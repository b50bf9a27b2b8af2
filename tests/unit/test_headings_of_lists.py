"""What stands alone above a list, « Planning prévisionnel », « Devis 2026 », may say that it does not count: asked."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

WORK = ("Date;Qui;Durée", "07/09/2026;Lou;3h", "08/09/2026;Ana;2h")


@pytest.mark.parametrize(
    "heading", ["Planning prévisionnel septembre 2026", "Heures prévues", "Septembre (à confirmer)"]
)
def test_hours_under_a_heading_of_a_forecast_are_asked_about(heading: str) -> None:
    proposal, asked = read(table("a.csv", "Jour;Personne;Heures", "01/09/2026;Lou;1"), table("b.csv", heading, *WORK))
    assert any(each.startswith("prevu.") for each in asked)
    assert minutes(proposal) == {("Lou", "2026-09"): 60}


@pytest.mark.parametrize("heading", ["Heures de septembre 2026", "Heures prévues : 35", "Planning", "Réel et prévu"])
def test_hours_under_another_heading_count(heading: str) -> None:
    proposal, asked = read(table("b.csv", heading, *WORK))
    assert not any(each.startswith("prevu.") for each in asked)
    assert minutes(proposal) == {("Lou", "2026-09"): 180, ("Ana", "2026-09"): 120}


@pytest.mark.parametrize("heading", ["DEVIS 2026", "Nos devis", "Factures proforma", "Liste des devis"])
def test_a_list_of_quotes_under_its_heading_is_asked_about(heading: str) -> None:
    quotes = table("liste.csv", heading, "N°;Date;Client;HT;TVA;TTC", "D1;02/09/2026;Bar;500,00;100,00;600,00")
    sold = "N°;Date;Client;HT;TVA;TTC\nF1;03/09/2026;Bar;100,00;20,00;120,00"
    proposal, asked = read(table("heures.csv", *WORK), quotes, sold=sold)
    assert any(each.startswith("prevu.") for each in asked)
    assert sales(proposal) == {"2026-09": 10_000}


@pytest.mark.parametrize(
    "titles", ["Date;Client;Objet;Prix TTC", "Date;Pour qui;Quoi;Montant HT", "Le;Nom;Article;Prix"]
)
def test_a_list_of_amounts_without_a_word_of_spending_is_never_bought_in_silence(titles: str) -> None:
    lines = ("02/09/2026;Mme Roy;ourlet;12,00", "09/09/2026;Cie Bulle;costumes;540,00")
    _, asked = read(table("heures.csv", *WORK), table("cahier.csv", titles, *lines))
    assert any(each.startswith(("table", "argent", "colonne.montant")) for each in asked)
