"""A form above a table, « Nom », « SIRET », is no line of titles; a sheet with a table is no sheet of fields."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.given_tables import minutes, read, sales, sheet, table

LEA = table("autres.csv", "Date;Qui;Heures", "02/09/2026;Léa;3")
SHEETS: dict[str, list[list[Any]]] = {
    "réglages": [["Prénom", "Nora"], ["Mois", "septembre 2026"], [], ["Jour", "Heures"]],
    "présentation de Nora": [["Nom :", "Nora"], [], ["Date", "Tâche", "Temps"]],
    "fiche 2026": [["Salariée", "Nora"], ["Coopérative", "Les Buis"], ["Mois", "09/2026"], ["Date", "Début", "Fin"]],
}
LINES: dict[str, list[list[Any]]] = {
    "réglages": [["jeudi 3", 3], ["vendredi 4", 4]],
    "présentation de Nora": [[date(2026, 9, 3), "tri", 3], [date(2026, 9, 4), "caisse", 4]],
    "fiche 2026": [[date(2026, 9, 3), "9:00", "12:00"], [date(2026, 9, 4), "13:00", "17:00"]],
}


@pytest.mark.parametrize("name", SHEETS)
def test_hours_under_a_form_are_read(name: str) -> None:
    proposal, _ = read(sheet(f"{name}.xlsx", *SHEETS[name], *LINES[name]), LEA)
    assert minutes(proposal) == {("Nora", "2026-09"): 420, ("Léa", "2026-09"): 180}


def test_people_and_hours_alone_are_no_fields() -> None:
    rows = [["Mois", "septembre 2026"], ["Nom", "Heures"], ["Nora", 12], ["Ismaël", 20]]
    proposal, _ = read(sheet("fiche septembre 2026.xlsx", *rows), LEA)
    assert proposal.reading is None or minutes(proposal)["Nora", "2026-09"] == 720


FORMS: dict[str, list[list[Any]]] = {
    "association": [["Association", "Les Buis"], ["SIREN", "123 456 789"], ["Année", 2026]],
    "on one line": [["Nom :", "Les Buis", "Mois :", "septembre 2026"]],
    "no colon": [["Société", "Les Buis", "Période", "09/2026"]],
    "a title, an address": [["Relevé"], ["Nom", "Les Buis"], ["Adresse", "3 rue des Lilas"], ["Tél.", "0102030405"]],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("gap", [[], [[]]])
def test_a_form_is_no_line_of_titles(form: str, gap: list[list[Any]]) -> None:
    rows = [["Date", "Qui", "Heures"], [date(2026, 9, 3), "Nora", 3], [date(2026, 9, 4), "Ismaël", 4]]
    proposal, _ = read(sheet("heures.xlsx", *FORMS[form], *gap, *rows))
    assert minutes(proposal) == {("Nora", "2026-09"): 180, ("Ismaël", "2026-09"): 240}
    rows = [["N°", "Date", "Client", "Montant HT", "TVA"], ["B1", date(2026, 9, 3), "Halle", 400, 80]]
    sold, _ = read(sheet("ventes.xlsx", *FORMS[form], *gap, *rows), LEA, sold="")
    assert sales(sold) == {"2026-09": 40000}


def test_a_small_table_of_people_above_another_stays_one() -> None:
    rows = [["Qui", "Heures", "Mois"], ["Nora", 12, "septembre 2026"], [], ["Qui", "Date", "Heures"]]
    proposal, _ = read(sheet("heures.xlsx", *rows, ["Ismaël", date(2026, 9, 4), 4]))
    assert minutes(proposal) == {("Nora", "2026-09"): 720, ("Ismaël", "2026-09"): 240}


@pytest.mark.parametrize("form", [[["Nom", "Nora Vidal", "Mois", "septembre 2026"]], [["Salariée :", "Nora Vidal"]]])
def test_a_total_that_adds_up_parts_of_a_day_is_the_time(form: list[list[Any]]) -> None:
    rows = [["Date", "Matinée", "Après-midi", "Soir", "Total heures"], [date(2026, 9, 3), 3, "", 2, 5]]
    rows = [*rows, [date(2026, 9, 4), "", 3.5, "", 3.5], ["Total", 3, 3.5, 2, 8.5]]
    proposal, asked = read(sheet("fiche nora.xlsx", *form, [], *rows))
    assert minutes(proposal) == {("Nora Vidal", "2026-09"): 510}
    assert not [each for each in asked if each.startswith(("table", "colonne"))]


def test_takings_of_a_morning_and_an_evening_are_no_hours() -> None:
    rows = [["Date", "Midi", "Soir", "Total"], [date(2026, 9, 3), 120.5, 80, 200.5], [date(2026, 9, 4), 8.2, 4.1, 12.3]]
    _, asked = read(sheet("caisse.xlsx", *rows), LEA)
    assert any(each.startswith(("table", "argent", "colonne")) for each in asked)
