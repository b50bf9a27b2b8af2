"""The way of the money in words: what customers were asked or paid, the margin, what each person receives."""

from __future__ import annotations

import pytest

from kpa_model.cooperative.book import Basis
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.chain import MonthMoney, OrderMoney
from kpa_model.cooperative.month import Month
from kpa_model.pay.engine import Settlement, settle
from kpa_model.pay.rule_file import loads
from kpa_model.story.pay.chain import chain_rows, month_sentences
from kpa_model.story.pay.comparison import compare
from kpa_model.ui.screens.share.one_order import _margin_told
from tests.contract.readable import faults

MONEY = MonthMoney(CalendarMonth.parse("2019-02"), 12_000, 2_000, (OrderMoney("C1", 10_000, 4_000),), 0, 500, 28_670)


def settled(steps: str, **facts: object) -> Settlement:
    facts = {"sales": 10_000, "direct_costs": 4_000, **facts}
    return settle(loads(f"titre: Essai\netapes: [{steps}]"), Month.of(["Awa", "Bruno"], **facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("basis", "first", "waiting"),
    [
        (Basis.INVOICED, "Facturé aux clients", "attendent la facture du client"),
        (Basis.RECEIVED, "Payé par les clients", "attendent le paiement du client"),
        (None, "Ventes avec la TVA", "attendent que leur vente compte"),
    ],
)
def test_the_words_follow_the_date_that_counts(basis: Basis | None, first: str, waiting: str) -> None:
    done = settled("frais_directs, parts_egales")
    assert chain_rows(MONEY, done, basis)[0].label == first
    said = month_sentences(MONEY, done, basis)
    assert any(waiting in each for each in said)
    assert not [fault for each in said for fault in faults(each)]
    assert any("en coût total" in each for each in said)
    assert any("TTC" in each for each in said)


@pytest.mark.parametrize(("carried", "label"), [(1_000, "Reste du mois d'avant"), (-1_000, "Manque du mois d'avant")])
def test_the_margin_leaves_out_what_the_month_before_left(carried: int, label: str) -> None:
    rows = chain_rows(MONEY, settled("frais_directs, parts_egales", carried=carried))
    at = next(at for at, row in enumerate(rows) if row.label == "Marge")
    assert rows[at].cents == 6_000
    assert (rows[at + 1].label, rows[at + 1].cents) == (label, carried)
    assert rows[at + 2].cents == 6_000 + carried


def test_what_is_carried_over_is_shown_when_no_step_pays_the_costs() -> None:
    labels = [row.label for row in chain_rows(MONEY, settled("parts_egales", carried=1_000))]
    assert labels[3] == "Reste du mois d'avant"


def test_what_a_person_receives_is_a_positive_amount_on_a_falling_bar() -> None:
    awa = next(row for row in chain_rows(MONEY, settled("frais_directs, parts_egales")) if row.label == "Awa")
    assert awa.cents == 3_000
    assert awa.end < awa.start


def test_an_order_that_loses_money_is_told_without_a_negative_hour() -> None:
    assert _margin_told(-1, 60) == [
        "Cette commande coûte plus qu'elle ne rapporte.",
        "Les autres commandes paient la différence.",
    ]
    assert "12,69" in _margin_told(126_857, 6_000)[0]
    assert _margin_told(100, 0) == []


def test_comparing_says_what_the_commons_lose() -> None:
    today = [settled("frais_directs, {part_au_fonds_commun: {taux: 50 %}}, parts_egales")]
    views = compare([today, [settled("frais_directs, parts_egales")]])
    assert views[1].sentences[-1].replace("\u00a0", " ") == "Le commun reçoit 30,00 € de moins."
    assert not any("commun" in each for each in views[0].sentences)
    assert {figure.about for figure in views[1].figures[:2]} == {"En coût total."}


def test_a_change_for_the_commons_alone_is_said() -> None:
    today = [settled("frais_directs")]
    (_, view) = compare([today, [settled("frais_directs, reste_au_fonds")]])
    assert view.sentences[0] == "Aucun montant ne change par rapport à la règle de départ."
    assert "de plus" in view.sentences[1]


def test_without_anybody_to_pay_no_amount_is_called_the_smallest() -> None:
    (view,) = compare([[settled("frais_directs, parts_egales", payable=[False, False])]])
    assert not any("le plus petit est" in figure.value for figure in view.figures)
