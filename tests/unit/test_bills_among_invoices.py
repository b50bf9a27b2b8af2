"""Bills of suppliers in a list of invoices: they are purchases once the group says so, and never sales."""

from __future__ import annotations

import pytest

from tests.unit.test_known_sources import HOURS, read, sales, table

HEAD = "Numéro;Partenaire;Date;Nature;Montant HT;TVA;Montant TTC;État"
WORDS = [
    ("Facture client", "Facture fournisseur", "Avoir fournisseur", -1),
    ("Facture", "Facture d'achat", "Avoir d'achat", 1),
    ("Customer Invoice", "Vendor Bill", "Vendor Refund", -1),
]


@pytest.mark.parametrize(("sold", "bill", "back", "sign"), WORDS)
@pytest.mark.parametrize("said", ["oui", "non"])
def test_bills_among_invoices_are_asked_about(sold: str, bill: str, back: str, sign: int, said: str) -> None:
    lines = (
        f"F-1;Mairie;02/10/2026;{sold};400,00;80,00;480,00;Validée",
        f"B-1;Scierie;05/10/2026;{bill};{100 * sign},00;{20 * sign},00;{120 * sign},00;Validée",
        f"B-2;Scierie;09/10/2026;{back};{-30 * sign},00;{-6 * sign},00;{-36 * sign},00;Validée",
        f"F-2;École;12/10/2026;{sold};50,00;10,00;60,00;Validée",
        f"B-3;Presse;20/10/2026;{bill};{10 * sign},00;{2 * sign},00;{12 * sign},00;Validée",
    )
    proposal, asked = read(table("pieces.csv", HEAD, *lines), HOURS, sold="", journal_fournisseurs=said)
    assert asked.count("journal.fournisseurs") == 1
    assert sales(proposal) == {"2026-10": 450_00}
    costs = [each.before_tax for each in proposal.reading.book.costs]
    assert costs == ([100_00, -30_00, 10_00] if said == "oui" else [])
