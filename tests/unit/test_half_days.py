"""Hours of the clock in several pairs: the morning and the afternoon of one person, never people nor durations."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

NAMED = "Nom :;Nadège;;;;;"
TWO_LINES = ("Jour;Matin;;Après-midi;;Total;Chantier", ";de;à;de;à;;")
ROWS = (
    "01/09/2026;08:00;12:00;13:30;16:00;6:30;École",
    "02/09/2026;;;14:00;17:15;3:15;École",
    "05/10/2026;9h;11h30;;;2h30;École",
    "Total;;;;;12:15;",
)
WORKED = {("Nadège", "2026-09"): 585, ("Nadège", "2026-10"): 150}


@pytest.mark.parametrize(
    "titles",
    [
        TWO_LINES,
        ("Jour;Début matin;Fin matin;Début après-midi;Fin après-midi;Total;Chantier",),
        ("Jour;Arrivée matin;Départ matin;Arrivée soir;Départ soir;Durée;Chantier",),
        ("Jour;Entrée 1;Sortie 1;Entrée 2;Sortie 2;Total heures;Chantier",),
        ("Jour;De;À;De;À;Total;Chantier",),
        ("Jour;Matin de;Matin à;Après-midi de;Après-midi à;Total;Chantier",),
    ],
)
def test_the_time_of_a_day_is_that_of_its_two_halves(titles: tuple[str, ...]) -> None:
    proposal, asked = read(table("heures.csv", NAMED, *titles, *ROWS))
    assert asked == ["personnes.cape"]
    assert minutes(proposal) == WORKED


def test_without_a_total_the_pairs_are_enough() -> None:
    rows = [";".join(each for at, each in enumerate(row.split(";")) if at != 5) for row in ROWS[:-1]]
    proposal, _ = read(table("heures.csv", NAMED, "Jour;De;À;De;À;Chantier", *rows))
    assert minutes(proposal) == WORKED


@pytest.mark.parametrize("above", ["Nom : Nadège;;;;;;", "Prénom;Nadège;;;;;", "Salariée : Nadège;;2026;;;;"])
def test_the_name_above_a_table_tells_whose_hours_they_are(above: str) -> None:
    proposal, _ = read(table("heures.csv", above, *TWO_LINES, *ROWS))
    assert minutes(proposal) == WORKED


def test_a_name_above_an_empty_line_tells_whose_hours_they_are() -> None:
    titles = ("Prénom : Nadège;;;", "Mois : septembre 2026;;;", ";;;", "Jour;Date;Heures;Travail")
    proposal, _ = read(table("F1.csv", *titles, "mardi;01/09;3,5;ménage", "jeudi;03/09;4;réunion", "Total;;7,5;"))
    assert minutes(proposal) == {("Nadège", "2026-09"): 450}


def test_a_total_that_its_hours_deny_is_told_and_one_without_hours_counts() -> None:
    rows = ("01/09/2026;8:00;12:00;;;3:30;École", "02/09/2026;;;;;2:00;École", "03/09/2026;8:00;;;;1:00;École")
    proposal, _ = read(table("heures.csv", NAMED, *TWO_LINES, *rows))
    assert minutes(proposal) == {("Nadège", "2026-09"): 240 + 120 + 60}
    told = " ".join(proposal.heeded).replace("\xa0", " ")
    assert "ce total dit 3 h 30, et les heures de la ligne font 4 h" in told


def test_an_hour_without_the_other_of_its_pair_is_refused_where_nothing_else_tells() -> None:
    rows = ("01/09/2026;8:00;12:00;14:00;;École", "02/09/2026;8:00;12:00;14:00;15:00;École")
    proposal, _ = read(table("heures.csv", NAMED, "Jour;De;À;De;À;Chantier", *rows))
    assert "ligne 3" in str(proposal.refusal)
    assert "« 8:00 12:00 14:00 ? »" in str(proposal.refusal)


@pytest.mark.parametrize("foot", ["Total;;;;14:30", "Fermé;;;;", "Total mars;;;;14:30"])
def test_a_word_under_an_hour_of_the_day_loses_no_pair(foot: str) -> None:
    rows = ("9:00;11:30;13:00;17:00;6:30;Nadège;01/09/2026", "8:00;12:00;14:00;18:00;8:00;Olivier;02/09/2026")
    proposal, _ = read(table("heures.csv", "De;À;De;À;Total;Prénom;Jour", *rows, f"{foot};;"))
    if proposal.reading is None:
        assert "Fermé" in str(proposal.refusal)
    else:
        assert minutes(proposal) == {("Nadège", "2026-09"): 390, ("Olivier", "2026-09"): 480}


def test_hours_of_the_day_that_no_pair_takes_are_told_first() -> None:
    rows = (
        "01/09/2026;8:00;12:00;14:00;17:00",
        "02/09/2026;fiche 2;12:00;13:00;16:00",
        "03/09/2026;fiche 3;;13:00;14:00",
    )
    proposal, _ = read(table("heures.csv", NAMED, "Jour;Début matin;Fin matin;Début soir;Fin soir", *rows))
    told = "« Début matin » et « Fin matin » : ces heures ne sont pas lues."
    assert proposal.refusal or any(told in each for each in proposal.unread)


@pytest.mark.parametrize(
    ("titles", "rows"),
    [
        ("De;À;De;À;Pause (min);Total (min)", ("9:00;12:00;13:30;17:00;15;375", "8:00;10:00;14:00;18:00;20;340")),
        ("De;À;De;À;Pause;Durée", ("9:00;12:00;13:30;17:00;0:15;6:15", "8:00;10:00;14:00;18:00;0:20;5:40")),
        ("Arrivée;Départ;Pause;Total", ("9:00;15:30;0:15;6:15", "8:00;14:00;20 min;5h40")),
        ("Arrivée;Départ;Pause (min);Total", ("9:00;15:45;30;6,25", "8:00;14:40;60;5,67")),
    ],
)
def test_totals_prove_that_a_break_is_taken_off(titles: str, rows: tuple[str, str]) -> None:
    lines = (f"{day};{row}" for day, row in zip(("01/09/2026", "05/10/2026"), rows, strict=True))
    proposal, asked = read(table("heures.csv", NAMED, f"Jour;{titles}", *lines))
    assert "argent" not in asked
    assert minutes(proposal) == {("Nadège", "2026-09"): 375, ("Nadège", "2026-10"): 340}
    assert not any("pas enlevée" in each for each in proposal.unread)


def test_a_break_that_no_total_proves_is_told_first() -> None:
    rows = ("01/09/2026;9:00;12:00;13:30;17:00;0:15", "02/09/2026;8:00;10:00;14:00;18:00;0:20")
    proposal, _ = read(table("heures.csv", NAMED, "Jour;De;À;De;À;Pause", *rows))
    assert minutes(proposal) == {("Nadège", "2026-09"): 390 + 360}
    assert any("« Pause » n'est pas enlevée des heures" in each for each in proposal.unread)


def test_a_total_in_minutes_counts_where_no_hour_is_written() -> None:
    rows = ("01/09/2026;9:00;12:00;13:30;17:00;390", "02/09/2026;;;;;90")
    proposal, _ = read(table("heures.csv", NAMED, "Jour;De;À;De;À;Total (min)", *rows))
    assert minutes(proposal) == {("Nadège", "2026-09"): 390 + 90}


@pytest.mark.parametrize("title", ["Horaires", "Quand dans la journée", "De … à …"])
def test_hours_of_the_clock_in_one_cell_make_a_duration(title: str) -> None:
    rows = (
        f"Jour;Qui;{title};Quoi",
        "02/09/2026;Nadège;9h-12h / 14h-17h30;Chantier",
        "05/10/2026;Nadège;8h30 à 12h;Réunion",
    )
    proposal, asked = read(table("heures.csv", *rows))
    assert asked == ["personnes.cape"]
    assert minutes(proposal) == {("Nadège", "2026-09"): 390, ("Nadège", "2026-10"): 210}


PLANNING = (
    "PLANNING OCTOBRE 2026", "", ";1;2;5;6;7;8;Total", "Nadia;3;J;;½;;CP;13,5", "Omar;;4;M;;2,5;;6,5", "Lou;;;;;;M;3,5",
)  # fmt: skip


def test_letters_of_a_planning_are_asked_about_and_no_day_is_dropped_with_its_column() -> None:
    given = {"code_m": "demi", "journee": "420", "genre": "prestation"}
    proposal, asked = read(table("planning.csv", *PLANNING), **given)
    assert asked == ["code.m", "journee", "genre", "personnes.cape"]
    assert minutes(proposal) == {("Nadia", "2026-10"): 810, ("Omar", "2026-10"): 600, ("Lou", "2026-10"): 210}
    told = " ".join(proposal.heeded)
    assert "« J » compte" in told
    assert "« CP » : ces cases disent une absence" in told
    assert "ce total dit « 6,5 », et les cases font 10" in told.replace("\xa0", " ")
    away, _ = read(table("planning.csv", *PLANNING), **{**given, "code_m": "absence"})
    assert minutes(away) == {("Nadia", "2026-10"): 810, ("Omar", "2026-10"): 390}


def test_numbers_beside_whole_days_are_parts_of_days_when_none_is_more_than_one() -> None:
    rows = ("Date;Nadia;Paul", "05/10/2026;J;1", "06/10/2026;0,5;½", "07/10/2026;1;matin")
    proposal, _ = read(table("planning.csv", *rows), journee="480", genre="commun")
    assert minutes(proposal) == {("Nadia", "2026-10"): 1200, ("Paul", "2026-10"): 960}


def test_what_no_letter_explains_is_refused_with_its_cell() -> None:
    rows = (*PLANNING[:4], "Omar;;?;J;;2,5;;")
    proposal, _ = read(table("planning.csv", *rows), journee="420", genre="commun")
    assert "« ? » n'est pas une durée" in str(proposal.refusal)
