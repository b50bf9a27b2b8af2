"""A sheet by week: the one of which a single day is filled, the first or the last of a month, is like its sisters."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.given_tables import minutes, read, table, workbook

FULL = [["Ida", 3, 4, 2.5, 4, 3], ["Noam", 5, "", 4, 2, 4], ["Zoé", 4, 4, "", 3, 2]]
NAMES = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi")


def week(first: date, lines: list[list[Any]], way: str, corner: str, total: bool) -> list[list[Any]]:
    """Return the sheet of a week, its days named in some way."""
    days = [first + timedelta(rank) for rank in range(5)]
    short = [f"{day.day}/{day.month:02}" for day in days]
    titles: dict[str, list[list[Any]]] = {
        "over": [["", *NAMES], [corner, *short]],
        "joined": [[corner, *(f"{name[:3]}. {day}" for name, day in zip(NAMES, short, strict=True))]],
        "days": [[corner, *short]],
        "true": [[corner, *days]],
        "named": [[f"Semaine du {short[0]} au {short[-1]}"], [corner, *NAMES]],
    }
    rows = [[*line, *([sum(cell or 0 for cell in line[1:])] if total else [])] for line in lines]
    return [*titles[way][:-1], [*titles[way][-1], *(["Total"] if total else [])], *rows]


@pytest.mark.parametrize(
    ("way", "corner"),
    [("over", ""), *((way, name) for way in ("joined", "days", "true", "named") for name in ("", "Qui"))],
)
@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("rank", [0, 4])
def test_a_week_with_one_filled_day_is_read_as_the_others(way: str, corner: str, total: bool, rank: int) -> None:
    begun = [[name, *[3.5 if at == rank else "" for at in range(5)]] for name in ("Ida", "Noam", "Zoé")]
    begun[1][1 + rank] = ""
    other, alone = (date(2026, 6, 22), date(2026, 6, 29)) if rank == 0 else (date(2026, 5, 4), date(2026, 4, 27))
    sheets = {
        f"S{first.isocalendar().week}": week(first, lines, way, corner, total)
        for first, lines in sorted([(other, FULL), (alone, begun)])
    }
    proposal, asked = read(workbook("heures 2026.xlsx", sheets), genre="commun")
    assert not [each for each in asked if each not in ("genre", "personnes.cape")]
    assert sum(minutes(proposal).values()) == round(60 * (16.5 + 15 + 13 + 7))
    assert sum(many for (who, _), many in minutes(proposal).items() if who == "Ida") == 60 * 20


def test_a_number_beside_empty_days_is_not_the_work_of_that_day() -> None:
    lines = ("Prénom;Lundi 29/06;Mardi 30/06;Km", "Ida;;;40", "Noam;;;12")
    proposal, _ = read(table("heures 2026.csv", *lines), genre="commun", table="rien")
    assert proposal.reading is None or not minutes(proposal)
