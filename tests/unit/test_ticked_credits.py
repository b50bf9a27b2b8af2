"""« Avoir » ticked on a line of invoices: its amount is taken back, or it is asked."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")


@pytest.mark.parametrize(("yes", "no"), [("VRAI", "FAUX"), ("x", ""), ("oui", "non"), ("TRUE", "FALSE"), ("☑", "☐")])
@pytest.mark.parametrize("title", ["Avoir", "Avoir ?", "C'est un avoir", "Credit note"])
def test_a_ticked_credit_note_is_no_sale(title: str, yes: str, no: str) -> None:
    lines = (f"N°;Date;Client;Montant HT;TVA;{title}", f"V1;02/09/2026;Musée;500;100;{no}")
    for amount, topics in (("80;16", ["montant_ht.avoir", "personnes.cape"]), ("-80;-16", ["personnes.cape"])):
        proposal, asked = read(table("factures.csv", *lines, f"C1;09/09/2026;Musée;{amount};{yes}"), HOURS, sold="")
        assert sales(proposal) == {"2026-09": 42_000}
        assert asked == topics


def test_a_column_of_amounts_taken_back_is_read_as_before() -> None:
    lines = ("N°;Date;Client;Montant HT;TVA;Avoir", "V1;02/09/2026;Musée;500;20 %;", "V2;03/09/2026;Parc;100;20 %;60")
    proposal, _ = read(table("factures.csv", *lines), HOURS, sold="")
    assert sales(proposal) == {"2026-09": 55_000}
