"""A payment that the accounts and the bank both tell counts once, and stops nothing."""

from __future__ import annotations

import pytest

from tests.given_tables import read, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")
SOLD = "N°;Date;Client;Montant HT;TVA;TTC\nV1;01/09/2026;Cinéma Rex;300,00;60,00;360,00"
GIVEN = table("règlements.csv", "Facture;Payé le;Montant", "V1;08/09/2026;360,00")


def bank(*lines: str):
    return table("banque.csv", "Date;Libellé;Débit;Crédit", *lines)


@pytest.mark.parametrize("label", ["VIR V1 CINEMA REX", "REMISE CHEQUE CINEMA REX"])
@pytest.mark.parametrize("day", ["08", "11"])
def test_one_payment_in_two_files_counts_once(label: str, day: str) -> None:
    proposal, asked = read(WORK, GIVEN, bank(f"{day}/09/2026;{label};;360,00"), sold=SOLD)
    assert asked == ["personnes.cape"]
    assert proposal.reading is not None, proposal.refusal
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [("V1", 36_000)]
    assert any("Compté une fois" in told for told in proposal.heeded)
    assert not proposal.unread


def test_a_payment_too_many_is_still_refused_or_told() -> None:
    proposal, _ = read(WORK, GIVEN, bank("29/10/2026;VIR V1;;360,00"), sold=SOLD)
    assert "reçoit" in str(proposal.refusal)
    proposal, _ = read(WORK, GIVEN, bank("09/09/2026;VIR CAF;;360,00"), sold=SOLD)
    assert any("déjà payée" in told for told in proposal.unread)


def test_two_halves_on_the_same_days_both_count() -> None:
    halves = table("règlements.csv", "Facture;Payé le;Montant", "V1;08/09/2026;180,00")
    proposal, _ = read(WORK, halves, bank("10/09/2026;VIR V1;;180,00"), sold=SOLD)
    assert proposal.reading is not None, proposal.refusal
    assert sum(each.amount for each in proposal.reading.book.payments) == 36_000
