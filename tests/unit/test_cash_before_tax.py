"""Purchases before tax in a book of cash are read; takings before tax are refused with why. A bank's sheet is told."""

from __future__ import annotations

import pytest

from tests.given_tables import SOLD, read, sales, table

HOURS = table("heures.csv", "Date;Qui;Durée;Genre", "07/09/2026;Ida;2h;commun")
LINES = ("02/09/2026;Marché;240,00;", "05/09/2026;Semences;;80,00", "09/09/2026;Panier;120,00;")


@pytest.mark.parametrize("spent", ["Dépenses HT", "Sorties hors taxes", "Dépense (€ HT)"])
def test_what_goes_out_before_tax_is_bought_without_a_question_about_its_vat(spent: str) -> None:
    book = table("caisse.csv", f"Date;Libellé;Recettes;{spent}", *LINES)
    proposal, asked = read(book, HOURS, sold="", entrees_tva="20")
    assert proposal.reading is not None
    assert [each.before_tax for each in proposal.reading.book.costs] == [8_000]
    assert sales(proposal) == {"2026-09": 30_000}
    assert "sorties.tva" not in asked


def test_money_with_its_vat_is_read_before_money_without_it() -> None:
    lines = ("02/09/2026;Marché;200,00;240,00;;", "05/09/2026;Semences;;;80,00;96,00")
    book = table("caisse.csv", "Date;Libellé;Recettes HT;Recettes TTC;Dépenses HT;Dépenses TTC", *lines)
    proposal, _ = read(book, HOURS, sold="", entrees_tva="20", sorties_tva="20")
    assert proposal.reading is not None
    assert sales(proposal) == {"2026-09": 20_000}
    assert [each.before_tax for each in proposal.reading.book.costs] == [8_000]


def test_takings_before_tax_are_refused_with_why() -> None:
    proposal, _ = read(table("caisse.csv", "Date;Libellé;Recettes HT;Dépenses HT", *LINES), HOURS, sold="")
    assert "« Recettes HT » : l'argent qui entre tient sa TVA" in str(proposal.refusal)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("octobre.csv", ("12/09/2026;VIR SEPA GITE F1;;600,00", "14/09/2026;PRLV ASSUR;35,00;")),
        ("Compte courant.csv", ("12/09/2026;Gîte F1;;600,00", "14/09/2026;Assurance;35,00;")),
    ],
)
@pytest.mark.parametrize("titles", ["Dépenses;Recettes", "Sorties;Entrées"])
def test_titles_of_a_bank_say_all(name: str, lines: tuple[str, ...], titles: str) -> None:
    bank = table(name, f"Date opération;Libellé opération;{titles}", *lines)
    proposal, asked = read(bank, HOURS, sold=SOLD)
    assert asked == ["personnes.cape"]
    assert proposal.reading is not None
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [("F1", 60_000)]
    assert not proposal.reading.book.costs
    assert any("35,00\xa0€" in each for each in proposal.unread)
    assert not any("Débit" in each or "Crédit" in each for each in proposal.notes)


@pytest.mark.parametrize("name", ["Livre de caisse.csv", "septembre.csv"])
def test_cards_and_cheques_of_a_book_of_cash_make_no_bank(name: str) -> None:
    lines = ("02/09/2026;CB Mme Ruiz;40,00;", "05/09/2026;Chèque M. Lo;20,00;", "06/09/2026;Farine;;12,00")
    book = table(name, "Date;Libellé;Recettes;Dépenses", *lines)
    proposal, _ = read(book, HOURS, sold="", entrees_tva="0")
    assert proposal.reading is not None
    assert sales(proposal) == {"2026-09": 6_000}
    assert [each.before_tax for each in proposal.reading.book.costs] == [1_200]
