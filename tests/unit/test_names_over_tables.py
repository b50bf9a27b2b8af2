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


@pytest.mark.parametrize(
    "above",
    [
        "{} — octobre 2026;;",
        "{} - oct. 2026;;",
        "{} (octobre);;",
        "{} [10/2026];;",
        "{};;octobre 2026",
        "Octobre 2026 : {};;",
        "Heures de {} – octobre;;",
        "Feuille de temps : {};;",
        "Feuille de temps : {} octobre 2026;;",
        "{}, cuisine;;",
    ],
)
def test_a_month_beside_the_name_above_each_table_is_no_part_of_it(above: str) -> None:
    given: list[str] = []
    for name, hours in (("Iris Morel", 3), ("Omar Petit", 4), ("Zoé Le Goff", 5)):
        lines = [f"{day};Halle;{hours}" for day in ("05/10/2026", "19/10/2026")]
        given += [above.format(name), "Jour;Tâche;Heures", *lines, f";Total;{2 * hours}", ";;"]
    proposal, asked = read(table("r4.csv", *given), genre="prestation")
    each = {("Iris Morel", "2026-10"): 360, ("Omar Petit", "2026-10"): 480, ("Zoé Le Goff", "2026-10"): 600}
    assert minutes(proposal) == each
    assert not any(topic.startswith("personne.") for topic in asked)


def test_somebody_has_a_table_for_each_month_under_her_name() -> None:
    given: list[str] = []
    for name, said, month in (("Iris", "mai", 5), ("Omar", "mai", 5), ("Iris", "juin", 6), ("Omar", "juin", 6)):
        lines = [f"0{day}/0{month}/2026;{month}" for day in (1, 2)]
        given += [f"{name} — {said} 2026;", "Jour;Heures", *lines, f"Total;{2 * month}", ";"]
    proposal, _ = read(table("r4.csv", *given), genre="prestation")
    assert minutes(proposal) == {(who, f"2026-0{at}"): at * 120 for who in ("Iris", "Omar") for at in (5, 6)}


def test_days_that_are_numbers_are_those_of_the_month_above_each_table() -> None:
    given: list[str] = []
    for name, said in (("Iris", "mai"), ("Omar", "mai"), ("Iris", "juin"), ("Omar", "juin")):
        given += [f"{name} — {said} 2026;", "Jour;Heures", "2;3", "20;4", "Total;7", ";"]
    proposal, asked = read(table("r4.csv", *given), genre="prestation")
    assert minutes(proposal) == {(who, f"2026-0{at}"): 420 for who in ("Iris", "Omar") for at in (5, 6)}
    assert len([topic for topic in asked if topic.startswith("mois.")]) == 2
