"""Tables of hours side by side on a sheet, each under the name of somebody, or of nobody: each has its own person."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import SOLD, minutes, read, table, workbook

LINES = ("02/09/2026;3;Halle;;03/09/2026;4;Halle", "07/09/2026;2;Réunion;;08/09/2026;5;Halle")
TITLES = "Date;Heures;Quoi;;Date;Heures;Quoi"
EACH = {("Iris", "2026-09"): 300, ("Omar", "2026-09"): 540}


@pytest.mark.parametrize("above", [("Iris;;;;Omar;;",), ("Septembre 2026", "", "Iris;;;;Omar;;")])
@pytest.mark.parametrize("below", [(), ("Total;5;;;Total;9;",)])
def test_a_name_above_each_table_says_whose_it_is(above: tuple[str, ...], below: tuple[str, ...]) -> None:
    proposal, asked = read(table("r2.csv", *above, TITLES, *LINES, *below), genre="prestation")
    assert minutes(proposal) == EACH
    assert asked == ["genre", "personnes.cape"]
    assert any("lu comme la table « heures »." in each for each in proposal.notes)
    assert not any("« r2.csv » et « r2.csv »" in each for each in proposal.notes)


def test_tables_of_nobody_are_asked_about_one_by_one() -> None:
    said = {"personne_r2@dateheuresquoi": "Iris", "personne_r2@4dateheuresquoi": "Omar", "genre": "commun"}
    proposal, asked = read(table("r2.csv", TITLES, *LINES), **said)
    assert minutes(proposal) == EACH
    assert len([topic for topic in asked if topic.startswith("personne.")]) == 2


@pytest.mark.parametrize("above", [(), ("Feuille de temps;;;", "Nom :;;;", "Mois :;juin 2026;;", "")])
def test_an_empty_form_leaves_nothing_to_agree_to(above: tuple[str, ...]) -> None:
    blank = (*above, "Date;Heures;Quoi;Visa")
    given = (
        table("Iris.csv", "Date;Heures;Genre", "03/09/2026;3;commun"),
        table("modele.csv", *blank),
    )
    proposal, _ = read(*given)
    assert minutes(proposal) == {("Iris", "2026-09"): 180}
    assert not proposal.unread
    assert any("modele.csv" in each for each in proposal.notes)


@pytest.mark.parametrize(
    "above",
    [
        "{} — octobre 2026;;",
        "{} - oct. 2026;;",
        "{} (octobre);;",
        "{} [10/2026];;",
        "{};;octobre 2026",
        "Octobre 2026 : {};;",
        "Heures de {} – octobre;;",
        "Feuille de temps : {};;",
        "Feuille de temps : {} octobre 2026;;",
        "{}, cuisine;;",
    ],
)
def test_a_month_beside_the_name_above_each_table_is_no_part_of_it(above: str) -> None:
    given: list[str] = []
    for name, hours in (("Iris Morel", 3), ("Omar Petit", 4), ("Zoé Le Goff", 5)):
        lines = [f"{day};Halle;{hours}" for day in ("05/10/2026", "19/10/2026")]
        given += [above.format(name), "Jour;Tâche;Heures", *lines, f";Total;{2 * hours}", ";;"]
    proposal, asked = read(table("r4.csv", *given), genre="prestation")
    each = {("Iris Morel", "2026-10"): 360, ("Omar Petit", "2026-10"): 480, ("Zoé Le Goff", "2026-10"): 600}
    assert minutes(proposal) == each
    assert not any(topic.startswith("personne.") for topic in asked)


def test_somebody_has_a_table_for_each_month_under_her_name() -> None:
    given: list[str] = []
    for name, said, month in (("Iris", "mai", 5), ("Omar", "mai", 5), ("Iris", "juin", 6), ("Omar", "juin", 6)):
        lines = [f"0{day}/0{month}/2026;{month}" for day in (1, 2)]
        given += [f"{name} — {said} 2026;", "Jour;Heures", *lines, f"Total;{2 * month}", ";"]
    proposal, _ = read(table("r4.csv", *given), genre="prestation")
    assert minutes(proposal) == {(who, f"2026-0{at}"): at * 120 for who in ("Iris", "Omar") for at in (5, 6)}


def test_days_that_are_numbers_are_those_of_the_month_above_each_table() -> None:
    given: list[str] = []
    for name, said in (("Iris", "mai"), ("Omar", "mai"), ("Iris", "juin"), ("Omar", "juin")):
        given += [f"{name} — {said} 2026;", "Jour;Heures", "2;3", "20;4", "Total;7", ";"]
    proposal, asked = read(table("r4.csv", *given), genre="prestation")
    assert minutes(proposal) == {(who, f"2026-0{at}"): 420 for who in ("Iris", "Omar") for at in (5, 6)}
    assert len([topic for topic in asked if topic.startswith("mois.")]) == 2


def two_tables(*above: str, month: str = "10", between: tuple[str, ...] = (";;",)) -> list[str]:
    """Return a table of hours under each of some lines: 6 h, then 8 h."""
    lines: list[str] = []
    for hours, each in enumerate(above, 3):
        facts = [f"05/{month}/2026;Pain;{hours}", f"19/{month}/2026;Tri;{hours}"]
        lines += [*each.split("|"), "Jour;Tâche;Heures", *facts, *between]
    return lines


BOTH = {("Nadia", "2026-10"): 360, ("Karim", "2026-10"): 480}
UNSURE = {
    "two places": ("Nadia - Halle;;", "Karim - Marché;;"),
    "one place": ("Nadia - Halle;;", "Karim - Halle;;"),
    "in two cells": ("Nadia;Halle;", "Karim;Marché;"),
    "with an arrow": ("Nadia → Halle;;", "Karim → Marché;;"),
    "with a slash": ("Nadia/Halle;;", "Karim/Marché;;"),
    "on two lines": ("Nadia;;|Halle;;", "Karim;;|Marché;;"),
    "under a title": ("Le Levain;;|;;|Nadia - Halle;;", "Karim - Halle;;"),
}


@pytest.mark.parametrize("above", UNSURE.values(), ids=UNSURE.keys())
@pytest.mark.parametrize("between", [(";;",), ()])
def test_which_of_two_words_above_each_table_is_somebody_is_asked_once(
    above: tuple[str, ...], between: tuple[str, ...]
) -> None:
    proposal, asked = read(table("r4.csv", *two_tables(*above, between=between)), genre="prestation")
    assert minutes(proposal) == BOTH
    assert [topic for topic in asked if topic.startswith("personne.")] == ["personne.r4.partie2"]


def test_a_long_name_is_no_less_somebody_than_a_place() -> None:
    given = table("r4.csv", *two_tables("Nadia de la Tour Blanche - Halle;;", "Karim - Marché;;"))
    proposal, _ = read(given, genre="prestation", personne_r4_partie2="1")
    assert minutes(proposal) == {("Nadia de la Tour Blanche", "2026-10"): 360, ("Karim", "2026-10"): 480}


def test_the_place_may_come_first_and_neither_word_may_be_somebody() -> None:
    given = table("r4.csv", *two_tables("Halle - Nadia;;", "Marché - Karim;;"))
    proposal, _ = read(given, genre="prestation", personne_r4_partie2="2")
    assert minutes(proposal) == BOTH
    said = {"personne_r4_hallenadia": "Zoé", "personne_r4_marchekarim": "Omar"}
    proposal, _ = read(given, genre="prestation", personne_r4_partie2="aucune", **said)
    assert minutes(proposal) == {("Zoé", "2026-10"): 360, ("Omar", "2026-10"): 480}


@pytest.mark.parametrize(
    "above",
    [
        ("Nadia;Réunion;", "Karim;Vente;"),
        ("Nadia octobre;;", "Karim octobre;;"),
        ("Octobre Nadia;;", "Octobre Karim;;"),
        ("Octobre - Nadia;;", "Octobre - Karim;;"),
        ("Nadia (accueil);;", "Karim (vente);;"),
        ("Nadia à la Halle;;", "Karim au Marché;;"),
        ("Nom : Nadia;;|Lieu : Halle;;", "Nom : Karim;;|Lieu : Marché;;"),
        ("Nom : Nadia  Lieu : Halle;;", "Nom : Karim  Lieu : Marché;;"),
        ("Lieu;Halle;Nadia", "Lieu;Marché;Karim"),
        ("Nadia - Pain;;", "Karim - Tri;;"),
        ("1. Nadia;;", "2. Karim;;"),
        ("Nadia : du 5 au 19 octobre;;", "Karim : du 5 au 19 octobre;;"),
        ("Nadia (CAPE);;", "Karim (CAPE);;"),
        ("Heures Nadia;;", "Heures Karim;;"),
        ("Planning de Nadia;;", "Planning de Karim;;"),
        ("# Nadia;;", "# Karim;;"),
        ("Nadia n°3;;", "Karim n°4;;"),
        ("Nadia;Nadia;Nadia", "Karim;Karim;Karim"),
        ("Nadia – 35h/sem;;", "Karim – 20h/sem;;"),
        ("Le Levain;;|Nadia;;", "Karim;;"),
    ],
)
def test_what_can_be_nobody_beside_a_name_is_not_asked_about(above: tuple[str, ...]) -> None:
    proposal, asked = read(table("r4.csv", *two_tables(*above)), genre="prestation")
    assert minutes(proposal) == BOTH
    assert not any(topic.startswith("personne.") for topic in asked)


LIST = table("personnes.csv", "Nom;Statut", "Nadia Ferrand;CAPE", "Karim Petit;CAPE", "Iris Morel;CAPE")


@pytest.mark.parametrize(
    "above",
    [
        ("Nadia Ferrand - Halle;;", "Karim Petit - Marché;;"),
        ("Nadia - Halle;;", "Karim - Halle;;"),
        ("Halle;Nadia Ferrand;", "Halle;Karim;"),
        ("Nadia Ferrand octobre;;", "Karim Petit octobre;;"),
        ("Nadia - resp. Iris Morel;;", "Karim - resp. Iris Morel;;"),
    ],
)
def test_the_list_of_people_tells_which_word_is_somebody(above: tuple[str, ...]) -> None:
    proposal, asked = read(table("r4.csv", *two_tables(*above)), LIST, genre="prestation")
    assert minutes(proposal) == {("Nadia Ferrand", "2026-10"): 360, ("Karim Petit", "2026-10"): 480}
    assert not any(topic.startswith("personne.") for topic in asked)


def test_somebody_new_stands_where_known_people_do() -> None:
    given = table("r4.csv", *two_tables("Iris Morel - Halle;;", "Zoé - Marché;;"))
    proposal, _ = read(given, LIST, genre="prestation")
    assert minutes(proposal) == {("Iris Morel", "2026-10"): 360, ("Zoé", "2026-10"): 480}


def test_tables_under_words_that_name_nobody_are_asked_about_one_by_one() -> None:
    said = {
        "personne_r4_equipea": "Nadia Ferrand",
        "personne_r4_equipeb": "Karim Petit",
        "personne_r4_partie1": "aucune",
    }
    proposal, _ = read(table("r4.csv", *two_tables("Équipe A;;", "Équipe B;;")), LIST, genre="prestation", **said)
    assert minutes(proposal) == {("Nadia Ferrand", "2026-10"): 360, ("Karim Petit", "2026-10"): 480}


def test_a_week_alone_below_somebody_s_is_hers_and_weeks_of_one_person_are_asked_once() -> None:
    given = two_tables("Nadia;;|Semaine 41;;", "Semaine 43;;", "Karim;;|Semaine 41;;")
    proposal, _ = read(table("r4.csv", *given), genre="prestation")
    assert minutes(proposal) == {("Nadia", "2026-10"): 840, ("Karim", "2026-10"): 600}
    _, asked = read(table("r4.csv", *two_tables("Nadia - semaine 41;;", "Nadia - semaine 43;;")), genre="prestation")
    assert len([topic for topic in asked if topic.startswith("personne.")]) == 1


def test_words_that_stand_above_the_lines_of_each_person_are_asked_about_too() -> None:
    facts = ("05/10/2026;Pain;3", "19/10/2026;Tri;3")
    given = table("r4.csv", "Jour;Tâche;Heures", "Nadia - Halle;;", *facts, "Karim - Marché;;", *facts)
    proposal, asked = read(given, genre="prestation")
    assert minutes(proposal) == {("Nadia", "2026-10"): 360, ("Karim", "2026-10"): 360}
    assert "personne.r4.partie2" in asked


def test_words_above_tables_side_by_side_are_no_part_of_their_titles() -> None:
    facts = ("05/10/2026;Pain;3;;05/10/2026;Pain;4", "19/10/2026;Tri;3;;19/10/2026;Tri;4")
    given = ("Nadia;Halle;;;Karim;Marché;", "Jour;Tâche;Heures;;Jour;Tâche;Heures", *facts)
    proposal, asked = read(table("r4.csv", *given), genre="prestation")
    assert minutes(proposal) == BOTH
    assert "personne.r4.partie2" in asked


def test_a_name_in_the_corner_of_each_table_says_whose_it_is() -> None:
    facts = ["05/10/2026;Pain;3", "19/10/2026;Tri;3"]
    more = [each.replace(";3", ";4") for each in facts]
    given = table("r4.csv", "Nadia;Tâche;Heures", *facts, ";;", "Karim;Tâche;Heures", *more)
    proposal, asked = read(given, genre="prestation")
    assert minutes(proposal) == BOTH
    assert not any(topic.startswith("personne.") for topic in asked)


def test_days_only_numbered_across_each_table_do_not_make_one_table_of_them() -> None:
    given: list[str] = []
    for name, hours in (("Nadia - Halle", 3), ("Karim - Marché", 4)):
        given += [f"{name} - octobre 2026;;;;;", "Tâche;1;2;3;4;5", f"Pain;{hours};;;;", f"Tri;;;;{hours};", ";;;;;"]
    proposal, _ = read(table("r4.csv", *given), genre="prestation")
    assert minutes(proposal) == BOTH


@pytest.mark.parametrize(
    "above",
    [
        "Prénom : {};;|Nom : {};;",
        "Prénom : {};Nom : {};",
        "Prénom;{};Nom;{}",
    ],
)
def test_a_first_name_and_a_family_name_are_one_person(above: str) -> None:
    given = two_tables(above.format("Nadia", "Ferrand"), above.format("Karim", "Petit"))
    proposal, _ = read(table("r4.csv", *given), genre="prestation")
    assert minutes(proposal) == {("Nadia Ferrand", "2026-10"): 360, ("Karim Petit", "2026-10"): 480}


@pytest.mark.parametrize("again", ["Nadia", ""])
def test_a_column_of_names_without_a_title_is_offered_where_nothing_else_tells(again: str) -> None:
    given = (f"{again or 'Karim'};05/10/2026;3", f"{again};06/10/2026;3", "Zoé;07/10/2026;4")
    proposal, asked = read(table("r4.csv", ";Jour;Heures", *given), genre="prestation")
    assert minutes(proposal) == {(again or "Karim", "2026-10"): 360, ("Zoé", "2026-10"): 240}
    assert "colonne.personne" in asked


@pytest.mark.parametrize("above", [("Projet A;;", "Projet B;;"), ("Projet A - Tri;;", "Projet B;;")])
def test_words_that_name_nobody_may_all_be_of_one_person(above: tuple[str, ...]) -> None:
    given = table("r4.csv", *two_tables(*above))
    said = {f"personne_r4_partie{size}": "une" for size in (1, 2)}
    proposal, asked = read(given, genre="prestation", **said, **{"personne_r4@jourtacheheures": "Zoé"})
    assert minutes(proposal) == {("Zoé", "2026-10"): 840}
    assert len([topic for topic in asked if topic.startswith("personne.")]) == 2


INSIDE = {
    "in two cells": ("Nadia;Halle;", "Karim;Marché;"),
    "with a label": ("Nom;Nadia;", "Nom;Karim;"),
    "a week below": ("Nadia;;|Semaine 41;;", "Karim;;|Semaine 41;;"),
    "a month first": ("Octobre 2026;;|Nadia;;", "Karim;;"),
    "above the hours": (";;Nadia", ";;Karim"),
    "two lines": ("Nadia;;|Halle;;", "Karim;;|Halle;;"),
}


@pytest.mark.parametrize("heads", INSIDE.values(), ids=INSIDE.keys())
@pytest.mark.parametrize("below", [(), ("Total;;6",)])
def test_words_alone_in_a_table_say_whose_the_lines_below_are(heads: tuple[str, ...], below: tuple[str, ...]) -> None:
    lines = [
        line
        for hours, head in enumerate(heads, 3)
        for line in (*head.split("|"), f"05/10/2026;Pain;{hours}", f"19/10/2026;Tri;{hours}", *below)
    ]
    proposal, asked = read(table("r4.csv", "Jour;Tâche;Heures", *lines), genre="prestation")
    assert minutes(proposal) == BOTH
    assert "personne.r4" not in asked


@pytest.mark.parametrize("above", ["Nadia;;", "Nadia;Halle;", "Nadia;;|;;"])
def test_somebody_above_the_titles_and_others_below_are_asked_about_together(above: str) -> None:
    (first, *gap), word = above.split("|"), above.count("Halle")
    facts = ("05/10/2026;Pain;3", "19/10/2026;Tri;3", "Karim;Halle;" if word else "Karim;;", "05/10/2026;Pain;8")
    given = table("r4.csv", first, *gap, "Jour;Tâche;Heures", *facts)
    proposal, asked = read(given, genre="prestation")
    assert minutes(proposal) == BOTH
    assert f"personne.r4.partie{1 + word}" in asked


def test_totals_that_name_people_say_whose_the_lines_above_are() -> None:
    facts = ("05/10/2026;Pain;3", "19/10/2026;Tri;3", "Total Nadia;;6", "05/10/2026;Pain;8", "Total Karim;;8")
    proposal, asked = read(table("r4.csv", "Jour;Tâche;Heures", *facts), genre="prestation")
    assert minutes(proposal) == BOTH
    assert "personne.r4.partie1" in asked
    facts = ("05/10/2026;Pain;3", "Total Pain;;3", "19/10/2026;Tri;3", "Total Tri;;3")
    _, asked = read(table("r4.csv", "Jour;Tâche;Heures", *facts), genre="prestation", personne_r4="Zoé")
    assert [topic for topic in asked if topic.startswith("personne.")] == ["personne.r4"]


@pytest.mark.parametrize("above", ["Nadia - Halle", "Nadia"])
def test_days_of_the_week_that_hold_nothing_are_no_people(above: str) -> None:
    given: list[str] = []
    for who, hours in ((above, 3), (above.replace("Nadia", "Karim"), 4)):
        given += [f"{who};;;;", "Semaine;Lundi;Mardi;Mercredi;Jeudi", f"S41;;{hours};;", f"S42;;{hours};;", ";;;;"]
    proposal, asked = read(table("heures 2026.csv", *given), genre="prestation")
    assert minutes(proposal) == BOTH
    assert "personnes.colonnes" not in asked


def test_tables_under_nothing_that_share_days_may_be_of_several_people() -> None:
    signed = two_tables("Feuille de temps;;", "Feuille de temps;;", between=("Signature :;;", ";;"))
    said = {"personne_r4_dutableaun1": "Nadia", "personne_r4_dutableaun2": "Karim", "personne_r4_partie0": "aucune"}
    proposal, _ = read(table("r4.csv", *signed), genre="prestation", **said)
    assert minutes(proposal) == BOTH
    said = {"personne_r4@jourtacheheures": "Nadia", "personne_r4_partie0": "une"}
    proposal, _ = read(table("r4.csv", *signed), genre="prestation", **said)
    assert minutes(proposal) == {("Nadia", "2026-10"): 840}


def test_every_word_above_one_table_is_offered_and_the_name_of_its_sheet_may_be_that_of_the_place() -> None:
    facts = [["Jour", "Tâche", "Heures"], ["05/10/2026", "Pain", 3]]
    sheets = {place: [[f"{who} - {place}"], *facts] for who, place in (("Nadia", "Halle"), ("Karim", "Marché"))}
    given, seen = workbook("r4.xlsx", sheets), list[list[str]]()
    recipe = Recipe()
    for _ in range(4):
        proposal = propose([given, table("factures.csv", SOLD)], "Essai", recipe, Findings())
        asked = [each for each in proposal.questions if each.doubt.topic.startswith("personne")]
        seen += [[value for value, _ in each.doubt.options] for each in asked]
        recipe = proposal.answer(asked[0], "autre") if asked and asked[0].parts else recipe
    assert any({"Nadia", "Halle"} <= {*options} for options in seen)
    assert any({"Karim", "Marché"} <= {*options} for options in seen)


def test_remarks_among_the_lines_of_a_table_are_nobody() -> None:
    facts = ("05/10/2026;Pain;3", ";Voir avec Karim;", "19/10/2026;Tri;3", ";Four en panne;")
    _, asked = read(table("r4.csv", "Jour;Tâche;Heures", *facts), genre="prestation", personne_r4="Zoé")
    assert [topic for topic in asked if topic.startswith("personne.")] == ["personne.r4"]


def test_places_alone_in_the_table_of_somebody_are_nobody() -> None:
    facts = ("05/10/2026;Pain;3", "Marché;;", "19/10/2026;Tri;3")
    given = table("r4.csv", "Nom : Nadia;;", "Jour;Tâche;Heures", "Halle;;", *facts)
    proposal, _ = read(given, genre="prestation")
    assert minutes(proposal) == {("Nadia", "2026-10"): 360}


@pytest.mark.parametrize(
    "above", [("Prévu;;", "Réalisé;;"), ("Zoé - prévu;;", "Zoé - fait;;"), ("Planning;;", "Heures réalisées;;")]
)
def test_a_table_of_what_was_planned_is_left_beside_that_of_what_was_done(above: tuple[str, ...]) -> None:
    given = table("heures Zoé.csv", *two_tables(*above))
    proposal, _ = read(given, genre="prestation", personne_heureszoe="Zoé")
    assert minutes(proposal) == {("Zoé", "2026-10"): 480}
    assert any("prévu" in each for each in proposal.heeded)


def test_sums_below_the_hours_of_somebody_make_no_second_table_of_hers() -> None:
    sums = ("Récapitulatif;;", "Tâche;Heures;", "Pain;3;", "Tri;3;")
    given = table("heures Nadia Ferrand.csv", *two_tables("Feuille de temps;;"), *sums)
    proposal, asked = read(given, LIST, genre="prestation")
    assert minutes(proposal) == {("Nadia Ferrand", "2026-10"): 360}
    assert not any(topic.startswith("personne.") for topic in asked)


def test_sums_of_each_person_under_her_name_are_hers() -> None:
    sums = ("Nadia;", "Tâche;Heures", "Pain;3", "Tri;3", ";", "Karim;", "Tâche;Heures", "Pain;4", "Tri;4")
    proposal, _ = read(table("heures octobre 2026.csv", *sums), genre="prestation")
    assert minutes(proposal) == BOTH


def test_a_table_under_nothing_is_not_of_somebody_whose_name_stands_above_the_next_one() -> None:
    given = table("r4.csv", *two_tables("Octobre 2026;;", "Karim;;"))
    proposal, _ = read(given, genre="prestation", personne_r4_dutableaun1="Zoé", personne_r4_partie1="1")
    assert minutes(proposal) == {("Zoé", "2026-10"): 360, ("Karim", "2026-10"): 480}


@pytest.mark.parametrize(("said", "whose"), [("1", {"Nadia Ferrand": 840}), ("2", {"Zoé": 360, "Omar": 480})])
@pytest.mark.parametrize("people", [(), (LIST,)])
def test_a_sheet_of_somebody_with_names_above_its_tables_is_asked_about(
    said: str, whose: dict[str, int], people: tuple[GivenFile, ...]
) -> None:
    rows = [line.split(";") for line in two_tables("Zoé;;", "Omar;;")]
    given = workbook("r4.xlsx", {"Nadia Ferrand": rows})
    proposal, asked = read(given, *people, genre="prestation", personne_r4_partie2=said)
    assert minutes(proposal) == {(who, "2026-10"): time for who, time in whose.items()}
    assert "personne.r4.partie2" in asked


def test_a_kind_of_work_above_one_table_makes_nobody_of_the_word_above_another() -> None:
    said = {"personne_r4_accueil": "Nadia", "personne_r4_livraison": "Nadia", "personne_r4_partie1": "aucune"}
    proposal, _ = read(table("r4.csv", *two_tables("Accueil;;", "Livraison;;")), genre="prestation", **said)
    assert minutes(proposal) == {("Nadia", "2026-10"): 840}


def test_the_answer_holds_for_the_next_month() -> None:
    first = table(
        "heures octobre.csv", *two_tables("Nadia - Halle - octobre 2026;;", "Karim - Marché - octobre 2026;;")
    )
    given, recipe = [first, table("factures.csv", SOLD)], Recipe()
    while (proposal := propose(given, "Essai", recipe, Findings())).questions:
        question = proposal.questions[0]
        topic = question.doubt.topic
        recipe = proposal.answer(question, "prestation" if topic == "genre" else question.doubt.options[0][0])
    after = two_tables("Nadia - Marché - novembre 2026;;", "Karim - Halle - novembre 2026;;", month="11")
    second = propose([table("heures novembre.csv", *after), given[1]], "Essai", recipe.lasting, Findings())
    assert not second.questions
    assert minutes(second) == {("Nadia", "2026-11"): 360, ("Karim", "2026-11"): 480}
