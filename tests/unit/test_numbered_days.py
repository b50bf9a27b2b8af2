"""Days that are only numbered are those of the week above, or of the month that their names prove; else it is asked."""

from __future__ import annotations

import pytest

from kpa_model.files.book.reading.dated.weeks import said_in
from tests.given_tables import minutes, read, table, workbook

LINES = ("Zoé;1h;2h;3h;4h;5h", "Malik;;1h;1h;1h;")
NAMED = "Nom;lun. 29;mar. 30;mer. 1;jeu. 2;ven. 3"
SPLIT = {("Zoé", "2026-06"): 180, ("Zoé", "2026-07"): 720, ("Malik", "2026-06"): 60, ("Malik", "2026-07"): 120}


@pytest.mark.parametrize("days", [NAMED, "Nom;L 29;M 30;M 1;J 2;V 3", "Nom;29;30;1;2;3", "Nom;lundi 29;30;1;2;3"])
@pytest.mark.parametrize(
    "above",
    [
        "Semaine 27 — du 29 juin au 5 juillet 2026",
        "Semaine du 29/06/2026 au 05/07/2026",
        "S27 : 29/6 au 3/7",
        "Du 29/06 au 03/07",
        "Heures de juillet 2026",
        "Juin 2026",
    ],
)
def test_a_week_over_two_months_keeps_each_day_in_its_month(above: str, days: str) -> None:
    proposal, asked = read(table("relevé.csv", above, "", days, *LINES), genre="commun")
    assert not [topic for topic in asked if topic.startswith("mois")]
    assert minutes(proposal) == SPLIT


def test_a_week_over_two_years() -> None:
    week = ("Semaine du 28 décembre 2026 au 3 janvier 2027", "", "Nom;lun 28;mar 29;mer 30;jeu 31;ven 1")
    proposal, _ = read(table("relevé.csv", *week, *LINES), genre="commun")
    assert minutes(proposal)["Zoé", "2027-01"] == 300


@pytest.mark.parametrize("days", ["Nom;lun 1;mar 2;mer 3;jeu 4;ven 5", "Nom;lun 28;mar 29;mer 30;jeu 31;ven 1"])
def test_names_that_no_day_bears_are_asked_about(days: str) -> None:
    names = table("relevé.csv", "Octobre 2026", "", days, *LINES)
    proposal, asked = read(names, genre="commun")
    assert sum(topic.startswith("mois") for topic in asked) == 1
    assert ("Zoé", "2026-10") not in minutes(proposal)
    meant, _ = read(names, genre="commun", mois_relevecsv="2026-10")
    assert ("Zoé", "2026-10") in minutes(meant)


@pytest.mark.parametrize(
    "days", ["Nom;lun 28/10;mar 29/10;mer 30/10", "Nom;mer 28/10/2026;jeu 29/10/2026;sam 30/10/2026"]
)
def test_a_whole_day_with_the_name_of_another_is_refused(days: str) -> None:
    proposal, _ = read(table("Heures 2026.csv", days, "Zoé;1h;2h;3h", "Malik;;1h;1h"), genre="commun")
    assert "est un " in str(proposal.refusal)


def test_a_line_whose_day_has_the_name_of_another_is_refused() -> None:
    lines = ("Jour;Nom;Durée", "mardi 29/09/2026;Zoé;3h", "mardi 30/09/2026;Zoé;2h")
    proposal, _ = read(table("heures.csv", *lines), genre="commun")
    assert "« mardi 30/09/2026 » : le 30/09/2026 est un mercredi." in str(proposal.refusal)


@pytest.mark.parametrize("above", ["Semaine 27", "Juillet 2026", "Juin 2026"])
def test_lines_of_a_week_over_two_months(above: str) -> None:
    days = [f"{day};{who};1h" for who in ("Zoé", "Malik") for day in ("lun 29", "mar 30", "mer 1", "jeu 2")]
    proposal, _ = read(table("relevé.csv", above, "", "Jour;Nom;Durée", *days), genre="commun")
    assert minutes(proposal) == {(who, f"2026-0{month}"): 120 for who in ("Zoé", "Malik") for month in (6, 7)}


@pytest.mark.parametrize("file", ["Planning S27-S29.csv", "Heures S2 2026.csv", "S27 à 29.csv", "heures S28.csv"])
def test_the_week_of_a_line_wins_over_that_of_the_file(file: str) -> None:
    days = "Semaine;Nom;lundi;mardi;mercredi;jeudi;vendredi"
    proposal, _ = read(
        table(file, days, "27;Zoé;1h;2h;3h;4h;5h", "27;Malik;;1h;1h;1h;", "29;Malik;;;;;6h"), genre="commun"
    )
    assert minutes(proposal) == {**SPLIT, ("Malik", "2026-07"): 480}


@pytest.mark.parametrize("text", ["Planning S40-S44", "semaines 40 à 44", "Heures S2 2026", "2026 S1", "S40_41"])
def test_several_weeks_or_half_a_year_are_not_a_week(text: str) -> None:
    assert said_in([text]) is None


@pytest.mark.parametrize(("text", "week"), [("S40 - 28 personnes", 40), ("Heures S2", 2), ("semaine 36 2026", 36)])
def test_one_week_is_one(text: str, week: int) -> None:
    found = said_in([text])
    assert found is not None
    assert found.number == week


@pytest.mark.parametrize("above", ["Semaine 28", "Semaine du 06/07/2026", "Semaine 27, du 06/07/2026 au 12/07/2026"])
@pytest.mark.parametrize(("said", "month"), [("29/06/2026", "2026-06"), ("06/07/2026", "2026-07")])
def test_a_title_that_says_another_week_than_its_sheet_is_asked_about(above: str, said: str, month: str) -> None:
    rows = [[above], [], ["Nom", "lundi", "mardi", "mercredi"], ["Zoé", 1, 2, 3], ["Malik", 2, 1, 1]]
    file = workbook("heures.xlsx", {"S27": rows})
    proposal, asked = read(file, genre="commun", mois_semaine_heuresxlsxs27=said)
    assert sum(topic.startswith("mois.semaine") for topic in asked) == 1
    assert minutes(proposal)["Zoé", month] >= 180


def test_a_title_that_says_the_week_of_its_sheet_asks_nothing() -> None:
    rows = [["Semaine 27, du 29 juin au 3 juillet 2026"], ["Nom", "lundi", "mardi", "mercredi"], ["Zoé", 1, 2, 3]]
    _, asked = read(workbook("heures.xlsx", {"S27": rows}), genre="commun")
    assert not [topic for topic in asked if topic.startswith("mois")]


@pytest.mark.parametrize("letters", [[], ["J", "V", "L", "M"], ["jeu", "ven", "lun", "mar"]])
@pytest.mark.parametrize("total", [True, False])
def test_days_under_an_empty_corner_are_those_of_the_month_around(letters: list[str], total: bool) -> None:
    hours = {1: (2, 3), 2: (4, 3), 5: (6, ""), 6: ("", 6)}
    rows = [[day, *letters[at : at + 1], *each] for at, (day, each) in enumerate(hours.items())]
    ends = [["Total", *[""] * bool(letters), 12, 12]] if total else []
    page = [["OCTOBRE 2026"], [], ["", *[""] * bool(letters), "Zoé", "Malik"], *rows, *ends]
    proposal, asked = read(workbook("relevés.xlsx", {"Octobre 26": page}))
    assert not [topic for topic in asked if topic.startswith("mois")]
    assert proposal.reading is not None
    worked = {(each.member, f"{each.on:%d/%m}"): each.minutes for each in proposal.reading.book.hours}
    assert worked["Zoé", "02/10"] == 240
    assert worked["Malik", "06/10"] == 360
    assert minutes(proposal) == {("Zoé", "2026-10"): 720, ("Malik", "2026-10"): 720}
