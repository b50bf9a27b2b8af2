"""A list of orders with prices is said to be sales, with who brought them; one bad cell is one refusal."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Iris Nay;02/07/2026;commun;3h", "Jo Bel;02/07/2026;commun;1h")


@pytest.mark.parametrize("name", ["commandes.csv", "Devis et commandes 2026.csv"])
def test_orders_read_as_sales_are_told_with_the_day_that_counts(name: str) -> None:
    lines = ("N°;Commande;Livrée le;Prix HT;TVA;Apportée par", "7;Haie;08/07/2026;90,00;20 %;Iris")
    proposal, _ = read(HOURS, table(name, *lines), sold="", table="factures", colonne_date="Livrée le")
    assert sales(proposal) == {"2026-07": 9_000}
    assert any("liste de commandes" in note and "« Livrée le »" in note for note in proposal.heeded)
    assert proposal.reading is not None
    assert [each.brought_by for each in proposal.reading.book.orders] == [("Iris Nay",)]


def test_who_brought_an_order_and_is_nobody_of_the_group_refuses_nothing() -> None:
    lines = ("Numéro;Commande;Date;Montant HT;TVA;Apportée par;Note", "7;Haie;08/07/2026;90,00;20 %;bouche à oreille;")
    proposal, _ = read(HOURS, table("ventes.csv", *lines), sold="")
    assert proposal.reading is not None, proposal.refusal
    assert [each.brought_by for each in proposal.reading.book.orders] == [()]


@pytest.mark.parametrize("none", ["Exonéré", "exonérée", "non applicable", "néant"])
def test_words_that_say_no_vat_are_no_amount_of_vat(none: str) -> None:
    lines = (
        "Numéro;Date;Total HT;Total TVA;Total TTC",
        "1;02/07/2026;50,00;10,00;60,00",
        f"2;03/07/2026;30,00;{none};30,00",
    )
    proposal, _ = read(HOURS, table("ventes.csv", *lines), sold="")
    assert sales(proposal) == {"2026-07": 8_000}


def test_a_bad_day_is_refused_alone_and_a_lone_total_says_what_lacks() -> None:
    lines = ("Numéro;Date;Total HT;Total TVA;Total TTC", "1;31/06/2026;50,00;10,00;60,00", "2;03/07/2026;;;30,00")
    proposal = propose([HOURS, table("ventes.csv", *lines)], "Essai", None, Findings())
    while proposal.questions:
        question = proposal.questions[0]
        said = "|".join(value for value, _ in question.doubt.options)
        recipe = proposal.answer(question, said)
        proposal = propose([HOURS, table("ventes.csv", *lines)], "Essai", recipe, Findings())
    told = str(proposal.refusal)
    assert "30 jours" in told
    assert "Le TTC est là" in told
    assert "n'est pas dans la table" not in told


def sold_at(price: str, *, many: str = "Quantité", total: str = "") -> tuple[int, set[str]]:
    """Return the sales of 6 pieces at 4,50 and 3 at 10,00 as first answers make them, and what was asked of them."""
    lines = [
        f"N° facture;Le;Client;Quoi;{many};{price};TVA{total and f';{total}'}",
        f"31;02/07/2026;Lycée;Tartes;6;4,50;10%{total and ';27,00'}",
        f"32;09/07/2026;Lycée;Plateaux;3;10,00;10%{total and ';30,00'}",
    ]
    proposal, asked = read(HOURS, table("export.csv", *lines), sold="")
    return sales(proposal)["2026-07"], {each for each in asked if "montant" in each or each.startswith("table")}


@pytest.mark.parametrize("price", ["PU HT", "P.U. HT", "Prix unit. HT", "Prix U. HT"])
@pytest.mark.parametrize("many", ["Nb", "Qté", "Quantité"])
def test_pieces_at_a_price_without_tax_are_sales_and_no_orders(price: str, many: str) -> None:
    assert sold_at(price, many=many) == (5_700, set())


@pytest.mark.parametrize("price", ["PU", "P.U.", "Prix unitaire", "Unit price"])
def test_a_price_of_a_piece_that_says_no_tax_is_asked_about(price: str) -> None:
    assert sold_at(price) == (5_700, {"colonne.montant_ht"})


@pytest.mark.parametrize("price", ["Prix TTC", "Tarif TTC", "Prix", "Tarif", "Prix HT"])
def test_a_price_beside_a_number_of_pieces_may_be_for_one_or_for_all(price: str) -> None:
    assert "montant_ht.piece" in sold_at(price)[1]


@pytest.mark.parametrize("price", ["Prix HT", "PU HT", "Tarif HT"])
def test_a_total_that_is_the_pieces_at_their_price_is_what_the_price_says(price: str) -> None:
    assert sold_at(price, total="Total") == (5_700, set())


def test_an_order_without_its_number_is_refused_where_it_stands() -> None:
    lines = ("Date;Client;CA Iris;CA Jo", "05/07/2026;Mairie;240,00;100,00", "12/07/2026;Club;;500,00")
    proposal, _ = read(HOURS, table("commandes.csv", *lines), sold="", colonne_commande="CA Iris")
    assert proposal.reading is None
    assert "« CA Iris » : la case est vide" in str(proposal.refusal)


@pytest.mark.parametrize(
    ("name", "titles"),
    [("suivi.csv", "Devis;Date;Client;Montant HT;Facturé %"), ("commandes.csv", "N°;Le;Client;Total HT;% facturé"),
     ("carnet.csv", "N° de commande;Date;Client;Prix HT;Taux de facturation")],
)  # fmt: skip
def test_what_is_billed_so_far_of_orders_or_quotes_is_no_sale_beside_invoices_and_nothing_is_asked(
    name: str, titles: str
) -> None:
    lines = ("A1;02/09/2026;Roy;1200,00;50 %", "A2;05/09/2026;Kim;300,00;0 %", "Total;;;1500,00;")
    hours = table("heures.csv", "Qui;Date;Heures;Genre", "Ida;02/09/2026;3h;commun")
    proposal, asked = read(table(name, titles, *lines), hours)
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-09": 50_000}
    assert any("1\xa0500,00" in each or "1\u202f500,00" in each or "1 500,00" in each for each in proposal.heeded)
