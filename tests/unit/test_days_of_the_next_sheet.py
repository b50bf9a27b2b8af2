"""Days that go on from one sheet to the next are those of the month that the first one says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.given_tables import minutes, read, workbook

ADA, LUC = "Ada", "Luc"


def _sheet(title: str, first: int, last: int, ada: float, luc: float) -> list[list[Any]]:
    """Return a sheet of numbered days, with the same time each second day."""
    days = [*range(first, last + 1)]
    rows = [
        ["Prénom", *days],
        *([who, *(time if at % 2 else None for at in days)] for who, time in ((ADA, ada), (LUC, luc))),
    ]
    return [[title], *rows] if title else rows


@pytest.mark.parametrize("title", ["", "Heures, suite", "2e partie"])
def test_the_month_of_the_first_sheet_is_that_of_the_days_that_go_on(title: str) -> None:
    sheets = {
        "décade 1": _sheet("Heures mai 2026", 1, 10, 3, 2.5),
        "décade 2": _sheet(title, 11, 20, 4, 1.5),
        "décade 3": _sheet(title, 21, 31, 2, 3),
    }
    proposal, asked = read(workbook("pointage.xlsx", sheets))
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {(ADA, "2026-05"): 2820, (LUC, "2026-05"): 2280}
    assert proposal.reading is not None
    assert {each.on.day for each in proposal.reading.book.hours} == {*range(1, 32, 2)}
    told = [each for each in proposal.heeded if "le mois vient de la feuille « décade 1 » : mai 2026" in each]
    assert ["décade 2" in each for each in told] == [True, False]


@pytest.mark.parametrize(("title", "first"), [("Heures juin 2026", 16), ("", 1), ("", 18)])
def test_days_that_do_not_go_on_or_say_their_month_take_none_from_another_sheet(title: str, first: int) -> None:
    sheets = {"A": _sheet("Heures mai 2026", 1, 15, 3, 2.5), "B": _sheet(title, first, 30, 4, 1.5)}
    proposal, _ = read(workbook("pointage.xlsx", sheets), mois="2026-06")
    assert not any("le mois vient de la feuille" in each for each in proposal.heeded)
