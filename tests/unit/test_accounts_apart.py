"""An account book: an invoice is of its own day, and money that is neither sold nor bought is never left in silence."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, sales, table

TITLES = "JournalCode|EcritureDate|CompteNum|CompteLib|PieceRef|PieceDate|EcritureLib|Debit|Credit"
SOLD = (
    "VE|20260902|411000|Clients|V1|20260831|Musée|360,00|",
    "VE|20260902|706000|Prestations|V1|20260831|Musée||300,00",
    "VE|20260902|445710|TVA|V1|20260831|Musée||60,00",
)
HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")


def book(*lines: str) -> ImportProposal:
    return read(table("123456789FEC20260930.txt", TITLES, *SOLD, *lines), HOURS, sold="")[0]


def test_an_invoice_and_a_purchase_are_of_the_day_of_their_piece() -> None:
    bought = (
        "AC|20260902|606300|Fournitures|A1|20260830|Vis|50,00|",
        "AC|20260902|401000|Fourn|A1|20260830|Vis||50,00",
    )
    proposal = book(*bought)
    assert sales(proposal) == {"2026-08": 30_000}
    assert [f"{each.spent_on:%Y-%m}" for each in proposal.reading.book.costs] == ["2026-08"]


@pytest.mark.parametrize(
    ("account", "side", "told"),
    [
        ("419100|Acomptes", "|80,00", "80,00\u00a0€ d'acomptes facturés ne sont pas lus (Fête)"),
        ("741000|Subventions", "|80,00", "80,00\u00a0€ de produits qui ne sont pas des ventes"),
        ("758000|Produits divers", "|80,00", "80,00\u00a0€ de produits qui ne sont pas des ventes"),
        ("218300|Matériel", "80,00|", "80,00\u00a0€ de biens qui durent"),
    ],
)
def test_what_is_neither_sold_nor_bought_is_told_first(account: str, side: str, told: str) -> None:
    proposal = book(f"OD|20260910|{account}|P9|20260910|Fête|{side}")
    assert sales(proposal) == {"2026-08": 30_000}
    assert any(told in each for each in proposal.unread)


def test_an_invoice_to_come_counts_and_is_told() -> None:
    proposal = book(
        "OD|20260930|418100|FAE|FAE7|20260930|Parc|120,00|",
        "OD|20260930|706000|Prestations|FAE7|20260930|Parc||100,00",
        "OD|20260930|445870|TVA|FAE7|20260930|Parc||20,00",
    )
    assert sales(proposal) == {"2026-08": 30_000, "2026-09": 10_000}
    assert any("« FAE7 » : pas encore une facture (100,00\u00a0€" in each for each in proposal.heeded)
