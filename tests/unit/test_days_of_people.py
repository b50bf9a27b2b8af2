"""A day that is somebody's, « Date d'entrée », « Né(e) le », is never that of her work; the month around is asked."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

OF_SEPTEMBER = {("Ida", "2026-09"): 420, ("Noam", "2026-09"): 750}


@pytest.mark.parametrize(
    "title",
    [
        "Date de naissance",
        "Né·e le",
        "Date d'embauche",
        "Embauché le",
        "Contrat signé le",
        "Date CAPE",
        "Membre depuis",
        "Arrivé(e) le",
        "Date d'arrivée",
        "Entrée dans la coopérative",
        "Date adhésion",
        "Date de sortie",
        "Hire date",
    ],
)
@pytest.mark.parametrize("hours", ["Total heures", "Heures", "Heures travaillées"])
def test_hours_go_to_the_month_around_and_not_to_the_day_of_somebody(title: str, hours: str) -> None:
    lines = (f"Nom;{title};{hours}", "Ida;03/02/2026;7", "Noam;15/05/2026;12,5")
    proposal, asked = read(table("récap septembre 2026.csv", *lines))
    assert "mois_entier" in asked
    assert minutes(proposal) == OF_SEPTEMBER


def test_no_month_around_is_a_question() -> None:
    proposal, asked = read(
        table("récap.csv", "Prénom;Embauche;Heures faites", "Ida;03/02/2026;7", "Noam;15/05/2026;12,5"),
        mois_recapcsv="2026-09",
    )
    assert "mois.recapcsv" in asked
    assert minutes(proposal) == OF_SEPTEMBER


def test_a_contract_from_a_day_to_another_is_no_time_of_work() -> None:
    lines = ("Nom;Début CAPE;Fin CAPE;Heures", "Ida;03/02/2026;02/02/2027;7", "Noam;15/05/2026;14/05/2027;12,5")
    assert minutes(read(table("septembre 2026.csv", *lines))[0]) == OF_SEPTEMBER


def test_a_day_of_entry_beside_its_hour_is_of_work() -> None:
    lines = ("Nom;Date d'entrée;Heure d'entrée;Heure de sortie", "Ida;07/09/2026;8h;15h", "Noam;07/09/2026;8h;20h30")
    assert minutes(read(table("badges.csv", *lines))[0]) == OF_SEPTEMBER


def test_days_that_change_for_one_person_are_of_work() -> None:
    lines = ("Nom;Date d'entrée;Heures", "Ida;07/09/2026;3", "Ida;08/09/2026;4", "Noam;07/09/2026;12,5")
    assert minutes(read(table("septembre 2026.csv", *lines))[0]) == OF_SEPTEMBER


def test_a_list_of_members_keeps_the_day_they_came() -> None:
    members = table("membres.csv", "Nom;Statut;Date d'entrée", "Ida;cape;03/02/2026", "Noam;cape;15/05/2026")
    proposal, _ = read(members, table("heures.csv", "Date;Nom;Heures", "07/09/2026;Ida;7", "08/09/2026;Noam;12,5"))
    assert minutes(proposal) == OF_SEPTEMBER
    assert proposal.reading is not None
    assert [f"{each.spells[0].start:%d/%m}" for each in proposal.reading.book.members] == ["03/02", "15/05"]
