"""Columns under the names of customers of the invoices are orders; the people stand at the start of the lines."""

from __future__ import annotations

from tests.given_tables import minutes, read, table

MONTH = "2026-09"
SOLD = "Numéro;Date;Client;Montant HT;TVA\nF1;10/09/2026;Lycée;500,00;100,00\nF2;12/09/2026;Théâtre;90,00;18,00"
LINES = ("Lou;5;2;;7", "Omar;;4;1;5", "Ana;1;1;1;3")


def test_names_of_customers_over_times_are_not_people() -> None:
    given = table("septembre 2026.csv", ";Lycée;Théâtre;Musée;Total", *LINES)
    proposal, _ = read(given, sold=SOLD)
    assert minutes(proposal) == {("Lou", MONTH): 420, ("Omar", MONTH): 300, ("Ana", MONTH): 180}
    assert proposal.reading is not None
    assert {each.order for each in proposal.reading.book.hours} == {"F1", "F2", ""}
    assert any("« Musée »" in note and "sans commande" in note for note in proposal.heeded)


def test_names_that_no_invoice_says_stay_people_where_days_begin_the_lines() -> None:
    given = table("septembre.csv", "Jour;Basile;Capucine", "03/09/2026;5;2", "04/09/2026;1;4")
    proposal, _ = read(given, sold=SOLD)
    assert minutes(proposal) == {("Basile", MONTH): 360, ("Capucine", MONTH): 360}
