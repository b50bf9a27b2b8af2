"""A table whose titles go down its first column is turned, however few lines it has."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sheet, table

WORK = {
    "Jour": ("07/09/2026", "05/10/2026"),
    "Prénom": ("Nadège", "Olivier"),
    "Durée": ("4h", "1h30"),
    "Commande": ("Halle", "Halle"),
    "Nature": ("prestation", "prestation"),
    "Météo": ("vent", "beau"),
}


@pytest.mark.parametrize("titles", [[*WORK], [*WORK][:4], ["Nature", *[*WORK][:4]], [*reversed(WORK)]])
@pytest.mark.parametrize("many", [1, 2])
def test_titles_that_go_down_are_turned(titles: list[str], many: int) -> None:
    rows = [[title, *WORK[title] * many] for title in titles]
    told = {("Nadège", "2026-09"): 240 * many, ("Olivier", "2026-10"): 90 * many}
    for given in (table("heures.csv", *(";".join(row) for row in rows)), sheet("heures.xlsx", *rows)):
        proposal, asked = read(given, genre="prestation")
        assert proposal.refusal is None
        assert not {"table", "colonne.date", "colonne.duree"} & {*asked}
        assert minutes(proposal) == told


def test_a_line_that_is_too_long_is_still_refused() -> None:
    rows = ("Jour;Prénom;Durée;Nature", "07/09/2026;Nadège;4h;prestation", "08/09/2026;Nadège;4h;prestation;;oui;non")
    proposal, _ = read(table("heures.csv", *rows))
    assert "il y a 4 titres" in str(proposal.refusal)
