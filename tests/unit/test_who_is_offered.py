"""Who worked is asked with what can be people only: no tag of a customer, no column of jobs, no name of a program."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read, table


def first_asked(name: str, *lines: str) -> tuple[str, list[str]]:
    """Return the topic of the first question about a file, and what it offers."""
    question = propose([table(name, *lines)], "Essai", Recipe(), Findings()).questions[0]
    return question.doubt.topic, [value for value, _ in question.doubt.options]


@pytest.mark.parametrize(
    "lines",
    [
        ("Job name;Start;End;Length", "Verger;2026-05-04 08:00;2026-05-04 10:30;2:30",
         "Serre;2026-05-05 14:00;2026-05-05 15:45;1:45"),
        ("Jour;Début;Fin;Category;Lieu", "04/05/2026;8h00;10h30;Verger;Nantes", "05/05/2026;14h00;15h45;Serre;Rezé",
         "06/05/2026;14h00;15h45;Serre;Rezé"),
        ("Day;Tags;Time", "2026-05-04;compta;2:30:00", "2026-05-05;\"Lycée Camus, haies\";1:45:00"),
        ("Date;Heures;Chez", "04/05/2026;2h30;Mairie de Vez", "05/05/2026;1h45;Mairie de Vez", "06/05/2026;1h;Dupin"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("program", ["ATracker", "Tyme", "work-tracker", "TimeSheets", ""])
def test_what_is_no_person_is_not_offered(lines: tuple[str, ...], program: str) -> None:
    topic, offered = first_asked(f"{program} Sacha.csv", *lines)
    assert topic.startswith("personne.")
    assert offered[0] == "Sacha"


@pytest.mark.parametrize("title", ["Domaine", "Espace", "Univers"])
def test_one_word_on_every_line_of_a_file_of_somebody_is_not_offered(title: str) -> None:
    lines = (f"Date;{title};Début;Fin", "04/05/2026;Serre;8h00;10h30", "05/05/2026;Serre;14h00;15h45")
    topic, offered = first_asked("Hours Mona.csv", *lines)
    assert topic.startswith("personne.")
    assert offered[0] == "Mona"


def test_an_unknown_title_over_names_is_offered_alone() -> None:
    lines = ("Jour;Heures;Task;Présences", "04/05/2026;2h;Verger;Sacha", "05/05/2026;1h;Serre;Mona",
             "06/05/2026;1h;Serre;Sacha")  # fmt: skip
    assert first_asked("export.csv", *lines) == ("colonne.personne", ["Présences", "aucune"])


@pytest.mark.parametrize(
    ("titles", "ids"),
    [
        ("log_id;worker;on;tracked_seconds", ("501", "502", "503")),
        ("sessionId;person;on;elapsedSec", ("9001", "9002", "9007")),
        ("uid;user;on;seconds_spent", ("a1f", "b2", "c3")),
        ("Réf;Prénom;Jour;Chrono (s)", ("77120", "77125", "77130")),
        ("key;user;on;duration_s", ("20451", "20455", "20460")),
    ],
)
def test_a_column_that_numbers_lines_is_nobody_and_seconds_are_a_time(titles: str, ids: tuple[str, ...]) -> None:
    told = ("Zoé;2026-05-04;5400", "Zoé;2026-05-05;1800", "Ali;2026-05-05;9000")
    lines = [f"{each};{rest}" for each, rest in zip(ids, told, strict=True)]
    proposal, asked = read(table("saisies.csv", titles, *lines))
    assert {*asked} <= {"genre", "personnes.cape"}
    assert minutes(proposal) == {("Zoé", "2026-05"): 120, ("Ali", "2026-05"): 150}


def test_times_that_no_title_tells_are_offered_without_the_numbers_of_the_lines() -> None:
    lines = ["20451;Zoé;2026-05-04;5400", "20455;Zoé;2026-05-05;1800", "20460;Ali;2026-05-05;9000"]
    topic, offered = first_asked("saisies.csv", "ticket;user;date;track", *lines)
    assert (topic, offered[0]) == ("table", "heures")
    proposal, asked = read(table("saisies.csv", "ticket;user;date;track", *lines), duree_unite="s")
    assert asked[1:3] == ["colonne.duree", "duree.unite"]
    assert minutes(proposal) == {("Zoé", "2026-05"): 120, ("Ali", "2026-05"): 150}
