"""Crosses under people beside a duration: those who were there, each or together, as the group says."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import minutes, read, table


@pytest.mark.parametrize(("yes", "no"), [("x", ""), ("✓", "-"), ("oui", "non"), ("X", "absent")])
@pytest.mark.parametrize(("how", "ada"), [("chacun", 180 + 90), ("ensemble", 90 + 90)])
def test_those_who_are_crossed_did_the_time_of_the_line(yes: str, no: str, how: str, ada: int) -> None:
    lines = ("Date;Durée;Ada;Bo;Cy", f"07/09/2026;3h;{yes};{yes};{no}", f"14/09/2026;1h30;{yes};{no};{no}")
    proposal, asked = read(table("Présences.csv", *lines), genre="commun", partage=how)
    assert "partage" in asked
    assert minutes(proposal) == {("Ada", "2026-09"): ada, ("Bo", "2026-09"): 180 if how == "chacun" else 90}


def test_a_word_that_says_neither_is_refused_on_its_cell() -> None:
    lines, findings = ("Date;Durée;Ada;Bo", "07/09/2026;3h;x;x", "14/09/2026;2h;x;(retard)"), Findings()
    propose([table("Réunions.csv", *lines)], "Essai", None, findings)
    assert [(place.line, what) for place, what, _ in findings.problems if "retard" in what] == [
        (3, "« (retard) » ne dit pas si Bo était là.")
    ]


def test_hours_of_people_with_one_cross_stay_hours_of_people() -> None:
    lines = ("Date;Ada;Bo;Heures", "07/09/2026;3;2;5", "14/09/2026;1;x;1", "15/09/2026;1;1;2")
    proposal, _ = read(table("Septembre.csv", *lines), genre="commun")
    assert minutes(proposal)["Ada", "2026-09"] == 300


MEETINGS = ("Jour;Ada;Bo;Cy", "03/09/2026;1;0;1", "10/09/2026;1;1;0", "17/09/2026;1;;-")
WORKED = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Ada;4h;prestation", "08/09/2026;Bo;2h;prestation")
ALONE = {("Ada", "2026-09"): 240, ("Bo", "2026-09"): 120}


@pytest.mark.parametrize("name", ["assemblées.csv", "Feuille de présence.csv", "réunion_équipe.csv"])
def test_ones_on_a_sheet_of_presences_are_no_hours_or_as_long_as_the_group_says(name: str) -> None:
    proposal, asked = read(WORKED, table(name, *MEETINGS))
    assert asked == ["presence", "personnes.cape"]
    assert minutes(proposal) == ALONE
    assert any("laissé de côté, comme vous l'avez dit" in note for note in proposal.notes)
    proposal, _ = read(WORKED, table(name, *MEETINGS), presence="1h15", genre="commun")
    assert minutes(proposal) == {("Ada", "2026-09"): 240 + 225, ("Bo", "2026-09"): 195, ("Cy", "2026-09"): 75}
    refused, _ = read(WORKED, table(name, *MEETINGS), presence="longtemps")
    assert "ne suffit pas à le lire" in str(refused.refusal)


def test_ones_that_nothing_explains_may_be_presences_too() -> None:
    proposal, asked = read(WORKED, table("tableau.csv", *MEETINGS), duree_unite="presence")
    assert "presence" not in asked
    assert minutes(proposal) == ALONE
    assert any("ces présences n'ont pas de durée" in note for note in proposal.notes)


def test_hours_noted_on_a_sheet_of_presences_stay_hours() -> None:
    lines = ("Jour;Ada;Bo", "03/09/2026;1;2", "10/09/2026;1;0")
    proposal, asked = read(table("présences.csv", *lines), genre="commun")
    assert "presence" not in asked
    assert minutes(proposal) == {("Ada", "2026-09"): 120, ("Bo", "2026-09"): 120}
