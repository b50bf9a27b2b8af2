"""A span of the clock and a time beside it in one cell, « 9h-12h30 + 1h compta »; a span alone among times."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table


def _lines(cell: str, *others: str) -> tuple[str, ...]:
    days = [f"Ida;{at:02}/09/2026;{each}" for at, each in enumerate((cell, *others), 2)]
    return "Qui;Jour;Heures", *days


@pytest.mark.parametrize(
    ("cell", "others", "told"),
    [
        ("8h30-12h + 45 min rangement", ("9h-12h", "14h-16h"), "4h15"),
        ("8h30-12h + rangement 1h", ("3h", "2h"), "4h30"),
        ("2h + 1h30 devis", ("3h", "2h"), "3h30"),
        ("9h-10h + 14h-16h + 30 min de tri", ("3h", "2h"), "3h30"),
        ("8h30-12h puis 45 min de tri", ("3h", "2h"), "4h15"),
        ("8h30-12h et 1h devis", ("9h-12h", "14h-16h"), "4h30"),
        ("8h30-12h", ("3h", "2h", "1h30"), "3h30"),
    ],
)
def test_times_of_one_cell_are_added_up(cell: str, others: tuple[str, ...], told: str) -> None:
    proposal, _ = read(table("heures.csv", *_lines(cell, *others)), genre="commun")
    hours, left = map(int, told.split("h"))
    rest = 90 if len(others) > 2 else 0
    assert minutes(proposal) == {("Ida", "2026-09"): 60 * hours + left + 300 + rest}
    text = f"« {cell} » est lu {told}" if " " in cell else f"« {cell} », parmi des durées : du début à la fin."
    assert any(text in each for each in proposal.heeded)


@pytest.mark.parametrize(
    "cell",
    [
        "9h-12h + 1h pause",
        "3h + 1h Noam",
        "2h-3h",
        "3h + 1h (annulé)",
        "3h + 2 devis",
        "3h et 1h Noam",
        "3h et des frais",
    ],
)
def test_what_may_be_no_time_of_hers_is_not_added(cell: str) -> None:
    proposal, _ = read(table("heures.csv", *_lines(cell, "3h", "2h", "2h")), genre="commun")
    assert proposal.reading is None
