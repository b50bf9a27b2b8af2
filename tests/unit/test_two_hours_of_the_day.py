"""Two columns of hours of the day beside names are a start and an end, whatever stands above them."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

TRIPS = ("Ida;05/10/2026;08:15;12:00", "Noam;05/10/2026;14:00;18:30", "Ida;06/10/2026;09:00;12:00")
RIGHT = {("Ida", "2026-10"): 405, ("Noam", "2026-10"): 270}


@pytest.mark.parametrize("who", ["Nom", "Prénom", "Salarié"])
@pytest.mark.parametrize(
    "pair",
    ["Ouvre;Ferme", "Montée;Descente", "Sortie;Retour", "Départ;Arrivée", "Top 1;Top 2", "Entrée;Sortie", "Matin;Soir"],
)
def test_two_hours_of_the_day_are_a_start_and_an_end_and_it_is_told(who: str, pair: str) -> None:
    proposal, _ = read(table("tournées.csv", f"{who};Date;{pair}", *TRIPS), genre="commun")
    assert minutes(proposal) == RIGHT
    told = " et ".join(f"« {title} »" for title in pair.split(";"))
    assert any(f"{told} disent quand le travail commence et quand il finit" in each for each in proposal.heeded)


def test_a_post_that_is_taken_and_left_is_no_message() -> None:
    proposal, _ = read(table("équipe.csv", "Nom;Date;Prise du poste;Fin du poste", *TRIPS), genre="commun")
    assert minutes(proposal) == RIGHT


@pytest.mark.parametrize(
    "titles",
    [
        "Ouverture matin;Fermeture matin;Ouverture soir;Fermeture soir",
        "Heure de début;Heure de fin;Heure de début 2;Heure de fin 2",
    ],
)
def test_two_starts_and_two_ends_a_day_are_added(titles: str) -> None:
    lines = ("Ida;05/10/2026;08:00;11:30;13:00;17:00", "Noam;06/10/2026;09:00;12:00;;", "Ida;07/10/2026;;;14:00;16:00")
    proposal, _ = read(table("boutique.csv", f"Nom;Date;{titles}", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-10"): 570, ("Noam", "2026-10"): 180}


@pytest.mark.parametrize(
    "lines",
    [
        ("Ida;05/10/2026;06:30;09:00", "Noam;06/10/2026;07:00;09:30"),
        ("Ida;05/10/2026;06:00;20:00", "Noam;06/10/2026;05:30;21:00"),
    ],
    ids=["early", "long"],
)
def test_hours_that_may_be_times_of_work_are_asked(lines: tuple[str, str]) -> None:
    _, asked = read(table("tournées.csv", "Nom;Date;Aller;Retour", *lines), genre="commun")
    assert "heures.de_a" in asked


def test_a_night_keeps_what_its_titles_say() -> None:
    lines = ("Ida;05/10/2026;22:00;06:00", "Noam;06/10/2026;21:00;05:00")
    proposal, asked = read(table("veilles.csv", "Nom;Date;Arrivée;Départ", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-10"): 480, ("Noam", "2026-10"): 480}
    assert "heures.de_a" not in asked


def test_names_on_the_lines_are_not_dropped_for_columns_that_may_be_people() -> None:
    lines = ("Nom;Date;Serre;Halle", "Ida;05/10/2026;3:30;2:00", "Noam;06/10/2026;1:00;4:00")
    _, asked = read(table("relevé.csv", *lines), genre="commun")
    assert "personnes.colonnes" in asked
    proposal, _ = read(table("relevé.csv", *lines), genre="commun", personnes_colonnes="")
    assert minutes(proposal) == {("Ida", "2026-10"): 330, ("Noam", "2026-10"): 300}


def test_titles_that_come_back_lower_are_the_same() -> None:
    titles = "Nom;Date;Montée;Descente"
    proposal, _ = read(table("relevé.csv", titles, TRIPS[0], "", titles, *TRIPS[1:]), genre="commun")
    assert minutes(proposal) == RIGHT


def test_kilometers_beside_a_start_and_an_end_are_nobody() -> None:
    lines = ("Ida;05/10/2026;08:15;12:00;50;110", "Noam;05/10/2026;14:00;18:30;110;200")
    proposal, asked = read(table("camion.csv", "Nom;Date;Départ;Retour;Km départ;Km retour", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-10"): 225, ("Noam", "2026-10"): 270}
    assert "personnes.colonnes" not in asked


@pytest.mark.parametrize("pair", ["Entrée;Sortie", "Ouvre;Ferme", "Aller;Retour", "Matin;Soir", "Début;Fin"])
@pytest.mark.parametrize("away", ["", "Ugo;;"])
def test_two_hours_of_the_day_under_each_person_are_a_start_and_an_end(pair: str, away: str) -> None:
    again = f"{pair};{pair}" + (f";{pair}" if away else "")
    lines = ("05/10/2026;8:15;12:00;;", "06/10/2026;;;14:00;18:30", "07/10/2026;9:00;12:00;13:00;17:00")
    proposal, _ = read(table("équipe.csv", f";Ida;;Noam;;{away}", f"Date;{again}", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-10"): 405, ("Noam", "2026-10"): 510}


@pytest.mark.parametrize("corner", ["", "Septembre 2026", "Semaine 40", "Équipe"])
@pytest.mark.parametrize("pair", ["Entrée;Sortie", "Prise;Pose", "Arrivée;Départ"])
def test_two_hours_of_the_day_under_each_day_are_a_start_and_an_end(pair: str, corner: str) -> None:
    lines = ("Ida;8:15;12:00;;", "Noam;;;14:00;18:30", "Ugo;9:00;12:00;13:00;17:00")
    days = table("équipe.csv", f"{corner};30/09/2026;;01/10/2026;", f"Nom;{pair};{pair}", *lines)
    told = {("Ida", "2026-09"): 225, ("Noam", "2026-10"): 270, ("Ugo", "2026-09"): 180, ("Ugo", "2026-10"): 240}
    assert minutes(read(days, genre="commun")[0]) == told


@pytest.mark.parametrize("pair", ["Début;Fin", "Arrivée;Départ", "Ouvre;Ferme"])
def test_a_total_that_says_the_time_between_two_hours_is_no_money(pair: str) -> None:
    told, trips = {("Ida", "2026-10"): 405, ("Noam", "2026-10"): 270}, ("3:45", "4:30", "2:45")
    lines = (f"{line};{total}" for line, total in zip(TRIPS, trips, strict=True))
    proposal, _ = read(table("équipe.csv", f"Nom;Date;{pair};Total", *lines), genre="commun")
    assert minutes(proposal) == told
    assert any("ce total dit 2\xa0h\xa045, et les heures de la ligne font 3\xa0h" in each for each in proposal.heeded)
    days = ("Ida;8:15;12:00;3:45;9:00;12:00;3:00", "Noam;14:00;18:30;4:30;;;")
    head = (";05/10/2026;;;06/10/2026;;", f"Nom;{pair};Total;{pair};Total")
    assert minutes(read(table("équipe.csv", *head, *days), genre="commun")[0]) == told


def test_times_of_two_tasks_may_look_like_hours_of_the_day_and_are_asked_about() -> None:
    lines = ("Nom;Date;Cuisine;Service", "Awa;02/09/2026;7:30;12:15", "Bilal;03/09/2026;6:00;11:00")
    _, asked = read(table("heures.csv", *lines))
    assert "heures.de_a" in asked


def test_days_across_and_their_total_are_no_start_and_no_end() -> None:
    lines = ("Personne;Commande;01/09/2026;02/09/2026;03/09/2026;Total", "Chloé;C1;0h15;0h15;9h30;10h00")
    proposal, asked = read(table("heures.csv", *lines), genre="commun")
    assert "heures.de_a" not in asked
    assert sum(minutes(proposal).values()) == 600


@pytest.mark.parametrize(
    "pair", ["Prise du poste;Fin du poste", "Allumé;Éteint", "Prise de quart;Relève", "Top 1;Top 2"]
)
@pytest.mark.parametrize(
    "hours",
    [("22h15;06h45", "20h;6h"), ("19:30;00:00", "00:00;06:00"), ("9:45 PM;6:15 AM", "8:00 PM;6:00 AM")],
    ids=["night", "midnight", "halves"],
)
def test_nights_are_a_start_and_an_end_too(pair: str, hours: tuple[str, str]) -> None:
    first, second = hours
    worked = 270 if first.endswith("00:00") else 510
    second_worked = 360 if first.endswith("00:00") else 600
    day = "Noam;06/10/2026;13h;14h"
    lines = (f"Ida;05/10/2026;{first}", f"Noam;05/10/2026;{second}", day)
    proposal, _ = read(table("veilles.csv", f"Nom;Date;{pair}", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-10"): worked, ("Noam", "2026-10"): second_worked + 60}


@pytest.mark.parametrize("pause", ["Pause", "Coupure", "Break"])
def test_nights_that_end_early_are_read_with_their_break(pause: str) -> None:
    lines = ("Ida;05/10/2026;18:00;01:30;0:30", "Noam;06/10/2026;19:00;02:00;1:00")
    proposal, _ = read(table("bar.csv", f"Nom;Date;Prise de service;Fin de service;{pause}", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-10"): 420, ("Noam", "2026-10"): 360}


def test_an_evening_hour_beside_a_short_time_nobody_names_is_asked() -> None:
    lines = ("Ida;05/10/2026;18:00;01:30", "Noam;06/10/2026;19:00;02:00")
    _, asked = read(table("bar.csv", "Nom;Date;Rideau;Caisse", *lines), genre="commun")
    assert "heures.de_a" in asked


def test_days_and_evenings_that_end_after_midnight_are_read_together() -> None:
    lines = ("Ida;05/10/2026;11h;15h", "Noam;06/10/2026;18h;1h30", "Ida;07/10/2026;19h;0h30", "Noam;08/10/2026;10h;14h")
    proposal, asked = read(table("café.csv", "Nom;Date;Ouverture;Fermeture", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-10"): 570, ("Noam", "2026-10"): 690}
    assert "personnes.colonnes" not in asked
