"""Columns of what was planned beside those of what was done: what was done counts, and it is told."""

from __future__ import annotations

from datetime import date

import pytest

from tests.given_tables import minutes, read, sheet, table


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


@pytest.mark.parametrize("gap", ["", "écart"])
@pytest.mark.parametrize(("planned", "done"), [("Prévisionnel", "Réalisé"), ("planifié", "réel")])
@pytest.mark.parametrize("name", ["", "Bo"])
def test_of_two_lines_of_somebody_that_of_what_was_done_counts(planned: str, done: str, gap: str, name: str) -> None:
    rows = [["Ida", planned, 3, 3], ["Ida" if name else None, done, 2, 4], [None, gap, -1, 1],
            ["Bo", planned, 5, 5], [name or None, done, 3, None], [None, gap, -2, -5]]  # fmt: skip
    kept = (row for row in rows if gap or row[1] != gap)
    head = ["Nom", None, date(2026, 9, 7), date(2026, 9, 8)]
    proposal, asked = read(sheet("semaine.xlsx", head, *kept), genre="commun")
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {("Ida", "2026-09"): 360, ("Bo", "2026-09"): 180}
    assert any("Ce qui est fait compte" in each for each in proposal.heeded)


def test_a_day_said_on_the_line_of_what_was_planned_is_that_of_what_was_done() -> None:
    rows = ("Jour;;Ida;Bo", "07/09/2026;Prévu;3;5", ";Fait;2;3", "08/09/2026;Prévu;3;5", ";Fait;4;", "Total;Prévu;6;10",
            ";Fait;6;3")  # fmt: skip
    proposal, _ = read(table("semaine.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 360, ("Bo", "2026-09"): 180}


def test_lines_of_several_days_are_asked_about() -> None:
    rows = ("Nom;Statut;Date;Durée", "Ida;prévu;07/09/2026;3h", "Ida;fait;08/09/2026;2h")
    _, asked = read(table("heures.csv", *rows), genre="commun")
    assert "heures.validees" in asked


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


ONE_CELL = ("04/05/2026;{};{}", "06/05/2026;{};{}", "11/05/2026;{};{}")


@pytest.mark.parametrize(
    ("above", "cells"),
    [
        ("Planning de mai (prévu / fait);;", ("1h / 2h", "2h / 2h30", "3h / 4h", "1h / 1h", "2h / -", "4h / 4h30")),
        ("Réalisé - prévu;;", ("2h | 1h", "2h30 | 2h", "4h | 3h", "1h | 1h", "- | 2h", "4h30 | 4h")),
        ("Mai : heures planifiées et effectuées;;", ("1 / 2", "2 / 2,5", "3 / 4", "1 / 1", "2 / 0", "4 / 4,5")),
        ("Mai;;", ("2h (prévu 1h)", "2h30", "4h (prévu 3h)", "1h", "0h (prévu 2h)", "4h30 (prévu 4h)")),
        ("Mai;;", ("prévu 1h, fait 2h", "prévu 2h, fait 2h30", "prévu 3h, fait 4h", "1h", "prévu 2h, fait -", "4h30")),
    ],
)
def test_of_two_times_in_one_cell_the_one_that_was_done_counts(above: str, cells: tuple[str, ...]) -> None:
    lines = [line.format(*cells[2 * at : 2 * at + 2]) for at, line in enumerate(ONE_CELL)]
    proposal, asked = read(table("heures.csv", above, "Date;Ida;Tom", *lines), genre="commun")
    assert "deux_durees" not in asked
    assert minutes(proposal) == {("Ida", "2026-05"): 360, ("Tom", "2026-05"): 480}
    assert any(f"« {cells[0]} » est lu 2" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    ("titles", "line"),
    [("Date;Qui;Temps;Quoi", "tri"), ("Date;Personne;Durée;Genre", "commun")],
)
@pytest.mark.parametrize(("said", "ida"), [("seconde", 330), ("premiere", 300), ("ensemble", 630)])
def test_which_of_two_times_counts_is_asked_once(titles: str, line: str, said: str, ida: int) -> None:
    lines = (f"04/05/2026;Ida;2h / 3h;{line}", f"05/05/2026;Ida;3h / 2h30;{line}", f"06/05/2026;Tom;1h;{line}")
    proposal, asked = read(table("heures.csv", titles, *lines), genre="commun", deux_durees=said)
    assert asked.count("deux_durees") == 1
    assert minutes(proposal) == {("Ida", "2026-05"): ida, ("Tom", "2026-05"): 60}


def test_two_times_in_one_cell_may_be_when_work_starts_and_ends() -> None:
    lines = ("Date;Ida;Tom", "04/05/2026;8h / 12h;9h / 11h30", "05/05/2026;13h / 17h;")
    proposal, _ = read(table("heures.csv", *lines), genre="commun", deux_durees="horaire")
    assert minutes(proposal) == {("Ida", "2026-05"): 480, ("Tom", "2026-05"): 150}


def test_a_morning_and_an_afternoon_in_one_cell_add_up() -> None:
    lines = ("Matin / après-midi;;", "Date;Ida;Tom", "04/05/2026;2h / 3h;2h / 2h", "05/05/2026;3h / -;")
    proposal, asked = read(table("heures.csv", *lines), genre="commun")
    assert "deux_durees" not in asked
    assert minutes(proposal) == {("Ida", "2026-05"): 480, ("Tom", "2026-05"): 240}


def test_two_times_for_two_people_are_not_one_planned_and_one_done() -> None:
    lines = ("Date;Qui;Heures;Quoi", "04/05/2026;Ida / Tom;2h / 3h;tri", "05/05/2026;Ida / Tom;3h / 2h30;tri")
    proposal, asked = read(table("heures.csv", *lines), genre="commun")
    assert "deux_durees" not in asked
    assert "« 2h / 3h »" in str(proposal.refusal)


@pytest.mark.parametrize("cells", [("22h/7h", "20h30 / 5h"), ("23h15/6h", "9h/17h"), ("18h/0h", "21h/2h30")])
def test_two_hours_of_a_night_may_be_when_work_starts_and_ends(cells: tuple[str, str]) -> None:
    lines = ("Date;Nom;Temps", f"04/05/2026;Ida;{cells[0]}", f"05/05/2026;Tom;{cells[1]}")
    proposal, asked = read(table("gardes.csv", *lines), genre="commun")
    assert asked[0] == "deux_durees"
    ida, tom = {"22h/7h": (540, 510), "23h15/6h": (405, 480), "18h/0h": (360, 330)}[cells[0]]
    assert minutes(proposal) == {("Ida", "2026-05"): ida, ("Tom", "2026-05"): tom}
