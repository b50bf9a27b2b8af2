"""A day far from all the others is told before one agrees: its year was mistyped, most often."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

DAYS = ("01/09/2026", "03/09/2026", "08/09/2026", "02/10/2026")


def told(*days: str) -> list[str]:
    lines = [f"{day};Ida;{1 + at / 2:g}".replace(".", ",") for at, day in enumerate((*DAYS, *days))]
    proposal, _ = read(table("heures.csv", "Jour;Qui;Temps", *lines), a_venir="oui")
    assert sum(minutes(proposal).values())
    return [each for each in proposal.heeded if "loin des autres dates" in each]


@pytest.mark.parametrize("day", ["05/09/2027", "05/09/2025", "05/09/2062", "05/09/2009"])
def test_a_mistyped_year_is_told(day: str) -> None:
    (only,) = told(day)
    assert f"le {day} est loin des autres dates" in only


def test_two_mistyped_days_are_told_and_a_year_that_goes_on_is_not() -> None:
    assert len(told("05/09/2027", "07/09/2027")) == 2
    assert told(*(f"05/{month:02d}/2025" for month in range(1, 13))) == []
    assert told("05/02/2027", "04/06/2027") == []
