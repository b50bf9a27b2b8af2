"""Titles on two lines, the same ones under each: a person, a day or a month above, and what is done or who below."""

from __future__ import annotations

import re

import pytest

from tests.given_tables import minutes, read, sales, table

BOTH = {("Nadège", "2026-09"): 300, ("Nadège", "2026-10"): 90, ("Olivier", "2026-09"): 465, ("Olivier", "2026-10"): 60}
SEPTEMBER = {key: value for key, value in BOTH.items() if key[1] == "2026-09"}
LAYOUTS = {
    "people, then kinds of work": (
        "Date;Nadège;;Olivier;",
        ";Clients;Interne;Clients;Interne",
        "07/09/2026;4;1;7;0,75",
        "05/10/2026;;1,5;1;",
    ),
    "parts of the day, then people": (
        "Date;Matin;;Après-midi;",
        ";Nadège;Olivier;Nadège;Olivier",
        "07/09/2026;4;7;1;0,75",
        "05/10/2026;;1;1,5;",
    ),
    "people, then kinds and a total": (
        "Date;Nadège;;;Olivier;;",
        ";Prod;Hors prod;Total;Prod;Hors prod;Total",
        "07/09/2026;4;1;5;7;0,75;7,75",
        "05/10/2026;;1,5;1,5;1;;1",
    ),
    "months, then kinds": (
        "Prénom;Septembre 2026;;Octobre 2026;;Total",
        ";Chantier;Réunion;Chantier;Réunion;",
        "Nadège;4;1;;1,5;6,5",
        "Olivier;7;0,75;1;;8,75",
        "Total;11;1,75;1;1,5;15,25",
    ),
    "months, then people": (
        "Travail;Septembre 2026;;Octobre 2026;",
        ";Nadège;Olivier;Nadège;Olivier",
        "chantier;4;7;;1",
        "réunion;1;0,75;1,5;",
    ),
    "days, then people": (
        "Travail;07/09/2026;;05/10/2026;",
        ";Nadège;Olivier;Nadège;Olivier",
        "chantier;4;7;;1",
        "réunion;1;0,75;1,5;",
    ),
    "people, then days of a week": (
        "Semaine du;Nadège;;;Olivier;;",
        ";lun;mar;mer;lun;mar;mer",
        "07/09/2026;4h;1h;;7h;;0h45",
        "05/10/2026;;1h30;;;;1h",
    ),
    "days of the week of its name, people without a title": (
        "Semaine 37 — du 07/09/2026 au 13/09/2026;;;;",
        ";Lundi;;Mardi;;Total",
        ";midi;soir;midi;soir;",
        "Nadège;4;1;;;5",
        "Olivier;;7;0,75;;7,75",
    ),
    "weeks, then the letters of their days": (
        ";Semaine 37;;;;;Semaine 41;;;;;Total",
        "Nom;L;M;M;J;V;L;M;M;J;V;",
        "Nadège;4;CP;1;;;;1,5;;;;6,5",
        "Olivier;;7;;;0,75;;;1;;;8,75",
    ),
    "people, then the morning and the afternoon": (
        "Date;Nadège;;Olivier;",
        ";Matin;Après-midi;Matin;Après-midi",
        "07/09/2026;4;1;3;4,75",
        "05/10/2026;;1,5;1;",
    ),
    "people, then their hours of the clock": (
        "Date;Nadège;;Olivier;",
        ";Arrivée;Départ;Arrivée;Départ",
        "07/09/2026;9:00;14:00;8:00;15:45",
        "05/10/2026;9:00;10:30;10:00;11:00",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_each_title_above_gives_its_own_facts(layout: tuple[str, ...]) -> None:
    proposal, asked = read(table("heures 2026.csv", *layout))
    both = BOTH if any(re.search("05/10|Octobre|Semaine 41", line) for line in layout) else SEPTEMBER
    assert minutes(proposal) == both
    assert set(asked) <= {"genre", "personnes.cape"}
    assert not any("ce total" in note for note in proposal.notes)


def test_the_kind_of_each_column_below_is_that_of_its_hours() -> None:
    proposal, _ = read(table("heures.csv", *LAYOUTS["months, then kinds"]))
    assert proposal.reading is not None
    kinds = {(each.kind, each.task) for each in proposal.reading.book.hours}
    assert kinds == {("prestation", "Chantier"), ("commun", "Réunion")}


def test_months_above_without_their_year_are_asked() -> None:
    lines = [line.replace(" 2026", "") for line in LAYOUTS["months, then kinds"]]
    _, asked = read(table("heures.csv", *lines), sold="", annee="2026")
    assert "annee" in asked


def test_a_total_that_its_cells_deny_is_told_at_its_own_place() -> None:
    lines = [line.replace("Nadège;4;1;;1,5;6,5", "Nadège;4;1;;1,5;9") for line in LAYOUTS["months, then kinds"]]
    proposal, _ = read(table("heures.csv", *lines))
    assert minutes(proposal) == BOTH
    assert any("ligne 3, colonne F" in note and "ce total dit « 9 »" in note for note in proposal.heeded)


def test_a_cell_below_that_cannot_be_read_is_shown_in_its_own_column() -> None:
    lines = [line.replace("Olivier;7;0,75;1;", "Olivier;7;0,75;1;beaucoup") for line in LAYOUTS["months, then kinds"]]
    proposal, _ = read(table("heures.csv", *lines))
    assert "ligne 4, colonne E" in str(proposal.refusal)


def test_totals_between_the_days_are_those_of_their_week_and_many_wrong_ones_are_told_together() -> None:
    days = "Nom;1;2;3;4;5;6;Total S1;7;8;9;10;11;12;13;Total S2;Total"
    right = ("Nadège;;2;3;;;;5;4;;;;;;;4;9", "Olivier;1;;;;;;1;;;;3;;;;3;4")
    proposal, _ = read(table("planning septembre 2026.csv", days, *right))
    assert minutes(proposal) == {("Nadège", "2026-09"): 540, ("Olivier", "2026-09"): 240}
    assert not any("ce total" in note for note in proposal.notes)
    wrong = ("Nadège;;2;3;;;;6;4;;;;;;;7;12", "Olivier;1;;;;;;2;;;;3;;;;8;9")
    proposal, _ = read(table("planning septembre 2026.csv", days, *wrong))
    told = [note for note in proposal.heeded if "total" in note]
    assert len(told) == 1
    assert "5 autres totaux" in told[0]


@pytest.mark.parametrize("title", ["Temps passés (en jours)", "Temps en jours", "Heures (jours)"])
def test_days_that_the_text_above_a_table_says_are_asked_for_their_hours(title: str) -> None:
    lines = (f"{title};;", "Projet;Mois;Nadège;Olivier", "Site;09/2026;0,5;2", "Site;10/2026;1;3,5")
    proposal, asked = read(table("temps.csv", *lines), duree_unite="480")
    assert "duree.unite" in asked
    assert minutes(proposal)["Olivier", "2026-09"] == 16 * 60


def test_two_tables_of_a_sheet_are_each_what_they_are() -> None:
    rows = (
        "Heures 2026;;;;", "Nom;janv. 2026;févr. 2026;mars 2026;Total", "Iris;27:30;12:00;8:15;47:45",
        "Pol;0:00;30:45;;30:45", ";;;;", ";;;;", "Ventes;;;;", "Date;Client;HT;TVA;", "15/01/2026;X;600;120;",
        "14/02/2026;Y;400;22;",
    )  # fmt: skip
    proposal, asked = read(table("bilan.csv", *rows), sold="")
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {
        ("Iris", "2026-01"): 1650, ("Iris", "2026-02"): 720, ("Iris", "2026-03"): 495, ("Pol", "2026-02"): 1845,
    }  # fmt: skip
    assert sales(proposal) == {"2026-01": 60_000, "2026-02": 40_000}


def test_an_answer_about_one_table_of_a_sheet_is_not_about_the_others() -> None:
    rows = ("Nom;janv. 2026;févr. 2026", "Iris;27:30;12:00", "Pol;;30:45", ";;", ";;", "Date;Client;HT;TVA",
            "15/01/2026;X;600;120", "14/02/2026;Y;400;22")  # fmt: skip
    proposal, asked = read(table("bilan.csv", *rows), sold="")
    assert "table@dateclienthttva" in asked
    assert sales(proposal) == {"2026-01": 60_000, "2026-02": 40_000}
    assert minutes(proposal)["Iris", "2026-01"] == 1650


@pytest.mark.parametrize(
    "kinds", [("Production", "Réunion"), ("Chantier", "Vie du groupe"), ("Prestation", "Formation")]
)
@pytest.mark.parametrize("total", [False, True])
def test_kinds_of_work_above_and_people_below(kinds: tuple[str, str], total: bool) -> None:
    more = (";Total", ";", ";12,75", ";2,5") if total else ("",) * 4
    rows = (f"Jour;{kinds[0]};;{kinds[1]};{more[0]}", f";Nadège;Olivier;Nadège;Olivier{more[1]}",
            f"07/09/2026;4;7;1;0,75{more[2]}", f"05/10/2026;;1;1,5;{more[3]}")  # fmt: skip
    proposal, asked = read(table("heures.csv", *rows), genre="commun")
    assert minutes(proposal) == BOTH
    assert "personnes.colonnes" not in asked
    assert proposal.reading is not None
    first = [each for each in proposal.reading.book.hours if each.minutes == 240]
    assert [str(each.kind) for each in first] == ["prestation"]


def test_a_first_name_and_a_last_name_beside_two_lines_of_titles_are_one_name() -> None:
    lines = (
        "Prénom;Nom;07/09/2026;;08/09/2026;",
        ";;Chantier;Réunion;Chantier;Réunion",
        "Nadège;Ba;4;1;;",
        "Olivier;Roy;3;;4;0,75",
    )
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert minutes(proposal) == {("Nadège Ba", "2026-09"): 300, ("Olivier Roy", "2026-09"): 465}


PLACES = ("Date;Salle;;Terrasse;", ";Nadège;Olivier;Nadège;Olivier", "07/09/2026;4;7;1;0,75", "05/10/2026;;1;1,5;")


def test_two_lines_of_titles_that_may_both_be_people_are_asked_about() -> None:
    proposal, asked = read(table("heures.csv", *PLACES), genre="commun", personnes_titres="dessous")
    assert asked[0] == "personnes.titres"
    assert minutes(proposal) == BOTH
    above, _ = read(table("heures.csv", *PLACES), genre="commun")
    assert {who for who, _ in minutes(above)} == {"Salle", "Terrasse"}


def test_people_who_are_known_settle_which_line_of_titles_they_are() -> None:
    people = table("membres.csv", "Nom;Statut", "Nadège;CAPE", "Olivier;CAPE")
    proposal, asked = read(people, table("heures.csv", *PLACES), genre="commun")
    assert "personnes.titres" not in asked
    assert minutes(proposal) == BOTH


@pytest.mark.parametrize(
    ("titles", "said", "asked_who"),
    [
        (("Octobre 2026;Atelier;;Réunions;", "Date;Awen;Bintou;Awen;Bintou"), "", False),
        ((";Halle;;Port;", "Date;Awen;Bintou;Awen;Bintou"), "dessous", True),
        (("Octobre 2026;Awen;;Bintou;", "Date;Halle;Port;Halle;Port"), "dessus", False),
        (("Octobre 2026;Awen;;Bintou;", "Date;Atelier;Réunions;Atelier;Réunions"), "", False),
    ],
)
def test_a_month_above_the_title_of_the_days_is_no_group(titles: tuple[str, ...], said: str, asked_who: bool) -> None:
    lines = ("02/10/2026;1;2;3;4", "05/10/2026;1;;;2")
    proposal, asked = read(table("heures.csv", *titles, *lines), genre="commun", personnes_titres=said or "-")
    assert ("personnes.titres" in asked) == asked_who
    assert asked_who or "personnes.colonnes" not in asked
    upper = titles[0].split(";")[1]
    both = {"Awen": 5, "Bintou": 8} if upper != "Awen" else {"Awen": 4, "Bintou": 9}
    assert minutes(proposal) == {(who, "2026-10"): 60 * each for who, each in both.items()}


@pytest.mark.parametrize("met", [True, False])
def test_what_stands_beside_two_lines_of_titles_gives_nobody_the_hours_of_all(met: bool) -> None:
    rows = (
        ";Nadège;;Olivier;;;Outil;Rangé",
        "Jour;Atelier;Réunion;Atelier;Réunion;;Scie;au fond",
        "07/09/2026;4;1;7;0,75;;Perceuse;",
        "05/10/2026;;1,5;1;;;;",
    )
    people = table("personnes.csv", "personne;statut;du", "Nadège;cape;01/01/2026", "Olivier;cape;01/01/2026")
    proposal, _ = read(table("heures.csv", *rows), *([] if met else [people]), genre="commun")
    assert minutes(proposal) == BOTH


@pytest.mark.parametrize("titles", [("Scie", "Colle"), ("Vis", "Bois")])
def test_two_names_above_a_table_are_a_question(titles: tuple[str, str]) -> None:
    people = table("personnes.csv", "personne;statut;du", "Nadège;cape;01/01/2026", "Olivier;cape;01/01/2026")
    rows = ("Nadège;Olivier", f"Jour;Durée;{titles[0]};{titles[1]}", "07/09/2026;4;x;y", "05/10/2026;1,5;y;x")
    _, asked = read(table("heures.csv", *rows), people)
    assert any(each.startswith(("personne", "titres", "colonne.personne")) for each in asked)
