"""Money that a customer paid, in account books and beside one sheet for everything: led by all that a line says."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, table

HEAD = "JournalCode\tEcritureDate\tCompteNum\tCompAuxLib\tPieceRef\tEcritureLib\tDebit\tCredit"
WORK = table("temps.csv", "Qui;Jour;Heures", "Lou;07/09/2026;2", "Lou;08/09/2026;3")


def sold(piece: str, who: str, day: str, euros: int) -> list[str]:
    return [
        f"VE\t{day}\t411000\t{who}\t{piece}\tVente\t{euros},00\t0,00",
        f"VE\t{day}\t706000\t\t{piece}\tVente\t0,00\t{euros},00",
    ]


def paid(piece: str, who: str, label: str, day: str, euros: int) -> list[str]:
    return [
        f"BQ\t{day}\t512000\t\t{piece}\t{label}\t{euros},00\t0,00",
        f"BQ\t{day}\t411000\t{who}\t{piece}\t{label}\t0,00\t{euros},00",
    ]


def payments(*lines: list[str]) -> tuple[list[tuple[str, int]], list[str], ImportProposal]:
    book = table("écritures.txt", HEAD, *(line for each in lines for line in each))
    proposal, asked = read(WORK, book, sold="", genre="prestation")
    assert proposal.reading is not None, proposal.refusal
    return sorted((each.invoice, each.amount) for each in proposal.reading.book.payments), asked, proposal


def test_a_reference_that_holds_a_number_leads_to_its_invoice() -> None:
    bills = (*sold("F-31", "Épicerie", "20260903", 700), *sold("F-32", "Épicerie", "20260904", 700))
    found, asked, _ = payments([*bills], paid("CHQ F-32", "Épicerie", "Encaissement", "20260920", 700))
    assert found == [("F-32", 70_000)]
    assert "encaissements.montant" not in asked


def test_the_customer_of_an_account_leads_to_the_invoice_of_its_amount() -> None:
    bills = (*sold("F-31", "Le Fournil", "20260903", 700), *sold("F-32", "Mairie d'Ax", "20260904", 700))
    found, asked, _ = payments([*bills], paid("VIR", "Mairie d'Ax", "Règlement", "20260920", 700))
    assert found == [("F-32", 70_000)]
    assert "encaissements.montant" not in asked


def test_what_is_asked_shows_all_that_the_line_says() -> None:
    bills = (*sold("F-31", "Le Fournil", "20260903", 700), *sold("F-32", "Mairie d'Ax", "20260904", 500))
    found, asked, proposal = payments([*bills], paid("VIR", "Trésor", "Virement reçu", "20260920", 700))
    assert asked.count("encaissements.montant") == 1
    assert found == [("F-31", 70_000)]
    _, _, proposal = payments([*bills], paid("VIR", "Trésor", "Virement reçu", "20260920", 710))
    assert any("« VIR Virement reçu Trésor »" in told for told in proposal.unread)


def test_a_customer_of_one_sheet_for_everything_is_known_by_the_bank() -> None:
    sheet = ("Date;Client;Travail;Prix TTC;Qui;Heures", "04/09/2026;M. Béranger;Clôture;120,00;Lou;3")
    bank = (
        "Date;Libellé;Débit;Crédit",
        "14/09/2026;VIR M BERANGER PAUL;;120,00",
        "15/09/2026;VIR DE MAIRIE AX;;240,00",
    )
    files = table("suivi.csv", *sheet, "05/09/2026;Mairie d'Ax;Banc;240,00;Lou;4"), table("relevé.csv", *bank)
    proposal, asked = read(*files, sold="", taux="20")
    assert [each.amount for each in proposal.reading.book.payments] == [12_000, 24_000]
    assert "encaissements.montant" not in asked
    assert [each.label for each in proposal.reading.book.orders] == ["Clôture M. Béranger", "Banc Mairie d'Ax"]


CARDS = ("Date,Transaction ID,Status,Total,Tax,Payment Type", "2026-09-05 10:11,T17,Successful,120.00,20.00,POS")
SEVERAL = ("N°;Date;Client;HT;TVA;État", "V-14;03/09/2026;Collège;100,00;20,00;Envoyée")


@pytest.mark.parametrize(
    ("more", "label"),
    [((), "VIR RECU"), (("V-15;04/09/2026;Lycée;100,00;20,00;Envoyée",), "VIR RECU FACT 14"), ((), "VIR FACT 14")],
)
def test_the_one_invoice_that_waits_for_a_sum_is_asked_about(more: tuple[str, ...], label: str) -> None:
    bank = table("relevé.csv", "Date;Libellé;Débit;Crédit", f"20/09/2026;{label};;120,00", "21/09/2026;PRLV EDF;9,00;")
    lists = table("ventes.csv", *SEVERAL, *more), table("cartes.csv", *CARDS)
    proposal, asked = read(WORK, *lists, bank, sold="", genre="prestation", factures_memes="")
    assert "encaissements.montant" in asked
    assert {each.invoice: each.amount for each in proposal.reading.book.payments} == {"T17": 12_000, "V-14": 12_000}


def test_two_invoices_that_wait_for_a_sum_are_told_and_neither_is_chosen() -> None:
    bank = table("relevé.csv", "Date;Libellé;Débit;Crédit", "20/09/2026;VIR RECU;;120,00", "21/09/2026;PRLV;9,00;")
    given = table("ventes.csv", *SEVERAL, "V-15;04/09/2026;Lycée;100,00;20,00;Envoyée")
    proposal, _ = read(WORK, given, bank, sold="", genre="prestation")
    assert not proposal.reading.book.payments
    assert any("plusieurs factures ont ce montant" in told for told in proposal.unread)


def lettered(lines: list[str], letter: str) -> list[str]:
    return [f"{line}\t{letter if chr(9) + '411000' in line else ''}" for line in lines]


@pytest.mark.parametrize(("letters", "euros", "expected"), [
    (("A", ""), 400, [("F-31", 40_000)]), (("", "A"), 500, [("F-32", 50_000)]),
    (("A", "A"), 1200, [("F-31", 70_000), ("F-32", 50_000)]),
])  # fmt: skip
def test_the_letter_of_an_account_leads_to_its_invoices(
    letters: tuple[str, str], euros: int, expected: list[tuple[str, int]]
) -> None:
    sales = (("F-31", "20260903", 700), ("F-32", "20260904", 500))
    bills = [line for (piece, day, sum_), letter in zip(sales, letters, strict=True)
             for line in lettered(sold(piece, "Le Fournil", day, sum_), letter)]  # fmt: skip
    came = lettered(paid("VIR", "Le Fournil", "Virement", "20260920", euros), "A")
    book = table("écritures.txt", f"{HEAD}\tEcritureLet", *bills, *came)
    proposal, asked = read(WORK, book, sold="", genre="prestation")
    assert proposal.reading is not None, proposal.refusal
    assert sorted((each.invoice, each.amount) for each in proposal.reading.book.payments) == expected
    assert "encaissements.montant" not in asked
