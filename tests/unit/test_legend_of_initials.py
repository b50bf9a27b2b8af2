"""Initials that a legend around the table writes whole: people have their names, and it is told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

WHOLE = {("Awa Sow", "2026-09"): 180, ("Bilal Roux", "2026-09"): 240}


@pytest.mark.parametrize("legend", [
    "Légende : AS = Awa Sow, BR = Bilal Roux", "AS : Awa Sow, BR : Bilal Roux", "(AS=Awa Sow - BR=Bilal Roux)",
])  # fmt: skip
@pytest.mark.parametrize("below", [False, True])
def test_initials_in_a_column_are_people(legend: str, below: bool) -> None:
    lines = ["Date;Qui;Heures", "01/09/2026;AS;3", "02/09/2026;BR;4"]
    proposal, _ = read(table("heures.csv", *([*lines, "", legend] if below else [legend, "", *lines])))
    assert minutes(proposal) == WHOLE
    assert any("d'après la légende, « AS » est « Awa Sow »" in each for each in proposal.heeded)


def test_initials_as_titles_are_people() -> None:
    proposal, _ = read(table("heures.csv", "AS = Awa Sow ; BR = Bilal Roux", "", "Date;AS;BR", "01/09/2026;3;4"))
    assert minutes(proposal) == WHOLE


def test_a_legend_of_codes_names_nobody() -> None:
    proposal, _ = read(table("heures.csv", "C = Congé ; M = Matin", "", "Date;Qui;Heures", "01/09/2026;Awa;3"))
    assert not any("d'après la légende" in each for each in proposal.heeded)
