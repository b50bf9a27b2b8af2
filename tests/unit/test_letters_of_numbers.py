"""Quotes and orders that stand among invoices under numbers of their own never count in silence."""

from __future__ import annotations

import pytest

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import read, sales, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")


def listed(*numbers: str, title: str = "Réf.") -> GivenFile:
    lines = (f"0{rank}/09/2026;{number};Foyer;{rank}00,00;{rank}0,00" for rank, number in enumerate(numbers, 1))
    return table("export.csv", f"Date;{title};Client;Total HT;TVA", *lines)


@pytest.mark.parametrize("quote", ["DEV-0042", "Devis 42", "QUO/2026/0042", "PROFORMA 2609-3"])
def test_a_quote_is_left_out_and_told(quote: str) -> None:
    proposal, asked = read(WORK, listed("FA-0101", quote, "FA-0102"), sold="")
    assert sales(proposal) == {"2026-09": 40_000}
    assert asked == ["personnes.cape"]
    assert any(quote in told and "n'est pas lue" in told for told in proposal.heeded)


@pytest.mark.parametrize("numbers", [("F26-1", "BC26-1", "CDE-9"), ("2026-101", "PF-4", "BL-5")])
@pytest.mark.parametrize(("said", "sold"), [("oui", 60_000), ("non", 10_000)])
def test_orders_among_invoices_are_one_question(numbers: tuple[str, ...], said: str, sold: int) -> None:
    topic = f"etat.{'bc et cde' if 'BC26-1' in numbers else 'pf et bl'}".replace(" ", "")
    proposal, asked = read(WORK, listed(*numbers), sold="", **{topic.replace(".", "_"): said})
    assert [each for each in asked if each.startswith("etat")] == [topic]
    assert sales(proposal) == {"2026-09": sold}


@pytest.mark.parametrize("numbers", [("D-1", "D-2", "D-3"), ("PRO-1", "PRO-2", "PRO-3"), ("F-1", "G-2", "2026-3")])
def test_the_numbers_of_a_list_of_invoices_are_not_asked_about(numbers: tuple[str, ...]) -> None:
    proposal, asked = read(WORK, listed(*numbers, title="N° de facture"), sold="")
    assert sales(proposal) == {"2026-09": 60_000}
    assert asked == ["personnes.cape"]
