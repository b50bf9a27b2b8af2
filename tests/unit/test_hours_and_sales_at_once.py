"""A sheet with people, hours and prices is never asked which of the two it is: it may be both."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

LINES = (
    "03/03/2026;Mme Joly;Semis;Awa, Bruno;2,5;120,00;20 %",
    "05/03/2026;Mairie;Taille;Bruno;3;240,00;20 %",
    "09/03/2026;;Réunion;Awa, Bruno;1;;",
)


@pytest.mark.parametrize(
    ("hours", "first"),
    [("Heures chacun", ()), ("Temps pour chacune", ()), ("Passé", ("tout",)), ("Consommé", ("tout",))],
)
def test_what_is_both_is_read_as_both(hours: str, first: tuple[str, ...]) -> None:
    lines = (f"Date;Client;Travaux;Qui;{hours};Prix TTC;TVA", *LINES)
    proposal, asked = read(table("suivi.csv", *lines), sold="", tout="oui", partage="chacun")
    assert "table" not in asked
    assert tuple(each for each in asked if each == "tout") == first
    assert sales(proposal) == {"2026-03": 30_000}
    assert minutes(proposal) == {("Awa", "2026-03"): 210, ("Bruno", "2026-03"): 390}


def test_prices_that_are_no_sales_leave_the_hours() -> None:
    lines = ("Date;Client;Travaux;Qui;Passé;Prix TTC;TVA", *LINES)
    proposal, _ = read(table("suivi.csv", *lines), tout="non", table="heures", partage="chacun")
    assert minutes(proposal) == {("Awa", "2026-03"): 210, ("Bruno", "2026-03"): 390}
    assert sales(proposal) == {"2026-09": 50_000}
