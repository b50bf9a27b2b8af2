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


CLASS = ("Atelier poterie;;;", ";;;", "Nom;05/05/2026;12/05/2026;19/05/2026")
CAME = {("Nolwenn", "2026-05"): 2, ("Isaac", "2026-05"): 2}


def _times(minutes_of_one: int) -> dict[tuple[str, str], int]:
    return {key: many * minutes_of_one for key, many in CAME.items()}


@pytest.mark.parametrize(
    ("yes", "no"),
    [("x", ""), ("X", "abs"), ("✓", ""), ("✔", "exc."), ("oui", "non"), ("OK", ""), ("présent", "absent"), ("P", "A"),
     ("présente", "excusée"), ("☑", "☐"), ("TRUE", "FALSE"), ("VRAI", "FAUX"), ("Présent(e)", "Absent(e)"), ("o", "n"),
     ("✔\ufe0f", ""), ("signé", "")],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Émargement.csv", "atelier.csv"])
def test_ticks_under_days_are_as_long_as_the_group_says(yes: str, no: str, name: str) -> None:
    lines = (*CLASS, f"Nolwenn;{yes};{yes};{no}", f"Isaac;{yes};{no};{yes}")
    proposal, asked = read(WORKED, table(name, *lines), presence="2h30", genre="formation")
    assert asked[0] == "presence"
    assert minutes(proposal) == {**ALONE, **_times(150)}
    left, _ = read(WORKED, table(name, *lines), genre="formation")
    assert minutes(left) == ALONE
    assert any("laissé de côté, comme vous l'avez dit" in note for note in left.notes)


@pytest.mark.parametrize(
    "sentence",
    ["Chaque séance dure 2 heures 30", "1 croix = 2h30", "Durée d'une séance : 2h30", "une présence compte 2,5 h",
     "x = 2h30 de formation", "Séances de 14h à 16h30 (durée 2h30)"],
)  # fmt: skip
def test_a_sentence_says_how_long_a_tick_is(sentence: str) -> None:
    lines = (sentence, *CLASS, "Nolwenn;x;X;abs", "Isaac;✓;;x")
    proposal, asked = read(WORKED, table("présences mai.csv", *lines), genre="formation")
    assert "presence" not in asked
    assert minutes(proposal) == {**ALONE, **_times(150)}
    assert any("compte 2 h 30" in each.replace("\u00a0", " ") for each in proposal.heeded)


def test_ticks_under_people_on_the_lines_of_days() -> None:
    lines = ("Jour;Nolwenn;Isaac", "05/05/2026;✓;✓", "12/05/2026;✓;", "19/05/2026;;✓")
    proposal, asked = read(table("réunions.csv", *lines), presence="1h", genre="commun")
    assert asked[0] == "presence"
    assert minutes(proposal) == _times(60)


def test_a_count_of_ticks_and_signatures_beside_them_are_no_time() -> None:
    lines = (*CLASS[:2], f"{CLASS[2]};Nb séances;Signature", "Nolwenn;x;x;;2;N.", "Isaac;✓;exc.;✓;2;")
    proposal, _ = read(WORKED, table("émargement.csv", *lines), presence="1h", genre="formation")
    assert minutes(proposal) == {**ALONE, **_times(60)}


def test_flags_of_members_are_no_presence() -> None:
    members = ("Prénom;Statut;Permis;Secourisme", "Ada;CAPE;oui;oui", "Bo;CAPE;oui;non")
    proposal, asked = read(WORKED, table("membres.csv", *members))
    assert "presence" not in asked
    assert minutes(proposal) == ALONE


def test_ticks_among_times_are_asked_about_once_most_cells_are_ticks() -> None:
    lines = (*CLASS, "Nolwenn;x;x;1h30", "Isaac;x;;x")
    proposal, _ = read(WORKED, table("émargement.csv", *lines), presence="1h", genre="formation")
    assert minutes(proposal) == {**ALONE, ("Nolwenn", "2026-05"): 210, ("Isaac", "2026-05"): 120}


def test_flags_without_any_day_are_no_presence() -> None:
    flags = ("Nom;Permis;Clé;Badge", "Ada;oui;x;oui", "Bo;oui;;x")
    _, asked = read(WORKED, table("équipement.csv", *flags))
    assert "presence" not in asked


def test_totals_that_count_ticks_are_no_times_and_false_ones_are_told() -> None:
    lines = (*CLASS[:2], f"{CLASS[2]};Total", "Nolwenn;x;x;;2", "Isaac;x;;x;2", "Total;2;1;1;4")
    proposal, _ = read(WORKED, table("émargement.csv", *lines), presence="1h30", genre="commun")
    assert minutes(proposal) == {**ALONE, **_times(90)}
    assert not [each for each in proposal.heeded if "ce total" in each]


def test_ones_among_ticks_are_ticks() -> None:
    proposal, asked = read(
        WORKED, table("mai.csv", *CLASS, "Nolwenn;1;x;", "Isaac;1;;1"), presence="1h", genre="commun"
    )
    assert asked[0] == "presence"
    assert minutes(proposal) == {**ALONE, **_times(60)}


def test_a_session_may_say_its_day_in_brackets_and_a_total_count_those_who_came() -> None:
    lines = ("Nom;Séance 1 (05/05/2026);Séance 2 (12/05/2026)", "Nolwenn;✓;✓", "Isaac;;✓", "Total;1;2")
    proposal, asked = read(WORKED, table("poterie.csv", *lines), presence="1h", genre="commun")
    assert asked[0] == "presence"
    assert minutes(proposal) == {**ALONE, ("Nolwenn", "2026-05"): 120, ("Isaac", "2026-05"): 60}


@pytest.mark.parametrize(
    ("legend", "once"),
    [
        ("Présences (1 croix = 1 demi-journée de 4h)", 240),
        ("Croix : demi-journée de 3h30", 210),
        ("x = une demi-journée (4 h)", 240),
        ("Présences (une croix dure 1 h 30 min)", 90),
        ("Présences", 210),
    ],
)
@pytest.mark.parametrize("twice", ["xx", "x x", "XX"])
@pytest.mark.parametrize("turned", [False, True])
def test_two_crosses_in_one_cell_are_twice_the_time(legend: str, once: int, twice: str, turned: bool) -> None:
    people = (
        f"{legend};;",
        "Date;Ida;Bo",
        f"06/05/2026;x;{twice}",
        "07/05/2026;;x",
        f"13/05/2026;{twice};",
        "Total;3;3",
    )
    days = (f"{legend};;;", "Nom;06/05/2026;07/05/2026;13/05/2026", f"Ida;x;;{twice}", f"Bo;{twice};x;", "Total;3;1;2")
    proposal, asked = read(table("mai.csv", *(days if turned else people)), presence="3h30", genre="commun")
    assert asked == [*(["presence"] if legend == "Présences" else []), "genre", "personnes.cape"]
    assert minutes(proposal) == {("Ida", "2026-05"): 3 * once, ("Bo", "2026-05"): 3 * once}
    assert not any("ce total" in each for each in proposal.heeded)


def test_half_a_day_may_be_answered_of_a_cross() -> None:
    lines = ("Présences;;", "Date;Ida;Bo", "06/05/2026;x;xx", "07/05/2026;;x")
    question = propose([table("mai.csv", *lines)], "Essai", findings=Findings()).questions[0]
    assert ("3h30", "une demi-journée de 3 h 30") in question.doubt.options


@pytest.mark.parametrize("label", ["Durée", "Heures", "Durée (h)", "Temps"])
@pytest.mark.parametrize("lengths", [("2h", "1h30", "3h"), ("2", "1,5", "3"), ("2:00", "1:30", "3:00")])
@pytest.mark.parametrize("count", [(), ("Présentes;2;1;1",), ("Nb de participants;2;1;1",), ("Total;2;1;1",)])
def test_the_length_of_each_session_may_stand_on_a_line(
    label: str, lengths: tuple[str, ...], count: tuple[str, ...]
) -> None:
    lines = (";06/05/2026;07/05/2026;13/05/2026", ";".join((label, *lengths)), "Ida;x;;x", "Bo;x;x;", *count)
    proposal, asked = read(table("ateliers.csv", *lines), genre="commun")
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {("Ida", "2026-05"): 300, ("Bo", "2026-05"): 210}
    assert any("la longueur d'une croix vient de cette ligne" in each for each in proposal.heeded)


def test_those_who_are_counted_below_crosses_are_nobody() -> None:
    lines = ("Croix = 2h;;", "Nom;06/05/2026;07/05/2026", "Ida;x;xx", "Bo;x;", "Présents;2;1")
    proposal, asked = read(table("mai.csv", *lines), genre="commun")
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {("Ida", "2026-05"): 360, ("Bo", "2026-05"): 120}
