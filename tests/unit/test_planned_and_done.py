"""Columns of what was planned beside those of what was done: what was done counts, and it is told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table


@pytest.mark.parametrize(
    ("planned", "done"),
    [("prévu", "réel"), ("Budget", "Réalisé"), ("heures estimées", "heures faites"), ("objectif", "temps passé"),
     ("prévisionnel", "effectif")],
)  # fmt: skip
@pytest.mark.parametrize(
    "lines",
    [
        ("Qui;sept. 2026;;oct. 2026;", ";{0};{1};{0};{1}", "Ida;9;7;5;6", "Bo;9;8;5;4"),
        ("Qui;{0};;{1};", ";sept. 2026;oct. 2026;sept. 2026;oct. 2026", "Ida;9;5;7;6", "Bo;9;5;8;4"),
        ("Qui;sept. 2026 ({1});sept. 2026 ({0});oct. 2026 ({1});oct. 2026 ({0})", "Ida;7;9;6;5", "Bo;8;9;4;5"),
        ("Mois;Ida {0};Ida {1};Bo {0};Bo {1}", "septembre 2026;9;7;9;8", "octobre 2026;5;6;5;4"),
    ],
)
def test_what_was_done_counts_and_what_was_planned_does_not(planned: str, done: str, lines: tuple[str, ...]) -> None:
    proposal, _ = read(table("suivi.csv", *(each.format(planned, done) for each in lines)), genre="commun")
    assert minutes(proposal) == {
        ("Ida", "2026-09"): 420, ("Ida", "2026-10"): 360, ("Bo", "2026-09"): 480, ("Bo", "2026-10"): 240,
    }  # fmt: skip
    assert any("c'était prévu, et n'est pas lu" in each for each in proposal.heeded)


def test_a_first_name_that_ends_as_such_a_word_stays() -> None:
    lines = ("Jour;Ida;Bo;Noël", "07/09/2026;1h;2h;3h", "08/09/2026;1h;2h;3h")
    proposal, _ = read(table("suivi.csv", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 120, ("Bo", "2026-09"): 240, ("Noël", "2026-09"): 360}


@pytest.mark.parametrize(
    ("planned", "done"),
    [
        ("Théorique", "Effectif"),
        ("Contractuel", "Fait"),
        ("Vendu", "Passé"),
        ("Alloué", "Consommé"),
        ("Forfait", "Réel"),
    ],
)
@pytest.mark.parametrize("unit", ["", " (h)"])
def test_what_was_done_and_planned_are_nobody(planned: str, done: str, unit: str) -> None:
    lines = (f"Jour;Nom;{planned}{unit};{done}{unit};Quoi", "07/09/2026;Ida;3;2;Serre", "08/09/2026;Bo;4;3;Serre")
    proposal, asked = read(table("suivi.csv", *lines), genre="commun")
    assert not any("personne" in each for each in asked if each != "personnes.cape")
    assert minutes(proposal) == {("Ida", "2026-09"): 120, ("Bo", "2026-09"): 180}
