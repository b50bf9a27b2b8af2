"""A cash book tells its VAT and its numbers of invoices; the group's own workbook needs no order for an invoice."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.where import Place
from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Iris;02/07/2026;commun;3h")


def costs(proposal: ImportProposal) -> list[int]:
    """Return what each purchase costs before tax, in cents."""
    assert proposal.reading is not None, proposal.refusal
    return [each.before_tax for each in proposal.reading.book.costs]


@pytest.mark.parametrize(
    ("title", "vat"),
    [("TVA", ("40,00", "5,50", "", "8,00")), ("Dont TVA", ("40,00 €", "5,50 €", "0", "8,00 €")),
     ("Taux TVA", ("20 %", "5,5 %", "0 %", "20 %"))],
)  # fmt: skip
def test_the_vat_of_a_cash_book_is_read_line_by_line(title: str, vat: tuple[str, ...]) -> None:
    money = (
        ("Lycée", "V-1", "240,00", ""),
        ("Amap", "V-2", "105,50", ""),
        ("Don", "V-3", "10,00", ""),
        ("Vis", "", "", "48,00"),
    )
    lines = [
        f"{at + 2:02}/07/2026;{what};{piece};{into};{out};{said}"
        for at, ((what, piece, into, out), said) in enumerate(zip(money, vat, strict=True))
    ]
    book = table("caisse.csv", f"Date;Libellé;N° pièce;Recettes;Dépenses;{title}", *lines)
    proposal, asked = read(HOURS, book, sold="")
    assert not {"entrees.tva", "sorties.tva"} & {*asked}
    assert sales(proposal) == {"2026-07": 31_000}
    assert proposal.reading is not None
    assert {each.invoice for each in proposal.reading.book.lines} == {"V-1", "V-2", "V-3"}
    assert [each.before_tax for each in proposal.reading.book.costs] == [4_000]


def test_a_cash_book_without_vat_is_asked_and_its_other_columns_are_told() -> None:
    book = table("caisse.csv", "Date;Libellé;Recettes;Dépenses;Solde", "02/07/2026;Lycée;240,00;;900,00")
    proposal, asked = read(HOURS, book, sold="", entrees_tva="20")
    assert "entrees.tva" in asked
    assert sales(proposal) == {"2026-07": 20_000}
    assert any("« Solde »" in note and "utilisée" in note for note in proposal.notes)


@pytest.mark.parametrize(("vat", "cents"), [("20", [3_500, 1_010]), ("5,5", [3_981, 1_149]), ("0", [4_200, 1_212])])
@pytest.mark.parametrize(
    ("head", "came"),
    [("Date;Libellé;Recettes;Dépenses;Solde", "600,00"), ("Jour;Opération;Entrée;Sortie;Reste", "600,00"),
     ("Date;Nature;Entrées;Sorties;Solde", "")],
)  # fmt: skip
def test_what_leaves_a_till_holds_its_vat_when_another_list_gives_the_sales(
    head: str, came: str, vat: str, cents: list[int]
) -> None:
    book = table(
        "caisse.csv", head, "02/09/2026;Gazole;;42,00;58,00", f"10/09/2026;F1;{came};;", "11/09/2026;Clous;;12,12;"
    )
    proposal, asked = read(HOURS, book, sorties_tva=vat)
    assert "sorties.tva" in asked
    assert costs(proposal) == cents


@pytest.mark.parametrize("said", ["rien", "paiements"])
def test_it_is_asked_whatever_what_comes_is(said: str) -> None:
    book = table("caisse.csv", "Date;Quoi;Recettes;Dépenses", "02/09/2026;Gazole;;42,00", "10/09/2026;F1;600,00;")
    proposal, asked = read(HOURS, book, entrees=said, sorties_tva="20")
    assert asked.count("sorties.tva") == 1
    assert costs(proposal) == [3_500]


@pytest.mark.parametrize(
    "head",
    ["Date;Quoi;Recettes TTC;Dépenses TTC", "Date;Libellé;Encaissements;Décaissements",
     "Jour;Objet;Entrées (TTC);Sorties (TTC)", "Date;Nature;Rentrées d'argent;Sorties d'argent"],
)  # fmt: skip
def test_what_comes_and_what_leaves_may_be_called_otherwise(head: str) -> None:
    book = table("caisse.csv", head, "02/09/2026;Gazole;;42,00", "10/09/2026;F1;600,00;")
    proposal, asked = read(HOURS, book, sorties_tva="20")
    assert asked == ["entrees", "sorties.tva", "personnes.cape"]
    assert (costs(proposal), sales(proposal)) == ([3_500], {"2026-09": 50_000})


@pytest.mark.parametrize(
    ("said", "cents"), [("TVA 20 % comprise", 3_500), ("TVA non applicable, art. 293 B du CGI", 4_200)]
)
def test_a_sentence_around_it_answers(said: str, cents: int) -> None:
    book = table("caisse.csv", f"Caisse. {said}", "", "Date;Quoi;Recettes;Dépenses", "02/09/2026;Gazole;;42,00",
                 "10/09/2026;F1;600,00;")  # fmt: skip
    proposal, asked = read(HOURS, book)
    assert asked == ["entrees", "personnes.cape"]
    assert costs(proposal) == [cents]


def test_a_cash_book_of_a_group_without_vat_is_asked_once() -> None:
    book = table("caisse.csv", "Date;Quoi;Recettes;Dépenses", "02/09/2026;Gazole;;42,00", "10/09/2026;Marché;60,00;")
    proposal, asked = read(HOURS, book, sold="", entrees_tva="0", entrees_payees="jour")
    assert ("sorties.tva" in asked, costs(proposal)) == (False, [4_200])


@pytest.mark.parametrize("title", ["Coût", "Coût (€)", "Prix", "Montant"])
def test_what_was_spent_is_not_taken_as_before_tax_without_a_word(title: str) -> None:
    bought = table("achats.csv", f"Date;Libellé;{title}", "02/09/2026;Gazole;42,00", "11/09/2026;Clous;12,12")
    _, asked = read(HOURS, bought)
    assert "colonne.montant_ht" in asked


def test_an_invoice_without_an_order_makes_its_own() -> None:
    mine = table("factures.csv", "facture;commande;date;montant_ht;taux_tva", "G1;;02/07/2026;70,00;20 %")
    proposal, _ = read(HOURS, mine, sold="")
    assert proposal.reading is not None, proposal.refusal
    assert [each.number for each in proposal.reading.book.orders] == ["G1"]


def test_what_holds_in_many_sheets_is_told_once() -> None:
    findings = Findings()
    for month in ("Mars", "Avril", "Mai", "Juin"):
        findings.note(Place("an.xlsx", month, 2), "lu comme la table « heures ».")
    findings.note(Place("an.xlsx", "Mars", 3), "un mot.")
    told = findings.told()
    assert len(told) == 2
    assert sum(all(month in each for month in ("Mars", "Avril", "Mai", "Juin")) for each in told) == 1
