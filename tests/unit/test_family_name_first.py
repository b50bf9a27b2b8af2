"""« Ney, Paul »: the family name, a comma and the first name are one person, asked once when it is another's name."""

from __future__ import annotations

from tests.given_tables import minutes, read, table

HOURS = table("heures.csv", "Qui;Date;Heures;Genre", "Ney, Paul;07/09/2026;4h;commun", "Diop, Awa;08/09/2026;3h;commun",
              "Ney, Paul;09/09/2026;1h;commun")  # fmt: skip
PEOPLE = table("personnes.csv", "Nom;Statut;Début", "Paul Ney;cape;01/09/2024", "Awa Diop;cape;01/09/2024")


def test_they_are_the_people_of_the_list_once_the_group_says_so() -> None:
    proposal, asked = read(PEOPLE, HOURS)
    assert asked == ["personnes.memes"]
    assert minutes(proposal) == {("Paul Ney", "2026-09"): 300, ("Awa Diop", "2026-09"): 180}


def test_alone_they_keep_their_name() -> None:
    proposal, asked = read(HOURS)
    assert asked == ["personnes.cape"]
    assert minutes(proposal) == {("Ney, Paul", "2026-09"): 300, ("Diop, Awa", "2026-09"): 180}


def test_two_people_of_the_list_in_one_cell_are_still_two() -> None:
    people = table("personnes.csv", "Nom;Statut;Début", "Paul;cape;01/09/2024", "Awa;cape;01/09/2024")
    hours = table("heures.csv", "Qui;Date;Heures;Genre", "Paul, Awa;07/09/2026;4h;commun", "Awa;08/09/2026;3h;commun")
    proposal, asked = read(people, hours, partage="chacun")
    assert asked == ["partage"]
    assert minutes(proposal) == {("Paul", "2026-09"): 240, ("Awa", "2026-09"): 420}
