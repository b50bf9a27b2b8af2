"""Who worked is asked with what can be people only: no tag of a customer, no column of jobs, no name of a program."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import SOLD, minutes, read, table, workbook


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


@pytest.mark.parametrize("sheet", ["Feuil1", "avril", "avril-mai", "avril et mai 2026", "04 2026"])
def test_the_name_in_a_name_of_file_is_offered_beside_a_sheet_named_after_its_months(sheet: str) -> None:
    files = [
        workbook(f"heures {who}.xlsx", {sheet: [["Jour", "Durée"], ["14/04/2026", f"{many}h"], ["15/04/2026", "2h"]]})
        for many, who in enumerate(("Nour", "Elias"), 3)
    ]
    proposal = propose([*files, table("factures.csv", SOLD)], "Essai", Recipe(), Findings())
    (asked,) = [each.doubt for each in proposal.questions if each.doubt.question.startswith("De qui")]
    assert "Nour (heures Nour.xlsx), Elias (heures Elias.xlsx)" in asked.question


@pytest.mark.parametrize("above", ["NOUR HADDAD", "Nour Haddad - mes heures", "Heures de Nour Haddad"])
def test_a_name_alone_above_a_table_is_offered(above: str) -> None:
    hours = table("avril.csv", above, "", "Jour;Durée", "14/04/2026;3h", "15/04/2026;2h")
    proposal = propose([hours, table("factures.csv", SOLD)], "Essai", Recipe(), Findings())
    (asked,) = [each.doubt for each in proposal.questions if each.doubt.question.startswith("De qui")]
    assert asked.options == (("Nour Haddad", "Nour Haddad"),)


@pytest.mark.parametrize("above", ["Relevé d'heures", "Mes heures", "Association Les Roseaux", "Équipe du matin"])
def test_what_stands_above_a_table_and_names_nobody_is_not_offered(above: str) -> None:
    hours = table("avril.csv", above, "", "Jour;Durée", "14/04/2026;3h", "15/04/2026;2h")
    proposal = propose([hours, table("factures.csv", SOLD)], "Essai", Recipe(), Findings())
    (asked,) = [each.doubt for each in proposal.questions if each.doubt.question.startswith("De qui")]
    assert not asked.options


def test_when_a_form_was_filled_in_is_offered_after_the_day_of_work() -> None:
    head = "Horodateur;Ton nom;Quand as-tu œuvré ?;Combien de temps ?"
    lines = ("02/11/2026 08:12:44;Iris;30/10/2026;3h", "03/11/2026 19:00:03;Omar;02/11/2026;2h")
    given = [table("réponses.csv", head, *lines), table("factures.csv", SOLD)]
    recipe = Recipe(answers={})
    proposal = propose(given, "Essai", recipe, Findings())
    for _ in range(2):
        if (question := proposal.questions[0]).doubt.topic == "colonne.date":
            break
        proposal = propose(given, "Essai", proposal.answer(question, question.doubt.options[0][0]), Findings())
    assert question.doubt.options[0][0] == "Quand as-tu œuvré ?"


@pytest.mark.parametrize("title", ["Priorité", "Critère de diffusion", "Importance"])
def test_a_word_of_a_program_on_every_line_is_nobody(title: str) -> None:
    lines = (f"Date;{title};Début;Fin", "04/05/2026;Normale;8h00;10h30", "05/05/2026;Normale;14h00;15h45")
    topic, offered = first_asked("g2.csv", *lines)
    assert topic.startswith("personne.")
    assert not offered
