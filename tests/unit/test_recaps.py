"""A sheet of sums by person and month is the check of the others, never hours told twice."""

from __future__ import annotations

import pytest

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, sales, table, workbook

DAYS = (
    table("Septembre.csv", "Date;Ida;Bo;Cyr", "07/09/2026;2;3;", "14/09/2026;4;;1"),
    table("Octobre.csv", "Date;Ida;Bo;Cyr", "05/10/2026;3;3;2", "06/10/2026;1;;"),
)
TRUE = {("Ida", "2026-09"): 360, ("Bo", "2026-09"): 180, ("Cyr", "2026-09"): 60} | {
    ("Ida", "2026-10"): 240, ("Bo", "2026-10"): 180, ("Cyr", "2026-10"): 120,
}  # fmt: skip


def recap(name: str, first: str = "Ida;6;4;10") -> GivenFile:
    return table(name, "Prénom;septembre 2026;octobre 2026;Total", first, "Bo;3;3;6", "Cyr;1;2;3")


@pytest.mark.parametrize("name", ["Récap.csv", "Par mois.csv", "Synthèse 2026.csv"])
def test_sums_that_agree_are_told_and_not_added(name: str) -> None:
    proposal, asked = read(*DAYS, recap(name), genre="commun")
    assert "heures.recap" not in asked
    assert minutes(proposal) == TRUE
    assert any("redit les heures" in note for note in proposal.heeded)


def test_sums_by_week_are_compared_week_by_week() -> None:
    days = table("Octobre.csv", "Date;Ida;Bo", "28/09/2026;2;3", "01/10/2026;4;1", "06/10/2026;3;3")
    weeks = table("Récap.csv", "Qui;S40;S41;Total", "Ida;6;3;9", "Bo;4;3;7")
    proposal, asked = read(days, weeks, genre="commun")
    assert "heures.recap" not in asked
    assert minutes(proposal) == {
        ("Ida", "2026-09"): 120, ("Ida", "2026-10"): 420, ("Bo", "2026-09"): 180, ("Bo", "2026-10"): 240,
    }  # fmt: skip
    wrong = table("Récap.csv", "Qui;S40;S41;Total", "Ida;6;3;9", "Bo;5;3;8")
    assert "heures.recap" in read(days, wrong, genre="commun")[1]


@pytest.mark.parametrize(("said", "hers"), [("recap", 360), ("deux", 360 + 300)])
def test_sums_that_differ_are_asked_about(said: str, hers: int) -> None:
    proposal, asked = read(*DAYS, recap("Récap.csv", "Ida;5;4;9"), genre="commun", heures_recap=said)
    assert "heures.recap" in asked
    assert minutes(proposal)["Ida", "2026-09"] == hers
    assert any("5" in note and "6" in note and "Récap" in note for note in proposal.unread) == (said == "recap")


def test_months_of_other_people_are_no_recapitulation() -> None:
    others = table("Atelier.csv", "Prénom;septembre 2026;octobre 2026", "Dune;5;2", "Eloi;4;3")
    proposal, asked = read(*DAYS, others, genre="commun")
    assert "heures.recap" not in asked
    assert minutes(proposal) == TRUE | {
        ("Dune", "2026-09"): 300, ("Dune", "2026-10"): 120, ("Eloi", "2026-09"): 240, ("Eloi", "2026-10"): 180,
    }  # fmt: skip


def test_somebody_called_like_an_end_is_somebody_among_people() -> None:
    proposal, _ = read(
        table("Septembre.csv", "Date;Ida;Fin;Bo", "07/09/2026;2;3;1", "08/09/2026;1;1;1"), genre="commun"
    )
    assert minutes(proposal) == {("Ida", "2026-09"): 180, ("Fin", "2026-09"): 240, ("Bo", "2026-09"): 120}


@pytest.mark.parametrize("name", ["Disponibilités octobre.csv", "Prêt de matériel.csv", "dispos.csv"])
@pytest.mark.parametrize(("said", "more"), [("non", 0), ("oui", 240)])
def test_times_that_may_be_no_work_are_asked_about(name: str, said: str, more: int) -> None:
    hoped = table(name, "Qui;Date;Durée", "Ida;08/09/2026;4h", "Bo;09/09/2026;1h")
    proposal, asked = read(*DAYS, hoped, genre="commun", heures_faites=said)
    assert asked.count("heures.faites") == 1
    assert minutes(proposal)["Ida", "2026-09"] == TRUE["Ida", "2026-09"] + more


@pytest.mark.parametrize(
    "name", ["Bénévoles", "Temps non rémunéré", "Temps offert", "Stagiaire", "Hors coopérative", "Perso", "pas payé"]
)
@pytest.mark.parametrize(("said", "more"), [("non", 0), ("oui", 180)])
def test_a_sheet_of_work_that_may_not_be_shared_is_asked_about(name: str, said: str, more: int) -> None:
    paid = [["Date", "Ida", "Bo"], ["07/09/2026", 3, 4], ["08/09/2026", 2, 5]]
    other = [["Date", "Ida", "Bo"], ["09/09/2026", 3, 2], ["10/09/2026", "", 2]]
    proposal, asked = read(workbook("heures.xlsx", {"Octet": paid, name: other}), genre="commun", heures_faites=said)
    assert asked.count("heures.faites") == 1
    assert minutes(proposal)["Ida", "2026-09"] == 300 + more


@pytest.mark.parametrize("name", ["Par personne", "Heures du personnel", "Chantier privé", "Étage 2"])
def test_a_sheet_of_usual_work_is_not_asked_about(name: str) -> None:
    paid = [["Date", "Ida", "Bo"], ["07/09/2026", 3, 4], ["08/09/2026", 2, 5]]
    _, asked = read(workbook("heures.xlsx", {name: paid}), genre="commun")
    assert "heures.faites" not in asked


def test_the_kind_of_work_is_not_asked_of_a_recapitulation() -> None:
    done = table("heures.csv", "Jour;Qui;Temps", "03/09/2026;Lou;2h", "04/09/2026;Omar;3h", "09/09/2026;Lou;1h")
    again = table("bilan annuel.csv", "Nom;Septembre 2026;Total", "Lou;3;3", "Omar;3;3")
    proposal, asked = read(done, again)
    assert asked.count("genre") == 1
    assert minutes(proposal) == {("Lou", "2026-09"): 180, ("Omar", "2026-09"): 180}


LEDGER = table(
    "ventes.csv",
    "N°;Date;Client;Montant HT;TVA;Montant TTC",
    "F1;11/09/2026;Foyer;400,00;80,00;480,00",
    "F2;18/09/2026;Crèche;150,50;30,10;180,60",
    "F3;09/10/2026;Foyer;300,00;60,00;360,00",
)


@pytest.mark.parametrize(
    "lines",
    [
        ("Client;Total HT;Total TTC", "Foyer;700,00;840,00", "Crèche;150,50;180,60", "TOTAL;850,50;1020,60"),
        ("Mois;Heures;Ventes HT", "septembre 2026;10h;550,50", "octobre;9;300"),
        ("Nom;Total des heures", "Ida M.;10,00", "Bo;6", "Cyr;3"),
        ("Heures du trimestre;19", "Ventes HT;850,50", "TVA;170,10"),
    ],
)
@pytest.mark.parametrize("name", ["Totaux.csv", "Synthèse T3.csv", "Tableau de bord.csv"])
def test_a_sheet_of_sums_of_other_tables_is_told_and_not_asked_about(name: str, lines: tuple[str, ...]) -> None:
    proposal, asked = read(*DAYS, LEDGER, table(name, *lines), sold="", genre="commun")
    assert not {each for each in asked if each.startswith(("table", "mois", "colonne"))}
    assert minutes(proposal) == TRUE
    assert sales(proposal) == {"2026-09": 55_050, "2026-10": 30_000}
    assert any("redit les sommes" in told for told in proposal.heeded)
    assert not proposal.unread


def test_a_sheet_of_sums_that_says_something_else_is_asked_about() -> None:
    given = table("Totaux.csv", "Client;Total HT;Total TTC", "Foyer;700,00;840,00", "Lycée;90,00;108,00")
    _, asked = read(*DAYS, LEDGER, given, sold="", genre="commun", table="rien")
    assert "table" in asked


def test_a_whole_week_of_a_recapitulation_is_not_the_same_work_as_its_monday() -> None:
    first = [
        ["Nom", "Lun 2", "Mar 3", "Mer 4"],
        ["Iris", "3h", "4h", ""],
        ["Omar", "2h", "", ""],
        ["Lou", "5h", "", ""],
    ]
    second = [
        ["Nom", "Lun 9", "Mar 10", "Mer 11"],
        ["Iris", "1h", "", "4h"],
        ["Omar", "6h", "", ""],
        ["Lou", "", "2h", ""],
    ]
    again = [["Nom", "S10", "S11"], ["Iris", "7h", "5h"], ["Omar", "2h", "6h"], ["Lou", "5h", "2h"]]
    proposal, asked = read(workbook("heures mars 2026.xlsx", {"S10": first, "S11": second, "Bilan": again}))
    assert {*asked} <= {"genre", "personnes.cape"}
    assert minutes(proposal) == {("Iris", "2026-03"): 720, ("Omar", "2026-03"): 480, ("Lou", "2026-03"): 420}
    assert not any("compté deux fois." in each and "Il n'est pas" not in each for each in proposal.notes)
