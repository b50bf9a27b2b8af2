"""Orders called by what they are, where a list of orders gives each one a number."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

ORDERS = ("N°;Objet;Client;Date", "A-7;Goûter d’été;Ville de Pau;01/06/2026", "A-8;Haie;Mme Sow;02/06/2026")
SOLD = "Numéro;Commande;Date;Montant HT;TVA\n1;{};10/06/2026;90,00;9,00\n2;A-8;11/06/2026;50,00;10,00"


def worked(*orders: str) -> tuple[str, ...]:
    return ("Qui;Le;Heures;Commande", *(f"Ida;0{day}/06/2026;2;{order}" for day, order in enumerate(orders, 3)))


@pytest.mark.parametrize("said", ["Goûter d’été", "goûter d'été", "GOUTER D'ETE", " Goûter  d’été ", "Gouter-d'été"])
def test_an_order_called_by_its_label_is_that_order(said: str) -> None:
    proposal, _ = read(
        table("commandes.csv", *ORDERS), table("temps.csv", *worked(said, "a-8")), sold=SOLD.format(said)
    )
    assert proposal.reading is not None, proposal.refusal
    book = proposal.reading.book
    assert [each.order for each in book.hours] == ["A-7", "A-8"]
    assert [each.number for each in book.orders] == ["A-7", "A-8"]
    assert sales(proposal) == {"2026-06": 14_000}
    assert any("est la commande A-7, par son libellé" in note for note in proposal.notes)


def test_a_label_that_two_orders_share_is_refused_with_both() -> None:
    orders = (*ORDERS, "A-9;Haie;M. Diop;03/06/2026")
    proposal, _ = read(
        table("commandes.csv", *orders), table("temps.csv", *worked("A-7", "haie")), sold=SOLD.format("A-7")
    )
    assert "« haie » est le libellé de plusieurs commandes" in str(proposal.refusal)
    assert "A-8 ou A-9" in str(proposal.refusal)
    assert str(proposal.refusal).count("haie") == 1


def test_a_number_is_never_taken_for_the_label_of_another_order() -> None:
    orders = (*ORDERS, "A-9;A-8;M. Diop;03/06/2026")
    proposal, _ = read(table("commandes.csv", *orders), table("temps.csv", *worked("A-8")), sold=SOLD.format("A-7"))
    assert [each.order for each in proposal.reading.book.hours] == ["A-8"]


def test_a_name_that_is_no_label_is_asked_about_and_refused_when_it_is_a_fault() -> None:
    files = (table("commandes.csv", *ORDERS), table("temps.csv", *worked("Goûter")))
    proposal, asked = read(*files, sold=SOLD.format("A-7"), commandes_nouvelles="")
    assert "commandes.nouvelles" in asked
    assert "« Goûter » n'est pas dans la table" in str(proposal.refusal)


@pytest.mark.parametrize("who", ["Mairie", "Ville", "Commune de Pau"])
def test_a_customer_keeps_its_name(who: str) -> None:
    orders = ("N°;Objet;Client;Date", f"A-7;Goûter;{who};01/06/2026", "A-8;Haie;collectivités;02/06/2026")
    proposal, _ = read(table("commandes.csv", *orders), table("temps.csv", *worked("A-7")), sold=SOLD.format("A-7"))
    assert [each.customer for each in proposal.reading.book.orders] == [who, "collectivite"]
    assert who in str([each for each in proposal.understood if each.table == "commandes"])


def test_the_amount_of_a_quote_is_said_not_to_be_a_sale() -> None:
    lines = ("N°;Objet;Client;Date;Montant HT", "D-1;Goûter;Bar;01/06/2026;90,00", "D-2;Haie;MJC;02/06/2026;50,00")
    proposal, _ = read(table("devis.csv", *lines), table("temps.csv", *worked("D-1")), sold="")
    assert any("ce n'est pas encore une vente" in note for note in proposal.notes)
    assert "rien ne contient les factures" in str(proposal.refusal)
