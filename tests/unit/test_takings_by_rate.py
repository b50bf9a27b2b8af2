"""Takings in a column for each rate of VAT are sales at this rate: no single rate is asked, no column is a person."""

from __future__ import annotations

from datetime import date

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, sales, sheet, table

DONE = table("temps.csv", "Jour;Qui;Heures;Tâche", "07/09/2026;Lou;3;tri", "08/09/2026;Omar;2;tri")
TIMES = {("Lou", "2026-09"): 180, ("Omar", "2026-09"): 120}


def lines(proposal: ImportProposal) -> list[tuple[int, int, int]]:
    assert proposal.reading is not None, proposal.refusal
    return [(each.invoiced_on.day, each.before_tax, each.vat_rate) for each in proposal.reading.book.lines]


@pytest.mark.parametrize(
    "titles",
    [
        "Jour;Plats (TVA 10 %);Vins (TVA 20 %);Total TTC;CB;Liquide",
        "Date;Plats 10%;Vins 20%;Recette TTC;Carte;Espèces",
        "Date;Sur place - TVA à 10 %;Alcool - TVA à 20 %;Total;TPE;Chèques",
        "Date;TVA 10 %;TVA 20 %;Total TTC;Carte bancaire;Espèces",
    ],
)
def test_takings_of_two_rates_are_two_sales_a_day_paid_that_day(titles: str) -> None:
    days = ("05/09/2026;110,00;36,00;146,00;100,00;46,00", "06/09/2026;22,00;-;22,00;22,00;")
    given = table("carnet.csv", titles, *days, "Total;132,00;36,00;168,00;122,00;46,00")
    proposal, asked = read(DONE, given, sold="", genre="commun")
    assert lines(proposal) == [(5, 10_000, 100_000), (5, 3_000, 200_000), (6, 2_000, 100_000)]
    assert [(each.received_on.day, each.amount) for each in proposal.reading.book.payments] == [
        (5, 11_000), (5, 3_600), (6, 2_200),
    ]  # fmt: skip
    assert minutes(proposal) == TIMES
    assert set(asked) == {"genre", "personnes.cape"}
    assert not any("total dit" in note for note in proposal.notes)


@pytest.mark.parametrize("above", [True, False])
def test_rates_may_stand_on_a_line_of_their_own(above: bool) -> None:
    heads = [["Jour", "Miel", "Bougies", "Total TTC"], [None, 0.055, 0.2, None]]
    rows = [[date(2026, 9, 5), 105.5, 24, 129.5], [date(2026, 9, 6), 211, None, 211]]
    given = sheet("recettes.xlsx", *(heads[::-1] if above else heads), *rows)
    proposal, _ = read(DONE, given, sold="", genre="commun")
    assert lines(proposal) == [(5, 10_000, 55_000), (5, 2_000, 200_000), (6, 20_000, 55_000)]


@pytest.mark.parametrize(("amounts", "total"), [("100,00;50,00", "170,00"), ("110,00;60,00", "170,00")])
def test_a_total_proves_whether_each_amount_holds_the_vat(amounts: str, total: str) -> None:
    given = table("ventes.csv", "N°;Date;Repas (10 %);Bar (20 %);Total TTC", f"V1;05/09/2026;{amounts};{total}")
    proposal, _ = read(DONE, given, sold="", genre="commun")
    assert lines(proposal) == [(5, 10_000, 100_000), (5, 5_000, 200_000)]


def test_the_vat_of_each_rate_is_no_sale() -> None:
    titles = "N°;Date;Repas 10 %;TVA 10 %;Bar 20 %;TVA 20 %;Total TTC"
    given = table("ventes.csv", titles, "V1;05/09/2026;100,00;10,00;50,00;10,00;170,00")
    proposal, _ = read(DONE, given, sold="", genre="commun")
    assert lines(proposal) == [(5, 10_000, 100_000), (5, 5_000, 200_000)]


def test_what_no_rate_holds_is_told() -> None:
    titles = "Date;Repas 10 %;Bar 20 %;Dons;Total TTC"
    given = table("caisse.csv", titles, "05/09/2026;110,00;60,00;5,00;175,00", "06/09/2026;22,00;12,00;1,00;35,00")
    proposal, _ = read(DONE, given, sold="", genre="commun")
    assert sales(proposal) == {"2026-09": 18_000}
    assert any("170,00" in note and "175,00" in note for note in proposal.heeded)


def test_what_was_spent_at_each_rate_is_no_sale() -> None:
    titles = "Date;Magasin;Épicerie (TVA 5,5 %);Matériel (TVA 20 %);Total TTC"
    given = table("septembre.csv", titles, "05/09/2026;Halles;105,50;12,00;117,50", "06/09/2026;Bric;;24,00;24,00")
    proposal, _ = read(DONE, given, genre="commun")
    assert sales(proposal) == {"2026-09": 50_000}
    assert sum(each.before_tax for each in proposal.reading.book.costs) == 13_000


def test_amounts_of_which_nothing_says_whether_they_are_sold_or_bought_are_asked_about() -> None:
    titles = "Date;Épicerie (TVA 5,5 %);Matériel (TVA 20 %)"
    given = table("septembre.csv", titles, "05/09/2026;105,50;12,00", "06/09/2026;;24,00")
    _, asked = read(DONE, given, genre="commun")
    assert any(topic.startswith("table") for topic in asked)


def test_the_work_of_a_line_counts_once_whatever_its_rates() -> None:
    titles = "Date;Client;HT 10 %;HT 20 %;Qui;Heures"
    given = table("suivi.csv", titles, "05/09/2026;Foyer;50,00;30,00;Lou;3", "06/09/2026;École;;40,00;Omar;2")
    proposal, _ = read(given, sold="", genre="commun")
    assert sales(proposal) == {"2026-09": 12_000}
    assert minutes(proposal) == TIMES


def test_shares_of_people_are_no_rates() -> None:
    lines = ("Jour;Lou (20 %);Omar (10 %);Total", "05/09/2026;2;3,5;5,5", "06/09/2026;1;3;4")
    _, asked = read(table("heures.csv", *lines))
    assert "taux" not in asked


@pytest.mark.parametrize("title", ["Recette TTC (TVA 10 %)", "Total TTC, TVA 10 %"])
def test_a_rate_in_the_title_of_takings_is_not_asked(title: str) -> None:
    given = table("marché.csv", f"Jour;{title}", "05/09/2026;110,00", "06/09/2026;22,00")
    proposal, asked = read(DONE, given, sold="", genre="commun")
    assert sales(proposal) == {"2026-09": 12_000}
    assert not {"recettes.tva", "taux"} & {*asked}


@pytest.mark.parametrize("titles", ["Jour;Total TTC;Espèces;CB", "Jour;Pain;Vin;Total TTC"])
def test_takings_of_several_rates_in_one_column_say_what_to_do(titles: str) -> None:
    given = table("caisse.csv", titles, "05/09/2026;60,00;24,00;36,00", "06/09/2026;36,00;12,00;24,00")
    proposal, _ = read(DONE, given, sold="", genre="commun", recettes_tva="plusieurs taux", taux="plusieurs taux")
    assert proposal.reading is None
    assert "plusieurs taux" in str(proposal.refusal)


def test_amounts_with_their_vat_and_no_word_for_spending_are_never_purchases_in_silence() -> None:
    lines = ("Jour;Libellé;Montant TTC;Taux de TVA", "05/09/2026;Pains;105,50;5,5 %", "06/09/2026;Vins;12;20 %")
    _, asked = read(DONE, table("septembre.csv", *lines), genre="commun")
    assert any(topic.startswith("table") for topic in asked)


@pytest.mark.parametrize("titles", ["Jour;Pain;Vin;Total TTC", "Jour;Récolte;Bocaux;Montant HT"])
def test_whole_euros_that_make_an_amount_are_nobody_s_hours(titles: str) -> None:
    given = table("stand.csv", titles, "05/09/2026;10;12;22", "06/09/2026;8;;8")
    proposal, asked = read(DONE, given, sold="", genre="commun", taux="0", argent="montant_ht")
    assert sales(proposal) == {"2026-09": 3_000}
    assert minutes(proposal) == TIMES
    assert "personnes.colonnes" not in asked


def test_two_markets_of_one_day_and_two_rates_of_one_name_are_each_a_sale() -> None:
    days = ("05/09/2026;Halles;105,50;110,00", "05/09/2026;Port;105,50;110,00")
    given = table("caisse.csv", "Jour;Lieu;Recettes 5,5 %;Recettes 10 %", *days)
    proposal, asked = read(DONE, given, sold="", genre="commun")
    assert sales(proposal) == {"2026-09": 40_000}
    assert len(proposal.reading.book.payments) == 4
    assert not any(topic.startswith("montant_ht") for topic in asked)


def test_takings_of_a_month_are_its_sales_and_say_no_day_of_payment() -> None:
    given = table("recettes.csv", "Mois;Pain (TVA 5,5 %);Vin (TVA 20 %);Total TTC", "septembre 2026;105,50;24;129,50")
    proposal, _ = read(DONE, given, sold="", genre="commun")
    assert sales(proposal) == {"2026-09": 12_000}
    assert not any("payée le même jour" in note for note in proposal.heeded)
