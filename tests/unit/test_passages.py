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


@pytest.mark.parametrize(("said", "much"), [("oui", 240), ("non", 180)])
def test_a_meal_may_be_work_and_is_asked_about(said: str, much: int) -> None:
    lines = ("07/09/2026;Ida;semis;9:00;12:00", "07/09/2026;Ida;Repas;12:00;13:00")
    proposal, asked = read(table("t.csv", "Date;Qui;Tâche;Début;Fin", *lines), genre="commun", heures_repas=said)
    assert minutes(proposal) == {("Ida", "2026-09"): much}
    assert "heures.repas" in asked


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


def test_sums_without_a_word_between_lines_are_no_lines() -> None:
    lines = ("07/09/2026;Ida;2;semis", "08/09/2026;Ida;3;semis", ";;5;", "09/09/2026;Bo;4;vente", ";;4;", ";;9;")
    proposal, asked = read(table("t.csv", "Date;Qui;Durée;Objet", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 300, ("Bo", "2026-09"): 240}
    assert asked == ["genre", "personnes.cape"]
    assert sum("c'est la somme des lignes au-dessus" in each for each in proposal.heeded) == 3


def test_a_number_alone_that_is_no_sum_is_asked_about() -> None:
    lines = ("07/09/2026;Ida;2;semis", "08/09/2026;Ida;3;semis", ";;7;", "09/09/2026;Bo;4;vente")
    assert "date.vides" in read(table("t.csv", "Date;Qui;Durée;Objet", *lines), genre="commun")[1]


@pytest.mark.parametrize("said", ["ex : Jeanne", "Ex. Jeanne", "p. ex. Jeanne", "exemple : Jeanne", "(ex : Jeanne)"])
def test_the_example_of_a_form_of_the_group_is_nobody_s_work(said: str) -> None:
    lines = (f"01/01/2026;{said};8h;semis", "07/09/2026;Ida;2h;semis")
    proposal, _ = read(table("t.csv", "Date;Qui;Durée;Objet", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-09"): 120}
    assert any("cette ligne est un exemple" in each for each in proposal.heeded)


def test_times_added_in_a_cell_are_the_time_of_that_person() -> None:
    lines = ("07/09/2026;2+1,5;1h+1h30", "08/09/2026;3 + 2;")
    proposal, _ = read(table("t.csv", "Date;Maud;Karim", *lines), genre="commun")
    assert minutes(proposal) == {("Maud", "2026-09"): 510, ("Karim", "2026-09"): 150}


@pytest.mark.parametrize(
    "titles", ["Heures normales;Heures sup", "Heures payées;Heures bénévoles", "Temps atelier;Temps trajet"]
)
def test_several_columns_of_times_under_unknown_titles_are_asked_about_at_once(titles: str) -> None:
    proposal, asked = read(table("t.csv", f"Date;Qui;{titles};Objet", "07/09/2026;Ida;5;2;semis"), genre="commun")
    assert asked == ["colonne.duree", "genre", "personnes.cape"]
    assert minutes(proposal) == {("Ida", "2026-09"): 420}


def test_blocks_of_time_under_their_length_are_times() -> None:
    lines = ("Date;Qui;Nb créneaux de 20 min;Objet", "07/09/2026;Ida;3;semis", "08/09/2026;Bo;6;semis")
    proposal, asked = read(table("t.csv", *lines), genre="commun")
    assert asked == ["duree.unite", "genre", "personnes.cape"]
    assert minutes(proposal) == {("Ida", "2026-09"): 60, ("Bo", "2026-09"): 120}


@pytest.mark.parametrize("unit", ["", "000"])
def test_instants_counted_since_1970_are_those_of_paris(unit: str) -> None:
    lines = ("person,start,end,task", f"Ida,1788768000{unit},1788775200{unit},semis")
    proposal, _ = read(table("t.csv", *lines), genre="commun")
    assert proposal.reading is not None
    assert [(f"{each.on}", each.minutes) for each in proposal.reading.book.hours] == [("2026-09-07", 120)]
