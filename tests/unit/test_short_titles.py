"""Titles whose words are cut short, and the guards that programs write around cells."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;07/09/2026;2;appui")


def rates(*lines: str) -> tuple[set[int], list[str]]:
    proposal, asked = read(WORK, table("ventes.csv", *lines), sold="")
    assert proposal.reading is not None, proposal.refusal
    assert sales(proposal) == {"2026-09": 50_000}
    return {each.vat_rate for each in proposal.reading.book.lines}, asked


@pytest.mark.parametrize(
    "title",
    ["Tx TVA", "Tx. TVA", "TX DE TVA", "tx_tva", "Tva (tx)", "Taux T.V.A. appliqué", "TVA taux", "Tx. de T.V.A."],
)
def test_a_word_cut_short_is_the_same_word(title: str) -> None:
    found, asked = rates(f"N°;Date;Mnt H.T.;{title}", "A1;02/09/2026;450,00;10,00", "A2;03/09/2026;50,00;5,50")
    assert found == {100_000, 55_000}
    assert not [each for each in asked if "tva" in each or "colonne" in each]


def test_a_guard_around_a_title_or_a_cell_never_shows() -> None:
    lines = (
        '="N°";="Date";="Client";="Mt HT";="Tx TVA"',
        '="001";="02/09/2026";="=Delta=";="450,00";="20,00"',
        '="002";="03/09/2026";="@Home";="50,00";="5,50"',
    )
    proposal, _ = read(WORK, table("ventes.csv", *lines), sold="")
    told = (*proposal.notes, *proposal.heeded, *proposal.unread, *(str(each) for each in proposal.questions))
    assert not [each for each in told if '="' in each]
    assert proposal.reading is not None, proposal.refusal
    assert {each.invoice for each in proposal.reading.book.lines} == {"001", "002"}


@pytest.mark.parametrize(
    "title",
    ["No de facture", "No. facture", "Nº fact.", "Nº de facture", "№ facture", "Num. de facture", "Facture no"],
)
def test_every_way_to_write_a_number_keeps_those_of_invoices(title: str) -> None:
    lines = (f"{title};Date;Client;Total HT;TVA", "26-007;02/09/2026;Delta;500,00;20 %")
    proposal, asked = read(WORK, table("export.csv", *lines), sold="")
    assert proposal.reading is not None, proposal.refusal
    assert {each.invoice for each in proposal.reading.book.lines} == {"26-007"}
    assert not [each for each in asked if each == "table" or each.startswith("colonne")]
