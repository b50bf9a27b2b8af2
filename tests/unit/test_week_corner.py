"""A week written in the corner of a table, over the names: it is no column of times."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

IDA, NOAM = ("Ida", "2026-09"), ("Noam", "2026-09")


@pytest.mark.parametrize("corner", ["Semaine {}", "sem. {}", "Sem {}", "S{}", "semaine n° {}"])
def test_weeks_one_under_the_other_whose_corner_names_them_are_read(corner: str) -> None:
    first = (corner.format(37), "07/09/2026", "08/09/2026", "Total")
    second = (corner.format(38), "14/09/2026", "16/09/2026", "Total")
    lines = (";".join(first), "Ida;2;1;3", "Noam;;4;4", "", ";".join(second), "Ida;;5;5", "Noam;1;;1")
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == {IDA: 480, NOAM: 300}
    assert not [each for each in asked if each.startswith(("personne.", "colonne."))]


def test_the_week_of_a_corner_still_says_when_its_days_are() -> None:
    proposal, _ = read(table("heures 2026.csv", "Semaine 37;lundi;mardi;mercredi", "Ida;2;1;", "Noam;;4;1"))
    assert minutes(proposal) == {IDA: 180, NOAM: 300}
    assert {each.on.day for each in proposal.reading.book.hours} == {7, 8, 9}


@pytest.mark.parametrize("heads", [";lun 7;mar 8;mer 9", ";Lundi 7;Mardi 8;Mercredi 9", ";lun. 7;mar. 8;mer. 9"])
def test_days_named_and_numbered_over_marks_need_no_corner(heads: str) -> None:
    proposal, asked = read(table("planning septembre 2026.csv", heads, "Ida;J;½;", "Noam;;J;J"), journee="420")
    assert "journee" in asked
    assert minutes(proposal) == {IDA: 630, NOAM: 840}
