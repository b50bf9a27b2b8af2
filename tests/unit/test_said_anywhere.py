"""A word that says a line may not count is seen in any column of text, under any title, with other words around."""

from __future__ import annotations

import pytest

from kpa_model.files.book.cells import bare
from tests.given_tables import minutes, read, sales, table

SOLD = (
    "F-1;03/03/2026;Mairie;1000,00;200,00;1200,00;",
    "F-2;09/03/2026;Club;500,00;100,00;600,00;{}",
    "F-3;10/03/2026;Club;450,00;90,00;540,00;",
)
HOURS = table("heures.csv", "Date;Qui;Heures", "03/03/2026;Awa;3h", "05/03/2026;Bruno;2h")


@pytest.mark.parametrize("title", ["Obs.", "Divers", "", "Suivi"])
@pytest.mark.parametrize("words", ["annulée, voir F-3", "DOUBLON de F-3", "ne pas compter (erreur)"])
def test_an_invoice_that_any_column_says_cancelled_is_asked(title: str, words: str) -> None:
    lines = [f"N°;Date;Client;HT;TVA;TTC;{title}", *(each.format(words) for each in SOLD)]
    topic = f"etat_{bare(words)}"
    proposal, asked = read(table("factures.csv", *lines), HOURS, sold="", **{topic: "non"})
    assert topic.replace("etat_", "etat.") in asked
    assert sales(proposal) == {"2026-03": 145_000}


def test_two_columns_of_remarks_are_both_heard() -> None:
    lines = ["N°;Date;Client;HT;TVA;TTC;Remarque;Divers", *(f"{each.format('chèque')};" for each in SOLD)]
    lines[2] = lines[2] + "annulée"
    proposal, asked = read(table("factures.csv", *lines), HOURS, sold="", etat_chequeannulee="non")
    assert "etat.chequeannulee" in asked
    assert sales(proposal) == {"2026-03": 145_000}


@pytest.mark.parametrize("title", ["Description", "Tâche", "Commentaire", "Obs.", ""])
@pytest.mark.parametrize("words", ["annulée (pluie)", "pas venu, annulé", "ANNULÉ remplacé le 08"])
def test_hours_that_any_text_says_cancelled_are_asked(title: str, words: str) -> None:
    lines = [f"Date;Qui;Heures;{title}", "03/03/2026;Awa;3h;", f"05/03/2026;Awa;4h;{words}", "08/03/2026;Bruno;2h;"]
    topic = f"etat_{bare(words)}"
    proposal, asked = read(table("heures.csv", *lines), **{topic: "non"})
    assert topic.replace("etat_", "etat.") in asked
    assert minutes(proposal) == {("Awa", "2026-03"): 180, ("Bruno", "2026-03"): 120}


@pytest.mark.parametrize("words", ["annulation d'une réservation", "remplace Awa le 08", "remplacé la pompe"])
def test_work_about_what_was_cancelled_or_replaced_asks_nothing(words: str) -> None:
    lines = ["Date;Qui;Heures;Description", "03/03/2026;Awa;3h;semis", f"05/03/2026;Awa;4h;{words}"]
    proposal, asked = read(table("heures.csv", *lines))
    assert not any(each.startswith("etat.") for each in asked)
    assert minutes(proposal) == {("Awa", "2026-03"): 420}


@pytest.mark.parametrize("title", ["Remarque", "Divers", "Obs.", ""])
def test_a_sale_beside_hours_that_any_column_says_cancelled_is_asked(title: str) -> None:
    lines = (
        f"Date;Client;Quoi;Qui;Heures;Prix TTC;TVA;{title}",
        "03/03/2026;Mme Joly;Semis;Awa;3;120,00;20 %;",
        "05/03/2026;M. Roux;Taille;Bruno;2;240,00;20 %;Annulée (gel)",
    )
    proposal, asked = read(table("chantiers.csv", *lines), sold="", etat_annulee="non")
    assert "etat.annulee" in asked
    assert sales(proposal) == {"2026-03": 10_000}
