"""A column of discounts beside the amounts of invoices: what counts is proved by the other columns, or asked."""

from __future__ import annotations

from datetime import date

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, sales, sheet, table

HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")


def sold(head: str, *lines: str, **answers: str):
    titled = (f"{number};0{number}/09/2026;Mairie;{line}" for number, line in enumerate(lines, 1))
    proposal, asked = read(HOURS, table("ventes.csv", f"N°;Date;Client;{head}", *titled), sold="", **answers)
    return proposal, [topic for topic in asked if topic != "personnes.cape"]


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ("Montant HT;Rabais;Net HT;TVA %", ("200,00;20,00;180,00;20", "50,00;;50,00;20")),
        ("Brut HT;Remise;HT net;TVA;TTC", ("200,00;20,00;180,00;36,00;216,00", "50,00;0;50,00;10,00;60,00")),
        ("Montant HT;Remise (%);TVA;TTC", ("200,00;10;36,00;216,00", "50,00;0;10,00;60,00")),
        ("Montant HT;Remise;TVA;TTC", ("200,00;10 %;36,00;216,00", "50,00;;10,00;60,00")),
        ("Remise;Montant HT;TVA;TTC", ("20,00;180,00;36,00;216,00", "0;50,00;10,00;60,00")),
    ],
)
def test_the_other_columns_prove_the_amount_after_the_discount(head: str, lines: tuple[str, ...]) -> None:
    proposal, asked = sold(head, *lines)
    assert asked == []
    assert sales(proposal) == {"2026-09": 23_000}


@pytest.mark.parametrize(("answer", "total"), [("apres", 25_000), ("avant", 23_000)])
def test_what_nothing_proves_is_asked(answer: str, total: int) -> None:
    proposal, asked = sold("Montant HT;Remise;TVA %", "200,00;20,00;20", "50,00;0;20", montant_ht_rabais=answer)
    assert asked == ["montant_ht.rabais"]
    assert sales(proposal) == {"2026-09": total}
    assert any("vient en moins de « Montant HT »" in each for each in proposal.heeded) == (answer == "avant")


@pytest.mark.parametrize("off", ["10 %", "12,00"])
def test_pieces_times_their_price_prove_that_the_discount_is_taken_off(off: str) -> None:
    proposal, asked = sold("Qté;PU HT;Remise;Total HT;TVA %", f"4;30,00;{off};108,00;20", "2;50,00;;100,00;20")
    assert asked == []
    assert sales(proposal) == {"2026-09": 20_800}
    assert not any("Remise" in each for each in proposal.heeded)


def test_a_part_kept_by_a_workbook_is_no_sum_of_euros() -> None:
    rows = [["N°", "Date", "Client", "Qté", "PU HT", "Remise", "Total HT", "TVA"],
            [1, date(2026, 9, 1), "Mairie", 1, 850, 0.1, 765, 0.2],
            [2, date(2026, 9, 2), "Gîte", 3, 20, None, 60, 0.2]]  # fmt: skip
    proposal, asked = read(HOURS, sheet("ventes.xlsx", *rows), sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-09": 82_500}
    assert not any("0,10" in each for each in proposal.heeded)


def test_a_column_without_any_discount_is_nothing() -> None:
    proposal, asked = sold("Montant HT;Remise;TVA %", "200,00;;20", "50,00;0,00;20")
    assert asked == []
    assert sales(proposal) == {"2026-09": 25_000}


@pytest.mark.parametrize(
    ("head", "lines", "total"),
    [
        ("Prix;Réduction;Total TTC;TVA", ("240,00;24,00;216,00;36,00", "60,00;;60,00;10,00"), 23_000),
        ("Total TTC;Bon de réduction;TVA", ("240,00;24,00;36,00", "60,00;0;10,00"), 23_000),
        ("Total TTC;Montant de la remise;TVA", ("216,00;24,00;36,00", "60,00;0;10,00"), 23_000),
        ("Sous-total HT;Discount amount;Livraison;Total", ("200,00;20,00;8,00;188,00", "50,00;0;0;50,00"), 23_800),
        ("Montant HT;Code promo;Net HT;TVA %", ("200,00;RENTREE5;200,00;20", "50,00;;50,00;20"), 25_000),
    ],
)
def test_amounts_with_their_tax_are_those_after_the_discount_too(head: str, lines: tuple[str, ...], total: int) -> None:
    proposal, asked = sold(head, *lines)
    assert "montant_ht.rabais" not in asked
    assert sales(proposal) == {"2026-09": total}


@pytest.mark.parametrize(("answer", "total"), [("apres", 5_000), ("avant", 4_500)])
def test_the_price_of_a_program_of_tickets_is_asked_about(answer: str, total: int) -> None:
    head = (
        "Référence commande;Date de la commande;Statut de la commande;Nom payeur;Tarif;Montant tarif;Montant code promo"
    )
    lines = ("901;03/09/2026;Validé;Roy;Adulte;30,00;6,00", "902;04/09/2026;Validé;Bo;Adulte;30,00;")
    proposal, asked = read(HOURS, table("billets.csv", head, *lines), sold="", montant_ht_rabais=answer)
    assert "colonne.montant_tva" not in asked
    assert asked.count("montant_ht.rabais") == 1
    assert sales(proposal) == {"2026-09": total}


CARDS = "Description,Created (UTC),Amount,Currency,Status,Amount Refunded"


def test_what_a_program_gave_back_is_taken_off_each_sum() -> None:
    lines = ("A,2026-09-03 10:00,25.00,eur,Paid,0", "B,2026-09-04 10:00,30.00,eur,Refunded,30.00",
             "C,2026-09-05 10:00,40.00,eur,Paid,15.00", "D,2026-09-06 10:00,9.00,eur,Disputed,0")  # fmt: skip
    proposal, _ = read(HOURS, table("stripe.csv", CARDS, *lines), sold="")
    assert sales(proposal) == {"2026-09": 5_000}
    assert proposal.reading is not None
    assert sum(each.amount for each in proposal.reading.book.payments) == 5_000
    told = [each.replace("\u00a0", " ") for each in proposal.heeded]
    assert any("1 somme entièrement remboursée ne compte pas : 30,00 €" in each for each in told)
    assert any("« Amount Refunded » vient en moins de « Amount » : 15,00 €" in each for each in told)
    assert any("« Disputed » : cette ligne n'est pas lue" in each for each in told)


def test_an_expense_paid_back_to_a_member_was_bought() -> None:
    lines = ("03/09/2026;Brico;48,00;8,00;48,00", "04/09/2026;Halle;60,00;10,00;0")
    bought = table("frais.csv", "Date;Fournisseur;Montant TTC;TVA;Remboursé", *lines)
    proposal, _ = read(HOURS, bought)
    assert proposal.reading is not None, proposal.refusal
    assert sum(each.before_tax for each in proposal.reading.book.costs) == 9_000


@pytest.mark.parametrize(
    ("head", "lines", "total"),
    [
        ("Prix TTC;Rabais;Frais de port;Total payé;TVA %", ("72,00;12,00;6,00;66,00;20", "24,00;;0;24,00;20"), 7_500),
        ("Prix TTC;Promo;Livraison;Total TTC;TVA", ("72,00;12,00;6,00;66,00;11,00", "24,00;0;0;24,00;4,00"), 7_500),
        ("Prix TTC;Réduction;Total payé;TVA %", ("72,00;12,00;60,00;20", "24,00;0;24,00;20"), 7_000),
    ],
)  # fmt: skip
def test_what_a_shop_adds_and_takes_off_makes_what_counts(head: str, lines: tuple[str, ...], total: int) -> None:
    proposal, asked = sold(head, *lines)
    assert not {"montant_ht.rabais", "personnes.colonnes"} & {*asked}
    assert sales(proposal) == {"2026-09": total}


def test_a_discount_is_never_offered_as_what_is_sold() -> None:
    lines = (
        "N°;Date;Client;Encaissé;Promo;TVA %",
        "1;02/09/2026;Mairie;72,00;12,00;20",
        "2;03/09/2026;MJC;24,00;3,00;20",
    )
    given = propose([HOURS, table("ventes.csv", *lines)], "Essai", None, Findings())
    assert not any("Promo" in value for each in given.questions for value, _ in each.doubt.options)
