"""Days of another year than all those of their table, near them otherwise: a slip of the year is told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

DAYS = ["28/12/2026", "29/12/2026", "30/12/2026", "31/12/2026"]


@pytest.mark.parametrize(("days", "slip"), [
    ([*DAYS, "04/01/2026"], "04/01/2026"),
    (["05/01/2026", "06/01/2025", "07/01/2026", "08/01/2026"], "06/01/2025"),
    (["12/03/2026", "13/03/2027", "14/03/2026"], "13/03/2027"),
])  # fmt: skip
def test_a_day_of_another_year_is_told(days: list[str], slip: str) -> None:
    proposal, _ = read(table("heures.csv", "Date;Qui;Heures", *(f"{day};Awa;2h" for day in days)))
    assert sum(minutes(proposal).values()) == 120 * len(days)
    assert any(f"(le {slip})" in each and "L'année est-elle la bonne" in each for each in proposal.heeded)


@pytest.mark.parametrize("days", [
    DAYS, [*DAYS, "04/01/2027"], ["05/01/2025", "06/01/2026"], ["05/01/2025", "06/02/2025", "05/01/2026", "06/02/2026"],
    [f"0{month}/0{month}/{year}" for year in (2025, 2026) for month in range(1, 10)],
])  # fmt: skip
def test_days_of_several_years_say_nothing(days: list[str]) -> None:
    proposal, _ = read(table("heures.csv", "Date;Qui;Heures", *(f"{day};Awa;2h" for day in days)))
    assert not any("L'année est-elle la bonne" in each for each in proposal.heeded)
