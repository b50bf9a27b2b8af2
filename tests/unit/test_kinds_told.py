"""What hours are, said in words of the group: each word that is understood is told, kept, or asked about."""

from __future__ import annotations

import pytest

from tests.given_tables import read, table

SOLD = "Numéro;Client;Date;Montant HT;TVA\nF1;École;10/09/2026;500,00;100,00"


def kinds(title: str, *words: str, head: str = "", **answers: str) -> tuple[list[tuple[str, str]], str, list[str]]:
    """Return the kind and the label of each line, what is told before agreeing, and what was asked."""
    lines = [f"{day:02d}/09/2026;Inès;{word};2:30" for day, word in enumerate(words, 1)]
    proposal, asked = read(table("relevé.csv", head or f"Jour;Prénom;{title};Durée", *lines), sold=SOLD, **answers)
    assert proposal.reading is not None, proposal.refusal
    return (
        [(each.kind.value, each.task) for each in proposal.reading.book.hours],
        " ".join(proposal.heeded).replace("\xa0", " "),
        asked,
    )


@pytest.mark.parametrize("title", ["Type", "Nature", "Catégorie", "Type d'activité"])
def test_another_name_of_a_kind_is_told_and_kept(title: str) -> None:
    found, told, _ = kinds(title, "Gouvernance", "Courses", "Commun")
    assert found == [("commun", "Gouvernance"), ("appui", "Courses"), ("commun", "Commun")]
    assert "« Gouvernance » : commun" in told
    assert "« Courses » : appui" in told
    assert "« Commun »" not in told


def test_our_own_words_are_not_told() -> None:
    found, told, asked = kinds("Genre", "prestation", "Prestations", "FORMATION")
    assert [kind for kind, _ in found] == ["prestation", "prestation", "formation"]
    assert "genres de travail" not in told
    assert "genre" not in asked


@pytest.mark.parametrize("title", ["Type d'activité", "Type", "Tâche", "Activité"])
def test_a_workshop_is_not_learning_by_itself(title: str) -> None:
    found, _, asked = kinds(title, "Atelier", "Accueil", "Atelier", genre="prestation")
    assert asked.count("genre") == 1
    assert found == [("prestation", "Atelier"), ("commun", "Accueil"), ("prestation", "Atelier")]


def test_a_word_that_invoices_sell_is_asked_about_in_a_column_of_kinds() -> None:
    lines = ("Jour;Prénom;Type;Durée", "01/09/2026;Inès;Apprentissage;2:30", "02/09/2026;Inès;Commun;1:00")
    sold = "Numéro;Client;Libellé;Date;Montant HT;TVA\nF1;École;Apprentissage;10/09/2026;500,00;100,00"
    proposal, asked = read(table("relevé.csv", *lines), sold=sold, genre="prestation")
    assert "genre" in asked
    assert [each.kind.value for each in proposal.reading.book.hours] == ["prestation", "commun"]


@pytest.mark.parametrize("title", ["Pour quoi ?", "Chantier / tâche", "Rubrique", "Motif", "Pôle", "Affectation"])
def test_a_column_whose_words_say_a_kind_is_what_is_done(title: str) -> None:
    words = ("Crêperie", "Réunion", "Caisse", "Crêperie", "réunion")
    found, told, asked = kinds(title, *words, genre="prestation")
    assert [kind for kind, _ in found] == ["prestation", "commun", "prestation", "prestation", "commun"]
    assert [task for _, task in found] == [*words]
    assert "« réunion » : commun (2 lignes)" in told
    assert asked.count("genre") == 1


@pytest.mark.parametrize("title", ["Lieu", "Météo", "Observations"])
def test_a_column_that_says_no_kind_is_not_what_is_done(title: str) -> None:
    found, _, _ = kinds(title, "Serre", "Hangar", "Serre", genre="appui")
    assert [kind for kind, _ in found] == ["appui"] * 3
