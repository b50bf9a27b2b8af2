"""Hours in columns of kinds of work: a column beside them, whatever its title usually leads to, is never dropped."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

IDA, NOAM = ("Ida", "2026-09"), ("Noam", "2026-09")


@pytest.mark.parametrize("title", ["Presta", "Mission", "Projet", "Objet", "Chantier"])
@pytest.mark.parametrize("kind", ["Réunion", "Formation", "Commun"])
def test_times_beside_those_of_a_kind_of_work_all_count(title: str, kind: str) -> None:
    lines = ("02/09/2026;Ida;2,5;1", "03/09/2026;Noam;3;", "04/09/2026;Ida;;0,5", "07/09/2026;Noam;4;2")
    proposal, _ = read(table("heures.csv", f"Date;Qui;{title};{kind}", *lines))
    assert minutes(proposal) == {IDA: 240, NOAM: 540}


def test_numbers_of_orders_beside_a_kind_of_work_are_no_times() -> None:
    lines = ("02/09/2026;Ida;12;1;2,5", "03/09/2026;Noam;12;2;3", "04/09/2026;Ida;13;;1")
    proposal, _ = read(table("heures.csv", "Date;Qui;Commande;Réunion;Prestation", *lines))
    assert minutes(proposal) == {IDA: 270, NOAM: 300}


@pytest.mark.parametrize("below", [("A", "B"), ("Mission", "Appui"), ("Presta", "Commun"), ("A", "R")])
def test_what_stands_below_a_person_counts_whatever_its_title_leads_to_elsewhere(below: tuple[str, str]) -> None:
    first, second = below
    heads = (";Ida;;Noam;", f"Date;{first};{second};{first};{second}")
    lines = ("02/09/2026;3;1;2;", "03/09/2026;4;2;;1", "04/09/2026;;;6;2")
    proposal, _ = read(table("heures.csv", *heads, *lines))
    assert minutes(proposal) == {IDA: 600, NOAM: 660}


def test_a_start_and_an_end_below_each_person_stay_so() -> None:
    heads = (";Ida;;Noam;", "Date;De;A;De;A")
    proposal, _ = read(table("heures.csv", *heads, "02/09/2026;9:00;12:00;14:00;16:30", "03/09/2026;8:30;12:00;;"))
    assert minutes(proposal) == {IDA: 390, NOAM: 150}
