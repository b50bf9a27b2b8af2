"""A column of names beside columns whose titles may be names: who worked is asked, or known; nobody is lost."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

LINES = ("02/09/2026;Awa;1;2;", "03/09/2026;Bilal;;3;1,5")


@pytest.mark.parametrize("titles", ["Marché;Boutique;Livraison", "Mairie;Mme Roy;École", "Vélo;Couture;Bois"])
@pytest.mark.parametrize("name", ["Nom", "Prénom", "Personne"])
def test_a_column_of_names_says_who_worked_once_it_is_asked(titles: str, name: str) -> None:
    given = table("heures.csv", f"Date;{name};{titles}", *LINES)
    proposal, asked = read(given, genre="prestation", personnes_colonnes="")
    assert asked.count("personnes.colonnes") == (name == "Nom")
    assert minutes(proposal) == {("Awa", "2026-09"): 180, ("Bilal", "2026-09"): 270}


def test_the_titles_may_be_the_people() -> None:
    given = table("heures.csv", "Date;Nom;Awa;Bilal;Chloé", "02/09/2026;Halle;1;2;", "03/09/2026;Mairie;;3;1,5")
    proposal, asked = read(given, genre="prestation", personnes_colonnes="Awa|Bilal|Chloé")
    assert "personnes.colonnes" in asked
    assert minutes(proposal) == {("Awa", "2026-09"): 60, ("Bilal", "2026-09"): 300, ("Chloé", "2026-09"): 90}
    people = table("membres.csv", "Nom;Statut", "Awa;CAPE", "Bilal;CAPE", "Chloé;CAPE")
    proposal, asked = read(given, people, genre="prestation")
    assert "personnes.colonnes" not in asked
    assert minutes(proposal) == {("Awa", "2026-09"): 60, ("Bilal", "2026-09"): 300, ("Chloé", "2026-09"): 90}


@pytest.mark.parametrize("words", ["Budget h;Passé h;Reste h", "Prévu;Réalisé;Écart"])
def test_what_was_planned_and_what_is_left_are_nobody(words: str) -> None:
    lines = ("affiche;Awa;02/09/2026;10;3;7", "site;Bilal;03/09/2026;10;4;6")
    proposal, _ = read(table("heures.csv", f"Tâche;Qui;Date;{words}", *lines), genre="prestation")
    assert {who for who, _ in minutes(proposal)} == {"Awa", "Bilal"}
