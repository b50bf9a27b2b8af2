"""VAT rounded line by line, or once a day: a payment a few cents away pays its invoice, and it is told."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Ida;07/09/2026;2h;commun")
LINES = (*["J3;03/09/2026;Halle;1,10;5,5 %"] * 9, "J3;03/09/2026;Halle;2,20;5,5 %")
SOLD = "\n".join(("N°;Date;Client;Total TTC;TVA", *LINES, "J4;04/09/2026;Lycée;10,00;20 %"))
"""Ten lines that ask 12,10 € one by one, and 12,08 € when their VAT is rounded once."""


def paid(proposal: ImportProposal) -> dict[str, int]:
    assert proposal.reading is not None, proposal.refusal
    return {each.invoice: each.amount for each in proposal.reading.book.payments}


def bank(*moves: str):
    return table("banque.csv", "Date;Libellé;Débit;Crédit", *moves, "28/09/2026;LOYER;80,00;")


@pytest.mark.parametrize("label", ["REMISE J3", "VIR HALLE"])
@pytest.mark.parametrize("amount", ["12,06", "12,08", "12,10"])
def test_a_payment_within_the_cents_of_habit_pays_its_invoice(label: str, amount: str) -> None:
    proposal, asked = read(WORK, bank(f"10/09/2026;{label};;{amount}"), sold=SOLD)
    assert paid(proposal) == {"J3": round(float(amount.replace(",", ".")) * 100)}
    assert "encaissements.montant" not in asked
    assert not any("12," in each for each in proposal.unread)
    assert any("Cet écart d'arrondi est accepté" in each for each in proposal.notes) == (amount != "12,08")


@pytest.mark.parametrize(
    ("amount", "noted"), [("10,01", {"J4": 1_001}), ("9,99", {"J4": 999}), ("10,03", {"J4": 1_000})]
)
def test_one_cent_is_the_habit_of_an_invoice_of_one_line(amount: str, noted: dict[str, int]) -> None:
    proposal, _ = read(WORK, bank(f"10/09/2026;VIR LYCEE J4;;{amount}"), sold=SOLD)
    assert paid(proposal) == noted
    assert any("Ce reste n'est pas lu" in each for each in proposal.unread) == (amount == "10,03")


@pytest.mark.parametrize(("vat", "whole"), [("16,01", "96,01"), ("15,99", "95,99")])
def test_an_invoice_whose_vat_is_a_cent_away_is_accepted_and_told(vat: str, whole: str) -> None:
    lines = (f"J5;04/09/2026;Lycée;80,00;{vat};{whole}", "J6;05/09/2026;Lycée;100,00;20,00;120,00")
    proposal, _ = read(WORK, sold="\n".join(("N°;Date;Client;Montant HT;TVA;Montant TTC", *lines)))
    (told,) = [each for each in proposal.notes if "arrondi" in each]
    assert told.replace("\xa0", " ").endswith(
        f"la TVA de « J5 » ({vat} € ; ici, 16,00 €) est arrondie autrement. Cet écart d'arrondi est accepté."
    )


def test_lines_rounded_one_by_one_are_told_once_by_invoice() -> None:
    lines = ["J7;04/09/2026;Lycée;1,03;0,21;1,24"] * 3
    proposal, _ = read(WORK, sold="\n".join(("N°;Date;Client;Montant HT;TVA;Montant TTC", *lines, *LINES_APART)),
                       facture_total="lignes")  # fmt: skip
    assert sum("« J7 » (1,03 € ; ici, 1,02 €)" in each.replace("\xa0", " ") for each in proposal.notes) == 1


LINES_APART = ("J7;04/09/2026;Lycée;2,00;0,40;2,40",)
