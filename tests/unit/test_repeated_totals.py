"""One line per line of an invoice: the total of the invoice, repeated on each of them, counts once."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Nadia;02/09/2026;commun;3h")
LINES = (
    ("FA1", "2026-09-02", "350.00", "70.00", "420.00", "100.00", "20.00", "120.00"),
    ("FA1", "2026-09-02", "350.00", "70.00", "420.00", "250.00", "50.00", "300.00"),
    ("FA2", "2026-09-09", "60.00", "7.65", "67.65", "30.00", "6.00", "36.00"),
    ("FA2", "2026-09-09", "60.00", "7.65", "67.65", "30.00", "1.65", "31.65"),
    ("FA3", "2026-10-01", "45.00", "9.00", "54.00", "45.00", "9.00", "54.00"),
)
TITLES = "Réf. facture;Date facture;Total HT;Total TVA;Total TTC;HT ligne;TVA ligne;TTC ligne"
SOLD = {"FA1": 35_000, "FA2": 6_000, "FA3": 4_500}


def sold(proposal: ImportProposal) -> dict[str, int]:
    assert proposal.reading is not None, proposal.refusal
    lines = proposal.reading.book.lines
    return {name: sum(each.before_tax for each in lines if each.invoice == name) for name in {e.invoice for e in lines}}


@pytest.mark.parametrize("order", [range(8), (0, 1, 5, 6, 7, 2, 3, 4), (7, 4, 1, 0, 3, 6, 2, 5)])
@pytest.mark.parametrize("named", [TITLES, TITLES.replace("Date", "Commande;Date")])
def test_the_amounts_of_the_lines_are_read_where_the_total_is_repeated(named: str, order: range) -> None:
    if "Commande" in named:
        titles, rows = named.split(";"), [(each[0], "Vélo", *each[1:]) for each in LINES]
        order = (1, *(at + (at > 0) for at in order))  # type: ignore[assignment]
    else:
        titles, rows = named.split(";"), list(LINES)
    invoices = table("factures.csv", *(";".join(row[at] for at in order) for row in (titles, *rows)))
    proposal, asked = read(HOURS, invoices, sold="")
    assert sold(proposal) == SOLD
    assert asked == ["personnes.cape"]
    rates = {(each.invoice, each.vat_rate) for each in proposal.reading.book.lines if each.invoice == "FA2"}  # type: ignore[union-attr]
    assert rates == {("FA2", 200_000), ("FA2", 55_000)}
    assert any("répété" in note for note in proposal.heeded)


@pytest.mark.parametrize(("said", "whole"), [("total", SOLD), ("lignes", {"FA1": 70_000, "FA2": 12_000, "FA3": 4_500})])
def test_a_total_that_no_column_adds_up_to_is_asked_about(said: str, whole: dict[str, int]) -> None:
    rows = [(row[0], row[1], row[2], "20 %", f"Travail {at}") for at, row in enumerate(LINES)]
    titles = ("Facture", "Date", "Montant HT", "TVA", "Libellé")
    invoices = table("factures.csv", *(";".join(row) for row in (titles, *rows)))
    proposal, asked = read(HOURS, invoices, sold="", montant_ht_repete=said)
    assert asked == ["montant_ht.repete", "personnes.cape"]
    assert sold(proposal) == whole


@pytest.mark.parametrize(
    ("titles", "columns"),
    [
        ("Pièce;Date;HT;Taux TVA;TTC de la facture", (0, 1, 2, 3, 6)),
        ("N°;Date;HT ligne;Montant TVA;Total TTC", (0, 1, 2, 4, 6)),
        ("N°;Date;Total HT ligne;% TVA;Total TVA;Net à payer TTC", (0, 1, 2, 3, 5, 6)),
    ],
)
def test_a_total_with_tax_that_lines_before_tax_make_is_none_of_theirs(titles: str, columns: tuple[int, ...]) -> None:
    rows = (
        ("V7", "08/09/2026", "80,00", "20 %", "16,00", "18,20", "138,20"),
        ("V7", "08/09/2026", "40,00", "5,5 %", "2,20", "18,20", "138,20"),
        ("V8", "02/10/2026", "45,00", "20 %", "9,00", "9,00", "54,00"),
    )
    invoices = table("ventes.csv", titles, *(";".join(row[at] for at in columns) for row in rows))
    proposal, asked = read(HOURS, invoices, sold="")
    assert sold(proposal) == {"V7": 12_000, "V8": 4_500}
    assert asked == ["personnes.cape"]
    assert [each.vat_rate for each in proposal.reading.book.lines] == [200_000, 55_000, 200_000]  # type: ignore[union-attr]
    (told,) = [each for each in proposal.heeded if "TTC" in each]
    assert "répété" in told


@pytest.mark.parametrize("titles", ["N°;Date;HT;Taux TVA;Total facture TTC", "N°;Date;Montant HT;TVA;Montant TTC"])
def test_lines_of_one_amount_are_not_asked_about_when_the_total_of_their_invoice_proves_them(titles: str) -> None:
    rows = ("V7;08/09/2026;60,00;20 %;144,00", "V7;08/09/2026;60,00;20 %;144,00", "V8;02/10/2026;45,00;20 %;54,00")
    proposal, asked = read(HOURS, table("ventes.csv", titles, *rows), sold="")
    assert asked == ["personnes.cape"]
    assert sold(proposal) == {"V7": 12_000, "V8": 4_500}


def test_a_total_with_tax_that_lines_do_not_make_is_refused() -> None:
    rows = ("V7;08/09/2026;80,00;20 %;160,00", "V7;08/09/2026;40,00;20 %;160,00", "V8;02/10/2026;45,00;20 %;54,00")
    proposal, _ = read(HOURS, table("ventes.csv", "N°;Date;HT;Taux TVA;Total TTC", *rows), sold="")
    assert proposal.refusal is not None


def test_an_invoice_whose_lines_differ_is_read_line_by_line_without_a_question() -> None:
    rows = [(row[0], row[1], row[5], "20 %") for row in LINES if row[0] != "FA2"]
    invoices = table("factures.csv", "Facture;Date;Montant HT;TVA", *map(";".join, rows))
    proposal, asked = read(HOURS, invoices, sold="")
    assert asked == ["personnes.cape"]
    assert sold(proposal) == {"FA1": 35_000, "FA3": 4_500}


PIECES = (
    "F1;04/09/2026;Atelier;3;120,00;20 %",
    "F1;04/09/2026;Déplacement;1;25,00;20 %",
    "F2;07/10/2026;Repas;40;9,50;10 %",
)


@pytest.mark.parametrize("price", ["PU HT", "Prix unitaire HT", "P.U. HT"])
@pytest.mark.parametrize("quantity", ["Qté", "Quantité"])
def test_pieces_and_their_price_make_the_amount_of_a_line(price: str, quantity: str) -> None:
    invoices = table("lignes.csv", f"Facture;Date;Désignation;{quantity};{price};Taux TVA", *PIECES)
    proposal, asked = read(HOURS, invoices, sold="")
    assert asked == ["personnes.cape"]
    assert sold(proposal) == {"F1": 38_500, "F2": 38_000}


@pytest.mark.parametrize("price", ["PU TTC", "Prix unitaire TTC"])
def test_pieces_and_their_price_with_tax_make_the_amount_of_a_line(price: str) -> None:
    invoices = table("lignes.csv", f"Facture;Date;Désignation;Qté;{price};Taux TVA", *PIECES)
    proposal, asked = read(HOURS, invoices, sold="")
    assert asked == ["personnes.cape"]
    assert sold(proposal) == {"F1": 30_000 + 2_083, "F2": 34_545}


@pytest.mark.parametrize(
    ("said", "whole"), [("piece", {"F1": 38_500, "F2": 38_000}), ("tout", {"F1": 14_500, "F2": 950})]
)
def test_a_price_beside_a_quantity_is_asked_about(said: str, whole: dict[str, int]) -> None:
    rows = [f"{row};Vélo" for row in PIECES]
    invoices = table("factures.csv", "Facture;Date;Désignation;Qté;Prix HT;Taux TVA;Commande", *rows)
    proposal, asked = read(HOURS, invoices, sold="", montant_ht_piece=said)
    assert asked == ["montant_ht.piece", "personnes.cape"]
    assert sold(proposal) == whole
