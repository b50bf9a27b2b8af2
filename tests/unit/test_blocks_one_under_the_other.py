"""Tables one under the other on a sheet, whose columns are not the same: all are read, or what is left is told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

BOTH = {
    ("Loïza", "2026-04"): 330,
    ("Ibra", "2026-04"): 240,
    ("Loïza", "2026-05"): 300,
    ("Ibra", "2026-05"): 195,
    ("Coumba", "2026-05"): 240,
}
APRIL = ("01/04/2026;3;;", "07/04/2026;2,5;4;")
MAY = ("04/05/2026;4;;2", "12/05/2026;;3,25;2", "28/05/2026;1;;")


@pytest.mark.parametrize("title", ["Jour", "Date", "Quand"])
@pytest.mark.parametrize(
    "lines",
    [
        ("HEURES 2026", "", "AVRIL", "{t};Loïza;Ibra;", *APRIL, "", "MAI", "{t};Loïza;Ibra;Coumba", *MAY),
        ("{t};Loïza;Ibra;", *APRIL, "", "{t};Loïza;Ibra;Coumba", *MAY),
        (
            "{t};Loïza;Ibra;",
            *APRIL,
            "Total;5,5;4;",
            "",
            "{t};Coumba;Ibra;Loïza",
            *[";".join((d, c, b, a)) for d, a, b, c in (each.split(";") for each in MAY)],
        ),
    ],
)
def test_a_month_with_one_person_more(title: str, lines: tuple[str, ...]) -> None:
    proposal, _ = read(table("heures.csv", *(each.format(t=title) for each in lines)))
    assert minutes(proposal) == BOTH


def test_who_came_in_the_second_month_is_known_in_the_third_one() -> None:
    june = ("", "Jour;Ibra;Coumba", "02/06/2026;7;6,5")
    lines = ("Jour;Loïza;Ibra", *APRIL, "", "Jour;Loïza;Ibra;Coumba", *MAY, *june)
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == {**BOTH, ("Ibra", "2026-06"): 420, ("Coumba", "2026-06"): 390}
    assert not any(topic.startswith("personnes") for topic in asked if "cape" not in topic)


def test_lines_above_the_titles_that_look_like_facts_are_told() -> None:
    lines = ("Acompte;02/04/2026;300", "Avance;07/04/2026;250", "Date;Personne;Heures", "04/05/2026;Loïza;4")
    proposal, _ = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Loïza", "2026-05"): 240}
    assert len([each for each in proposal.unread if "hors des tableaux" in each]) == 2


def test_what_a_bank_or_a_form_writes_above_is_no_fact() -> None:
    lines = ("Solde au;31/03/2026;1200", "Semaine;15;2026", "Date;Personne;Heures", "04/05/2026;Loïza;4")
    proposal, _ = read(table("heures.csv", *lines))
    assert "hors des tableaux" not in " ".join([*proposal.unread, *proposal.notes])


@pytest.mark.parametrize("months", [("Avril 2026", "Mai 2026"), ("04/2026", "05/2026")])
@pytest.mark.parametrize("apart", [("",), ()])
def test_the_month_in_the_corner_of_each_table(months: tuple[str, str], apart: tuple[str, ...]) -> None:
    lines = (f"{months[0]};Loïza;Ibra;", *APRIL, *apart, f"{months[1]};Loïza;Ibra;Coumba", *MAY)
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == BOTH
    assert not any(topic.startswith("colonne") for topic in asked)


def test_days_across_with_the_titles_again_for_each_month() -> None:
    april, may = ("Prénom;01/04;07/04", "Loïza;3;2,5", "Ibra;;4"), ("Loïza;4;;1", "Ibra;;3,25;", "Coumba;2;2;")
    proposal, _ = read(table("heures.csv", *april, "Prénom;04/05;12/05;28/05", *may))
    assert minutes(proposal) == BOTH


def test_a_total_that_bears_the_number_of_its_line_is_no_customer() -> None:
    lines = ("CA HT;;;", "N° ligne;Client;Janv. 2026;Févr. 2026", "1;Halles;100;50", "2;Mairie;200;", "3;Total;300;50")
    worked = table("heures.csv", "Date;Personne;Heures", "02/01/2026;Loïza;4")
    proposal, _ = read(table("ca.csv", *lines), worked, sold="")
    assert sales(proposal) == {"2026-01": 300_00, "2026-02": 50_00}
