"""Tables of hours side by side on a sheet, each under the name of somebody, or of nobody: each has its own person."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

LINES = ("02/09/2026;3;Halle;;03/09/2026;4;Halle", "07/09/2026;2;Réunion;;08/09/2026;5;Halle")
TITLES = "Date;Heures;Quoi;;Date;Heures;Quoi"
EACH = {("Iris", "2026-09"): 300, ("Omar", "2026-09"): 540}


@pytest.mark.parametrize("above", [("Iris;;;;Omar;;",), ("Septembre 2026", "", "Iris;;;;Omar;;")])
@pytest.mark.parametrize("below", [(), ("Total;5;;;Total;9;",)])
def test_a_name_above_each_table_says_whose_it_is(above: tuple[str, ...], below: tuple[str, ...]) -> None:
    proposal, asked = read(table("r2.csv", *above, TITLES, *LINES, *below), genre="prestation")
    assert minutes(proposal) == EACH
    assert asked == ["genre", "personnes.cape"]
    assert any("lu comme la table « heures »." in each for each in proposal.notes)
    assert not any("« r2.csv » et « r2.csv »" in each for each in proposal.notes)


def test_tables_of_nobody_are_asked_about_one_by_one() -> None:
    said = {"personne_r2@dateheuresquoi": "Iris", "personne_r2@4dateheuresquoi": "Omar", "genre": "commun"}
    proposal, asked = read(table("r2.csv", TITLES, *LINES), **said)
    assert minutes(proposal) == EACH
    assert len([topic for topic in asked if topic.startswith("personne.")]) == 2


@pytest.mark.parametrize("above", [(), ("Feuille de temps;;;", "Nom :;;;", "Mois :;juin 2026;;", "")])
def test_an_empty_form_leaves_nothing_to_agree_to(above: tuple[str, ...]) -> None:
    blank = (*above, "Date;Heures;Quoi;Visa")
    given = (
        table("Iris.csv", "Date;Heures;Genre", "03/09/2026;3;commun"),
        table("modele.csv", *blank),
    )
    proposal, _ = read(*given)
    assert minutes(proposal) == {("Iris", "2026-09"): 180}
    assert not proposal.unread
    assert any("modele.csv" in each for each in proposal.notes)
