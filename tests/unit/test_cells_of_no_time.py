"""A zero in a grid of times is no line of hours, however it is written: it makes neither a month, nor a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kpa_model.files.book.reading.spread.sums import nothing
from tests.given_tables import minutes, read, table

ZEROS = ("00:00:00", "0:00:00", "0", "0,00", "0 h", "0h00", "0 h 00 min", "0m", "PT0S", "0 j", timedelta(0))


@pytest.mark.parametrize("cell", ZEROS)
def test_a_zero_is_no_time(cell: object) -> None:
    assert nothing(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["0:01", "00:00:01", "0,5", "0h10", "10", "0" * 60 + "y"])
def test_a_short_time_is_some(cell: str) -> None:
    assert not nothing(cell)


def test_days_at_zero_make_no_line_and_no_month() -> None:
    lines = ("Ines;Verger;02:00:00;00:00:00;02:00:00", "Théo;Verger;01:30:00;00:00:00;01:30:00")
    proposal, _ = read(table("grille.csv", "Qui;Tâche;30/09/2026;01/10/2026;Total", *lines))
    assert set(minutes(proposal).values()) == {120, 90}
    assert "0 min" not in " ".join(proposal.heeded).replace("\xa0", " ")


@pytest.mark.parametrize("zero", ["0", "0:00", "0h00", "0,00", "00:00:00", "0 min"])
def test_a_zero_in_a_list_makes_no_line_no_month_and_nobody(zero: str) -> None:
    lines = ("Ines;30/09/2026;2h", f"Ines;01/10/2026;{zero}", f"Théo;02/11/2026;{zero}", "Ines;29/09/2026;1h")
    proposal, _ = read(table("liste.csv", "Qui;Le;Durée", *lines))
    assert minutes(proposal) == {("Ines", "2026-09"): 180}
    assert proposal.reading is not None
    assert len(proposal.reading.book.hours) == 2
    assert any("2 lignes disent 0 h (3 et 4)" in each and "Théo" in each for each in proposal.heeded)


def test_a_list_of_weeks_at_zero_makes_no_month() -> None:
    lines = ("Ines;S40 2026;2h", "Ines;S46 2026;0", "Théo;S41 2026;3h")
    proposal, _ = read(table("liste.csv", "Qui;Semaine;Durée", *lines))
    assert {month for _, month in minutes(proposal)} == {"2026-09", "2026-10"}


def test_work_that_ends_when_it_starts_makes_no_line() -> None:
    lines = ("Ines;30/09/2026;9:00;11:00", "Ines;01/10/2026;14:00;14:00", "Ines;29/09/2026;0:00;1:00")
    proposal, _ = read(table("liste.csv", "Qui;Le;Début;Fin", *lines))
    assert minutes(proposal) == {("Ines", "2026-09"): 180}
