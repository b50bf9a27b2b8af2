"""A number of invoice that a spreadsheet took for a day: it is told, and asked about where its true number is said."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, table

WORK = table("temps.csv", "Jour;Qui;Heures;Tâche", "07/05/2026;Lou;3;tri")
CAME = ("Facture;Payée le;Montant", "26-04;28/05/2026;60,00")


def workbook(*lines: tuple[object, ...]) -> GivenFile:
    book, stream = Workbook(), BytesIO()
    for line in (("N° de facture", "Date", "Client", "Montant HT", "TVA"), *lines):
        book.active.append(line)
    book.save(stream)
    return GivenFile("ventes.xlsx", stream.getvalue())


SOLD = workbook(
    (datetime(2026, 4, 26), datetime(2026, 5, 11), "MJC", 50, 0.2), ("26-14", datetime(2026, 5, 12), "Foyer", 80, 0.2)
)


def test_the_list_says_where_a_number_became_a_day_and_what_to_do():
    told = [each for each in read(WORK, SOLD, sold="", genre="commun")[0].heeded if "date dans le tableur" in each]
    assert len(told) == 1
    assert "ventes.xlsx, feuille « Sheet », ligne 2, colonne A" in told[0]
    assert "« 26/04/2026 »" in told[0]
    assert "Texte" in told[0]
    assert "CSV" in told[0]


def test_the_payment_that_says_its_true_number_is_asked_about():
    proposal, asked = read(WORK, SOLD, table("reçus.csv", *CAME), sold="", genre="commun")
    assert asked.count("factures.dates") == 1
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [("26-04", 6_000)]
    assert {each.invoice for each in proposal.reading.book.lines} == {"26-04", "26-14"}


def test_another_invoice_refuses_and_says_what_may_have_happened():
    proposal, _ = read(WORK, SOLD, table("reçus.csv", *CAME), sold="", genre="commun", factures_dates="non")
    assert "devenu une date dans le tableur" in str(proposal.refusal)


def test_two_invoices_that_may_be_it_are_not_asked_about():
    two = workbook(
        (datetime(2026, 4, 26), datetime(2026, 5, 11), "MJC", 50, 0.2),
        (datetime(2025, 4, 26), datetime(2026, 5, 12), "Foyer", 80, 0.2),
    )
    proposal = propose([WORK, two, table("reçus.csv", *CAME)], "Essai", None, Findings())
    assert "factures.dates" not in {each.doubt.topic for each in proposal.questions}


@pytest.mark.parametrize(
    ("number", "shown"), [("5-26", "mai-26"), ("12-3", "12-mars"), ("2026-05", "mai-26"), ("3/1/26", "01/03/2026")]
)
def test_the_file_of_payments_may_be_the_one_that_changed(number: str, shown: str):
    sold = f"Numéro;Date;Montant HT;TVA\n{number};10/05/2026;500,00;100,00"
    came = table("reçus.csv", CAME[0], f"{shown};28/05/2026;600,00")
    proposal, asked = read(WORK, came, sold=sold, genre="commun")
    assert "factures.dates" in asked
    assert [each.invoice for each in proposal.reading.book.payments] == [number]
