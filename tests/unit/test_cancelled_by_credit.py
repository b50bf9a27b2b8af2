"""A cancelled invoice whose credit note is in the list: each takes the other off, never one side alone."""

from __future__ import annotations

import pytest

from tests.unit.test_known_sources import HOURS, read, sales, table

HEAD = "Facture;Date;Client;Montant HT;TVA;Montant TTC;État"
SOLD = "F-21;02/10/2026;Mairie;400,00;80,00;480,00;payée"


def _read(*lines: str):  # type: ignore[no-untyped-def]
    return read(table("ventes.csv", HEAD, SOLD, *lines), HOURS, sold="")[0]


@pytest.mark.parametrize(
    ("said", "credit"),
    [
        ("Annulée", "validée"),
        ("annulée par l'avoir A-7", "envoyée"),
        ("Remboursée", "avoir"),
        ("Cancelled", "refund"),
        ("Abandonnée (A-7)", "avoir sur F-22"),
    ],
)
def test_an_invoice_that_a_credit_note_cancels_counts_with_it(said: str, credit: str) -> None:
    gone = f"F-22;05/10/2026;Roux;150,00;30,00;180,00;{said}"
    back = f"A-7;08/10/2026;Roux;-150,00;-30,00;-180,00;{credit}"
    proposal = _read(gone, back)
    assert sales(proposal) == {"2026-10": 400_00}
    assert any("« F-22 »" in each and "son avoir" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    "back",
    [
        "A-7;08/10/2026;Mairie;-150,00;-30,00;-180,00;avoir",
        "A-7;08/10/2026;Roux;-50,00;-10,00;-60,00;avoir",
        "A-7;08/10/2026;Roux;-150,00;-30,00;-180,00;avoir sur F-21",
    ],
)
def test_a_cancelled_invoice_without_its_credit_note_is_left_out(back: str) -> None:
    proposal = _read("F-22;05/10/2026;Roux;150,00;30,00;180,00;Annulée", back)
    assert sales(proposal) == {"2026-10": 350_00 if "-50,00" in back else 250_00}
    assert any("« Annulée »" in each and "F-22" in each for each in proposal.heeded)
