"""A night that the clock tells, from the last day of a month to the first of the next one: counted whole, and told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

SAID = "cette nuit finit le mois suivant. Toutes ses heures comptent le 30/06/2026."


@pytest.mark.parametrize(
    ("titles", "line", "spent"),
    [
        ("Qui;Jour;De;À;Quoi", "Ida;30/06/2026;22:00;02:30;bar", 270),
        ("Qui;Jour;Heure début;Heure fin;Quoi", "Ida;30/06/2026;21h;1h;bar", 240),
        ("Qui;Jour;Horaires;Quoi", "Ida;30/06/2026;14h-16h / 23h-3h;bar", 360),
        ("Qui;Jour;Après-midi début;Après-midi fin;Soir début;Soir fin;Quoi", "Ida;30/06/2026;14h;16h;23h;3h;bar", 360),
    ],
)
def test_a_night_over_two_months_is_told(titles: str, line: str, spent: int) -> None:
    proposal, _ = read(table("temps.csv", titles, line))
    assert proposal.reading is not None, proposal.refusal
    assert minutes(proposal) == {("Ida", "2026-06"): spent}
    assert any(SAID in each for each in proposal.reading.notes), proposal.reading.notes


@pytest.mark.parametrize(
    "line", ["Ida;29/06/2026;22:00;02:30;bar", "Ida;30/06/2026;18:00;00:00;bar", "Ida;30/06/2026;08:00;12:00;bar"]
)
def test_a_night_within_a_month_and_an_evening_are_not(line: str) -> None:
    proposal, _ = read(table("temps.csv", "Qui;Jour;De;À;Quoi", line))
    assert proposal.reading is not None, proposal.refusal
    assert not any("cette nuit" in each for each in proposal.reading.notes)
