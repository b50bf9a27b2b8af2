"""What a printed page adds to a table is no line: « Page 1/2 », the titles written again; a number is no week."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "Date;Qui;Durée;Genre", "07/09/2026;Ida;2h;commun")


@pytest.mark.parametrize(("one", "two"), [("Page 1/2", "Page 2/2"), ("p. 1", "p. 2"), ("Page 1 sur 2", "page 2 sur 2")])
@pytest.mark.parametrize("again", [True, False])
def test_the_foot_of_a_page_is_told_and_left_out(one: str, two: str, again: bool) -> None:
    head = "Jour;Prénom;Temps passé;Quoi"
    middle = (f";{one};;", *([head] if again else []))
    lines = (head, "02/09/2026;Ida;2h;semis", "03/09/2026;Bo;1h;vente", *middle, "04/09/2026;Bo;4h;semis", f"{two};;;")
    proposal, _ = read(table("temps.csv", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 120, ("Bo", "2026-09"): 300}
    told = f"« {one} » est écrit au bas d'une page (ligne 4 et {7 if again else 6})"
    assert any(told in each.replace("\xa0", " ") for each in proposal.notes)


def test_the_number_of_an_invoice_is_no_week() -> None:
    head = "N°;Date;Client;Marché HT;Cumul HT;Déjà facturé HT;Situation HT;TVA"
    lines = ("S1;27/08/2026;Gîte;900,00;400,00;0,00;400,00;20 %", "S2;28/09/2026;Gîte;900,00;900,00;400,00;500,00;20 %")
    proposal, asked = read(HOURS, sold="\n".join((head, *lines)))
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-08": 40_000, "2026-09": 50_000}


@pytest.mark.parametrize("title", ["Quantité", "Nombre", "Durée", "Temps"])
def test_a_unit_on_each_line_is_that_of_its_quantity(title: str) -> None:
    lines = (f"Date;Qui;{title};Unité", "02/09/2026;Ida;2;h", "03/09/2026;Ida;45;min", "04/09/2026;Bo;1;jour")
    proposal, asked = read(table("temps.csv", *lines), genre="commun", duree_journee="420")
    assert minutes(proposal) == {("Ida", "2026-09"): 165, ("Bo", "2026-09"): 420}
    assert asked == ["duree.journee", "genre", "personnes.cape"]


def test_titles_that_say_the_table_of_a_program_are_read_without_it() -> None:
    head = '"fa.ref","fa.type","fa.datef","so.nom","fa.total_ht","fa.total_tva","fa.total_ttc","fa.fk_statut"'
    lines = ("FA7,0,2026-09-02,Gîte,100.00,20.00,120.00,1", "AV7,2,2026-09-03,Gîte,-50.00,-10.00,-60.00,1",
             "(PROV4),0,2026-09-04,Gîte,70.00,14.00,84.00,0", "FA8,0,2026-09-05,Gîte,30.00,6.00,36.00,3")  # fmt: skip
    proposal, asked = read(HOURS, sold="\n".join((head, *lines)))
    assert sales(proposal) == {"2026-09": 5_000}
    assert "personnes.colonnes" not in asked


def test_titles_that_all_begin_with_the_same_word_are_read_without_it() -> None:
    head = "Client Name,Invoice Number,Invoice Amount,Invoice Balance,Invoice Paid to Date,Invoice Total Taxes,"
    head += "Invoice Status,Invoice Date,Invoice Due Date,Invoice Discount"
    lines = ("Gîte,0007,120.00,0.00,120.00,20.00,Paid,2026-09-02,2026-10-02,0",
             "Gîte,0008,60.00,60.00,0.00,10.00,Sent,2026-09-09,2026-10-09,0",
             "Halle,0009,36.00,6.00,30.00,6.00,Partial,2026-09-12,2026-10-12,0")  # fmt: skip
    proposal, asked = read(HOURS, sold="\n".join((head, *lines)), reglement_jour="facture")
    assert sales(proposal) == {"2026-09": 18_000}
    assert {each.amount for each in proposal.reading.book.payments} == {12_000, 3_000}
    assert [each for each in asked if not each.startswith(("personnes", "genre"))] == ["reglement.jour"]
    assert not proposal.unread
