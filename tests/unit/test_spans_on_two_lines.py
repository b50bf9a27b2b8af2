"""Two spans of a day on two lines of one cell, as a program of plannings writes them."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sheet, table

DAYS = {
    "named": ["Salarié", "lundi 7 septembre", "mardi 8 septembre", "mercredi 9 septembre"],
    "days": ["Salarié", "07/09/2026", "08/09/2026", "09/09/2026"],
}
TOP = ["Horaires réalisés du 07/09/2026 au 13/09/2026"]


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("between", ["\n", "\r\n", " \n ", "\n\n"])
@pytest.mark.parametrize("off", ["Repos", "", "CP"])
def test_spans_on_two_lines_add_up(days: str, between: str, off: str) -> None:
    whole, short = f"8h30-12h{between}13h30-17h", f"14:00 - 18:15{between}09:00 - 11:00"
    rows = (["Ida", whole, off, short], ["Noam", short, "20h-23h", off])
    proposal, asked = read(sheet("planning.xlsx", TOP, DAYS[days], *rows), genre="commun")
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {("Ida", "2026-09"): 795, ("Noam", "2026-09"): 555}


def test_a_half_of_a_day_off_stands_on_its_own_line() -> None:
    rows = ("Nom;Date;Horaires", 'Ida;07/09/2026;"9h-12h\n14h-17h"', 'Ida;08/09/2026;"9h-12h\nCongé"')
    proposal, _ = read(table("heures.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 540}
    assert any("9h-12h" in each for each in proposal.heeded)


def test_a_break_on_its_own_line_is_taken_off() -> None:
    rows = ("Nom;Date;Horaires", 'Ida;07/09/2026;"9h-17h\npause 45 min"', 'Ida;08/09/2026;"9h-12h\n13h-15h"')
    proposal, _ = read(table("heures.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 735}
