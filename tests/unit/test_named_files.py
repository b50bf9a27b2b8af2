"""What a file is, by its own name or by what its lines say of themselves: it is not asked when it is told."""

from __future__ import annotations

import pytest

from kpa_model.files.book.dictionaries import dictionaries, table_named
from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")
LINES = (
    "Facture;Date;Client;Montant;TVA (%);Payée",
    "31;02/09/2026;Mairie;100;20 %;oui",
    "32;09/09/2026;Musée;50;20 %;non",
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Nos ventes 2026", "factures"),
        ("export_heures", "heures"),
        ("liste des factures", "factures"),
        ("Mes clients", ""),
        ("nos", ""),
    ],
)
def test_a_name_is_understood_behind_its_small_words(name: str, found: str) -> None:
    assert table_named(name, dictionaries()) == found


@pytest.mark.parametrize("name", ["Nos factures de septembre.csv", "classeur.csv"])
def test_invoices_with_their_customer_and_their_rate_are_no_payments(name: str) -> None:
    proposal, asked = read(table(name, *LINES), HOURS, sold="")
    assert "table" not in asked
    assert sales(proposal) == {"2026-09": 15_000}


@pytest.mark.parametrize("name", ["Mois 09.csv", "mois.csv", "Mois 2026-09.csv", "Points du mois.csv"])
def test_hours_of_a_file_called_after_a_month_are_hours(name: str) -> None:
    lines = ("Date;Qui;Durée;Tâche", "02/09/2026;Ida;3;semis", "03/09/2026;Bo;2;vente")
    proposal, _ = read(table(name, *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 180, ("Bo", "2026-09"): 120}


@pytest.mark.parametrize(
    ("file", "title", "who"),
    [
        ("heures chloe.csv", "Relevé d'heures - Chloé Le Goff - mai 2026", "Chloé Le Goff"),
        ("heures_le_goff.csv", "Chloé LE GOFF, mai 2026", "Chloé LE GOFF"),
        ("heures chloe.csv", "Relevé d'heures - mai 2026", "Chloe"),
        ("heures chloe.csv", "Relevé d'heures - Zoé Le Goff - mai 2026", "Chloe"),
    ],
)
def test_a_name_of_file_is_written_as_the_title_of_its_table_writes_it(file: str, title: str, who: str) -> None:
    given = table(file, title, "", "Jour;Heures;Tâche", "04/05/2026;3h;tri", "05/05/2026;2h;caisse")
    proposal, _ = read(given, genre="commun")
    assert minutes(proposal) == {(who, "2026-05"): 300}


@pytest.mark.parametrize("titles", ["Data;Horas;Cliente", "Fecha;Horas;Cliente", "Data;Ore;Cliente"])
def test_hours_in_a_language_near_ours_are_read_without_asking_what_they_are(titles: str) -> None:
    lines = ("03/09/2026;4;Escola", "08/09/2026;2,5;Mercado", "Total;6,5;")
    proposal, asked = read(table("horas Tomé setembro.csv", titles, *lines), genre="commun")
    assert [topic.split(".")[0] for topic in asked] == ["personne", "genre", "personnes"]
    assert minutes(proposal) == {("Tomé", "2026-09"): 390}
