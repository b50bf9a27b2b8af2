"""When work starts and ends, told with the day: under any title that says it, and as a spreadsheet writes it."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

LOU = ("Lou", "2026-09")


@pytest.mark.parametrize("titles", ["De;À", "Début;Fin", "Arrivé le;Parti le", "Heure de début;Heure de fin"])
@pytest.mark.parametrize("day", ["05/09/2026 {}", "05/09/26 {}", "2026-09-05 {}", "05.09.2026 à {}"])
def test_instants_of_a_start_and_an_end_are_a_day_and_a_time(titles: str, day: str) -> None:
    lines = [
        f"Lou;{day.format('9:00')};{day.format('12:30')};vélo",
        f"Lou;{day.format('23:10')};{day.format('23:40')};tri",
    ]
    lines = [each.replace(" 9:", " 09:") if each.startswith("Lou;2026") else each for each in lines]
    proposal, asked = read(table("pointage.csv", f"Qui;{titles};Tâche", *lines), genre="prestation")
    assert minutes(proposal) == {LOU: 240}
    assert {f"{each.on}" for each in proposal.reading.book.hours} == {"2026-09-05"}
    assert "table" not in asked


def test_two_columns_of_instants_whose_difference_is_the_duration_need_no_title() -> None:
    lines = ("Qui;Badge 1;Badge 2;Durée;Tâche", "Lou;07/09/2026 09:00;07/09/2026 10:15;1h15;tri")
    proposal, asked = read(table("pointage.csv", *lines, "Lou;08/09/2026 9:00;08/09/2026 9:45;0h45;tri"))
    assert minutes(proposal) == {LOU: 120}
    assert "table" not in asked


def test_instants_that_nothing_tells_to_be_work_are_no_time() -> None:
    lines = ("Qui;Créé le;Modifié le;Note", "Lou;07/09/2026 09:00;07/09/2026 10:15;tri")
    proposal, _ = read(table("liste.csv", *lines, "Lou;08/09/2026 9:00;08/09/2026 9:45;tri"), table="rien")
    assert proposal.reading is None


def test_a_month_that_comes_first_is_proved_and_another_one_is_asked() -> None:
    lines = ("User,Clock in,Clock out,Task", "Lou,09/05/2026 09:00 AM,09/05/2026 01:30 PM,bike")
    proposal, _ = read(table("clock.csv", *lines, "Lou,09/16/2026 02:00 PM,09/16/2026 03:15 PM,bike"))
    assert minutes(proposal) == {LOU: 345}
    proposal, asked = read(table("clock.csv", *lines), date_ordre="mois")
    assert "date.ordre" in asked
    assert minutes(proposal) == {LOU: 270}


PHONE = (
    '"Activité","Durée","De","À","Commentaire"',
    '"Accueil","2:00","2026-09-30 14:47","2026-09-30 16:47",""',
    '"Vélos","3:05","2026-09-28 09:00","2026-09-28 12:05",""',
)
TOTALS = ('"Activité","Durée","%"', '"Accueil","2:00","39.34"', '"Vélos","3:05","60.66"', '"+","5:05","100.00"')


def test_totals_under_an_export_of_a_phone_are_no_hours() -> None:
    proposal, asked = read(table("suivi Lou.csv", *PHONE, "", *TOTALS), genre="prestation", personne_suivilou="Lou")
    assert minutes(proposal) == {LOU: 305}
    assert not [each for each in asked if each.startswith("table")]
    assert any("les résume" in told for told in proposal.heeded)


def test_one_of_two_tables_of_a_sheet_can_be_set_aside() -> None:
    sold = ("Numéro,Date,Client,Montant HT,TVA", '"F9","10/09/2026","Mairie","500,00","100,00"')
    mine = table("temps.csv", "Qui;Jour;Heures;Tâche", "Lou;07/09/2026;2;tri", "Lou;08/09/2026;3;tri")
    proposal, asked = read(mine, table("septembre.csv", *sold, "", *TOTALS), sold="", **{"table@activiteduree": "rien"})
    assert sales(proposal) == {"2026-09": 50_000}
    assert "table@activiteduree" in asked
    assert any("laissé de côté" in told for told in proposal.notes)


@pytest.mark.parametrize("titles", ["Nom;Temps cuisine;Temps vente", "Nom;Cuisine (h);Vente (h)"])
def test_hours_of_a_month_without_a_day_are_read_once_said_to_be_hours(titles: str) -> None:
    said = "|".join(titles.split(";")[1:])
    proposal, _ = read(table("septembre 2026.csv", titles, "Lou;12;4", "Omar;8;6"), table="heures", colonne_duree=said)
    assert minutes(proposal) == {LOU: 960, ("Omar", "2026-09"): 840}


def test_a_recapitulation_said_to_be_hours_asks_its_month() -> None:
    lines = ("Nom;Septembre : fait", "Lou;12;", "Omar;8;")
    proposal, asked = read(table("récap.csv", *lines), table="heures", mois_recapcsv="septembre 2026")
    assert minutes(proposal) == {LOU: 720, ("Omar", "2026-09"): 480}, asked


@pytest.mark.parametrize("titles", ["DTSTART,DTEND", "dtstart,dtend", "Start DateTime,End DateTime", "Starts,Ends"])
def test_a_calendar_tells_the_time_of_its_events(titles: str) -> None:
    lines = ("Lou,20260901T070000Z,20260901T093000Z,tri", "Lou,20260831T220000Z,20260831T230000Z,tri")
    proposal, asked = read(table("agenda.csv", f"Organizer,{titles},SUMMARY", *lines), genre="commun")
    assert minutes(proposal) == {LOU: 210}
    assert not [each for each in asked if each == "table" or each.startswith("colonne")]


@pytest.mark.parametrize("titles", ["DTSTART,DTEND", "Starts,Ends", "Début,Fin"])
@pytest.mark.parametrize("word", ["CANCELLED", "Annulé"])
def test_a_cancelled_event_of_a_calendar_is_no_work(titles: str, word: str) -> None:
    lines = ("Lou,20260901T070000Z,20260901T093000Z,tri,CONFIRMED", f"Lou,20260902T070000Z,20260902T093000Z,tri,{word}")
    proposal, _ = read(table("agenda.csv", f"Organizer,{titles},SUMMARY,STATUS", *lines), genre="commun")
    assert minutes(proposal) == {LOU: 150}
    assert any(word in each for each in proposal.heeded)
