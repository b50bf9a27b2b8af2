"""A sheet of everything whose time is titled « Temps total »: its sales are read, and this time is that of them all."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

MONTH = "2026-09"
TITLES = ("Temps total", "Durée totale", "Heures totales", "Total heures", "Total des heures", "Temps global",
          "Total h", "Nb total d'heures")  # fmt: skip


def job(title: str, third: str = "2h") -> list[str]:
    return [
        f"Date;Client;Ce qu'on a fait;Qui;{title};Prix TTC;TVA;Payé le",
        "03/09/2026;Mme Aubry;tonte;Lou;1h;120,00;20 %;05/09/2026",
        f"04/09/2026;Crèche;haies;Lou et Omar;{third};60,00;20 %;",
        "05/09/2026;;réunion;Omar;30 min;;;",
    ]


@pytest.mark.parametrize("title", TITLES)
def test_a_total_time_is_read_with_its_sales_and_is_that_of_all(title: str) -> None:
    proposal, asked = read(table("suivi.csv", *job(title)), sold="", genre="commun")
    assert sales(proposal) == {MONTH: 15_000}
    assert minutes(proposal) == {("Lou", MONTH): 120, ("Omar", MONTH): 90}
    assert [each.amount for each in proposal.reading.book.payments] == [12_000]
    assert "partage" not in asked


@pytest.mark.parametrize("title", ["Heures de travail", "Temps sur place", "Temps passé sur place", "Heures réelles"])
def test_a_time_in_other_words_is_read_with_its_sales(title: str) -> None:
    proposal, asked = read(table("suivi.csv", *job(title)), sold="", genre="commun", partage="chacun")
    assert sales(proposal) == {MONTH: 15_000}
    assert minutes(proposal) == {("Lou", MONTH): 180, ("Omar", MONTH): 150}
    assert "partage" in asked


def test_a_cell_that_says_each_is_stronger_than_its_title() -> None:
    proposal, _ = read(table("suivi.csv", *job("Temps total", "2h chacun")), sold="", genre="commun")
    assert minutes(proposal) == {("Lou", MONTH): 180, ("Omar", MONTH): 150}


@pytest.mark.parametrize("title", ["Temps total", "Total heures"])
def test_in_a_list_of_hours_too_a_total_time_is_that_of_all(title: str) -> None:
    lines = (f"Date;Qui;{title};Tâche", "03/09/2026;Lou et Omar;3h;tri", "04/09/2026;Omar;1h;tri")
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Lou", MONTH): 90, ("Omar", MONTH): 150}
    assert "partage" not in asked


@pytest.mark.parametrize("title", ["Heures totales", "Temps total", "Total des heures"])
def test_numbers_alone_under_a_total_of_hours_are_hours(title: str) -> None:
    proposal, asked = read(table("juin.csv", f"Date;Qui;{title}", "03/09/2026;Lou;3", "04/09/2026;Omar;1,5"))
    assert minutes(proposal) == {("Lou", MONTH): 180, ("Omar", MONTH): 90}
    assert not {"table", "colonne.duree"} & {*asked}


def test_a_total_from_a_start_to_an_end_is_asked_about() -> None:
    lines = (
        "Date;Qui;Début;Fin;Total heures;Tâche",
        "03/09/2026;Lou et Omar;9h;12h;3h;tri",
        "04/09/2026;Omar;9h;10h;1h;tri",
    )
    _, asked = read(table("heures.csv", *lines))
    assert "partage" in asked


def test_such_a_total_beside_its_sale_is_asked_about_too() -> None:
    lines = ("Date;Client;Qui;Début;Fin;Total heures;Prix TTC;TVA", "03/09/2026;Mme Aubry;Lou;9h;10h;1h;120,00;20 %")
    more = "04/09/2026;Crèche;Lou et Omar;9h;11h;2h;60,00;20 %"
    proposal, asked = read(table("suivi.csv", *lines, more), sold="", genre="commun", partage="chacun")
    assert "partage" in asked
    assert minutes(proposal) == {("Lou", MONTH): 180, ("Omar", MONTH): 120}
    assert sales(proposal) == {MONTH: 15_000}


@pytest.mark.parametrize("title", ["Nb heures par personne", "Heures / pers.", "Temps par tête"])
def test_a_time_of_each_person_is_read_with_its_sales_and_is_not_shared(title: str) -> None:
    proposal, asked = read(table("suivi.csv", *job(title)), sold="", genre="commun")
    assert sales(proposal) == {MONTH: 15_000}
    assert minutes(proposal) == {("Lou", MONTH): 180, ("Omar", MONTH): 150}
    assert not {"partage", "tout", "table"} & {*asked}


def test_an_amount_is_no_time_whatever_work_its_title_names() -> None:
    lines = ("Date;Client;Qui;Durée du chantier;Devis HT;TVA", "03/09/2026;Mme Aubry;Lou;1h;12,00;20 %")
    proposal, _ = read(table("suivi.csv", *lines, "04/09/2026;Crèche;Omar;2h;6,00;20 %"), genre="commun")
    assert minutes(proposal) == {("Lou", MONTH): 60, ("Omar", MONTH): 120}


@pytest.mark.parametrize(("said", "sold"), [("oui", {MONTH: 15_000}), ("non", None)])
def test_amounts_beside_hours_under_other_titles_are_asked_about_when_nothing_else_sells(
    said: str, sold: dict[str, int] | None
) -> None:
    lines = job("Durée du chantier")
    proposal, asked = read(table("suivi.csv", *lines), sold="", genre="commun", partage="chacun", tout=said)
    assert "tout" in asked
    assert (sales(proposal) if proposal.reading else None) == sold


def test_amounts_beside_hours_are_not_asked_about_when_a_list_gives_the_sales() -> None:
    _, asked = read(table("suivi.csv", *job("Durée du chantier")), genre="commun", partage="chacun")
    assert "tout" not in asked


@pytest.mark.parametrize("title", ["Combien", "Temps total", "Nb d'heures"])
def test_the_time_of_a_cash_book_is_read_under_the_same_titles(title: str) -> None:
    lines = (f"Date;Heure;Qui;{title};Quoi;Entrée;Sortie", "03/09/2026;18:22;Lou;2h30;tonte;50,00;",
             "04/09/2026;19:05;Omar;1h;haies;60,00;", "05/09/2026;18:40;Omar;45 min;courses;;20,00")  # fmt: skip
    proposal, _ = read(table("caisse.csv", *lines), sold="", genre="commun")
    assert minutes(proposal) == {("Lou", MONTH): 150, ("Omar", MONTH): 105}


@pytest.mark.parametrize("name", ["heures.csv", "bilan.csv"])
def test_the_hours_of_each_person_and_month_are_spread_over_it_once_they_are_said(name: str) -> None:
    given = table(name, "Prénom;Mois;Total", "Ida;juin 2026;31:30", "Noam;juin 2026;7:15", "Ida;juillet 2026;12:00")
    proposal, _ = read(given, table="heures", colonne_duree="Total")
    assert minutes(proposal) == {("Ida", "2026-06"): 1890, ("Noam", "2026-06"): 435, ("Ida", "2026-07"): 720}
