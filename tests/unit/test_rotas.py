"""A rota: slots on the lines, days as titles, names or initials in the cells: who did which slot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.given_tables import minutes, read, sheet, table

DAYS = {
    "whole": ("", "Plage;14/09/2026;15/09/2026;17/09/2026"),
    "short": ("Accueil 2026", "Plage;lun 14/09;mar 15/09;jeu 17/09"),
    "of a week": ("Accueil, semaine du 14 au 18 septembre 2026", "Plage;lundi;mardi;jeudi"),
    "numbered": ("Accueil septembre 2026", "Horaires;lun 14;mar 15;jeu 17"),
    "an empty corner": ("Accueil S38 2026", ";Lun;Mar;Jeu"),
}
NAMES = {"whole": ("Ida", "Noam", ()), "initials": ("IB", "NT", ("", "IB;Ida Bru", "NT;Noam Tar")),
         "under a title": ("IB", "NT", ("", "Légende;", "IB;Ida Bru", "NT;Noam Tar")),
         "said in one cell": ("IB", "NT", ("", "IB = Ida Bru, NT = Noam Tar"))}  # fmt: skip


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("names", NAMES)
def test_each_name_of_a_rota_did_its_slot(days: str, names: str) -> None:
    above, head = DAYS[days]
    ida, noam, legend = NAMES[names]
    lines = (above, head, f"9h-12h;{ida};{noam};{ida}", f"14h-17h30;{noam};{ida} / {noam};", *legend)
    proposal, asked = read(table("accueil.csv", *lines), genre="commun")
    assert asked == ["creneaux", "genre", "personnes.cape"]
    whole = ("Ida", "Noam") if names == "whole" else ("Ida Bru", "Noam Tar")
    assert minutes(proposal) == {(whole[0], "2026-09"): 570, (whole[1], "2026-09"): 600}
    assert any("chaque nom compte tout son créneau" in each for each in proposal.heeded)


SLOTS = {
    "a start and an end": ("De;À", "8h30;12h", "13:00;17:00"),
    "in words": ("Poste", "Ouverture (8h30-12h)", "Fermeture : 13h-17h"),
    "in words, an empty corner": ("", "Matin 8h30-12h", "Après-midi 13h-17h"),
}


@pytest.mark.parametrize("slots", SLOTS)
def test_slots_stand_in_two_columns_or_beside_a_word(slots: str) -> None:
    head, first, second = SLOTS[slots]
    lines = (f"{head};lun 14/09/2026;mar 15/09/2026;17/09/2026", f"{first};Ida;Noam;", f"{second};Noam;Ida / Noam;Ida")
    proposal, asked = read(table("accueil.csv", *lines), genre="commun")
    assert asked == ["creneaux", "genre", "personnes.cape"]
    assert minutes(proposal) == {("Ida", "2026-09"): 690, ("Noam", "2026-09"): 690}


@pytest.mark.parametrize("slots", ["Matin (8h30-12h);Après-midi (13h-17h)", "8h30-12h;13h-17h"])
def test_a_rota_of_two_days_under_an_empty_corner_keeps_its_titles_once_people_are_known(slots: str) -> None:
    first, second = slots.split(";")
    lines = (";lun 14/09/2026;mar 15/09/2026", f"{first};Ida;Noam", f"{second};Noam;Ida")
    proposal, _ = read(table("accueil.csv", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 450, ("Noam", "2026-09"): 450}


@pytest.mark.parametrize("slots", [*SLOTS, "spans"])
def test_each_cross_of_a_rota_is_as_long_as_its_slot(slots: str) -> None:
    head, first, second = SLOTS.get(slots, ("Plage", "8h30-12h", "13h-17h"))
    lines = (f"{head};lun 14/09/2026;mar 15/09/2026", f"{first};x;x", f"{second};;x")
    proposal, asked = read(table("Ida.csv", *lines), genre="commun")
    assert "presence" not in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 660}
    assert any("chaque croix compte tout son créneau" in each for each in proposal.heeded)


@pytest.mark.parametrize("slot", ["Horaires", "Heures", "Poste"])
def test_the_slot_of_each_person_counts_on_each_day_that_is_crossed(slot: str) -> None:
    lines = (f"Nom;{slot};lun 14/09/2026;mar 15/09/2026", "Ida;8h30-12h;x;x", "Noam;13h-17h;;x")
    proposal, asked = read(table("accueil.csv", *lines), genre="commun")
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {("Ida", "2026-09"): 420, ("Noam", "2026-09"): 240}


def test_a_duration_beside_crosses_of_days_may_be_that_of_all_of_them() -> None:
    lines = ("Nom;Durée;lun 14/09/2026;mar 15/09/2026", "Ida;7h;x;x", "Noam;4h;;x")
    proposal, _ = read(table("accueil.csv", *lines), genre="commun")
    assert not any("chaque croix compte" in each for each in proposal.heeded)
    totals = sheet("Ida.xlsx", ["Total", "14/09/2026", "15/09/2026"], [timedelta(hours=6), "x", "x"])
    assert not any("chaque croix compte" in each for each in read(totals)[0].heeded)


def test_crosses_under_people_are_as_long_as_the_start_and_the_end_of_their_line() -> None:
    lines = ("Jour;Début;Fin;Ida;Noam", "14/09/2026;8h30;12h;x;", "15/09/2026;13h;17h;x;x")
    proposal, asked = read(table("accueil.csv", *lines), genre="commun")
    assert asked == ["partage", "genre", "personnes.cape"]
    assert minutes(proposal) == {("Ida", "2026-09"): 450, ("Noam", "2026-09"): 240}


def test_two_starts_and_two_ends_are_one_slot_of_both() -> None:
    lines = ("Début 1;Fin 1;Début 2;Fin 2;14/09/2026;15/09/2026", "8h;12h;14h;16h;Ida;Noam", "8h;12h;13h;17h;Noam;")
    proposal, _ = read(table("accueil.csv", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 360, ("Noam", "2026-09"): 840}


def test_names_on_the_sheet_of_somebody_may_be_customers() -> None:
    lines = ("Semaine du 14 au 18 septembre 2026", "Heures;lundi;mardi;jeudi", "9h-12h;Mme Roy;Halle;Halle",
             "14h-17h30;Halle;Mme Roy;")  # fmt: skip
    proposal, asked = read(table("Ida.csv", *lines), creneaux="client", genre="prestation")
    assert "creneaux" in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 960}


def test_people_who_are_known_are_not_asked_about() -> None:
    members = table("membres.csv", "Nom;Statut;Depuis", "Ida;cape;01/01/2026", "Noam;cape;01/01/2026")
    lines = ("Plage;14/09/2026;15/09/2026", "9h-12h;Ida;Noam", "14h-17h30;Noam;Ida")
    proposal, asked = read(table("accueil.csv", *lines), members, genre="commun")
    assert asked == ["genre"]
    assert minutes(proposal) == {("Ida", "2026-09"): 390, ("Noam", "2026-09"): 390}


@pytest.mark.parametrize("nobody", ["-", "", "/"])
def test_a_slot_of_nobody_is_nobody_s(nobody: str) -> None:
    lines = ("Plage;14/09/2026;15/09/2026", f"9h-12h;Ida;{nobody}", "14h-17h30;Noam + Ida;Ida")
    proposal, _ = read(table("accueil.csv", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 600, ("Noam", "2026-09"): 210}


def test_times_of_slots_are_no_names() -> None:
    lines = ("Plage;14/09/2026;15/09/2026;17/09/2026", "9h-12h;M;CP;J", "14h-17h30;M;M;J")
    proposal, _ = read(table("accueil.csv", *lines))
    assert not any("chaque nom compte" in each for each in proposal.heeded)


def test_logins_beside_names_are_no_legend() -> None:
    lines = ("Nom;Date;Durée", "IB;14/09/2026;3h", "NT;15/09/2026;2h", "", "IB;Ida Bru", "NT;Noam Tar")
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert minutes(proposal) == {("Ida Bru", "2026-09"): 180, ("Noam Tar", "2026-09"): 120}
