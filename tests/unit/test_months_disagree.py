"""A month told twice around a table of numbered days, and not the same: it is asked; a day it lacks is told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

DAYS = [str(day) for day in range(1, 32)]


def numbered(days: int, **hours: str) -> list[str]:
    """Return a table of people and numbered days, with times of `who_day`."""
    rows = [["Nom", *DAYS[:days]]]
    for who in dict.fromkeys(key.split("_")[0] for key in hours):
        rows.append([who, *(hours.get(f"{who}_{day}", "") for day in DAYS[:days])])
    return [";".join(row) for row in rows]


@pytest.mark.parametrize(
    ("name", "title"),
    [("heures mai 2026.csv", "RELEVÉ - JUIN 2026"), ("planning juin 2026.csv", "Heures de mai 2026"),
     ("heures_05_2026.csv", "Juin 2026")],
)  # fmt: skip
@pytest.mark.parametrize("month", ["2026-05", "2026-06"])
def test_a_title_and_a_file_that_say_two_months_are_asked_about(name: str, title: str, month: str) -> None:
    given = table(name, title, "", *numbered(30, Iris_2="3", Iris_9="2", Omar_4="1"))
    topic = f"mois_{name.replace(' ', '').replace('_', '').replace('.', '')}"
    proposal, asked = read(given, genre="commun", **{topic: month})
    assert minutes(proposal) == {("Iris", month): 300, ("Omar", month): 60}
    assert len([each for each in asked if each.startswith("mois.")]) == 1


@pytest.mark.parametrize("title", ["Heures juin 2026", "Heures du 01/06/2026 au 30/06/2026", "Heures 2026"])
def test_what_agrees_is_not_asked_about(title: str) -> None:
    given = table("heures juin 2026.csv", title, "", *numbered(30, Iris_2="3", Omar_4="1"))
    proposal, asked = read(given, genre="commun")
    assert minutes(proposal) == {("Iris", "2026-06"): 180, ("Omar", "2026-06"): 60}
    assert not any(each.startswith("mois.") for each in asked)


def test_hours_of_a_day_that_a_month_does_not_have_are_told_first() -> None:
    given = table("heures.csv", "JUIN 2026", "", *numbered(31, Iris_2="3", Omar_4="1", Iris_31="2,5"))
    proposal, _ = read(given, genre="commun")
    assert minutes(proposal) == {("Iris", "2026-06"): 180, ("Omar", "2026-06"): 60}
    assert any("le 31 n'existe pas en juin 2026. Ces cases ne sont pas lues : 2,5." in each for each in proposal.unread)
