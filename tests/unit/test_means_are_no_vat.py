"""Cash and cards are parts of what came: never an amount before tax and its VAT, even where their ratio is a rate."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table


@pytest.mark.parametrize("means", ["Espèces;CB", "Chèques;Virement", "Liquide;Carte"])
def test_what_was_paid_by_each_means_is_never_an_amount_and_its_vat(means: str) -> None:
    lines = ("05/03/2026;100,00;20,00;120,00", "06/03/2026;50,00;10,00;60,00", "12/03/2026;12,00;0;12,00")
    hours = table("h.csv", "Qui;Jour;Heures;Genre", "Lou;03/03/2026;2h;commun")
    proposal, _ = read(table("stand.csv", f"Date;{means};Total TTC", *lines), hours, sold="")
    assert sales(proposal) == {"2026-03": 19_200}


def test_rates_that_are_means_of_several_are_told_once_for_a_list() -> None:
    lines = ("05/03/2026;98,00;10,00;108,00", "06/03/2026;49,00;5,50;54,50", "12/03/2026;60,00;7,00;67,00")
    hours = table("h.csv", "Qui;Jour;Heures;Genre", "Lou;03/03/2026;2h;commun")
    proposal, _ = read(table("z.csv", "Date;Total HT;TVA;Total TTC", *lines), hours, sold="", table="factures")
    told = [each for each in proposal.heeded if "habituel" in each]
    assert len(told) == 1
    assert "(3\u00a0lignes). C'est peut-être une moyenne" in told[0]
