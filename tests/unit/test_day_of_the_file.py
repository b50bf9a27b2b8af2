"""What was sold on one day, which only the name of the file says: the month is asked, and never refused."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")
SOLD = ("Article;Qté;TVA;Total TTC", "Miel;4;5,5 %;21,10", "Cidre;3;20 %;12,00", "TOTAL;;;33,10")


@pytest.mark.parametrize("name", ["vente-2026-09-18.csv", "Marché 18-09-2026.csv", "distribution_18.09.2026.csv"])
def test_the_day_of_what_was_sold_may_stand_in_the_name_of_the_file(name: str) -> None:
    proposal, asked = read(table(name, *SOLD), HOURS, sold="", table="factures")
    assert any(each.startswith("mois") for each in asked), asked
    assert sales(proposal) == {"2026-09": 3_000}
