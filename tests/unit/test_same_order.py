"""A sheet with everything in it: the lines of one job are one order, whoever worked, and one sale."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.given_tables import read, sales, table

HEAD = "Jour;Pour qui;Ouvrage;Prix HT;TVA;Qui;Heures"


def worked(proposal) -> dict[str, dict[str, int]]:
    orders: dict[str, dict[str, int]] = {}
    for each in proposal.reading.book.hours:
        orders.setdefault(each.order, {})[each.member] = each.minutes
    return orders


def everything(*lines: str, head: str = HEAD, **answers: str):
    return read(table("tout.csv", head, *lines), sold="", **answers)


def test_lines_without_a_price_are_of_the_order_of_their_customer_and_day() -> None:
    proposal, _ = everything(
        "02/09/2026;Lycée;Nappes;400,00;20 %;Ines;3h",
        "02/09/2026;Lycée;Nappes;;;Théo;2h",
        "02/09/2026;Lycée;;;;Mona;1h",
        "03/09/2026;Mme Le Goff;Ourlet;20,00;20 %;Ines;0h30",
    )
    assert sales(proposal) == {"2026-09": 42_000}
    assert worked(proposal) == {
        "Lycée 02/09/2026": {"Ines": 180, "Théo": 120, "Mona": 60},
        "Mme Le Goff 03/09/2026": {"Ines": 30},
    }
    assert {each.order for each in proposal.reading.book.lines} == {"Lycée 02/09/2026", "Mme Le Goff 03/09/2026"}
    assert any("lignes sans prix (3 et 4) : la même commande" in each for each in proposal.heeded)


def test_two_works_sold_to_one_customer_on_one_day_keep_their_own_people() -> None:
    proposal, _ = everything(
        "02/09/2026;Lycée;Nappes;400,00;20 %;Ines;3h",
        "02/09/2026;Lycée;Rideaux;100,00;20 %;Mona;1h",
        "02/09/2026;Lycée;Nappes;;;Théo;2h",
    )
    assert worked(proposal) == {
        "Lycée 02/09/2026": {"Ines": 180, "Théo": 120},
        "Lycée 02/09/2026 (2)": {"Mona": 60},
    }


def test_a_number_of_invoice_is_that_of_the_lines_below_it_too() -> None:
    proposal, _ = everything(
        "F7;02/09/2026;Lycée;Nappes;400,00;20 %;Ines;3h",
        ";02/09/2026;Lycée;Nappes;;;Théo;2h",
        head=f"Facture;{HEAD}",
    )
    assert worked(proposal) == {"F7": {"Ines": 180, "Théo": 120}}


@pytest.mark.parametrize(("answer", "total", "orders"), [("une", 40_000, 1), ("plusieurs", 80_000, 2)])
def test_one_price_written_beside_each_person_is_asked_about(answer: str, total: int, orders: int) -> None:
    lines = ("02/09/2026;Lycée;Nappes;400,00;20 %;Ines;3h", "02/09/2026;Lycée;Nappes;400,00;20 %;Théo;2h")
    proposal, asked = everything(*lines, prix_repete=answer)
    assert "prix.repete" in asked
    assert sales(proposal) == {"2026-09": total}
    assert len(worked(proposal)) == orders
    assert sum((Fraction(each.minutes) for each in proposal.reading.book.hours), Fraction(0)) == 300


def test_the_same_price_on_two_days_or_for_one_person_is_two_sales() -> None:
    proposal, asked = everything(
        "02/09/2026;Lycée;Nappes;40,00;20 %;Ines;3h",
        "03/09/2026;Lycée;Nappes;40,00;20 %;Théo;2h",
        "03/09/2026;Mairie;Nappes;40,00;20 %;Théo;2h",
        "03/09/2026;Mairie;Nappes;40,00;20 %;Théo;2h",
    )
    assert "prix.repete" not in asked
    assert sales(proposal) == {"2026-09": 16_000}


def test_a_total_below_an_empty_line_wherever_it_is_said_is_not_a_line_that_lacks_its_day() -> None:
    proposal, _ = everything(
        "02/09/2026;Lycée;Nappes;400,00;20 %;Ines;3h",
        "03/09/2026;Mairie;Rideaux;50,00;20 %;Théo;2h",
        ";;;;;;",
        ";;Total;450,00;;;5h",
    )
    assert proposal.unread == ()
    assert sales(proposal) == {"2026-09": 45_000}
