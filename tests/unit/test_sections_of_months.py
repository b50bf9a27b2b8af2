"""Several months one under the other on a sheet, their days only numbered below the name of each."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sheet, table

HOURS = {
    ("Maël", "2026-09"): 270,
    ("Sita", "2026-09"): 180,
    ("Maël", "2026-10"): 240,
    ("Sita", "2026-10"): 75,
}
SEPTEMBER, OCTOBER = (("mar 1", "2,5", ""), ("ven 4", "2", "3")), (("jeu 1", "4", ""), ("lun 12", "", "1h15"))


def _lines(days: tuple[tuple[str, str, str], ...], named: bool) -> list[str]:
    return [";".join((day if named else day.split()[1], *rest)) for day, *rest in days]


HEAD, SUMS = "Jour;Maël;Sita", ("Total;4,5;3", "Total;4;1h15")
LAYOUTS = {
    "titles again": lambda a, b: ["SEPTEMBRE 2026", HEAD, *a, SUMS[0], "", "OCTOBRE 2026", HEAD, *b, SUMS[1]],
    "no empty line": lambda a, b: ["Septembre 2026;;", HEAD, *a, SUMS[0], "Octobre 2026;;", HEAD, *b, SUMS[1]],
    "titles once, with sums": lambda a, b: [HEAD, "SEPTEMBRE 2026;;", *a, SUMS[0], "OCTOBRE 2026;;", *b, SUMS[1]],
    "the year above": lambda a, b: ["HEURES 2026", "", "SEPT", HEAD, *a, "", "OCT", HEAD, *b],
    "titles once": lambda a, b: [HEAD, "SEPTEMBRE 2026;;", *a, "OCTOBRE 2026;;", *b],
    "months as titles": lambda a, b: ["Heures 2026", "SEPTEMBRE;Maël;Sita", *a, "Total;4,5;3", "OCTOBRE;Maël;Sita", *b],
    "a year in the corner": lambda a, b: ["2026;Maël;Sita", "septembre", *a, "octobre", *b],
    "an empty corner": lambda a, b: [";Maël;Sita", "09/2026", *a, "10/2026", *b],
    "in the middle": lambda a, b: [f";{'SEPTEMBRE 2026'};", HEAD, *a, "", ";OCTOBRE 2026;", HEAD, *b],
    "merged over the table": lambda a, b: [HEAD, ";".join(["SEPT 2026"] * 3), *a, ";".join(["OCT 2026"] * 3), *b],
    "other words around": lambda a, b: ["SEPTEMBRE 2026 - heures", HEAD, *a, "OCTOBRE 2026 : heures", HEAD, *b],
    "s/total": lambda a, b: [HEAD, "septembre 2026", *a, "s/total;4,5;3", "octobre 2026", *b, "s/total;4;1h15",
                             "TOTAL;8,5;4h15"],
    "said around": lambda a, b: ["Mois de septembre 2026", HEAD, *a, "", "Mois d'octobre 2026", HEAD, *b],
}  # fmt: skip


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_days_are_those_of_the_month_above_their_lines(layout: str, named: bool) -> None:
    lines = LAYOUTS[layout](_lines(SEPTEMBER, named), _lines(OCTOBER, named))
    proposal, asked = read(table("heures.csv", *lines), genre="commun")
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == HOURS
    assert not [each for each in proposal.heeded if "ce total" in each]


def test_people_may_move_from_one_month_to_the_next() -> None:
    rows = (
        ["HEURES 2026"], [], ["AVRIL"], ["Jour", "Maël", "Sita"], ["mer 1", 3, None], ["mar 7", 2.5, 4],
        ["Total", 5.5, 4], [], ["MAI"], ["Jour", "Sita", "Tom"], ["lun 4", 4, 2],
        ["mar 12", None, 3.25], ["Total", 4, 5.25],
    )  # fmt: skip
    proposal, _ = read(sheet("Heures.xlsx", *rows), genre="commun")
    assert minutes(proposal) == {
        ("Maël", "2026-04"): 330, ("Sita", "2026-04"): 240, ("Sita", "2026-05"): 240, ("Tom", "2026-05"): 315
    }  # fmt: skip
    assert not [each for each in proposal.heeded if "ce total" in each]


def test_a_line_for_each_person_and_day() -> None:
    lines = ("Jour;Qui;Durée;Tâche", "SEPTEMBRE 2026;;;", "1;Maël;2,5;tri", "4;Maël;2;tri", "4;Sita;3;tri",
             "OCTOBRE 2026;;;", "1;Maël;4;tri", "12;Sita;1h15;tri")  # fmt: skip
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert minutes(proposal) == HOURS


def test_the_year_is_asked_once_where_nothing_tells_it() -> None:
    lines = ("DÉCEMBRE", HEAD, "30;1;2", "31;1;", "", "JANVIER", HEAD, "4;3;", "5;;1")
    proposal, asked = read(table("heures.csv", *lines), genre="commun", annee="2025")
    assert asked[0] == "annee"
    assert minutes(proposal) == {
        ("Maël", "2025-12"): 120, ("Sita", "2025-12"): 120, ("Maël", "2026-01"): 180, ("Sita", "2026-01"): 60
    }  # fmt: skip


@pytest.mark.parametrize(("day", "why"), [("lun 2", "est un vendredi"), ("31", "« 31 septembre 2026 »")])
def test_a_day_that_its_month_denies_is_refused_where_it_stands(day: str, why: str) -> None:
    october = f"{day};1;" if day != "31" else "30;1;"
    september = "31;1;2" if day == "31" else "1;1;2"
    lines = ("SEPTEMBRE 2026", HEAD, "1;1;2", september, "", "OCTOBRE 2026", HEAD, "1;3;", october)
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert why in str(proposal.refusal)


def test_numbers_of_lines_are_no_days() -> None:
    lines = ("N°;Client;Montant HT;TVA;Date", "SEPTEMBRE 2026;;;;", "1;Mairie;100;20;02/09/2026",
             "2;École;50;10;03/09/2026", "OCTOBRE 2026;;;;", "3;Musée;80;16;01/10/2026")  # fmt: skip
    proposal, _ = read(table("ventes.csv", *lines), table("h.csv", "Date;Qui;Durée", "02/09/2026;Maël;1h"), sold="",
                       genre="commun")  # fmt: skip
    assert "01/09/2026" not in str(proposal.refusal)


def test_names_of_days_may_stand_in_a_column_before_their_numbers() -> None:
    lines = ("HEURES 2026", "SEPTEMBRE", "Jour;;Maël;Sita", "mar;1;2,5;", "ven;4;2;3", "Total;;4,5;3", "",
             "OCTOBRE", "Jour;;Maël;Sita", "jeu;1;4;", "lun;12;;1h15", "Total;;4;1h15")  # fmt: skip
    proposal, asked = read(table("heures.csv", *lines), genre="commun")
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == HOURS


def test_days_that_say_their_month_take_their_year_above() -> None:
    lines = (
        HEAD,
        "Septembre 2026",
        "mardi 1er septembre;2,5;",
        "4 sept.;2;3",
        "Octobre 2026",
        "01/10;4;",
        "12/10;;1h15",
    )
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert minutes(proposal) == HOURS


@pytest.mark.parametrize("again", ["", "septembre", "Septembre 2026"])
def test_a_month_may_stand_in_a_column_beside_the_numbers_of_its_days(again: str) -> None:
    lines = ("Mois;Jour;Maël;Sita", "septembre;1;2,5;", f"{again};4;2;3", "octobre;jeu 1;4;", ";12;;1h15")
    proposal, _ = read(table("heures 2026.csv", *lines), genre="commun")
    assert minutes(proposal) == HOURS


LEFT_TO_RIGHT = {
    "titles again": ("AVRIL 2026", "Nom;1;2;3", *(ONES := ("Maël;1;;2", "Sita;;2;")), "MAI 2026", "Nom;1;2;3", *ONES),
    "an empty line": ("AVRIL 2026", "Nom;1;2;3", *ONES, "", "MAI 2026", "Nom;1;2;3;4", *ONES),
    "named days": ("Avril 2026", "Nom;mer 1;jeu 2;ven 3", *ONES, "Mai 2026", "Nom;ven 1;sam 2;dim 3", *ONES),
    "titles once": ("Nom;1;2;3", "AVRIL 2026", *ONES, "Total;1;2;2", "MAI 2026", *ONES, "Total;1;2;2"),
    "months as titles": ("HEURES 2026", "AVRIL;1;2;3;Total", "Maël;1;;2;3", "Sita;;2;;2", "MAI;1;2;3;Total",
                         "Maël;1;;2;3", "Sita;;2;;2"),
    "an empty corner": ("2026", "AVRIL", ";1;2;3", *ONES, "MAI", ";1;2;3", *ONES),
}  # fmt: skip


@pytest.mark.parametrize("layout", LEFT_TO_RIGHT)
def test_days_from_left_to_right_are_those_of_the_month_above_them(layout: str) -> None:
    proposal, asked = read(table("heures.csv", *LEFT_TO_RIGHT[layout]), genre="commun")
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {
        (who, f"2026-0{month}"): many for who, many in (("Maël", 180), ("Sita", 120)) for month in (4, 5)
    }
    assert not [each for each in proposal.heeded if "ce total" in each]


@pytest.mark.parametrize(
    ("days", "why"), [("Nom;29;30;31", "le 31 n'existe pas"), ("Nom;mer 1;ven 2;sam 4", "est un jeudi")]
)
def test_a_title_that_its_month_denies_is_refused_where_something_stands_below(days: str, why: str) -> None:
    lines = ("AVRIL 2026", days, "Maël;1;2;2", "Sita;1;;1", "MAI 2026", "Nom;1;2;3", "Maël;1;;2")
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert why in str(proposal.refusal)


def test_sums_of_months_are_no_numbers_of_days() -> None:
    lines = ("Mois;Maël;Sita;Tom", "Janvier;1;2;3", "Février;2;3;4", "Mars;5;6;7")
    proposal, _ = read(table("heures 2026.csv", *lines), genre="commun")
    assert minutes(proposal)["Tom", "2026-03"] == 420


def test_ticks_under_days_from_left_to_right() -> None:
    lines = ("AVRIL 2026", "Nom;1;2;3", "Maël;x;;x", "Sita;;✓;", "MAI 2026", "Nom;1;2;3", "Maël;x;;", "Sita;✓;;x")
    proposal, asked = read(table("présences.csv", *lines), genre="commun", presence="1h")
    assert asked == ["presence", "genre", "personnes.cape"]
    assert minutes(proposal) == {
        ("Maël", "2026-04"): 120, ("Sita", "2026-04"): 60, ("Maël", "2026-05"): 60, ("Sita", "2026-05"): 120
    }  # fmt: skip


@pytest.mark.parametrize("corner", ["Jour", "2026", ""])
def test_times_that_rise_beside_a_day_are_no_days(corner: str) -> None:
    lines = ("Heures 2026", "AVRIL", f"{corner};Maël;Sita", "1;2;3", "4;5;6", "MAI", f"{corner};Maël;Sita", "1;2;3")
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert minutes(proposal) == {
        ("Maël", "2026-04"): 420, ("Sita", "2026-04"): 540, ("Maël", "2026-05"): 120, ("Sita", "2026-05"): 180
    }  # fmt: skip
