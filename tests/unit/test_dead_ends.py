"""A question has a right answer, and a refusal names the cell that is not understood, never a column that is there."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table


@pytest.mark.parametrize("days", [("20260907", "20260908"), ("07092026", "08092026"), ("070926", "080926")])
def test_days_without_signs_are_read_under_their_title(days: tuple[str, str]) -> None:
    lines = ("Membre;Jour;Heures;Genre", *(f"Nadège;{day};2h;prestation" for day in days))
    assert minutes(read(table("pointage.csv", *lines))[0]) == {("Nadège", "2026-09"): 240}


@pytest.mark.parametrize("said", ["hier", "bientôt", "99999999"])
def test_what_is_no_day_is_named_under_a_title_that_says_the_day(said: str) -> None:
    proposal, _ = read(table("heures.csv", "Membre;Jour;Heures;Genre", f"Nadège;{said};2h;prestation"))
    told = str(proposal.refusal)
    assert f"« {said} »" in told
    assert "colonne B « Jour »" in told
    assert "aucune colonne" not in told


def test_who_is_called_a_worker_has_her_hours_and_a_clock_with_points_is_proved_by_its_two_hours() -> None:
    lines = ("Ouvrière;Date;De;À;Total", "Nadège;07/09/2026;08.00;11.20;3.20", "Ida;08/09/2026;13.00;15.00;2.00")
    proposal, asked = read(table("Chantiers.csv", *lines))
    assert minutes(proposal) == {("Nadège", "2026-09"): 200, ("Ida", "2026-09"): 120}
    assert set(asked) <= {"genre", "personnes.cape"}
    assert not any("ce total dit" in each for each in proposal.heeded)


def test_hours_of_a_clock_that_may_be_decimals_are_not_read_in_silence() -> None:
    lines = ("Qui;Date;De;À", "Nadège;07/09/2026;8.50;11.25", "Ida;08/09/2026;13.00;15.50")
    proposal, _ = read(table("heures.csv", *lines))
    assert proposal.refusal is not None


def test_amounts_of_belgium_say_their_tax() -> None:
    hours = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Nadège;4h;prestation")
    lines = ("Numéro;Date;Total HTVA;TVA;Total TVAC", "1;07/09/2026;300,00;60,00;360,00")
    proposal, asked = read(hours, sold="\n".join(lines))
    assert sales(proposal) == {"2026-09": 30_000}
    assert "colonne.montant_ht" not in asked


def test_a_column_that_is_asked_for_may_be_none_of_them() -> None:
    lines = ("Date;Semis;Temps", "07/09/2026;Carottes;2h", "08/09/2026;Poireaux;3h", "09/09/2026;Carottes;1h")
    proposal, asked = read(table("essai.csv", *lines), colonne_personne="aucune", personne_essai="Ida")
    assert "colonne.personne" in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 360}


def test_numbers_of_days_ask_their_month_and_two_files_of_one_name_each_their_own() -> None:
    head, line = "Qui;Jour;Heures;Genre", "Nadège;{};2h;prestation"
    files = [table(f"{name}/heures.csv", head, line.format(day)) for name, day in (("a", 9), ("b", 4))]
    proposal, asked = read(*files, mois_aheurescsv="août 2026", mois_bheurescsv="2026-09")
    assert {"mois.aheurescsv", "mois.bheurescsv"} <= set(asked)
    assert minutes(proposal) == {("Nadège", "2026-08"): 120, ("Nadège", "2026-09"): 120}
    refused, asked = read(files[0], mois_aheurescsv="bientôt")
    assert "« bientôt », ne suffit pas" in str(refused.refusal)


def test_a_list_of_names_is_enough_and_says_whose_initials_head_the_columns() -> None:
    people = table("membres.csv", "Nom;Téléphone", "Nadège Roy;01", "Ida Coz;02", "Omer Le;03")
    hours = table("heures.csv", "Jour;NR;IC", "mardi 8 septembre 2026;2h;1h", "mercredi 9 sept.;3h;")
    proposal, asked = read(people, hours)
    assert "personnes.memes" in asked
    assert minutes(proposal) == {("Nadège Roy", "2026-09"): 300, ("Ida Coz", "2026-09"): 60}
    assert proposal.reading is not None
    assert len(proposal.reading.book.members) == 3


def test_a_day_without_its_year_that_another_day_of_the_week_denies_is_refused() -> None:
    lines = ("Jour;Qui;Heures;Genre", "mardi 8 septembre 2026;Ida;2h;appui", "jeudi 9 septembre;Ida;3h;appui")
    assert "jeudi 9 septembre" in str(read(table("heures.csv", *lines))[0].refusal)
