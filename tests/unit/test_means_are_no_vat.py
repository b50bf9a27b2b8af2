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
