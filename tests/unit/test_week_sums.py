"""A week among days is the sum of them, when it is: it counts nothing, whatever it is called."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

IDA, NOAM = ("Ida", "2026-09"), ("Noam", "2026-09")


@pytest.mark.parametrize("week", ["Semaine {}", "S{}", "sem. {}", "sem {}"])
@pytest.mark.parametrize("end", ["", "Total;7;5"])
def test_the_sum_of_a_week_among_its_days_is_not_counted(week: str, end: str) -> None:
    days = ("01/09/2026;2;3", f"{week.format(36)};2;3", "07/09/2026;4;", "09/09/2026;1;2")
    lines = ("Jour;Ida;Noam", *days, f"{week.format(37)};5;2", *([end] if end else []))
    proposal, _ = read(table("heures.csv", *lines))
    assert minutes(proposal) == {IDA: 420, NOAM: 300}
    assert not any("les cases font" in told for told in proposal.heeded)


@pytest.mark.parametrize("week", ["Semaine {}", "S{}", "sem. {}", "semaine n°{}"])
@pytest.mark.parametrize("days", [("01/09/2026", "03/09/2026", "08/09/2026"), ("1/9", "3/9", "8/9")])
@pytest.mark.parametrize("end", [(), ("Septembre 2026;5,5;",), ("Total du mois;5,5;",)])
def test_the_sum_of_a_week_among_the_lines_of_somebody_is_not_counted(
    week: str, days: tuple[str, ...], end: tuple[str, ...]
) -> None:
    lines = (f"{days[0]};1h30;Fournil", f"{days[1]};2;Halle", f"{week.format(36)};3,5;", f"{days[2]};2;Halle",
             f"{week.format(37)};2;", *end)  # fmt: skip
    proposal, _ = read(table("Ida septembre 2026.csv", "Date;Temps;Client", *lines))
    assert minutes(proposal) == {IDA: 330}
    assert any("ce sont les sommes des jours au-dessus" in told for told in proposal.heeded)
    assert not any("ce total dit" in told for told in proposal.heeded)


def test_a_week_that_is_not_the_sum_of_its_days_is_refused() -> None:
    proposal, _ = read(table("heures.csv", "Jour;Ida;Noam", "01/09/2026;2;3", "Semaine 36;2;4", "07/09/2026;4;"))
    assert proposal.reading is None


def test_two_weeks_alike_are_two_weeks() -> None:
    proposal, _ = read(table("heures 2026.csv", "Semaine;Ida;Noam", "Semaine 37;2;3", "Semaine 38;2;3"))
    assert minutes(proposal) == {IDA: 240, NOAM: 360}
