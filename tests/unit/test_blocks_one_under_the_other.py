"""Tables one under the other on a sheet, whose columns are not the same: all are read, or what is left is told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

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
    lines = ("01/04/2026;Loïza;3", "07/04/2026;Loïza;2,5", "Date;Personne;Heures", "04/05/2026;Loïza;4")
    proposal, _ = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Loïza", "2026-05"): 240}
    assert len([each for each in proposal.unread if "hors des tableaux" in each]) == 2


def test_what_a_bank_or_a_form_writes_above_is_no_fact() -> None:
    lines = ("Solde au;31/03/2026;1200", "Semaine;15;2026", "Date;Personne;Heures", "04/05/2026;Loïza;4")
    proposal, _ = read(table("heures.csv", *lines))
    assert "hors des tableaux" not in " ".join([*proposal.unread, *proposal.notes])
