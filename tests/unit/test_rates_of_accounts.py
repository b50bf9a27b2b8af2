"""A rate of VAT is shown as what it is: that of each account, the nearest in force for a few cents."""

from __future__ import annotations

from tests.given_tables import read, table


def test_a_piece_at_two_rates_says_the_rate_of_each_account() -> None:
    head = "JournalCode\tEcritureDate\tCompteNum\tCompAuxLib\tPieceRef\tEcritureLib\tDebit\tCredit"
    lines = (
        "VE\t20260903\t411000\tCantine\tV-7\tRepas\t1160,50\t0,00",
        "VE\t20260903\t706000\t\tV-7\tRepas\t0,00\t900,00",
        "VE\t20260903\t707000\t\tV-7\tRepas\t0,00\t141,71",
        "VE\t20260903\t445711\t\tV-7\tTVA 10\t0,00\t90,00",
        "VE\t20260903\t445711\t\tV-7\tTVA 20\t0,00\t28,34",
    )
    worked = table("temps.csv", "Qui;Jour;Heures", "Lou;07/09/2026;2")
    proposal, _ = read(worked, table("écritures.txt", head, *lines), sold="", genre="prestation")
    assert proposal.reading is not None, proposal.refusal
    assert {(each.before_tax, each.vat_rate) for each in proposal.reading.book.lines} == {
        (90_000, 100_000), (14_171, 200_000),
    }  # fmt: skip
    assert not any("taux" in told for told in proposal.heeded)


def test_the_rate_of_a_small_line_is_the_nearest_one_in_force() -> None:
    sold = "Numéro;Date;Montant HT;TVA;TTC\nV1;03/09/2026;0,28;0,05;0,33\nV2;04/09/2026;0,09;0,01;0,10"
    worked = table("temps.csv", "Qui;Jour;Heures", "Lou;07/09/2026;2")
    proposal, _ = read(worked, sold=sold, genre="prestation")
    assert proposal.reading is not None, proposal.refusal
    assert [each.vat_rate for each in proposal.reading.book.lines] == [200_000, 100_000]
    assert not any("taux" in told for told in proposal.heeded)
