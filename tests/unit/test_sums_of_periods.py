"""A column of a week or of a month beside those of its days: their sum is never counted again."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

OCTOBER = "2026-10"


def hours(name: str, *lines: str) -> tuple[dict[tuple[str, str], int], str]:
    proposal, _ = read(table(name, *lines), annee="2026")
    return minutes(proposal), " ".join((*proposal.heeded, *proposal.notes)).replace("\xa0", " ")


@pytest.mark.parametrize("week", ["Semaine {}", "S{}", "Sem. {}"])
def test_weeks_after_their_days_are_their_sums(week: str) -> None:
    head = f"Nom;Lun 5;Mar 6;{week.format(41)};Lun 12;Mar 13;{week.format(42)}"
    found, told = hours("relevé octobre 2026.csv", head, "Lou;2h;1h30;3h30;4h;;4h", "Max;;2h;2h;;;")
    assert found == {("Lou", OCTOBER): 450, ("Max", OCTOBER): 120}
    assert f"« {week.format(41)} » et « {week.format(42)} » : la somme des jours." in told


def test_a_month_after_its_weeks_and_a_week_of_two_months_are_sums() -> None:
    found, _ = hours("relevé 2026.csv", "Nom;S41;S42;octobre", "Lou;10h;4h;14h", "Max;1h;;1h")
    assert found == {("Lou", OCTOBER): 840, ("Max", OCTOBER): 60}
    found, _ = hours(
        "octobre 2026.csv", "Nom;Jeu 1;Ven 2;S40;Lun 5;S41;octobre", "Lou;2h;1h;3h;4h;4h;7h", "Max;;1h;1h;;;1h"
    )
    assert found == {("Lou", OCTOBER): 420, ("Max", OCTOBER): 60}


def test_a_week_that_is_no_sum_counts_and_it_is_told() -> None:
    found, told = hours("octobre 2026.csv", "Nom;Lun 5;Mar 6;S41", "Lou;2h;1h;5h", "Max;1h;2h;4h")
    assert found == {("Lou", OCTOBER): 480, ("Max", OCTOBER): 420}
    assert "« S41 », à côté de ses jours : toutes ces heures comptent." in told


def test_weeks_and_days_that_do_not_meet_all_count_in_silence() -> None:
    found, told = hours("octobre 2026.csv", "Nom;Lun 5;Mar 6;S42", "Lou;2h;1h;3h", "Max;1h;2h;3h")
    assert found == {("Lou", OCTOBER): 360, ("Max", OCTOBER): 360}
    assert "à côté de ses jours" not in told
    assert "la somme des jours" not in told
