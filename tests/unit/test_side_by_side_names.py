"""Tables of hours on one sheet, each under the name of somebody: her hours are hers, side by side or not."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

NAMES, TITLES, WORK = "Lou;;;;Ana;;", "Jour;Temps;Quoi;;Jour;Temps;Quoi", "02/09/2026;2;tri;;03/09/2026;4;tri"
SIDES = {
    "the same titles": (NAMES, TITLES, WORK.replace("4", "3"), ";;;;04/09/2026;1;tri"),
    "other titles": (NAMES, "Jour;Temps;Quoi;;Jour;Temps;Note", WORK.replace("4", "3"), ";;;;05/09/2026;1;ici"),
    "a title above all": ("Nos heures;;;;;;", NAMES, TITLES, WORK),
    "words before a name": ("Heures de Lou;;;;Heures d'Ana;;", TITLES, WORK),
    "three of them": (
        "Lou;;;Ana;;;Zoé;",
        "Jour;Temps;;Jour;Temps;;Jour;Temps",
        "02/09/2026;2;;03/09/2026;4;;03/09/2026;7",
    ),
    "totals below": (NAMES, TITLES, WORK, "Total;2;;;Total;4;"),
}


@pytest.mark.parametrize("lines", SIDES.values(), ids=SIDES.keys())
def test_each_of_several_tables_is_of_the_one_whose_name_stands_above(lines: tuple[str, ...]) -> None:
    proposal, asked = read(table("septembre.csv", *lines), genre="prestation")
    found = minutes(proposal)
    assert (found["Lou", "2026-09"], found["Ana", "2026-09"]) == (120, 240)
    assert not [each for each in asked if each.startswith("personne.")]


def test_two_tables_under_words_that_are_no_names_are_asked_about() -> None:
    lines = ("Semaine A;;;Semaine B;", "Jour;Temps;;Jour;Temps", "02/09/2026;2;;09/09/2026;4")
    _, asked = read(table("septembre.csv", *lines), personne_septembre="Lou", genre="prestation")
    assert [each for each in asked if each.startswith("personne.")]
