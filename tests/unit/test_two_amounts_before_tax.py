"""Two amounts before tax on each line of an invoice: asked, or proved by the whole; neither is ever dropped."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Heures", "02/09/2026;Ida;3h")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Main d'œuvre HT", "Matériel HT"),
        ("Atelier HT", "Traiteur HT"),
        ("Prestation HT", "Déplacement HT"),
        ("Heures HT", "Pièces (HT)"),
    ],
)
@pytest.mark.parametrize(("answer", "cents"), [("plus", 36_000), ("compris", 30_000)])
def test_two_amounts_are_asked_about(first: str, second: str, answer: str, cents: int) -> None:
    lines = (f"N°;Date;Client;{first};{second};TVA", "F1;03/09/2026;Mairie;200,00;40,00;20 %")
    sold = table("factures.csv", *lines, "F2;04/09/2026;École;100,00;20,00;20 %")
    proposal, asked = read(HOURS, sold, sold="", montant_ht_frais=answer)
    assert "montant_ht.frais" in asked
    assert sales(proposal) == {"2026-09": cents}


def test_the_amount_with_tax_proves_that_both_count() -> None:
    lines = ("N°;Date;Client;Main d'œuvre HT;Matériel HT;TVA;TTC", "F1;03/09/2026;Mairie;200,00;40,00;48,00;288,00")
    proposal, asked = read(HOURS, table("factures.csv", *lines), sold="")
    assert "montant_ht.frais" not in asked
    assert sales(proposal) == {"2026-09": 24_000}


@pytest.mark.parametrize(
    "beside", ["PU HT", "Prix de revient HT", "Achats HT", "Remise HT", "Devis HT", "Reste à facturer HT"]
)
def test_what_is_no_second_sale_is_not_asked_about(beside: str) -> None:
    lines = (f"N°;Date;Client;Montant HT;{beside};TVA", "F1;03/09/2026;Mairie;200,00;40,00;20 %")
    _, asked = read(HOURS, table("factures.csv", *lines), sold="")
    assert "montant_ht.frais" not in asked
