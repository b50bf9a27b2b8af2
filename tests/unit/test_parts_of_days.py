"""People in lines, days in columns, a morning and an afternoon below each day, itself written over the first alone."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

HOURS = ("Ines;2;4;;1,5", "Paul;;3;2,5;")
WORKED = {("Ines", "2026-09"): 450, ("Paul", "2026-09"): 330}
CROSSES = ("Ines;x;x;;x", "Paul;;x;x;")
USUAL = ["genre", "personnes.cape"]
OVER = "Prénom;07/09/2026;;08/09/2026;"


@pytest.mark.parametrize(
    "parts",
    ["M;A;M;A", "M;AM;M;AM", "AM;PM;AM;PM", "Matin;Après-midi;Matin;Après-midi", "mat.;ap.-midi;mat.;ap.-midi"],
)
@pytest.mark.parametrize(
    "over", [("Heures", OVER), ("Septembre 2026", "Nom;lundi 7;;mardi 8;"), ("Sept. 2026", "Nom;7;;8;")]
)
def test_both_halves_of_a_day_count_without_a_question(over: tuple[str, str], parts: str) -> None:
    proposal, asked = read(table("Heures.csv", *over, f";{parts}", *HOURS))
    assert asked == USUAL
    assert minutes(proposal) == WORKED


def test_the_title_of_people_may_stand_beside_the_parts_and_a_total_at_the_end() -> None:
    lines = (";07/09/2026;;08/09/2026;;Total", "Prénom;M;A;M;A;", "Ines;2;4;;1,5;7,5", "Paul;;3;2,5;;5,5")
    proposal, asked = read(table("Heures.csv", *lines))
    assert asked == USUAL
    assert minutes(proposal) == WORKED


@pytest.mark.parametrize("below", ["M;A;M;A", "Matin;PM;Matin;PM"])
@pytest.mark.parametrize(
    ("legend", "ines", "paul"),
    [
        (("Un x vaut une demi-journée = 4 h",), 720, 480),
        (("Demi-journée (M ou A) = 4 h",), 720, 480),
        (("M = 4 h, A = 3 h 30",), 660, 450),
        (("M = 4 h", "A = 3 h 30"), 660, 450),
        (("Matin = 8h-12h / après-midi = 14h-17h30",), 660, 450),
    ],
)
def test_a_cross_is_as_long_as_is_said_of_its_half_of_a_day(
    below: str, legend: tuple[str, ...], ines: int, paul: int
) -> None:
    lines = (*legend, OVER, f";{below}", *CROSSES, "Présents;1;2;1;1")
    proposal, asked = read(table("Émargement.csv", *lines))
    assert asked == USUAL
    assert minutes(proposal) == {("Ines", "2026-09"): ines, ("Paul", "2026-09"): paul}


@pytest.mark.parametrize("legend", [(), ("M = 4 h",)])
def test_how_long_a_cross_is_is_asked_when_nothing_says_it_of_each_half(legend: tuple[str, ...]) -> None:
    proposal, asked = read(table("Émargement.csv", *legend, OVER, ";M;A;M;A", *CROSSES), presence="3h")
    assert "presence" in asked
    assert minutes(proposal) == {("Ines", "2026-09"): 540, ("Paul", "2026-09"): 360}


def test_a_below_people_is_no_end_of_work_and_is_asked_about() -> None:
    lines = ("Date;Ines;;Paul;", ";M;A;M;A", "07/09/2026;2;4;;3", "08/09/2026;;1,5;2,5;")
    proposal, asked = read(table("Heures.csv", *lines))
    assert "colonnes.temps" in asked
    assert minutes(proposal) == WORKED


def test_a_column_of_times_without_a_title_right_of_a_day_is_told_first() -> None:
    proposal, _ = read(table("Heures.csv", "Heures", OVER, *HOURS))
    told = [str(each) for each in proposal.unread if "n'a pas de titre" in str(each)]
    assert [each[each.index("« ") :][:14] for each in told] == ["« 07/09/2026 »", "« 08/09/2026 »"]
    totals = ("Heures", "Prénom;07/09/2026;08/09/2026;", "Ines;2;4;6", "Paul;3;2,5;5,5")
    assert not read(table("Heures.csv", *totals))[0].unread


@pytest.mark.parametrize("parts", ["M;A;M;A", "Matin;Après-midi;Matin;Après-midi"])
def test_hours_of_the_clock_below_each_half_of_a_day_count(parts: str) -> None:
    lines = (OVER, f";{parts}", "Ines;10h-12h;14h-18h;;14h-15h30", "Paul;;14h à 17h;9h30-12h;")
    proposal, asked = read(table("Heures.csv", *lines))
    assert asked == USUAL
    assert minutes(proposal) == WORKED


@pytest.mark.parametrize(
    "rows",
    [
        ("Ines;10h-12h;14h-18h;;14h-15h30;7,5", "Paul;;14h à 17h;9h30-12h;;5,5"),
        ("Ines;x;x;;x;3", "Paul;;x;x;;2", "Total;1;2;1;1;5"),
    ],
)
def test_a_total_of_hours_of_the_clock_or_of_crosses_is_not_denied(rows: tuple[str, ...]) -> None:
    proposal, _ = read(table("Présence.csv", "1 demi-journée = 2 h", f"{OVER};Total", ";M;A;M;A;", *rows))
    assert not [each for each in map(str, proposal.heeded) if "ce total" in each]


@pytest.mark.parametrize(
    ("days", "parts", "rows"),
    [
        ("07/09/2026;;08/09/2026;;10/09/2026", "M;A;M;A;", ("Ines;2;4;;1;0,5", "Paul;;3;2;;0,5")),
        ("07/09/2026;08/09/2026;;10/09/2026;", ";M;PM;M;PM", ("Ines;2;4;;1,5;", "Paul;CP;3;2,5;;")),
        ("07/09/2026;;08/09/2026;Total", "Matin;Après-midi;;", ("Ines;2;4;1,5;7,5", "Paul;;3;2,5;5,5")),
        ("07/09/2026;;08/09/2026", "M;A;", ("Ines;10h-12h;14h-18h;9h-10h30", "Paul;;14h-17h;9h30-12h")),
    ],
)
def test_a_day_without_parts_beside_days_that_have_some_counts_whole(
    days: str, parts: str, rows: tuple[str, str]
) -> None:
    proposal, asked = read(table("Heures.csv", f"Prénom;{days}", f";{parts}", *rows))
    assert asked == USUAL
    assert minutes(proposal) == WORKED
    assert any("sans matin ni après-midi dessous : ces temps sont de toute la journée" in e for e in proposal.heeded)


def test_crosses_of_a_day_without_parts_are_told_as_not_read() -> None:
    lines = (";07/09/2026;;08/09/2026;;10/09/2026", ";M;A;M;A;", "Ines;x;x;;x;x", "Paul;;x;x;;")
    proposal, _ = read(table("Émargement.csv", "M = 4 h, A = 3 h 30", *lines))
    assert minutes(proposal) == {("Ines", "2026-09"): 660, ("Paul", "2026-09"): 450}
    assert any("« 10/09/2026 », sans matin ni après-midi dessous : ce n'est pas lu" in e for e in proposal.unread)
