"""The state of an invoice and the column of its payment are read together: a part, a way of paying that waits."""

from __future__ import annotations

import pytest

from tests.given_tables import read, table

HEAD = "N°;Date;Client;Montant HT;TVA;TTC;Statut"
HOURS = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")


def payments(*lines: str) -> tuple[list[tuple[str, int]], tuple[str, ...]]:
    proposal, _ = read(HOURS, table("ventes.csv", *lines), sold="")
    assert proposal.reading is not None, proposal.refusal
    return [(each.invoice, each.amount) for each in proposal.reading.book.payments], proposal.unread


@pytest.mark.parametrize("state", ["Payée en partie", "Règlement commencé", "Partially paid"])
def test_the_sum_beside_a_part_is_that_part(state: str) -> None:
    lines = (
        f"{HEAD};Règlement",
        "V1;02/09/2026;Foyer;300,00;60,00;360,00;Payée;360,00",
        f"V2;03/09/2026;MJC;500,00;100,00;600,00;{state};250,00",
    )
    assert payments(*lines) == ([("V1", 36_000), ("V2", 25_000)], ())


def test_a_part_without_a_sum_is_told() -> None:
    _, unread = payments(f"{HEAD};Règlement", "V2;03/09/2026;MJC;500,00;100,00;600,00;Payée en partie;")
    assert "« V2 » est payée en partie, sans que rien ne dise combien" in unread[0]


@pytest.mark.parametrize("state", ["Impayée", "En attente", "On hold", "En retard"])
def test_how_an_invoice_that_waits_will_be_paid_is_no_payment(state: str) -> None:
    lines = (
        f"{HEAD};Type de paiement",
        "V1;02/09/2026;Foyer;300,00;60,00;360,00;Payée;Chèque",
        f"V2;03/09/2026;MJC;500,00;100,00;600,00;{state};Virement",
    )
    assert payments(*lines) == ([("V1", 36_000)], ())
