"""Takings of each day given with a list of invoices: whether they hold the invoices of these days is asked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, sales, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Ida;07/09/2026;2h;commun")
BILLS = "N°;Date;Client;Montant HT;TVA\nV-1;04/09/2026;Halle;200,00;40,00\nV-2;05/09/2026;Lycée;30,00;6,00"
DAYS = ("2026-09-04;300,00;60,00;360,00", "2026-09-05;50,00;10,00;60,00", "2026-09-06;70,00;14,00;84,00")


def till(*lines: str):
    return table("caisse.csv", "Jour;Total HT;TVA;Total TTC", *lines)


@pytest.mark.parametrize(("said", "total"), [("tout", 65_000), ("reste", 42_000)])
def test_takings_may_hold_the_invoices_of_their_days(said: str, total: int) -> None:
    proposal, asked = read(WORK, till(*DAYS), sold=BILLS, recettes_factures=said)
    assert asked.count("recettes.factures") == 1
    assert sales(proposal) == {"2026-09": total}
    assert any("qui contenaient « V-1 » et « V-2 »" in each for each in proposal.heeded) == (said == "reste")


@pytest.mark.parametrize("days", [
    ("2026-09-08;300,00;60,00;360,00", "2026-09-09;50,00;10,00;60,00"),
    ("2026-09-04;100,00;20,00;120,00", "2026-09-05;20,00;4,00;24,00"),
    ("2026-09-04;300,00;16,50;316,50", "2026-09-05;50,00;2,75;52,75"),
])  # fmt: skip
def test_takings_that_cannot_hold_an_invoice_ask_nothing(days: tuple[str, ...]) -> None:
    proposal, asked = read(WORK, till(*days), sold=BILLS)
    assert "recettes.factures" not in asked
    assert proposal.reading is not None


def test_the_month_after_nothing_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    first, _ = read(WORK, till(*DAYS), sold=BILLS, recettes_factures="reste")
    book = keep(first, "Essai", [], datetime(2026, 10, 1))
    again = propose([till(*DAYS)], "Essai", recipe_in(book), Findings(), held_in(book))
    assert not again.questions
    assert sales(again) == {"2026-09": 42_000}


@pytest.mark.parametrize(("month", "told"), [("09", "276,00 € de factures des mêmes mois"), ("10", "")])
def test_receipts_beside_invoices_of_their_months_say_so_when_they_are_asked_about(month: str, told: str) -> None:
    takings = table("recettes.csv", "Jour;Montant encaissé", f"10/{month}/2026;480,00", f"11/{month}/2026;77,00")
    files = [WORK, table("factures.csv", *BILLS.replace("TVA", "Montant TVA").split("\n")), takings]
    asked = [each.doubt for each in propose(files, "Essai", None, Findings()).questions]
    questions = [each.question.replace("\u00a0", " ") for each in asked if each.topic == "recettes"]
    assert len(questions) == 1
    assert ("à côté de" in questions[0]) == bool(told)
    assert told in questions[0]


def one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first, then, said: str):
    """Keep a book, bring a file in, answer by the one value, and bring it in again; return both, and what is asked."""
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    book = keep(read(WORK, first, sold="")[0], "Essai", [], datetime(2026, 10, 1))
    recipe, asked = recipe_in(book), list[str]()
    while (added := propose([then], "Essai", recipe, Findings(), held_in(book))).questions:
        question = added.questions[0].doubt
        every = "|".join(value for value, _ in question.options)
        recipe, asked = added.answer(added.questions[0], said or every), [*asked, question.topic]
    keep(added, "Essai", [], datetime(2026, 11, 1))
    again = propose([then], "Essai", recipe_in(book), Findings(), held_in(book))
    assert not again.questions
    assert sales(again) == sales(added)
    return added, asked


@pytest.mark.parametrize(("said", "total"), [("tout", 65_000), ("reste", 42_000)])
def test_invoices_of_days_whose_takings_are_in_the_book_are_asked_about(
    said: str, total: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bills = table("liste.csv", *BILLS.split("\n"))
    added, asked = one_after_the_other(tmp_path, monkeypatch, till(*DAYS), bills, said)
    assert asked == ["recettes.factures"]
    assert sales(added) == {"2026-09": total}
    assert any("déjà dans les recettes du carnet" in each for each in added.heeded) == (said == "reste")


@pytest.mark.parametrize(("said", "totals"), [("", {"2026-09": 28_000}), ("-", {"2026-09": 28_000, "2026-10": 33_600})])
def test_an_invoice_may_be_money_that_the_book_counts_as_a_sale_when_it_came(
    said: str, totals: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = table(
        "compte.csv", "Date;Libellé;Débit;Crédit", "06/10/2026;VIR CINEMA;;300,00", "09/10/2026;VIR BAR;;36,00"
    )
    bills = table(
        "liste.csv", *BILLS.replace("V-1;04/09/2026;Halle;200,00;40,00", "V-1;18/09/2026;Ciné;250;50").split("\n")
    )
    added, asked = one_after_the_other(tmp_path, monkeypatch, bank, bills, said)
    assert asked == ["factures.numeros"]
    assert sales(added) == totals


@pytest.mark.parametrize(("day", "told"), [("06/10/2026", True), ("02/08/2026", False), ("12/04/2027", False)])
def test_receipts_of_the_book_that_may_pay_several_new_invoices_are_told_with_their_sum(
    day: str, told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = table("compte.csv", "Date;Libellé;Débit;Crédit", f"{day};VIR VILLE;;276,00", f"{day};EAU;9,00;")
    added, asked = one_after_the_other(tmp_path, monkeypatch, bank, table("liste.csv", *BILLS.split("\n")), "")
    assert asked == []
    assert any("compte déjà 1" in each and "276,00" in each for each in added.heeded) == told


OTHER_RATE = ("2026-09-04;300,00;30,00;330,00", "2026-09-05;50,00;5,00;55,00", "2026-09-08;9,00;0,90;9,90")
WEEKS = ("2026-09-07;300,00;60,00;360,00", "2026-09-14;50,00;10,00;60,00")


@pytest.mark.parametrize(("days", "when"), [(OTHER_RATE, "des mêmes jours, à un autre taux"), (WEEKS, "du même mois")])
@pytest.mark.parametrize("takings_first", [True, False])
def test_takings_kept_at_another_rate_or_for_a_week_are_told_with_both_sums(
    days: tuple[str, ...], when: str, takings_first: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bills, takings = table("liste.csv", *BILLS.split("\n")), till(*days)
    first, then = (takings, bills) if takings_first else (bills, takings)
    added, _ = one_after_the_other(tmp_path, monkeypatch, first, then, "factures")
    told = [each for each in added.heeded if when in each]
    assert len(told) == 1
    assert "« V-1 » et « V-2 » (230,00" in told[0]
    assert "(350,00" in told[0]
    assert any(when in each for each in read(WORK, takings, sold=BILLS)[0].heeded)


def test_takings_of_other_days_at_the_rate_of_the_invoices_are_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bills = table("liste.csv", *BILLS.split("\n"))
    days = ("2026-09-08;300,00;60,00;360,00", "2026-09-09;50,00;10,00;60,00")
    added, asked = one_after_the_other(tmp_path, monkeypatch, till(*days), bills, "")
    assert not any("comptent aussi" in each for each in added.heeded)
    assert asked == []
