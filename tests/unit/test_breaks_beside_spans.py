"""A column of breaks beside spans of one cell, or beside a start and an end of any titles, is taken off, or told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

MONTH = "2026-10"
RIGHT = {("Ida", MONTH): 210, ("Noam", MONTH): 420}
BREAKS = [
    ("Pause", "30 min", "1h"),
    ("Pause", "0,5", "1"),
    ("Pause", "30", "60"),
    ("Pause (min)", "30", "60"),
    ("Coupure", "0:30", "1:00"),
    ("Lunch break", "30'", "1h00"),
    ("Unpaid break (mins)", "30", "60"),
    ("Midi", "0h30", "1h"),
    ("Temps de repas", "30 mn", "60 mn"),
]


@pytest.mark.parametrize(("title", "short", "long"), BREAKS)
@pytest.mark.parametrize(
    ("hours", "first", "second"),
    [
        ("Horaires", "8h-12h", "9h-17h"),
        ("Créneau", "8:00 - 12:00", "09:00 - 17:00"),
        ("In;Out", "08:00;12:00", "09:00;17:00"),
        ("Clock in;Clock out", "8:00 AM;12:00 PM", "9:00 AM;5:00 PM"),
        ("Ouvre;Ferme", "08:00;12:00", "09:00;17:00"),
        ("Début;Fin", "08:00;12:00", "09:00;17:00"),
        ("Embauche;Débauche", "20:00;00:00", "22:00;06:00"),
    ],
)
def test_a_break_is_taken_off(title: str, short: str, long: str, hours: str, first: str, second: str) -> None:
    lines = (f"Ida;05/10/2026;{first};{short}", f"Noam;06/10/2026;{second};{long}")
    proposal, _ = read(table("équipe.csv", f"Nom;Date;{hours};{title}", *lines), genre="commun")
    assert minutes(proposal) == RIGHT


@pytest.mark.parametrize("hours", ["Horaires", "In;Out", "Début;Fin"])
@pytest.mark.parametrize("total", ["Total", "Total hrs", "Durée"])
@pytest.mark.parametrize(("pay", "right"), [(("3:30", "7:00"), RIGHT), (("4:00", "8:00"), None)], ids=["net", "whole"])
def test_a_total_proves_whether_a_break_is_taken_off(
    hours: str, total: str, pay: tuple[str, str], right: dict[tuple[str, str], int] | None
) -> None:
    spans = ("8:00-12:00", "9:00-17:00") if hours == "Horaires" else ("8:00;12:00", "9:00;17:00")
    lines = (f"Ida;05/10/2026;{spans[0]};0:30;{pay[0]}", f"Noam;06/10/2026;{spans[1]};1:00;{pay[1]}")
    proposal, _ = read(table("équipe.csv", f"Nom;Date;{hours};Lunch;{total}", *lines), genre="commun")
    assert minutes(proposal) == (right or {("Ida", MONTH): 240, ("Noam", MONTH): 480})
    told = proposal.heeded if right else proposal.unread
    said = "« Lunch » est" if right else "« Lunch » n'est pas enlevée"
    assert any(said in each for each in told)
    assert hours == "Début;Fin" or not right or any(f"« {total} » le prouve" in each for each in told)


def test_a_break_beside_spans_of_a_morning_and_an_afternoon_is_told_first() -> None:
    lines = ("Ida;05/10/2026;8h-12h / 13h-17h;1h", "Noam;06/10/2026;9h-12h;")
    proposal, _ = read(table("équipe.csv", "Nom;Date;Horaires;Pause", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", MONTH): 480, ("Noam", MONTH): 180}
    assert any("« Pause » n'est pas enlevée des heures" in each for each in proposal.unread)


@pytest.mark.parametrize("hours", ["Horaires", "In;Out", "Début;Fin"])
@pytest.mark.parametrize(
    ("title", "first", "second"),
    [("Repas", "1", "2"), ("Panier repas", "12", "14"), ("Repas servis", "25", "40"), ("Déjeuner", "12:30", "13:00")],
)
def test_meals_and_the_hour_of_lunch_are_no_breaks(hours: str, title: str, first: str, second: str) -> None:
    spans = ("8:00-12:00", "9:00-17:00") if hours == "Horaires" else ("8:00;12:00", "9:00;17:00")
    lines = (f"Ida;05/10/2026;{spans[0]};{first}", f"Noam;06/10/2026;{spans[1]};{second}")
    proposal, _ = read(table("équipe.csv", f"Nom;Date;{hours};{title}", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", MONTH): 240, ("Noam", MONTH): 480}


@pytest.mark.parametrize("hours", ["Horaires", "In;Out", "Début;Fin"])
def test_a_break_longer_than_its_work_is_refused(hours: str) -> None:
    spans = ("8:00-9:00", "9:00-17:00") if hours == "Horaires" else ("8:00;9:00", "9:00;17:00")
    lines = (f"Ida;05/10/2026;{spans[0]};2:00", f"Noam;06/10/2026;{spans[1]};1:00")
    proposal, _ = read(table("équipe.csv", f"Nom;Date;{hours};Pause", *lines), genre="commun")
    assert "ligne 2" in str(proposal.refusal)


def test_hours_apart_by_a_stroke_among_spans_are_a_span_and_it_is_told() -> None:
    lines = ("Noam;06/10/2026;20h-4h30;0:45", "Ida;05/10/2026;22h/7h;0:30", "Noam;07/10/2026;9h à 11h;")
    proposal, asked = read(table("gardes.csv", "Nom;Date;Horaire;Pause", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", MONTH): 510, ("Noam", MONTH): 585}
    assert "deux_durees" not in asked
    assert any("« 22h/7h » est lu « 22h-7h »" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    ("titles", "first", "second"),
    [
        ("Pause matin;Pause midi", "0:10;0:20", ";1:00"),
        ("Coupure;Déjeuner", "10 min;20 min", ";1h"),
        ("Break 1 (min);Break 2 (min)", "10;20", "0;60"),
    ],
)
@pytest.mark.parametrize("hours", ["Horaires", "In;Out", "Début;Fin"])
def test_breaks_in_several_columns_are_added(hours: str, titles: str, first: str, second: str) -> None:
    spans = ("8:00-12:00", "9:00-17:00") if hours == "Horaires" else ("8:00;12:00", "9:00;17:00")
    lines = (f"Ida;05/10/2026;{spans[0]};{first}", f"Noam;06/10/2026;{spans[1]};{second}")
    proposal, _ = read(table("équipe.csv", f"Nom;Date;{hours};{titles}", *lines), genre="commun")
    assert minutes(proposal) == RIGHT
    assert any("s'ajoutent : c'est la pause" in each for each in proposal.heeded)


@pytest.mark.parametrize("hours", ["In;Out", "Début;Fin"])
def test_the_parts_of_a_day_named_by_their_meals_are_no_breaks(hours: str) -> None:
    lines = ("Ida;05/10/2026;8:00;12:00;2:00;2:00", "Noam;06/10/2026;9:00;17:00;3:00;5:00")
    proposal, _ = read(table("salle.csv", f"Nom;Date;{hours};Déjeuner;Dîner", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", MONTH): 240, ("Noam", MONTH): 480}


@pytest.mark.parametrize(
    ("hours", "spans"),
    [("Horaire", ("8h-12h", "9h-17h")), ("In;Out", ("8:00;12:00", "9:00;17:00")), ("Début;Fin", ("8h;12h", "9h;17h"))],
)
@pytest.mark.parametrize("pause", ["Pause", "Coupure", "Lunch"])
def test_a_break_told_by_its_span_is_taken_off(hours: str, spans: tuple[str, str], pause: str) -> None:
    lines = (f"Ida;05/10/2026;{spans[0]};10h-10h30", f"Noam;06/10/2026;{spans[1]};12h-13h")
    proposal, _ = read(table("équipe.csv", f"Nom;Date;{hours};{pause}", *lines), genre="commun")
    assert minutes(proposal) == RIGHT


def test_services_called_by_their_meals_are_work() -> None:
    lines = ("Ida;05/10/2026;11h-15h;18h-22h", "Noam;06/10/2026;;19h-23h")
    proposal, _ = read(table("salle.csv", "Nom;Date;Déjeuner;Dîner", *lines), genre="commun")
    assert proposal.reading is None or sum(minutes(proposal).values()) == 720


def test_a_break_beside_the_spans_of_several_people_is_told_first() -> None:
    lines = ("05/10/2026;8h-12h;9h-17h;0:30", "06/10/2026;8h-12h;9h-17h;1:00")
    proposal, _ = read(table("équipe.csv", "Date;Ida;Noam;Coupure", *lines), genre="commun")
    assert any("« Coupure » n'est pas enlevée des heures" in each for each in proposal.unread)


@pytest.mark.parametrize("title", ["Quart", "Horaire de nuit", "Temps"])
def test_a_night_with_a_stroke_beside_a_break_is_asked_then_read(title: str) -> None:
    lines = ("Ida;05/10/2026;21h/7h;0:30", "Noam;06/10/2026;22h00/06h00;1:00")
    proposal, asked = read(table("équipe.csv", f"Nom;Date;{title};Pause", *lines), genre="commun")
    assert asked[0] == "deux_durees"
    assert minutes(proposal) == {("Ida", MONTH): 570, ("Noam", MONTH): 420}
