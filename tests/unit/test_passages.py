"""What is no time of work by itself: the passages of a badge, a break among works, lines that a lost quote swallows."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table


@pytest.mark.parametrize(
    "head", ["Jour;Heure;Salarié;Sens", "Date;Horaire;Nom;Passage", "Date;Heure de passage;Prénom;Type de badge"]
)
@pytest.mark.parametrize(("into", "out"), [("Entrée", "Sortie"), ("IN", "OUT"), ("Arrivée", "Départ")])
def test_the_time_is_that_from_an_entry_to_the_next_exit(head: str, into: str, out: str) -> None:
    lines = (
        f"07/09/2026;08:30;Ida;{into}", f"07/09/2026;09:00;Bo;{into}", f"07/09/2026;12:00;Ida;{out}",
        f"07/09/2026;12:15;Bo;{out}", f"07/09/2026;13:00;Ida;{into}", f"07/09/2026;16:45;Ida;{out}",
        f"08/09/2026;22:00;Bo;{into}", f"09/09/2026;02:00;Bo;{out}", f"10/09/2026;08:00;Bo;{into}",
    )  # fmt: skip
    proposal, asked = read(table("badge.csv", head, *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 210 + 225, ("Bo", "2026-09"): 195 + 240}
    assert asked == ["genre", "personnes.cape"]
    assert any("ligne 10" in each and "l'autre passage manque" in each for each in proposal.unread)


@pytest.mark.parametrize("word", ["Pause déjeuner", "pause", "Pause café", "Lunch break", "Break"])
def test_a_break_among_works_is_no_work(word: str) -> None:
    lines = (
        "07/09/2026;Ida;semis;9:00;12:00",
        f"07/09/2026;Ida;{word};12:00;13:00",
        "07/09/2026;Ida;semis;13:00;15:00",
    )
    proposal, _ = read(table("t.csv", "Date;Qui;Tâche;Début;Fin", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 300}
    assert any(f"« {word} » (1 ligne)" in each.replace("\xa0", " ") for each in proposal.heeded)


def test_a_meal_may_be_work_and_is_told() -> None:
    lines = ("07/09/2026;Ida;semis;9:00;12:00", "07/09/2026;Ida;Repas;12:00;13:00")
    proposal, _ = read(table("t.csv", "Date;Qui;Tâche;Début;Fin", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 240}
    assert any("« Repas »" in each.replace("\xa0", " ") and "pause" in each for each in proposal.heeded)


def test_a_lost_quote_that_swallows_lines_is_refused_where_it_opens() -> None:
    lines = ('07/09/2026;Ida;2h;"semis', "08/09/2026;Bo;3h;semis", '09/09/2026;Bo;1h;stand "du haut"')
    proposal, _ = read(table("t.csv", "Date;Qui;Durée;Objet", *lines), genre="commun")
    assert "ligne 2" in str(proposal.refusal)
    assert "un guillemet ouvre une case" in str(proposal.refusal)


def test_a_cell_of_several_lines_is_a_cell() -> None:
    lines = ('07/09/2026;Ida;2h;"semis\nmenthe ; thym"', "08/09/2026;Bo;3h;semis")
    proposal, _ = read(table("t.csv", "Date;Qui;Durée;Objet", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 120, ("Bo", "2026-09"): 180}


@pytest.mark.parametrize(
    "titles", ["Numéro de facture;Reste à payer", "Date de la facture;À payer le", "Nom de l'entrée;Solde fin"]
)
def test_a_list_of_invoices_whose_titles_say_from_and_to_is_no_time_of_work(titles: str) -> None:
    first, last = titles.split(";")
    head = f"{first};Date;Client;Montant HT;TVA;{last};Statut;Devise"
    lines = (head, "F7;10/09/2026;Halle;100,00;20,00;0,00;Payée;EUR",
             "F8;11/09/2026;Halle;200,00;40,00;240,00;En attente de paiement;EUR",
             "F9;12/09/2026;Halle;50,00;10,00;0,00;Payée;USD")  # fmt: skip
    hours = table("heures.csv", "Date;Qui;Durée", "07/09/2026;Ida;2h")
    proposal, asked = read(table("ventes.csv", *lines), hours, sold="", genre="commun")
    assert "heures.validees" not in asked
    assert sales(proposal) == {"2026-09": 30_000}
    assert any("USD" in each for each in proposal.unread)
