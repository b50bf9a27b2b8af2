"""A guard before a number of invoice or of order, « '0013 », never shows; a name that starts so keeps it."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

HOURS = table("heures.csv", "Qui;Date;Heures;Genre;Commande", "'Tit Jo;07/09/2026;4h;prestation;'2026-4")


@pytest.mark.parametrize("guarded", ["'0042", "’0042", '="0042"', "'0042 "])
def test_the_guard_of_a_number_is_taken_away(guarded: str) -> None:
    sold = f"Numéro;Commande;Date;Client;Montant HT;TVA\n{guarded};'2026-4;07/09/2026;Bar;100,00;20 %"
    paid = table("paiements.csv", "Facture;Payé le;Montant", "0042;25/09/2026;120,00")
    proposal, _ = read(HOURS, paid, sold=sold)
    assert proposal.reading is not None, proposal.refusal
    book = proposal.reading.book
    assert [each.invoice for each in (*book.lines, *book.payments)] == ["0042", "0042"]
    assert {each.number for each in book.orders} == {"2026-4"}
    assert minutes(proposal) == {("'Tit Jo", "2026-09"): 240}
