"""Several names in one cell, however they are written between: each is somebody; two with a comma may be one."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

HEAD = "Jour;Qui;Temps;Quoi"
MONTH = "2026-05"
THREE = {("Léna", MONTH): 300, ("Youri", MONTH): 120, ("Solange", MONTH): 120}


@pytest.mark.parametrize(
    "cell",
    [
        "Léna, Youri et Solange",
        "Léna, Youri, Solange",
        "Léna, Youri, et Solange",
        "Léna, Youri & Solange",
        "Léna / Youri / Solange",
        "Léna + Youri + Solange",
        "Léna/Youri, Solange",
        "Léna, Youri + Solange",
        "LÉNA, YOURI ET SOLANGE",
        "Léna, Youri and Solange",
        "Léna, Youri ainsi que Solange",
        "Léna avec Youri et Solange",
        "Léna (+ Youri et Solange)",
        "Léna\\Youri\\Solange",
    ],
)
def test_three_names_are_three_people(cell: str) -> None:
    lines = (HEAD, "04/05/2026;Léna;3h;accueil", f'12/05/2026;"{cell}";2h;fête')
    proposal, asked = read(table("carnet.csv", *lines), genre="commun", partage="chacun")
    assert asked == ["partage", "genre", "personnes.cape"]
    assert {(who.capitalize(), when): many for (who, when), many in minutes(proposal).items()} == THREE


def test_those_of_a_sure_list_are_known_in_the_next_ones() -> None:
    lines = (HEAD, "04/05/2026;Léna & Youri;3h;accueil", '12/05/2026;"Léna, Youri";2h;fête')
    proposal, asked = read(table("carnet.csv", *lines), genre="commun", partage="chacun")
    assert asked == ["partage", "genre", "personnes.cape"]
    assert minutes(proposal) == {("Léna", MONTH): 300, ("Youri", MONTH): 300}


COMMA = (HEAD, "04/05/2026;Léna;3h;accueil", '12/05/2026;"Léna, Youri";2h;fête')


def test_two_names_and_a_comma_are_asked_about_where_others_have_none() -> None:
    proposal, asked = read(table("carnet.csv", *COMMA), genre="commun", partage="chacun")
    assert asked == ["partage.virgule", "partage", "genre", "personnes.cape"]
    assert minutes(proposal) == {("Léna", MONTH): 300, ("Youri", MONTH): 120}
    one, asked = read(table("carnet.csv", *COMMA), genre="commun", partage_virgule="une", personnes_memes="")
    assert "partage" not in asked
    assert minutes(one) == {("Léna", MONTH): 180, ("Léna, Youri", MONTH): 120}


def test_a_family_name_and_a_first_name_in_every_cell_are_not_asked_about() -> None:
    lines = (
        HEAD,
        '04/05/2026;"Roy, Maud";3h;accueil',
        '12/05/2026;"Diop, Awa";2h;fête',
        '13/05/2026;"Roy, Maud";1h;tri',
    )
    proposal, asked = read(table("carnet.csv", *lines), genre="commun")
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {("Roy, Maud", MONTH): 240, ("Diop, Awa", MONTH): 120}


def test_a_name_that_stands_on_both_sides_of_commas_is_a_first_name() -> None:
    lines = (HEAD, '04/05/2026;"Léna, Youri";3h;accueil', '12/05/2026;"Youri, Solange";2h;fête')
    proposal, asked = read(table("carnet.csv", *lines), genre="commun", partage="chacun")
    assert asked[0] == "partage.virgule"
    assert minutes(proposal) == {("Léna", MONTH): 180, ("Youri", MONTH): 300, ("Solange", MONTH): 120}


@pytest.mark.parametrize("cell", ["Roy, Maud / Diop, Awa", "Roy, Maud et Diop, Awa", "Roy, Maud; Diop, Awa"])
def test_two_whole_names_with_their_commas_are_two_people(cell: str) -> None:
    lines = (HEAD, '04/05/2026;"Roy, Maud";3h;accueil', f'12/05/2026;"{cell}";2h;fête', '13/05/2026;"Diop, Awa";1h;tri')
    proposal, _ = read(table("carnet.csv", *lines), genre="commun", partage="chacun")
    assert minutes(proposal) == {("Roy, Maud", MONTH): 300, ("Diop, Awa", MONTH): 180}


NOBODY = [
    "Léna, Youri, etc.",
    "Léna, Youri et 2 bénévoles",
    "Léna + les autres",
    "Léna et ?",
    "Léna + 1",
    "tous sauf Inès",
]


@pytest.mark.parametrize("cell", NOBODY)
def test_a_part_that_names_nobody_is_refused(cell: str) -> None:
    lines = (HEAD, "04/05/2026;Léna;3h;accueil", f'12/05/2026;"{cell}";2h;fête', "13/05/2026;Youri;1h;tri")
    proposal, _ = read(table("carnet.csv", *lines), genre="commun", partage="chacun")
    assert "ne dit pas qui" in str(proposal.refusal)


def test_everybody_is_each_person_of_the_file_with_her_comma() -> None:
    lines = (HEAD, '04/05/2026;"Roy, Maud";3h;accueil', '12/05/2026;"Diop, Awa";2h;fête', "13/05/2026;tous;1h;tri")
    proposal, _ = read(table("carnet.csv", *lines), genre="commun", partage="chacun")
    assert minutes(proposal) == {("Roy, Maud", MONTH): 240, ("Diop, Awa", MONTH): 180}


def test_two_first_names_of_the_file_in_one_cell_may_be_two_people() -> None:
    lines = (HEAD, "04/05/2026;Léna;3h;accueil", '12/05/2026;"Léna\nYouri";2h;fête', "13/05/2026;Youri;1h;tri")
    proposal, asked = read(table("carnet.csv", *lines), genre="commun", partage="chacun")
    assert asked[0] == "partage.virgule"
    assert minutes(proposal) == {("Léna", MONTH): 300, ("Youri", MONTH): 180}


def test_what_is_said_after_the_names_is_no_name() -> None:
    lines = (HEAD, "04/05/2026;Léna;3h;accueil", "12/05/2026;Léna, Youri et Tom (2h chacun);2h;fête")
    proposal, asked = read(table("carnet.csv", *lines), genre="commun")
    assert "partage" not in asked
    assert minutes(proposal) == {("Léna", MONTH): 300, ("Youri", MONTH): 120, ("Tom", MONTH): 120}


@pytest.mark.parametrize("cell", ["Le Bel, Léna", "LE BEL, L.", "Le Bel, L"])
def test_a_name_turned_with_its_comma_is_one_person(cell: str) -> None:
    lines = (HEAD, "04/05/2026;Léna Le Bel;3h;accueil", f'12/05/2026;"{cell}";2h;fête', "13/05/2026;Youri;1h;tri")
    proposal, asked = read(table("carnet.csv", *lines), genre="commun")
    assert asked == ["genre", "personnes.memes", "personnes.cape"]
    assert minutes(proposal) == {("Léna Le Bel", MONTH): 300, ("Youri", MONTH): 60}


def test_all_but_one_are_all_the_others() -> None:
    lines = (
        HEAD,
        "04/05/2026;Léna;3h;tri",
        "05/05/2026;Youri;1h;tri",
        "06/05/2026;Tom;1h;tri",
        "12/05/2026;tous sauf Léna;2h;fête",
    )
    proposal, _ = read(table("carnet.csv", *lines), genre="commun", partage="chacun")
    assert minutes(proposal) == {("Léna", MONTH): 180, ("Youri", MONTH): 180, ("Tom", MONTH): 180}


def test_names_of_the_file_between_dots_are_several_people() -> None:
    lines = (HEAD, "04/05/2026;Léna;3h;tri", "05/05/2026;Youri;1h;tri", "12/05/2026;Léna.Youri;2h;fête")
    proposal, _ = read(table("carnet.csv", *lines), genre="commun", partage="chacun")
    assert minutes(proposal) == {("Léna", MONTH): 300, ("Youri", MONTH): 180}


def test_hours_of_volunteers_who_are_not_named_stay_theirs() -> None:
    lines = (HEAD, "04/05/2026;Léna;3h;tri", "12/05/2026;Bénévoles;2h;fête")
    proposal, _ = read(table("carnet.csv", *lines), genre="commun")
    assert minutes(proposal) == {("Léna", MONTH): 180, ("Bénévoles", MONTH): 120}
