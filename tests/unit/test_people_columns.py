"""Columns that are people: any first name, known or not; what is not sure is asked, and never one column alone read."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read, sheet, table


def grid(names: str, *lines: str) -> tuple[dict[str, int], list[str], str]:
    """Read a grid of hours; return the minutes of each person, the topics asked, and the notes."""
    proposal, asked = read(table("heures.csv", f"Jour;quoi;{names};TOTAL jour", *lines))
    told = {who: sum(each for (name, _), each in minutes(proposal).items() if name == who) for who in names.split(";")}
    return told, asked, " ".join(proposal.notes)


LINES = ("02/09/2026;couture;3h00;1h30;;4h30", "03/09/2026;livraison;;2h00;0h45;2h45")


@pytest.mark.parametrize(
    "names",
    ["Samira;Marie;Lou", "Dimitri;Jeudy;Vénus", "Sam;Marc;Lunja", "Maître Kong;P'tit Jo;Mercédès", "Sam;nadège;yann"],
)
def test_any_first_name_is_a_column_of_hours(names: str) -> None:
    first, second, third = names.split(";")
    told, _, _ = grid(names, *LINES)
    assert told == {first: 180, second: 210, third: 45}


@pytest.mark.parametrize("names", ["nadège;yann;lou", "Équipe 1;Équipe 2;Équipe 3"])
def test_titles_that_may_be_people_are_asked(names: str) -> None:
    first, second, third = names.split(";")
    told, asked, _ = grid(names, *LINES)
    assert asked[0] == "personnes.colonnes"
    assert told == {first: 180, second: 210, third: 45}


def test_nobody_is_read_alone_when_the_group_says_that_no_column_is_a_person() -> None:
    lines = ("02/09/2026;couture;3h00;1h30;;4h30", "03/09/2026;livraison;;2h00;0h45;2h45")
    proposal, _ = read(table("heures.csv", "Jour;quoi;a;b;c;TOTAL jour", *lines), personnes_colonnes="", table="heures")
    assert proposal.reading is None


def test_what_two_columns_prove_by_their_content_alone_is_not_read() -> None:
    proposal, asked = read(table("temps.csv", "Qui;Jour;Sur place (1);À distance (2)", "Awa;02/09/2026;3h00;1h00"))
    assert "colonne.duree" in asked or proposal.reading is None


@pytest.mark.parametrize("total", ["Total semaine 36", "Sous-total S36", "TOTAL sem. 36"])
def test_the_total_of_a_week_is_checked_against_that_week_alone(total: str) -> None:
    lines = (*LINES, f"{total};;3h00;3h30;0h45;7h15", "08/09/2026;couture;1h00;;;1h00")
    right = (*lines, total.replace("36", "37") + ";;1h00;0h00;0h00;1h00", "TOTAL;;4h00;3h30;0h45;8h15")
    told, _, notes = grid("Samira;Marie;Lou", *right)
    assert told == {"Samira": 240, "Marie": 210, "Lou": 45}
    assert "ce total" not in notes
    wrong = (*lines, total.replace("36", "37") + ";;2h00;0h00;0h00;2h00")
    assert "les cases font 1\u00a0h." in grid("Samira;Marie;Lou", *wrong)[2]


@pytest.mark.parametrize("remark", ["Lou absente du 17 au 19 (formation)", "TVA 20 % sur tout", "Merci !"])
def test_a_text_under_the_table_is_told_and_stops_nothing(remark: str) -> None:
    told, _, notes = grid("Samira;Marie;Lou", *LINES, ";;;;;", remark)
    assert told["Lou"] == 45
    assert f"« {remark} » est écrit sous le tableau" in notes
    long = ("personne;date;genre;duree", "Awa;02/09/2026;commun;3h", ";;;", remark)
    assert minutes(read(table("heures.csv", *long))[0]) == {("Awa", "2026-09"): 180}


def test_a_saturday_is_a_day_of_its_week() -> None:
    lines = ("Prénom;Lundi;Mardi;Samedi", "Samira;3h;2h;1h", "Lou;1h;;4h")
    proposal, _ = read(table("heures semaine 36 2026.csv", *lines))
    assert minutes(proposal) == {("Samira", "2026-08"): 180, ("Samira", "2026-09"): 180, ("Lou", "2026-08"): 60,
                                 ("Lou", "2026-09"): 240}  # fmt: skip


@pytest.mark.parametrize(
    "titles",
    [
        (";;Heures faites;;;Total jour;Remarques", "Date;Jour;Samira;Marie;Lou;;"),
        ("Date;Jour;Heures faites;;;Total jour;Remarques", ";;Samira;Marie;Lou;;"),
        ("Date;Jour;Heures faites;;;Total jour;Remarques", "Date;Jour;Samira;Marie;Lou;;"),  # « Date » is merged down
    ],
)
def test_names_under_a_title_that_covers_them_all_are_people(titles: tuple[str, str]) -> None:
    lines = (
        "02/09/2026;mercredi;3;1,5;;4,5;",
        "05/09/2026;samedi;;;2;2;marché",
        "Total septembre;;3;1,5;2;6,5;",
        "01/10/2026;jeudi;4;;;4;",
        "Total octobre;;4;0;0;4;",
        "TOTAL;;7;1,5;2;10,5;",
    )
    proposal, _ = read(table("heures.csv", "Atelier : relevé", "", *titles, *lines))
    assert minutes(proposal) == {
        ("Samira", "2026-09"): 180, ("Marie", "2026-09"): 90, ("Lou", "2026-09"): 120, ("Samira", "2026-10"): 240,
    }  # fmt: skip
    assert "ce total" not in " ".join(proposal.notes)


def test_texts_beside_a_table_without_a_title_are_no_titles() -> None:
    lines = ("02/09/2026;Samira;réunion;3h", "le lendemain;Marie;;2h")
    proposal, _ = read(table("heures.csv", "Jour;Personne;;Durée", *lines))
    assert proposal.reading is None
    assert "« le lendemain » n'est pas une date" in str(proposal.refusal).replace("\xa0", " ").replace("’", "'")


@pytest.mark.parametrize("name", ["Septembre 2026.csv", "Planning septembre 2026.csv"])
def test_names_down_a_column_without_a_title_are_people_and_a_month_is_nobody(name: str) -> None:
    days = "Planning septembre 2026;;;\n;1;2;3;Total"
    proposal, asked = read(table(name, days, "Samira;3,5;;7;10,5", "P'tit Jo;;4,25;;4,25", "Total;3,5;4,25;7;14,75"))
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {("Samira", "2026-09"): 630, ("P'tit Jo", "2026-09"): 255}


TASKS = ("Date;Ménage;Repassage;Réunion;Total", "01/09/2026;3;1;;4", "02/09/2026;2;;1,5;3,5", "TOTAL;5;1;1,5;7,5")


@pytest.mark.parametrize("above", ["Nom : Marie;;;;", "Prénom;Marie;;;"])
def test_columns_that_are_kinds_of_work_are_nobody(above: str) -> None:
    proposal, asked = read(table("heures.csv", above, *TASKS))
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {("Marie", "2026-09"): 450}
    assert proposal.reading is not None
    kinds = {each.kind: each.minutes for each in proposal.reading.book.hours if each.kind != "prestation"}
    assert kinds == {"commun": 90}


def test_a_kind_of_work_beside_titles_that_may_be_people_is_asked_about() -> None:
    _, asked = read(table("heures.csv", *TASKS))
    assert asked[0] == "personnes.colonnes"


@pytest.mark.parametrize("title", ["Ton prénom", "Prénom de la personne"])
def test_the_answers_of_a_form_give_their_people(title: str) -> None:
    told = f"Horodateur;{title};Date du travail;Combien de temps ?;Pour quoi ?"
    proposal, _ = read(table("réponses.csv", told, "04/09/2026 18:02;Jade;04/09/2026;3h;Marché",
                             "02/10/2026 20:01;Jade;01/10/2026;45 min;Compta"))  # fmt: skip
    assert minutes(proposal) == {("Jade", "2026-09"): 180, ("Jade", "2026-10"): 45}


def test_first_and_last_names_in_two_columns_make_one_person() -> None:
    rows = ("Nom;Prénom;Date;Nb heures;Type", "Dupré;Alix;02/09/2026;4;Chantier", "Mora;Alix;03/09/2026;7;Réunion")
    proposal, _ = read(table("heures.csv", *rows))
    assert minutes(proposal) == {("Alix Dupré", "2026-09"): 240, ("Alix Mora", "2026-09"): 420}


def test_numbers_of_lines_beside_amounts_are_never_asked_to_be_people() -> None:
    sold = "Id facture;Réf. facture;Date facture;Total HT;Total TVA;Total TTC;Id ligne"
    invoices = table("export.csv", sold, "210;FA1;02/09/2026;50,00;10,00;60,00;2100",
                     "211;FA2;03/09/2026;20,00;4,00;24,00;2110")  # fmt: skip
    hours = table("heures.csv", "personne;date;genre;duree", "Nadège;02/09/2026;commun;3h")
    proposal, asked = read(invoices, hours, sold="")
    assert asked == ["personnes.cape"]
    assert minutes(proposal) == {("Nadège", "2026-09"): 180}


RECAP = (
    "Prénom;Prestation;Appui;Commun;Total",
    "Maya;40h;5h;3h30;48h30",
    "Théo;22h30;;4h;26h30",
    "TOTAL;62h30;5h;7h30;75h",
)


def test_hours_of_a_month_by_person_and_kind_are_asked_to_be_the_whole_month() -> None:
    proposal, asked = read(table("septembre 2026.csv", *RECAP))
    assert asked == ["mois_entier", "personnes.cape"]
    assert minutes(proposal) == {("Maya", "2026-09"): 2910, ("Théo", "2026-09"): 1590}
    assert proposal.reading is not None
    assert {each.kind for each in proposal.reading.book.hours} == {"prestation", "appui", "commun"}


def test_a_summary_of_hours_told_elsewhere_counts_nothing() -> None:
    hours = table("heures.csv", "personne;date;genre;duree", "Maya;02/09/2026;commun;3h")
    proposal, asked = read(hours, table("septembre 2026.csv", *RECAP), mois_entier="non")
    assert asked == ["mois_entier", "personnes.cape"]
    assert minutes(proposal) == {("Maya", "2026-09"): 180}


@pytest.mark.parametrize("title", ["Omar (compta)", "Omar (R.)", "Omar [compta]"])
def test_what_somebody_does_in_brackets_is_not_her_name(title: str) -> None:
    rows = (f"Date;Nadia;Paul;{title};Total", "03/09/2026;3;1;2;6", "04/09/2026;3;2,5;;5,5", "05/09/2026;1;2;4;7")
    proposal, asked = read(table("heures.csv", *rows))
    assert minutes(proposal)["Omar", "2026-09"] == 360
    assert "personnes.colonnes" not in asked


def test_two_people_told_apart_by_brackets_alone_stay_two() -> None:
    rows = ("Date;Omar (R.);Omar (M.);Paul", "03/09/2026;3;1;2", "04/09/2026;3;2;1")
    proposal, _ = read(table("heures.csv", *rows))
    assert minutes(proposal) == {("Omar (R.)", "2026-09"): 360, ("Omar (M.)", "2026-09"): 180, ("Paul", "2026-09"): 180}


@pytest.mark.parametrize("title", ["Km", "3/4", "Nadia/Omar"])
def test_a_column_that_the_totals_need_is_offered_as_somebody(title: str) -> None:
    rows = (f"Date;Nadia;Paul;{title};Total", "03/09/2026;3;1;2;6", "04/09/2026;3;2,5;;5,5", "05/09/2026;1;2;4;7")
    given = [table("heures.csv", *rows), table("personnes.csv", "personne;statut;du", "Nadia;cape;01/01/2026",
             "Paul;cape;01/01/2026")]  # fmt: skip
    question = next(each for each in propose(given, "Essai", Recipe(), Findings()).questions if each.source)
    assert [value for value, _ in question.doubt.options] == [title]


def test_hours_beside_those_of_people_that_are_nobody_s_are_told_first() -> None:
    rows = ("Date;Nadia;Paul;3/4;Km", "03/09/2026;3;1;2;40", "04/09/2026;3;2,5;;12", "05/09/2026;1;2;4;3")
    proposal, _ = read(table("heures.csv", *rows))
    assert [each.split(" : ")[1] for each in proposal.unread] == [
        "la colonne « 3/4 » tient des heures, à côté de celles des personnes. Elle n'est pas lue."
    ]


def test_times_added_up_in_a_cell_are_one_and_what_is_no_time_is_refused() -> None:
    rows = ("Date;Nadia;Paul", "03/09/2026;1h30 + 2h;1", "04/09/2026;3h;1:15+45 min", "05/09/2026;1h;2")
    proposal, _ = read(table("heures.csv", *rows))
    assert minutes(proposal) == {("Nadia", "2026-09"): 450, ("Paul", "2026-09"): 300}
    people = table("personnes.csv", "personne;statut;du", "Nadia;cape;01/01/2026", "Paul;cape;01/01/2026")
    proposal, asked = read(people, table("heures.csv", "Date;Nadia;Paul", "03/09/2026;3;idem", "04/09/2026;idem;2"))
    assert "table" not in asked
    assert "« idem » n'est pas une durée" in str(proposal.refusal)


@pytest.mark.parametrize(
    "name", ["Bilan_2026-09-01_2026-09-30.csv", "bilan 2026-09-01 2026-09-30.csv", "bilan_2026.09.01-2026.09.28.csv"]
)
def test_two_days_in_the_name_of_a_file_tell_their_month(name: str) -> None:
    proposal, asked = read(table(name, "Qui;Projet;Durée", "Ida;Serre;12h", "Noam;Serre;9h30"), genre="commun")
    assert "mois_entier" in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 720, ("Noam", "2026-09"): 570}


def test_a_month_that_is_not_the_right_one_may_be_denied() -> None:
    given = table("bilan septembre 2026.csv", "Qui;Projet;Durée", "Ida;Serre;12h", "Noam;Serre;9h30")
    topic = {"mois_bilanseptembre2026csv": "août 2026"}
    proposal, asked = read(given, genre="commun", mois_entier="autre", **topic)
    assert asked[:2] == ["mois_entier", "mois.bilanseptembre2026csv"]
    assert minutes(proposal) == {("Ida", "2026-08"): 720, ("Noam", "2026-08"): 570}


def test_hours_of_a_whole_month_beside_invoices_are_one_question() -> None:
    rows = (["avril 2026"], ["Prénom", "Heures"], ["Lucie", 31], ["Aymen", 44])
    proposal, asked = read(sheet("equipe.xlsx", *rows))
    assert asked == ["mois_entier", "genre", "personnes.cape"]
    assert minutes(proposal) == {("Lucie", "2026-04"): 31 * 60, ("Aymen", "2026-04"): 44 * 60}
