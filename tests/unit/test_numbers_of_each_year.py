"""Invoices whose numbers begin again each year, given together: none is mixed with another, none is dropped."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import read, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Ida;07/09/2026;2h;commun")


def bills(year: int, *euros: int, customer: str = "Client {}", name: str = "ventes {}.csv") -> GivenFile:
    lines = (f"F{at};0{at}/02/{year};{customer.format(at)};{sum_},00;20 %" for at, sum_ in enumerate(euros, 1))
    return table(name.format(year), "N°;Date;Client;Montant HT;Taux TVA", *lines)


def sold(proposal: ImportProposal) -> dict[str, int]:
    assert proposal.reading is not None, proposal.refusal
    return {each.invoice: each.before_tax // 100 for each in proposal.reading.book.lines}


def paid(proposal: ImportProposal) -> dict[str, int]:
    assert proposal.reading is not None, proposal.refusal
    return {each.invoice: each.amount // 100 for each in proposal.reading.book.payments}


ALL = {"F1": 100, "F2": 200, "F3": 300, "F1 (2026)": 110, "F2 (2026)": 220}


def test_two_years_given_together_have_each_their_invoices_and_it_is_told_once() -> None:
    proposal, asked = read(WORK, bills(2025, 100, 200, 300), bills(2026, 110, 220), sold="")
    assert sold(proposal) == ALL
    assert "factures.annee" not in asked
    assert sum("s'appelle « F1 (2026) »" in each for each in proposal.heeded) == 1


@pytest.mark.parametrize("customer", ["", "Client {}"])
def test_one_list_of_two_years_is_read_alike(customer: str) -> None:
    both = [bills(2025, 100, 200, 300, customer=customer), bills(2026, 110, 220, customer=customer)]
    whole = b"\n".join([both[0].data, *both[1].data.split(b"\n")[1:]])
    assert sold(read(WORK, GivenFile("ventes.csv", whole), sold="")[0]) == ALL


@pytest.mark.parametrize(("said", "expected"), [("annee", {"F1": 100, "F1 (2026)": 100}), ("meme", None)])
def test_one_number_in_two_years_is_asked_about(said: str, expected: dict[str, int] | None) -> None:
    proposal, asked = read(WORK, bills(2025, 100), bills(2026, 100), sold="", factures_annee=said)
    assert asked.count("factures.annee") == 1
    assert sold(proposal) == expected if expected else proposal.refusal is not None


def test_an_invoice_of_two_days_over_the_new_year_is_asked_about() -> None:
    lines = ("F8;30/12/2025;Halle;100,00;20 %", "F8;05/01/2026;Halle;50,00;20 %", "F9;07/01/2026;Halle;10,00;20 %")
    given = table("ventes.csv", "N°;Date;Client;Montant HT;Taux TVA", *lines)
    proposal, asked = read(WORK, given, sold="", factures_annee="meme")
    assert "factures.annee" in asked
    assert proposal.reading is not None
    assert [each.invoice for each in proposal.reading.book.lines] == ["F8", "F8", "F9"]


@pytest.mark.parametrize("label", ["F1", "VIR RECU CLIENT F1"])
def test_payments_and_hours_go_to_the_invoice_of_their_year(label: str) -> None:
    moves = table("banque.csv", "Date;Libellé;Débit;Crédit", f"20/02/2025;{label};;120,00",
                  f"21/02/2026;{label};;132,00", "22/02/2026;LOYER;9,00;")  # fmt: skip
    work = table("chantiers.csv", "Qui;Jour;Heures;Commande", "Ida;30/01/2025;2h;F1", "Ida;29/01/2026;3h;F1")
    proposal, _ = read(work, moves, bills(2025, 100, 200, 300), bills(2026, 110, 220), sold="")
    assert paid(proposal) == {"F1": 120, "F1 (2026)": 132}
    assert proposal.reading is not None
    assert {each.order: each.minutes for each in proposal.reading.book.hours} == {"F1": 120, "F1 (2026)": 180}


@pytest.mark.parametrize(("file", "expected"), [
    (bills(2026, 115, 220), ALL | {"F1 (2026)": 115}), (bills(2025, 100, 250, 300), ALL | {"F2": 250}),
])  # fmt: skip
def test_one_file_given_again_replaces_what_it_gave(
    file: GivenFile, expected: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    files = [WORK, bills(2025, 100, 200, 300), bills(2026, 110, 220)]
    book = keep(read(*files, sold="")[0], "Essai", files, datetime(2026, 10, 1))
    again = propose([file], "Essai", recipe_in(book), Findings(), held_in(book))
    assert not again.questions
    assert sold(again) == expected
