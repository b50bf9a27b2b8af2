"""One sheet where each job has its price, what it cost, and a column of hours for each person: the whole book."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, sales, table

HEAD = "Jour;Chantier;Pour qui;{price};{rate};Encaissé le;{spent};{people};Marge"
LINES = (
    "06/07/2026;Haie Nord;Mme Baro;{0};20 %;20/07/2026;30,00;{1};{2}",
    "13/07/2026;Terrasse;Mairie;{3};10 %;pas encore;;{4};{5}",
    "Total;;;{6};;;30,00;{7};{8}",
)
WITHOUT = ("200,00", "3;1,5", "170,00", "500,00", "6;", "500,00", "700,00", "9;1,5", "670,00")
WITH = ("240,00", "3;1,5", "210,00", "550,00", "6;", "550,00", "790,00", "9;1,5", "760,00")


def jobs(name: str, price: str, spent: str, people: str, amounts: tuple[str, ...], **said: str) -> ImportProposal:
    head = HEAD.format(price=price, rate="Taux de TVA", spent=spent, people=people)
    proposal, asked = read(table(name, head, *(line.format(*amounts) for line in LINES)), sold="", **said)
    assert len(asked) == len(set(asked)) <= 3, asked
    return proposal


@pytest.mark.parametrize("name", ["commandes.csv", "suivi 2026.csv"])
@pytest.mark.parametrize("people", ["Inès (h);Tom (h)", "Inès;Tom", "Inès (heures);Tom (heures)"])
@pytest.mark.parametrize(("price", "amounts"), [("Montant HT", WITHOUT), ("Prix TTC", WITH)])
def test_each_job_gives_its_invoice_its_payment_its_purchase_and_its_hours(
    name: str, people: str, price: str, amounts: tuple[str, ...]
) -> None:
    proposal = jobs(name, price, "Fournitures", people, amounts, achats_fournitures="ht")
    assert sales(proposal) == {"2026-07": 70_000}
    assert minutes(proposal) == {("Inès", "2026-07"): 540, ("Tom", "2026-07"): 90}
    assert proposal.reading is not None
    book = proposal.reading.book
    assert [(each.order, each.before_tax) for each in book.costs] == [("Haie Nord", 3_000)]
    assert [(f"{each.received_on:%d/%m}", each.amount) for each in book.payments] == [("20/07", 24_000)]
    assert {each.order for each in book.hours} == {each.order for each in book.lines} == {"Haie Nord", "Terrasse"}


@pytest.mark.parametrize(("said", "cost"), [("20", 2_500), ("0", 3_000), ("rien", 0)])
def test_what_was_spent_with_its_vat_counts_as_the_group_says(said: str, cost: int) -> None:
    proposal = jobs("suivi.csv", "Montant HT", "Dépenses TTC", "Inès;Tom", WITHOUT, achats_depensesttc=said)
    assert proposal.reading is not None
    assert sum(each.before_tax for each in proposal.reading.book.costs) == cost
    assert any("30,00" in each for each in proposal.unread) is (said == "rien")


def test_prices_of_orders_do_not_count_beside_the_invoices_that_another_list_gives() -> None:
    head = HEAD.format(price="Montant HT", rate="Taux de TVA", spent="Achats", people="Inès;Tom")
    orders = table("commandes.csv", head, *(line.format(*WITHOUT) for line in LINES))
    lines = (
        "Numéro;Date;Commande;Total HT;TVA",
        "8;09/07/2026;Haie Nord;200,00;20 %",
        "9;14/07/2026;Terrasse;500,00;10 %",
    )
    proposal, _ = read(orders, table("factures.csv", *lines), sold="")
    assert sales(proposal) == {"2026-07": 70_000}
    assert minutes(proposal) == {("Inès", "2026-07"): 540, ("Tom", "2026-07"): 90}


def test_hours_of_jobs_without_a_name_of_their_own_are_for_the_job_of_their_line() -> None:
    lines = (
        "Date;Client;Total HT;Total TTC;Inès;Tom",
        "06/07/2026;Baro;200,00;240,00;3;1,5",
        "07/07/2026;MJC;50,00;60,00;;1",
    )
    proposal, _ = read(table("ventes et temps.csv", *lines), sold="")
    assert proposal.reading is not None, proposal.refusal
    assert {each.order for each in proposal.reading.book.hours} == {each.order for each in proposal.reading.book.lines}
    assert minutes(proposal) == {("Inès", "2026-07"): 180, ("Tom", "2026-07"): 150}
