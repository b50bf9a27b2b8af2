"""A legend beside a planning says what its letters are: they are read so, and told; what no legend says is asked."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

DAYS = ("01/09/2026", "02/09/2026", "03/09/2026")
CELLS = ("M;A", "M et A;", "A;M + A")


def planning(*legend: str, cells: tuple[str, ...] = CELLS, above: tuple[str, ...] = ()) -> list[str]:
    return [*above, "Date;Ida;Noam", *(f"{day};{each}" for day, each in zip(DAYS, cells, strict=True)), *legend]


@pytest.mark.parametrize(
    "lines",
    [
        planning(above=("Légende : M = matin (8h30-12h) ; A = après-midi (13h30-16h)",)),
        planning("", "matin (M) : 8h30 à 12h, après-midi (A) : 2h30"),
        planning("", "M = 3h30 / A = 2 h 30"),
        planning("", "M -> 3,5 h", "A -> de 13h30 à 16h (2h30)"),
        ["Date;Ida;Noam;;Légende", "01/09/2026;M;A;;M = 3h30", "02/09/2026;M/A;;;A = 2h30", "03/09/2026;A;M+A;;"],
    ],
)
def test_letters_that_a_legend_says_are_times_and_are_told(lines: list[str]) -> None:
    proposal, asked = read(table("septembre.csv", *lines), genre="commun")
    assert {*asked} <= {"genre", "personnes.cape"}
    assert minutes(proposal) == {("Ida", "2026-09"): 720, ("Noam", "2026-09"): 510}
    told = " ".join(proposal.heeded).replace("\xa0", " ")
    assert "d'après la légende, « M » compte 3 h 30" in told
    assert "Ce n'est pas lu" not in told


def test_words_of_a_legend_are_halves_of_a_day_whose_length_is_asked() -> None:
    lines = planning("", "M = matin, A = après-midi, RTT = repos")
    proposal, asked = read(table("planning.csv", *lines), journee="480", genre="commun")
    assert [topic for topic in asked if topic.startswith(("code", "journee"))] == ["journee"]
    assert minutes(proposal) == {("Ida", "2026-09"): 960, ("Noam", "2026-09"): 720}


def test_a_legend_says_who_is_there_and_who_is_not() -> None:
    lines = planning("", "A = absent, C = congé, P = présent (7h)", cells=("P;A", "C;P", "P;P"))
    proposal, asked = read(table("planning.csv", *lines), genre="commun")
    assert not [topic for topic in asked if topic.startswith("code")]
    assert minutes(proposal) == {("Ida", "2026-09"): 840, ("Noam", "2026-09"): 840}


def test_lines_of_facts_follow_a_legend_too() -> None:
    rows = ("Date;Qui;Durée;Travail", "01/09/2026;Ida;G1;tri", "02/09/2026;Ida;2h;tri", "03/09/2026;Noam;G2;tri")
    proposal, _ = read(table("heures.csv", *rows, "", "G1 : 8h-14h", "G2 : 14h-19h30"), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 480, ("Noam", "2026-09"): 330}


def test_without_a_legend_two_halves_in_one_cell_are_asked_about_letter_by_letter() -> None:
    lines = planning(cells=("M;AM", "J;", "M + AM;M"))
    given = {"code_m": "demi", "code_am": "demi", "journee": "420", "genre": "commun"}
    proposal, asked = read(table("planning.csv", *lines), **given)
    assert asked[:3] == ["code.m", "code.am", "journee"]
    assert minutes(proposal) == {("Ida", "2026-09"): 1050, ("Noam", "2026-09"): 420}


def test_a_letter_that_two_legends_say_otherwise_is_asked_about() -> None:
    lines = planning("", "M = 3h, J = 7h", "M = 4h, AM = 3h", cells=("M;AM", "J;", "AM;M"))
    proposal, asked = read(table("planning.csv", *lines), code_m="demi", genre="commun")
    assert "code.m" in asked
    assert "code.am" not in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 810, ("Noam", "2026-09"): 390}


def test_what_is_planned_for_people_is_no_legend_of_their_names() -> None:
    rows = ("Objectifs : Ana = 3h, Bo = 4h;;", "Date;Qui;Durée", "01/09/2026;Ana;2h", "02/09/2026;Bo;3h")
    proposal, _ = read(table("heures.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Ana", "2026-09"): 120, ("Bo", "2026-09"): 180}


def test_a_time_and_a_part_of_a_day_in_one_cell_are_never_half_counted() -> None:
    lines = planning("", "M = 3h, A = après-midi", cells=("M;A", "M;", "A;M + A"))
    _, asked = read(table("planning.csv", *lines), genre="commun", journee="420")
    assert {"code.m", "code.a"} <= {*asked}


@pytest.mark.parametrize(
    "legend",
    [
        "J = journée (6 h)   M = matin (2 h 30)   abs = absence",
        "J : 6h M : 2h30 abs : absente",
        "J → jour (6h), M → 2,5 h, abs → pas là, repos",
    ],
)
@pytest.mark.parametrize("corner", ["", "Qui"])
def test_a_grid_of_who_is_there_is_read_below_its_days_whatever_its_corner_says(corner: str, legend: str) -> None:
    days = ";".join(map(str, range(1, 31)))
    lines = (f"{corner};{days};Nb jours", f"Ida;J;J;abs;M;J;M{';' * 24};4", f"Noam;M;J;;J{';' * 26};2,5")
    proposal, asked = read(table("juin 2026.csv", "PRÉSENCES JUIN 2026", "", *lines, "", legend), genre="commun")
    assert {*asked} <= {"genre", "personnes.cape"}
    assert minutes(proposal) == {("Ida", "2026-06"): 3 * 360 + 2 * 150, ("Noam", "2026-06"): 2 * 360 + 150}
