"""Numbers alone in a wide table: hours where something says so, else asked; money and things are never hours."""

from __future__ import annotations

import pytest

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, sales, sheet, table, workbook

HOURS = table("heures.csv", "personne;date;genre;duree", "Nadia;02/09/2026;commun;3h", "Paul;03/09/2026;commun;2h")
WORKED = {("Nadia", "2026-09"): 180, ("Paul", "2026-09"): 120}
MONTHS = "sept. 2026;oct. 2026"
DAYS = "01/09/2026;02/09/2026"


def of_words(asked: list[str]) -> list[str]:
    """Return what was asked about the numbers of wide tables."""
    return [topic for topic in asked if topic.startswith("sommes.")]


@pytest.mark.parametrize(
    ("title", "head", "columns"),
    [
        ("Loyers encaissés", "Locataire", MONTHS),
        ("Adhésions (pas de TVA)", "Adhérente", MONTHS),
        ("Honoraires des stages", "Groupe", DAYS),
        ("Subventions 2026", "Nom", MONTHS),
        ("Atelier du 12", "Recettes", MONTHS),
        ("CA TTC", "Jour", "Bols;Tasses"),
        ("Virements reçus", "Mois", "Bols;Tasses"),
    ],
)
def test_words_of_money_above_a_wide_table_are_no_hours(title: str, head: str, columns: str) -> None:
    firsts = ("septembre 2026", "octobre 2026") if head == "Mois" else ("07/09/2026", "08/09/2026")
    firsts = firsts if head in ("Jour", "Mois") else ("DURAND", "ALAMI")
    rows = (title, f"{head};{columns}", f"{firsts[0]};45;45", f"{firsts[1]};80;")
    proposal, asked = read(HOURS, table("suivi.csv", *rows), argent="montant_ht", taux="0")
    assert minutes(proposal) == WORKED
    assert of_words(asked) == ["sommes.suivi"]
    assert sum(sales(proposal).values()) == 17_000 + 50_000


@pytest.mark.parametrize(
    "title", ["Bouteilles livrées", "Nb d'inscrits", "Chaises vendues", "Colis", "Enfants accueillis"]
)
@pytest.mark.parametrize("columns", [MONTHS, DAYS, "S38;S39"])
def test_what_is_counted_of_people_who_are_known_is_asked_about(title: str, columns: str) -> None:
    given = table("suivi.csv", title, f"Nom;{columns}", "Nadia;12;20", "Paul;7;4")
    proposal, asked = read(HOURS, given, sommes_suivi="rien")
    assert minutes(proposal) == WORKED
    assert of_words(asked) == ["sommes.suivi"]
    assert any("comme vous l'avez dit" in each for each in proposal.unread)


@pytest.mark.parametrize(
    "rows",
    [
        (f"Résident;{MONTHS}", "DURAND;3;4", "ALAMI;2;6"),
        (f"Atelier;{DAYS}", "Tissage;8;", "Chorale;;11"),
        (f"Nom;{MONTHS}", "DURAND;45;45", "ALAMI;80;60"),
        ("Jour;Bols;Tasses;Total", "07/09/2026;12;8;20", "08/09/2026;9;3;12"),
    ],
)
def test_numbers_of_which_nothing_speaks_are_asked_about(rows: tuple[str, ...]) -> None:
    proposal, asked = read(HOURS, table("suivi.csv", *rows), sommes_suivi="rien")
    assert minutes(proposal) == WORKED
    assert of_words(asked) == ["sommes.suivi"]
    assert len(asked) == 2


def test_columns_that_are_nobody_are_asked_about_whole() -> None:
    rows = ("Jour;Bols;Tasses", "07/09/2026;12;8", "08/09/2026;9;3")
    given = {"personnes_colonnes": "", "argent": "montant_ht", "taux": "0"}
    proposal, asked = read(HOURS, table("suivi.csv", *rows), **given)
    assert asked[:2] == ["personnes.colonnes", "sommes.suivi"]
    assert sales(proposal)["2026-09"] == 50_000 + 3_200


@pytest.mark.parametrize(
    "given",
    [
        table("heures.csv", "Jour;Lou;Omar", "07/09/2026;7;4", "08/09/2026;5;7"),
        table("septembre.csv", "Jour;Lou;Omar", "07/09/2026;7,5;4", "08/09/2026;5;7"),
        table("septembre.csv", "Jour;Lou;Omar", "07/09/2026;7h;4h", "08/09/2026;5h;7h"),
        table("septembre.csv", "Planning", f"Atelier;{DAYS};Qui", "Four;7;4;Lou", "Four;5;7;Omar"),
        table("septembre.csv", f"Prénom;{DAYS}", "Lou;7;4", "Omar;5;7"),
        table("septembre.csv", f"Salarié;{DAYS}", "Lou;CP;4", "Omar;5;7"),
        table("septembre.csv", f"Tâche;Qui;{DAYS}", "Four;Lou;7;4", "Four;Omar;5;7"),
        table("septembre.csv", f"Heures;{DAYS}", "Lou;7;4", "Omar;5;7"),
        table("suivi.csv", "Temps passé aux paniers", f"Nom;{MONTHS}", "Lou;70;41", "Omar;51;77"),
    ],
)
def test_a_wide_table_of_hours_is_not_asked_about(given: GivenFile) -> None:
    proposal, asked = read(given, genre="commun")
    assert {who for who, _ in minutes(proposal)} == {"Lou", "Omar"}
    assert of_words(asked) == []


@pytest.mark.parametrize(
    "rows",
    [
        (f"Mécano;{DAYS}", "Nadia;3;4", "Paul;2;6"),
        ("Jour;Nadia;Paul", "07/09/2026;3;4"),
        ("Heures de Nadia", f"Élève;{DAYS}", "Zita;1;1", "Ugo;2;1"),
    ],
)
def test_known_people_do_hours(rows: tuple[str, ...]) -> None:
    proposal, asked = read(HOURS, table("septembre.csv", *rows), genre="commun")
    assert sum(minutes(proposal).values()) > sum(WORKED.values())
    assert of_words(asked) == []


@pytest.mark.parametrize(
    ("topic", "given"),
    [
        ("duree.unite", table("temps.csv", "Jour;Nadia;Paul", "07/09/2026;45;30", "08/09/2026;60;20")),
        ("personne.planning", table("planning.csv", f"Atelier;{DAYS}", "Four;4;3", "Vente;2;5")),
        ("colonne.personne", table("planning.csv", f"Voisine;{DAYS}", "Zita;4;3", "Inès;2;5")),
    ],
)
def test_each_question_about_hours_has_a_way_out(topic: str, given: GivenFile) -> None:
    proposal, asked = read(HOURS, given, **{topic.replace(".", "_"): "rien"})
    assert topic in asked
    assert minutes(proposal) == WORKED
    assert any(
        "laissé de côté, comme vous l'avez dit" in each
        for each in (*proposal.heeded, *proposal.unread, *proposal.notes)
    )


@pytest.mark.parametrize("name", ["Stages", "Prévisions", "Adhésions", "Inscrits"])
def test_a_sheet_named_after_what_it_counts_is_nobody(name: str) -> None:
    given = workbook("septembre.xlsx", {name: [["Date", "Heures"], ["07/09/2026", 3], ["08/09/2026", 2]]})
    _, asked = read(given, **{f"personne_{name.lower()}": "Nadia"})
    assert any(topic.startswith("personne.") for topic in asked)


def test_one_total_after_sites_under_each_month_is_that_of_all() -> None:
    rows = (["", "Avril 2026", "", "Mai 2026", "", ""], ["Nom", "Lens", "Vez", "Lens", "Vez", "Total"],
            ["Nadia", 20, 11, 18.5, 2, 51.5], ["Paul", 12, 8, 10, 3.5, 33.5])  # fmt: skip
    proposal, _ = read(HOURS, sheet("suivi.xlsx", *rows), genre="prestation")
    assert minutes(proposal)["Nadia", "2026-05"] == 1_230
    assert not [each for each in proposal.heeded if "ce total dit" in each]


def test_days_above_the_halves_of_each_are_read_and_not_said_to_be_left() -> None:
    rows = (["", "07/09/2026", "", "08/09/2026", ""], ["Prénom", "matin", "soir", "matin", "soir"],
            ["Nadia", 3, 2.5, 4, ""], ["Paul", 3.5, "", 3, 1])  # fmt: skip
    proposal, _ = read(HOURS, sheet("suivi.xlsx", *rows), genre="prestation")
    assert minutes(proposal)["Nadia", "2026-09"] == 180 + 570
    assert not proposal.unread
