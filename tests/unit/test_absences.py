"""Somebody's absence is hers alone: the others of the line keep their hours, and she keeps those of her other days."""

from __future__ import annotations

import pytest

from kpa_model.files.book.reading.columns.absences import absent
from tests.given_tables import minutes, read, table, workbook

WORDS = [
    "malade",
    "Arrêt maladie",
    "abs.",
    "récup",
    "RTT",
    "jour férié",
    "Congés payés",
    "en vacances",
    "absente",
    "AT",
    "Fermé",
    "ATELIER FERMÉ (férié)",
    "fermeture annuelle",
    "Partie",
    "parti en juin",
    "pas encore arrivé",
    "plus là",
    "arrivée le 3 mai",
    "départ fin juin 2026",
    "-",
]


@pytest.mark.parametrize("word", WORDS)
def test_the_absence_of_one_leaves_the_hours_of_the_others_of_the_line(word: str) -> None:
    plan = table(
        "planning.csv",
        "Jour;Ida;;Tom;",
        ";Lieu;Temps;Lieu;Temps",
        "05/10/2026;Atelier;4;Atelier;3",
        f"06/10/2026;{word};;Bureau;1",
        f"07/10/2026;Atelier;2;{word};",
    )
    proposal, _ = read(plan, genre="commun")
    assert minutes(proposal) == {("Ida", "2026-10"): 360, ("Tom", "2026-10"): 240}
    assert any("lignes n'ont pas d'heures (4 (Ida) et 5 (Tom)) : elles comptent 0 h" in each for each in proposal.notes)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_absence_in_a_cell_of_time_counts_nothing(word: str) -> None:
    days = "Nom;05/10/2026;06/10/2026;07/10/2026;08/10/2026"
    proposal, _ = read(table("heures.csv", days, f"Ida;3h;{word};3h;2h", "Tom;1h;1h;1h;1h"), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-10"): 480, ("Tom", "2026-10"): 240}


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_absence_in_the_duration_of_a_line(word: str) -> None:
    lines = (f"05/10/2026;Ida;{word}", "05/10/2026;Tom;2h", "06/10/2026;Ida;3h", "07/10/2026;Ida;3h")
    proposal, _ = read(table("heures.csv", "Jour;Nom;Durée", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-10"): 360, ("Tom", "2026-10"): 120}
    assert any("la ligne 2 n'a pas d'heures : elle compte 0 h" in each for each in proposal.notes)


@pytest.mark.parametrize("word", ["partie", "pas encore là", "arrivé en août"])
def test_somebody_who_is_not_there_yet_or_any_more_has_her_column_of_months(word: str) -> None:
    lines = ("Juin 2026;4;2,5;6,5", "Juillet 2026;5;3;8", f"Août 2026;6;{word};6", f"Septembre 2026;7;{word};7")
    proposal, asked = read(table("2026.csv", "Bilan;Iris;Omar;Total", *lines), genre="commun")
    assert sum(minutes(proposal).values()) == 27.5 * 60
    assert any(f"« {word} » : ces cases disent une absence. Elles comptent 0 h." in each for each in proposal.heeded)
    assert not {"table", "colonne.duree"} & {*asked}


@pytest.mark.parametrize("work", ["partition", "partiel", "arrivée des paniers", "départ en livraison", "parti 18h"])
def test_work_that_starts_as_an_absence_is_work(work: str) -> None:
    assert not absent(work)


def test_absences_without_any_time_are_told_together_and_lose_nothing() -> None:
    head = ["Date", "Tâche", "Heures"]
    sheets = {
        who: [head, ["05/10/2026", "couture", "3h"], ["06/10/2026", "Absente", ""], ["07/10/2026", "couture", "2h"]]
        for who in ("Ida", "Lou", "Noam")
    }
    proposal, _ = read(workbook("octobre.xlsx", sheets), genre="commun")
    assert minutes(proposal) == {(who, "2026-10"): 300 for who in sheets}
    assert not any("Absente" in each for each in proposal.heeded)
    assert sum("« Absente »" in each for each in proposal.notes) == 1


def test_a_line_of_absences_of_somebody_who_is_known_is_no_line_of_titles() -> None:
    people = table("membres.csv", "Nom;Statut;Début", "Lou;cape;01/01/2026", "Ida;cape;01/01/2026")
    lines = ("Équipe;7;8;9;10", "Lou;4;3;absence;2", "Ida;absence;repos;absence;absence", "", "")
    proposal, _ = read(people, table("septembre 2026.csv", *lines, "Les absences sont écrites en lettres"))
    assert minutes(proposal) == {("Lou", "2026-09"): 540}


HALVES = ("Jour;Nom;Matin;Après-midi", "05/10/2026;Ida;4h;2h30")
BOTH = {"table": "heures", "colonne_duree": "Matin|Après-midi"}


@pytest.mark.parametrize("word", WORDS)
def test_an_absence_of_half_a_day_leaves_the_hours_of_the_other_half(word: str) -> None:
    lines = (f"06/10/2026;Ida;3h;{word}", f"07/10/2026;Tom;{word};1h30", f"08/10/2026;Tom;{word};{word}")
    proposal, _ = read(table("heures.csv", *HALVES, *lines), genre="commun", **BOTH)
    assert minutes(proposal) == {("Ida", "2026-10"): 570, ("Tom", "2026-10"): 90}
    assert any("la ligne 5 n'a pas d'heures : elle compte 0 h" in each for each in proposal.heeded)


def test_halves_of_a_day_beside_people_are_hours_without_a_question() -> None:
    proposal, asked = read(table("heures.csv", *HALVES, "06/10/2026;Tom;;3h"), colonne_duree="Matin|Après-midi")
    assert "table" not in asked
    assert minutes(proposal) == {("Ida", "2026-10"): 390, ("Tom", "2026-10"): 180}


@pytest.mark.parametrize("word", WORDS)
def test_an_absence_of_half_a_day_written_from_an_hour_to_another(word: str) -> None:
    lines = ("Jour;Nom;Matin;Après-midi", "05/10/2026;Ida;8h-12h;14h-17h", f"06/10/2026;Ida;9h-12h;{word}")
    away = (f"07/10/2026;Tom;{word};14h-16h", f"08/10/2026;Tom;{word};13h-15h")
    proposal, _ = read(table("heures.csv", *lines, *away), genre="commun", **BOTH)
    assert minutes(proposal) == {("Ida", "2026-10"): 600, ("Tom", "2026-10"): 240}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("titles", ["Arrivée;Départ;Arrivée 2;Départ 2", "Matin de;Matin à;Soir de;Soir à"])
def test_an_absence_in_one_of_two_pairs_of_hours_of_the_clock(titles: str, word: str) -> None:
    lines = (f"06/10/2026;Ida;9h;11h;{word};{word}", f"07/10/2026;Tom;{word};;14h;18h", f"08/10/2026;Tom;8h;9h;{word};")
    proposal, _ = read(table("heures.csv", f"Jour;Nom;{titles}", "05/10/2026;Ida;9h;12h;14h;17h", *lines))
    assert minutes(proposal) == {("Ida", "2026-10"): 480, ("Tom", "2026-10"): 300}


def test_a_word_that_nobody_knows_in_a_pair_of_hours_of_the_clock_is_refused_where_it_stands() -> None:
    days = [f"0{day}/10/2026;Ida;9h;12h;14h;17h" for day in range(1, 7)]
    odd = "07/10/2026;Ida;9h;12h;jusqu'au soir;"
    proposal, _ = read(table("heures.csv", "Jour;Nom;Arrivée;Départ;Arrivée 2;Départ 2", *days, odd))
    assert "ligne 8" in str(proposal.refusal)
    assert "jusqu'au soir" in str(proposal.refusal)


@pytest.mark.parametrize("cell", ["3h30 / congé", "férié + 3h30", "3h30, absente", "malade puis 3h30"])
def test_an_absence_beside_the_time_of_a_cell_leaves_it(cell: str) -> None:
    proposal, _ = read(table("heures.csv", "Jour;Ida;Tom", f"05/10/2026;{cell};2h", "06/10/2026;4h;1h"))
    assert minutes(proposal) == {("Ida", "2026-10"): 450, ("Tom", "2026-10"): 180}
    assert any(f"« {cell} » est lu 3h30" in each for each in proposal.heeded)


@pytest.mark.parametrize("word", ["Ferme", "Fermeture", "ferme Dubois"])
def test_a_farm_or_the_work_of_closing_is_no_absence(word: str) -> None:
    assert not absent(word)


@pytest.mark.parametrize("word", ["Maladie", "congés", "jour férié"])
@pytest.mark.parametrize("zero", ["0:00", "0", "0h", "0,00"])
def test_a_word_of_absence_beside_no_hours_is_not_asked_about(word: str, zero: str) -> None:
    lines = ("05/10/2026;Ida;3h;tri", f"06/10/2026;Ida;{zero};{word}", "07/10/2026;Ida;2h;tri")
    proposal, asked = read(table("heures.csv", "Jour;Nom;Heures;Remarque", *lines), genre="commun")
    assert minutes(proposal) == {("Ida", "2026-10"): 300}
    assert not any(topic.startswith("etat.") for topic in asked)


def test_a_word_of_absence_beside_hours_is_asked_about() -> None:
    lines = ("05/10/2026;Ida;3h;tri", "06/10/2026;Ida;7h;malade")
    _, asked = read(table("heures.csv", "Jour;Nom;Heures;Remarque", *lines), genre="commun")
    assert "etat.malade" in asked
