"""A job, its customer and its price, then its workers a line each: one column says both, in turn."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

JOBS = ("02/09/2026;Lycée Vauban;400;", ";Ida;;5", ";Noam;;2,5", "14/09/2026;M. Roux;250,50;", ";Noam;;4h", ";Ida;;1,5")
RIGHT = {("Ida", "2026-09"): 390, ("Noam", "2026-09"): 390}


@pytest.mark.parametrize("title", ["Client / qui", "Chantier et équipe", "Nom", "Client (puis personnes)", "Quoi, qui"])
@pytest.mark.parametrize("amount", ["Prix HT", "Montant HT"])
def test_the_names_below_a_job_are_those_who_worked(title: str, amount: str) -> None:
    proposal, asked = read(table("chantiers.csv", f"Date;{title};{amount};Heures", *JOBS), sold="", genre="commun")
    assert not [topic for topic in asked if topic.startswith("personne.") and topic != "personnes.cape"]
    assert minutes(proposal) == RIGHT
    assert sales(proposal) == {"2026-09": 65050}
    assert proposal.reading is not None
    assert {each.order for each in proposal.reading.book.hours} == {
        "Lycée Vauban 02/09/2026",
        "M. Roux 14/09/2026",
    }
    assert any(f"« {title} » dit le client sur la ligne d'un prix" in each for each in proposal.heeded)


def test_the_hours_of_a_job_may_be_the_sum_of_those_below_and_totals_end_the_list() -> None:
    lines = (f"{JOBS[0]}7,5", *JOBS[1:3], f"{JOBS[3]}5,5", *JOBS[4:], "Total;;650,50;13", "TVA non applicable;;;")
    proposal, _ = read(table("chantiers.csv", "Date;Client / intervenant;Prix HT;Heures", *lines), sold="")
    assert minutes(proposal) == RIGHT
    assert sales(proposal) == {"2026-09": 65050}


def test_hours_of_a_job_that_are_no_sum_are_not_lost() -> None:
    lines = (f"{JOBS[0]}3", *JOBS[1:])
    proposal, _ = read(table("chantiers.csv", "Date;Client / qui;Prix HT;Heures", *lines), sold="")
    assert proposal.reading is None or sum(minutes(proposal).values()) == 960


def test_customers_below_a_price_are_not_people() -> None:
    lines = ("02/09/2026;Lycée Vauban;400;", ";M. Roux;;5", ";Lycée Vauban;;2")
    proposal, _ = read(table("heures Ida.csv", "Date;Client;Prix HT;Heures", *lines), genre="commun")
    assert proposal.reading is None or {who for who, _ in minutes(proposal)} <= {"Ida"}
