"""The month that stands only around a table: above it, in the name of its sheet or of its file, or over one column."""

from __future__ import annotations

from datetime import date

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, sales, table

WORKED = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Noam;4h;prestation", "08/09/2026;Ida;2h;prestation")
ASKED = ("Prénom;Somme demandée", "Noam;140", "Ida;95")
MARCH = "2026-03"


def claims(proposal: ImportProposal) -> dict[tuple[str, str], int]:
    assert proposal.reading is not None, proposal.refusal
    return {(each.member, str(each.month)): each.claim for each in proposal.reading.book.statements}


@pytest.mark.parametrize(
    ("name", "above", "where"),
    [
        ("demandes.csv", ("Demandes du groupe, mars 2026",), "du titre"),
        ("demandes.csv", ("Demandes du mois de mars",), "du titre"),  # its year is that of the other tables
        ("demandes 2026-03.csv", (), "du nom du fichier"),
        ("demandes_mars_2026.csv", (), "du nom du fichier"),
        ("demandes mars.csv", ("Demandes 2026",), "du nom du fichier"),
    ],
)
def test_requests_are_those_of_the_month_that_stands_around_them(name: str, above: tuple[str, ...], where: str) -> None:
    proposal, asked = read(WORKED, table(name, *above, *ASKED))
    assert set(asked) == {"personnes.cape"}
    assert claims(proposal) == {("Noam", MARCH): 14_000, ("Ida", MARCH): 9_500}
    assert any(f"le mois vient {where} : mars 2026." in each for each in proposal.heeded)


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("demandes avril 2026.csv", ("Demandes de mars 2026",)),  # two places disagree
        ("demandes.csv", ("Demandes", "Édité le 03/03/2026")),  # the day of an export is nobody's month
        ("demandes.csv", ("Demandes du groupe",)),
    ],
)
def test_the_month_of_requests_is_asked_once_when_it_is_not_sure(name: str, above: tuple[str, ...]) -> None:
    topic = f"mois_{name.replace(' ', '').replace('.', '')}"
    proposal, asked = read(WORKED, table(name, *above, *ASKED), **{topic: "mars 2026"})
    assert asked == [topic.replace("_", ".", 1), "personnes.cape"]
    assert claims(proposal) == {("Noam", MARCH): 14_000, ("Ida", MARCH): 9_500}
    assert not any("le mois vient" in each for each in proposal.heeded)


def test_a_month_of_two_known_years_is_asked() -> None:
    more = table("heures 2025.csv", "Date;Qui;Heures;Genre", "07/09/2025;Noam;1h;prestation")
    proposal, asked = read(WORKED, more, table("demandes mars.csv", *ASKED), mois_demandesmarscsv="2025-03")
    assert "mois.demandesmarscsv" in asked
    assert claims(proposal) == {("Noam", "2025-03"): 14_000, ("Ida", "2025-03"): 9_500}


def test_purchases_and_sales_without_a_day_are_those_of_their_title() -> None:
    bought = table("achats.csv", "Achats de mars 2026", "Quoi;Montant HT;TVA", "Farine;50,00;10,00", "Gaz;30,00;6,00")
    sold = table("factures mars 2026.csv", "Numéro;Client;Montant HT;TVA", "1;Bar;100,00;20,00", "2;MJC;50,00;10,00")
    proposal, _ = read(WORKED, bought, sold, sold="")
    assert sales(proposal) == {MARCH: 15_000}
    assert [each.spent_on for each in proposal.reading.book.costs] == [date(2026, 3, 2)] * 2
    assert sum("Chaque ligne est notée à son premier jour de travail." in each for each in proposal.heeded) == 2


def test_a_list_that_tells_its_days_keeps_them_under_any_title() -> None:
    sold = table("factures mars 2026.csv", "Numéro;Date;Montant HT;TVA", "1;30/04/2026;100,00;20,00")
    proposal, _ = read(WORKED, sold, sold="")
    assert sales(proposal) == {"2026-04": 10_000}


HERS = {("Noam", "2026-10"): 750, ("Ida", "2026-10"): 120}


@pytest.mark.parametrize("title", ["octobre 2026", "10/2026", "S42", "14/10/2026", "Oct. 2026"])
def test_a_single_column_of_a_month_a_week_or_a_day_holds_hours(title: str) -> None:
    lines = (f"Prénom;{title};Total", "Noam;12h30;12h30", "Ida;2h;2h", "Total;14h30;14h30")
    proposal, asked = read(table("bilan 2026.csv", *lines))
    assert set(asked) == {"genre", "personnes.cape"}
    assert minutes(proposal) == HERS


def test_the_year_of_a_single_month_is_asked_once() -> None:
    sold = "Numéro;Date;Montant HT;TVA\nF1;10/09/2026;500,00;100,00\nF2;10/09/2025;50,00;10,00"
    proposal, asked = read(table("heures.csv", "Prénom;octobre", "Noam;12,5", "Ida;2"), sold=sold, annee="2026")
    assert asked.count("annee") == 1
    assert minutes(proposal) == HERS


def test_bare_numbers_under_a_single_month_are_hours_only_where_something_says_so() -> None:
    lines = ("Nom;octobre 2026", "Épicerie Pom;12,5", "Crèche Lou;2")
    proposal, asked = read(table("suivi.csv", *lines), table="rien")
    assert "table" in asked
    assert proposal.reading is None
    known, _ = read(WORKED, table("suivi.csv", "Nom;octobre 2026", "Noam;12,5", "Ida;2"))
    assert {who: many for who, many in minutes(known).items() if who[1] == "2026-10"} == HERS


def test_money_asked_for_each_month_is_no_time() -> None:
    proposal, asked = read(
        WORKED, table("Rémunérations 2026.csv", "Nom;mars 2026;avril 2026", "Noam;140;90", "Ida;95;80")
    )
    assert not any(month in ("2026-03", "2026-04") for _, month in minutes(proposal))
    assert any(topic.startswith("sommes.") for topic in asked)


def test_a_short_sheet_is_read_as_its_longer_neighbour() -> None:
    days = "Nom;1;2;3;4;5;6;7"
    long, short = (days, "Ida;2;;1;;;3;1", "Noam;;1;;;;;2"), (days, "Ida;;;;2;;;")
    several = table("temps oct 2026.csv", *long), table("temps nov 2026.csv", *short)
    proposal, _ = read(*several)
    assert minutes(proposal) == {("Ida", "2026-10"): 420, ("Noam", "2026-10"): 180, ("Ida", "2026-11"): 120}


@pytest.mark.parametrize("said", ["T2", "trimestre 3", "Q1", "semestre 1", "n° 4", "V2"])
def test_a_number_that_counts_something_else_is_no_month(said: str) -> None:
    rows = (
        f"Achats {said} 2026",
        "",
        "Fournisseur;Objet;Montant HT",
        "Graineterie;terreau;40,00",
        "Quincaillerie;vis;20,00",
    )
    proposal, _ = read(WORKED, table("liste.csv", *rows))
    assert proposal.reading is None
    assert proposal.refusal is not None
    assert "date" in str(proposal.refusal)


@pytest.mark.parametrize("title", ["Achats T2 2026", "Dépenses 2026", "Achats avril 2026"])
def test_the_month_of_each_line_wins_over_the_title(title: str) -> None:
    rows = (title, "", "Mois;Fournisseur;Objet;Montant HT", "avril;Graineterie;terreau;40,00",
            ";Quincaillerie;vis;20,00", "mai;Graineterie;pots;15,00")  # fmt: skip
    proposal, asked = read(WORKED, table("liste.csv", *rows))
    assert proposal.reading is not None, proposal.refusal
    assert [(each.spent_on.month, each.before_tax) for each in proposal.reading.book.costs] == [
        (4, 4_000), (4, 2_000), (5, 1_500),
    ]  # fmt: skip
    assert asked == ["date.vides", "personnes.cape"]
    assert any("le mois vient de cette colonne" in each for each in proposal.heeded)


@pytest.mark.parametrize("months", [("mars 2026", "mai 2026"), ("2026-03", "2026-05"), ("03/2026", "05/2026")])
def test_sales_whose_column_says_a_month_are_of_that_month(months: tuple[str, str]) -> None:
    rows = ("Mois;Client;N°;Montant HT;TVA", f"{months[0]};Mairie;F1;100,00;20,00", f"{months[1]};École;F2;50,00;10,00")
    proposal, _ = read(WORKED, table("factures.csv", *rows), sold="")
    assert sales(proposal) == {"2026-03": 10_000, "2026-05": 5_000}


def test_sums_of_months_stay_sums() -> None:
    rows = ("Mois;Montant HT;TVA", "mars 2026;100,00;20,00", "avril 2026;50,00;10,00")
    proposal, asked = read(WORKED, table("suivi.csv", *rows))
    assert asked[0] == "table"
    assert sales(proposal) == {"2026-09": 50_000}
