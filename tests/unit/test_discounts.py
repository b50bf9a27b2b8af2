"""A column of discounts beside the amounts of invoices: what counts is proved by the other columns, or asked."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

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


def test_a_column_without_any_discount_is_nothing() -> None:
    proposal, asked = sold("Montant HT;Remise;TVA %", "200,00;;20", "50,00;0,00;20")
    assert asked == []
    assert sales(proposal) == {"2026-09": 25_000}
