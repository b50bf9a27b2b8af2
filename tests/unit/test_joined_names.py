"""A name joined to a task, a place or another name, in a cell or as a title: who it is is asked, never a new person."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

SOLD = "Numéro;Date;Client;Montant HT;TVA\nF1;10/09/2026;Halle;500,00;100,00"


@pytest.mark.parametrize(("one", "two"), [
    ("Awa (ménage)", "Awa [accueil]"), ("Awa - ménage", "Awa – accueil"), ("Awa : ménage", "Awa"), ("Awa-Halle", "Awa"),
    ("Awa_Halle", "Awa"), ("Awa chez Halle", "Awa"), ("Awa @ Halle", "Awa"), ("Awa pour Bar", "Awa pour Halle"),
])  # fmt: skip
def test_one_person_under_two_words_is_asked_about(one: str, two: str) -> None:
    lines = (f"07/09/2026;{one};4h", f"08/09/2026;{two};3h", "08/09/2026;Lou;1h")
    proposal, asked = read(table("heures.csv", "Date;Qui;Heures", *lines), sold=SOLD)
    assert "personnes.memes" in asked
    assert minutes(proposal) == {("Awa", "2026-09"): 420, ("Lou", "2026-09"): 60}


def test_columns_of_people_and_customers_are_asked_about() -> None:
    worked = table("heures.csv", "Date;Awa-Halle;Lou-Halle;Awa-Bar", "07/09/2026;4;1;2", "08/09/2026;3;;")
    proposal, asked = read(worked, sold=SOLD)
    assert "personnes.memes" in asked
    assert minutes(proposal) == {("Awa", "2026-09"): 540, ("Lou", "2026-09"): 60}


def test_a_double_first_name_is_a_name() -> None:
    who = "Marie-Claude"
    lines = (f"07/09/2026;{who};4h", "08/09/2026;Marie;3h", "08/09/2026;Lou;1h")
    proposal, _ = read(table("heures.csv", "Date;Qui;Heures", *lines), sold=SOLD)
    assert minutes(proposal)[who, "2026-09"] == 240


@pytest.mark.parametrize(("said", "hers"), [("plusieurs", 420), ("une", 180)])
def test_two_known_names_and_a_hyphen_may_be_two_people(said: str, hers: int) -> None:
    lines = ("07/09/2026;Awa-Lou;4h", "08/09/2026;Awa;3h", "08/09/2026;Lou;1h")
    proposal, asked = read(table("heures.csv", "Date;Qui;Heures", *lines), sold=SOLD, partage_virgule=said)
    assert "partage.virgule" in asked
    assert minutes(proposal)["Awa", "2026-09"] == hers
