"""A time that several people have, and that its cell says whose it is: each of them, all together, or nobody knows."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

MONTH = "2026-09"


@pytest.mark.parametrize(
    ("cell", "hers"),
    [
        ("2h30 chacun", 150),
        ("2,5 h / pers.", 150),
        ("2 x 2h30", 150),
        ("2h30 x2", 150),
        ("2,5 par personne", 150),
        ("5h en tout", 150),
        ("5 h à se partager", 150),
    ],
)
def test_a_time_that_says_whose_it_is_is_not_asked_about(cell: str, hers: int) -> None:
    lines = ("Jour;Qui;Tâche;Temps", f"03/09/2026;Lou et Omar;Serres;{cell}", "04/09/2026;Lou;Semis;1h")
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Lou", MONTH): hers + 60, ("Omar", MONTH): hers}
    assert "partage" not in asked


def test_in_a_sheet_with_everything_the_remark_says_whose_the_time_is() -> None:
    lines = (
        "Date;Client;Travail;Qui;Temps;Prix HT;TVA;Remarque",
        "03/09/2026;Mairie;Haies;Lou, Omar;3h;200,00;40,00;3h chacun",
        "04/09/2026;École;Tonte;Omar;2h;100,00;20,00;",
        "05/09/2026;Musée;Serres;Lou, Omar;4h chacune;150,00;30,00;à rappeler",
    )
    proposal, asked = read(table("suivi.csv", *lines), sold="")
    assert minutes(proposal) == {("Lou", MONTH): 420, ("Omar", MONTH): 540}
    assert "partage" not in asked


def test_a_number_of_times_that_is_not_that_of_the_people_is_not_shared_in_silence() -> None:
    lines = ("Jour;Qui;Tâche;Temps", "03/09/2026;Lou et Omar;Serres;3 x 2h", "04/09/2026;Lou;Semis;1h")
    proposal, _ = read(table("heures.csv", *lines))
    assert proposal.reading is None
    assert "« 3 x 2h »" in str(proposal.refusal)


def test_a_time_that_cannot_be_read_is_never_asked_about_as_no_time() -> None:
    lines = ("Jour;Qui;Tâche;Temps", "03/09/2026;Lou et Omar;Serres;trois fois rien", "04/09/2026;Lou;Semis;1h")
    proposal, asked = read(table("heures.csv", *lines))
    assert proposal.reading is None
    assert "« trois fois rien »" in str(proposal.refusal)
    assert "partage" not in asked
