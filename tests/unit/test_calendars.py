"""Events of a whole day in a calendar kept as a table are told first, and no hours; « mailto: » is in no name."""

from __future__ import annotations

from datetime import datetime

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import minutes, read, sheet, table

WORKED = {("Nils", "2026-09"): 150}


@pytest.mark.parametrize(
    ("timed", "whole"),
    [
        (("2026-09-07T09:00:00", "2026-09-07T11:30:00"), ("2026-09-08", "2026-09-09")),
        (("20260907T070000Z", "20260907T093000Z"), ("20260908", "20260910")),
        (("07/09/2026 9:00", "07/09/2026 11:30"), ("08/09/2026", "08/09/2026")),
        (("07/09/2026 09h00", "07/09/2026 11h30"), ("08/09/2026", "")),
        (("2026-09-07 09:00", "2026-09-07 11:30"), ("2026-09-08 00:00", "2026-09-09 00:00")),
    ],
)
@pytest.mark.parametrize("titles", ["DTSTART;DTEND", "Début;Fin"])
def test_events_of_a_whole_day_are_told_first_and_the_others_read(
    titles: str, timed: tuple[str, str], whole: tuple[str, str]
) -> None:
    lines = (f"Nils;{';'.join(timed)};Tri", f"Nils;{';'.join(whole)};Foire")
    proposal, _ = read(table("agenda.csv", f"Organizer;{titles};Summary", *lines))
    assert minutes(proposal) == WORKED
    assert any("un événement d'une journée entière n'est pas lu : « Foire »" in each for each in proposal.unread)


def test_a_workbook_of_moments_leaves_its_whole_days_too() -> None:
    rows = (
        ["Nils", datetime(2026, 9, 7, 9), datetime(2026, 9, 7, 11, 30)],
        ["Nils", datetime(2026, 9, 8), datetime(2026, 9, 9)],
    )
    proposal, _ = read(sheet("agenda.xlsx", ["Qui", "Début", "Fin"], *rows))
    assert minutes(proposal) == WORKED
    assert len(proposal.unread) == 1


@pytest.mark.parametrize(("title", "yes", "no"), [("All day", "True", "False"), ("Journée entière", "Vrai", "Faux")])
def test_a_column_that_says_whole_day_is_followed(title: str, yes: str, no: str) -> None:
    lines = (f"Nils;07/09/2026;9:00;11:30;{no};Tri", f"Nils;08/09/2026;0:00;0:00;{yes};Foire")
    proposal, _ = read(table("agenda.csv", f"Qui;Date;Début;Fin;{title};Objet", *lines))
    assert minutes(proposal) == WORKED
    assert any("« Foire »" in each for each in proposal.unread)


def test_work_until_midnight_is_read() -> None:
    lines = ("Nils;2026-09-07T21:30:00;2026-09-08T00:00:00;Bal",)
    proposal, _ = read(table("agenda.csv", "Organizer;DTSTART;DTEND;Summary", *lines))
    assert minutes(proposal) == WORKED
    assert not proposal.unread


@pytest.mark.parametrize(
    "written", ["mailto:nils@exemple.fr", "MAILTO:nils@exemple.fr", "CN=nils@exemple.fr:mailto:n@e"]
)
def test_the_way_to_write_to_somebody_is_not_in_her_name(written: str) -> None:
    lines = (f"{written};20260907T070000Z;20260907T093000Z;Tri",)
    proposal, _ = read(table("agenda.csv", "Organizer;DTSTART;DTEND;Summary", *lines))
    assert minutes(proposal) == {("nils@exemple.fr", "2026-09"): 150}


@pytest.mark.parametrize("title", ["Présent", "Présente", "Présent(e)", "Présence", "Venu ?", "Là", "Émargement"])
@pytest.mark.parametrize(
    "marks", [("oui", "non", "Oui"), ("x", "", "X"), ("1", "0", "1"), ("P", "Abs", "P"), ("✓", "-", "✓")]
)
def test_who_was_there_is_a_list_of_presences(title: str, marks: tuple[str, str, str]) -> None:
    days = zip(("07", "08", "09"), ("Nils", "Mona", "Nils"), marks, strict=True)
    given = table("suivi.csv", f"Date;Nom;{title}", *(f"{day}/09/2026;{who};{mark}" for day, who, mark in days))
    proposal, asked = read(given, presence="1h15")
    assert "presence" in asked
    assert minutes(proposal) == WORKED


def test_a_list_of_presences_may_be_left_out() -> None:
    hours = table("heures.csv", "Date;Nom;Heures", "07/09/2026;Nils;2h30")
    given = table("suivi.csv", "Date;Nom;Présent", "07/09/2026;Nils;oui", "08/09/2026;Nils;oui")
    proposal, asked = read(given, hours, presence="rien")
    assert "presence" in asked
    assert minutes(proposal) == WORKED


def test_who_is_there_each_month_is_a_statement() -> None:
    hours = table("heures.csv", "Date;Nom;Heures", "07/09/2026;Nils;2h30")
    given = table("suivi.csv", "Mois;Nom;Présent", "septembre 2026;Nils;oui")
    proposal, asked = read(given, hours)
    assert "presence" not in asked
    assert minutes(proposal) == WORKED


SHARED = ("Nils : caisse;07/09/2026 9:00;07/09/2026 11:30", "Mona : tri;08/09/2026 9:00;08/09/2026 10:00")
BOTH = {("Nils", "2026-09"): 150, ("Mona", "2026-09"): 60}


@pytest.mark.parametrize(("title", "dash"), [("Titre", " : "), ("Summary", " - "), ("Objet", " – "), ("Title", " : ")])
def test_who_begins_the_titles_of_a_shared_calendar_is_proposed_as_people(title: str, dash: str) -> None:
    lines = (each.replace(" : ", dash) for each in SHARED)
    proposal, asked = read(table("p.csv", f"{title};Début;Fin", *lines))
    assert asked == ["personne.mots", "genre", "personnes.cape"]
    assert minutes(proposal) == BOTH


def test_two_people_may_begin_a_title_and_one_without_people_is_refused_where_it_stands() -> None:
    lines = (*SHARED * 2, "Mona et Nils : caisse;09/09/2026 9:00;09/09/2026 10:00")
    proposal, _ = read(table("p.csv", "Titre;Début;Fin", *SHARED, lines[-1]), partage="chacun")
    assert minutes(proposal) == {("Nils", "2026-09"): 210, ("Mona", "2026-09"): 120}
    proposal, asked = read(table("p.csv", "Titre;Début;Fin", *lines[:4], "Foire;10/09/2026 9:00;10/09/2026 11:00"))
    assert "personne.vides" not in asked
    assert "ligne 6, champ « personne » : la case est vide" in str(proposal.refusal)


def test_somebody_new_in_a_shared_calendar_is_asked_about_alone() -> None:
    titles = "Titre;Début;Fin"
    first, _ = read(table("p.csv", titles, *SHARED), sold="")
    recipe, new = first.recipe.lasting, "Zoé : tri;09/10/2026 9:00;09/10/2026 10:00"
    later = [table("p.csv", titles, SHARED[0].replace("/09/", "/10/"), new)]
    proposal = propose(later, "Essai", recipe, Findings())
    question = next(each for each in proposal.questions if each.doubt.topic == "personne.mots")
    assert question.doubt.options == (("Zoé", "Zoé"),)
    again = propose(later, "Essai", proposal.answer(question, "Zoé"), Findings())
    assert not any(each.doubt.topic == "personne.mots" for each in again.questions)
    assert again.understood[0].count == 2


def test_titles_that_begin_with_no_name_ask_whose_the_hours_are() -> None:
    lines = ("Réunion : bureau;07/09/2026 9:00;07/09/2026 10:00", "Tri;08/09/2026 9:00;08/09/2026 10:30")
    proposal, asked = read(table("agenda.csv", "Titre;Début;Fin", *lines), personne_agenda="Nils")
    assert "personne.mots" not in asked
    assert minutes(proposal) == WORKED


def test_the_day_of_an_outlook_calendar_stands_beside_its_hour_and_is_not_asked() -> None:
    titles = "Objet,Début le,Début à,Fin le,Fin à,Journée entière,Date de rappel,Organisateur d'une réunion,Priorité"
    lines = (
        "Tri,7/09/2026,09:00:00,7/09/2026,10:00:00,Faux,6/09/2026,Nils Roy,Normale",
        "Tri,9/09/2026,09:00:00,9/09/2026,10:30:00,Faux,8/09/2026,Nils Roy,Normale",
        "Foire,8/09/2026,00:00:00,9/09/2026,00:00:00,Vrai,7/09/2026,Nils Roy,Normale",
    )
    proposal, asked = read(table("calendrier.csv", titles, *lines))
    assert asked == ["colonne.personne", "genre", "personnes.cape"]
    assert minutes(proposal) == {("Nils Roy", "2026-09"): 150}


@pytest.mark.parametrize(
    ("start", "end"), [("Begin", "Finish"), ("Started", "Ended"), ("begin_at", "end_at"), ("Commence", "Finit")]
)
def test_when_an_event_starts_and_ends_is_told_under_many_titles(start: str, end: str) -> None:
    lines = ("Tri;2026-09-07 09:00;2026-09-07 10:00;Nils", "Visite;2026-09-08 09:00;2026-09-08 10:30;Nils")
    proposal, asked = read(table("suivi.csv", f"Event;{start};{end};Who", *lines))
    assert minutes(proposal) == WORKED
    assert asked == ["genre", "personnes.cape"]


def test_how_private_an_event_is_names_nobody() -> None:
    titles = "Subject,Start Date,Start Time,End Date,End Time,Meeting Organizer,Priority,Sensitivity"
    lines = (f"Tri,9/{day}/2026,9:00:00 AM,9/{day}/2026,10:15:00 AM,Nils Roy,Normal,Normal" for day in (17, 18))
    proposal = propose([table("calendar.csv", titles, *lines)], "Essai", None, Findings())
    options = [label for each in proposal.questions for _, label in each.doubt.options]
    assert "« Meeting Organizer » : Nils Roy" in options
    assert not {"« Sensitivity »", "« Priority »"} & {*options}


def test_the_day_of_a_form_is_the_day_that_was_asked_for() -> None:
    titles = "Horodateur,Ton prénom,Quel jour as-tu travaillé ?,Combien de temps ?,Pour quoi ?"
    lines = ("02/10/2026 08:12:44,Nils,30/09/2026,1h,Tri", "03/10/2026 08:12:44,Nils,29/09/2026,1h30,Tri")
    proposal, asked = read(table("réponses.csv", titles, *lines))
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == WORKED
