"""A line of an invoice without VAT beside others that have some: it is asked about by its word, or told."""

from __future__ import annotations

import pytest

from tests.given_tables import read, table

HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")
HEAD = ("N°;Date;Client;Désignation;Montant HT;Taux TVA", "F1;10/09/2026;Bar;Travaux;1000,00;20 %")


@pytest.mark.parametrize(("label", "rate", "asked"), [
    ("Débours : timbres", "0 %", True), ("Taxe avancée pour votre compte", "0 %", True),
    ("Frais réglés pour vous", "", True), ("Débours refacturés", "20 %", False), ("Pose", "0 %", False),
])  # fmt: skip
def test_a_line_paid_for_the_customer_without_vat_is_asked_about(label: str, rate: str, asked: bool) -> None:
    sold = "\n".join((*HEAD, f"F1;10/09/2026;Bar;{label};30,00;{rate or '0'}"))
    topics = read(HOURS, sold=sold)[1]
    assert any(each.startswith("etat.") for each in topics) is asked
    if asked:
        topic = next(each for each in topics if each.startswith("etat.")).replace(".", "_")
        proposal, _ = read(HOURS, sold=sold, **{topic: "non"})
        assert proposal.reading is not None
        assert [each.before_tax for each in proposal.reading.book.lines] == [100_000]


@pytest.mark.parametrize("label", ["Timbre fiscal", "Caution", "Taxe de séjour"])
def test_a_line_without_vat_on_an_invoice_that_has_some_is_told(label: str) -> None:
    proposal, _ = read(HOURS, sold="\n".join((*HEAD, f"F1;10/09/2026;Bar;{label};30,00;0 %")))
    assert any(f"« {label} » (30,00" in each and "sans TVA" in each for each in proposal.heeded)


def test_sales_without_vat_are_the_habit_of_some() -> None:
    lines = [
        f"F{at};1{at}/09/2026;Bar;{what}" for at in range(2, 9) for what in ("Cours;50,00;0 %", "Livre;10,00;5,5 %")
    ]
    for sold in ("\n".join((*HEAD, *lines)), "\n".join((*HEAD, "F2;11/09/2026;Bar;Cours;50,00;0 %"))):
        assert not any("sans TVA" in each for each in read(HOURS, sold=sold)[0].heeded)
