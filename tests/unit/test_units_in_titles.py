"""A title that counts times in parts of an hour, or in something unknown: asked or told, never dropped in silence."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sheet, table, workbook

LINES = ("Ida;03/06/2026;4;Atelier", "Noam;04/06/2026;8;Atelier", "Ida;05/06/2026;1h;Atelier")


@pytest.mark.parametrize(
    ("title", "one"),
    [
        ("Durée (quarts d'heure)", 15),
        ("Temps (1/4 h)", 15),
        ("Durée [¼ d’heure]", 15),
        ("Temps en dixièmes", 6),
        ("Durée (1/10 h)", 6),
        ("Durée en demi-heures", 30),
        ("Durée (créneaux de 20 min)", 20),
        ("Temps passé (x 10 mn)", 10),
        ("Durée (modules de 1h30)", 90),
        ("Temps en déci-heures", 6),
        ("Ateliers de 1 h 30 animés", 90),
        ("Nombre de leçons de 50 minutes", 50),
        ("Permanences d'1 heure 15", 75),
        ("Veillées (3 h)", 180),
    ],
)
def test_whole_numbers_below_a_part_of_an_hour_are_asked_about(title: str, one: int) -> None:
    given = table("temps.csv", f"Qui;Le;{title};Quoi", *LINES)
    proposal, asked = read(given)
    assert asked.count("duree.unite") == 1
    assert minutes(proposal) == {("Ida", "2026-06"): 4 * one + 60, ("Noam", "2026-06"): 8 * one}
    hours, _ = read(given, duree_unite="h")
    assert minutes(hours) == {("Ida", "2026-06"): 300, ("Noam", "2026-06"): 480}


def test_hundredths_of_an_hour_are_asked_about_when_they_are_whole_and_hours_when_they_are_not() -> None:
    lines = ("Ida;03/06/2026;50;Atelier", "Noam;04/06/2026;125;Atelier")
    proposal, asked = read(table("temps.csv", "Qui;Le;Durée (centièmes);Quoi", *lines))
    assert "duree.unite" in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 30, ("Noam", "2026-06"): 75}
    lines = ("Ida;03/06/2026;7,00;Atelier", "Noam;04/06/2026;3,80;Atelier")
    proposal, asked = read(table("temps.csv", "Qui;Le;Durée (centièmes);Quoi", *lines))
    assert "duree.unite" not in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 420, ("Noam", "2026-06"): 228}


def test_half_days_written_as_a_fraction_are_asked_for_their_length() -> None:
    given = table("temps.csv", "Qui;Le;Durée (1/2 journées);Quoi", "Ida;03/06/2026;2;Atelier")
    proposal, asked = read(given, duree_unite="240")
    assert "duree.unite" in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 480}


def test_people_over_columns_below_parts_of_an_hour_are_asked_about_too() -> None:
    lines = ("Temps en quarts d'heure;;", "Jour;Ida;Noam", "03/06/2026;4;8", "04/06/2026;;6")
    proposal, asked = read(table("temps.csv", *lines))
    assert "duree.unite" in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 60, ("Noam", "2026-06"): 210}


@pytest.mark.parametrize(
    ("title", "one"), [("Ateliers (nb de leçons de 50 min)", 50), ("Veillées de 3h", 180), ("Visites d’1 h 15", 75)]
)
def test_what_a_table_counts_and_how_long_each_one_lasts_is_asked_about(title: str, one: int) -> None:
    rows = [[title], ["Date", "Ida", "Noam"], *([f"{day:02}/06/2026", 2, 3] for day in (2, 3, 4, 9))]
    proposal, asked = read(sheet("ateliers.xlsx", *rows), sommes_ateliers="heures")
    assert "duree.unite" in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 8 * one, ("Noam", "2026-06"): 12 * one}


@pytest.mark.parametrize("title", ["Permanences de 9h à 12h", "Heures (35 h)", "Heures des semaines de 35 h"])
def test_a_time_of_the_clock_or_of_a_contract_is_no_length_of_what_is_counted(title: str) -> None:
    rows = [[title], ["Date", "Ida", "Noam"], *([f"{day:02}/06/2026", 2, 3] for day in (2, 3, 4, 9))]
    proposal, asked = read(sheet("ateliers.xlsx", *rows), sommes_ateliers="heures")
    assert "duree.unite" not in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 8 * 60, ("Noam", "2026-06"): 12 * 60}


@pytest.mark.parametrize("title", ["Durée (points)", "Temps [modules]", "Durée (au forfait)"])
def test_what_is_no_known_unit_is_told_with_what_was_read(title: str) -> None:
    proposal, _ = read(table("temps.csv", f"Qui;Le;{title};Quoi", *LINES))
    assert minutes(proposal) == {("Ida", "2026-06"): 300, ("Noam", "2026-06"): 480}
    said = title.split(" ", 1)[1]
    assert any(f"« {said} »" in each and "en heures" in each for each in proposal.heeded)


@pytest.mark.parametrize("title", ["Heures (terrain)", "Durée (hors pause)", "Durée (h)", "Temps (hh:mm)"])
def test_a_title_that_says_hours_is_asked_nothing(title: str) -> None:
    proposal, asked = read(table("temps.csv", f"Qui;Le;{title};Quoi", *LINES))
    assert "duree.unite" not in asked
    assert not any("unité" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    ("title", "cells", "told"),
    [
        ("Durée (h,min)", ("1,30", "2,05", "0,45"), (90, 125, 45)),
        ("Temps (h.mn)", ("1.30", "2.05", "0.45"), (90, 125, 45)),
        ("Temps en heures, minutes", ("1,30", "2h", "0,45"), (90, 120, 45)),
        ("Durée (hh:mm)", ("1:30", "2:05", "3"), (90, 125, 180)),
        ("Durée (hhmm)", ("0130", "205", "45"), (90, 125, 45)),
        ("Durée (mm:ss)", ("45:30", "12:30", "8"), (45.5, 12.5, 8)),
        ("Temps (min:sec)", ("45:00", "12:00", "1:10:00"), (45, 12, 70)),
        ("Durée (jj:hh:mm)", ("0:01:30", "0:02:05", "2h"), (90, 125, 120)),
        ("Temps (h/mn)", ("1,30", "2,05", "0,45"), (90, 125, 45)),
        ("Durée", ("PT1H30M", "PT45M", "2h"), (90, 45, 120)),
        ("Temps (hh:mm:ss)", ("1:30:00", "2:05:00", "0:45:00"), (90, 125, 45)),
    ],
)
def test_two_units_in_one_number_are_read_as_the_title_says(
    title: str, cells: tuple[str, ...], told: tuple[float, ...]
) -> None:
    lines = [f"Ida;{at:02d}/06/2026;{cell};Atelier" for at, cell in enumerate(cells, 1)]
    proposal, asked = read(table("temps.csv", f"Qui;Le;{title};Quoi", *lines))
    assert "duree.unite" not in asked
    assert minutes(proposal) == {("Ida", "2026-06"): sum(told)}


def test_more_than_sixty_minutes_after_the_comma_are_refused() -> None:
    proposal, _ = read(table("temps.csv", "Qui;Le;Durée (h,mn);Quoi", "Ida;03/06/2026;1,75;Atelier"))
    assert "une heure a 60 minutes" in str(proposal.refusal)


def test_parts_of_a_day_with_a_comma_are_read_once_they_are_told() -> None:
    lines = ("Ida;03/06/2026;0,3125;Atelier", "Noam;04/06/2026;0,208333;Atelier", "Ida;05/06/2026;0,0625;Atelier")
    proposal, asked = read(table("temps.csv", "Qui;Le;Durée;Quoi", *lines))
    assert "duree.unite" in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 540, ("Noam", "2026-06"): 300}


def test_one_figure_of_minutes_is_told() -> None:
    proposal, _ = read(table("temps.csv", "Qui;Le;Durée;Quoi", "Ida;03/06/2026;2h5;Atelier"))
    assert minutes(proposal) == {("Ida", "2026-06"): 125}
    assert any("« 2h5 » est lu 2 h 05" in each for each in proposal.heeded)


def test_hours_and_minutes_under_one_title_are_one_time() -> None:
    lines = (";;Temps;;", "Qui;Le;h;min;Quoi", "Ida;03/06/2026;1;20;Atelier", "Noam;04/06/2026;0;45;Atelier")
    titled = ("Qui;Le;Temps;;Quoi", ";;h;min;", *lines[2:])
    for each in (lines, titled):
        proposal, _ = read(table("temps.csv", *each))
        assert minutes(proposal) == {("Ida", "2026-06"): 80, ("Noam", "2026-06"): 45}


@pytest.mark.parametrize("units", [";(jj/mm/aaaa);(min);", ";;min;", "[nom];jj/mm/aaaa;minutes;(texte)"])
def test_a_line_of_units_below_the_titles_belongs_to_them(units: str) -> None:
    lines = ("Ida;03/06/2026;45;Atelier", "Noam;04/06/2026;20;Atelier")
    proposal, asked = read(table("temps.csv", "Qui;Le;Durée;Quoi", units, *lines))
    assert "duree.unite" not in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 45, ("Noam", "2026-06"): 20}


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Temps (mn:cc)", ("45:50", "30:25")),
        ("Durée (milliers de secondes)", ("5,4", "3,6")),
        ("Temps passé [ms : ns]", ("45", "30")),
        ("Durée (dizaines de minutes)", ("4", "3")),
    ],
)
def test_a_unit_that_nobody_can_read_is_refused_where_it_stands(title: str, cells: tuple[str, str]) -> None:
    lines = (f"Ida;03/06/2026;{cells[0]};Atelier", f"Noam;04/06/2026;{cells[1]};Atelier")
    proposal, _ = read(table("temps.csv", f"Qui;Le;{title};Quoi", *lines))
    assert proposal.reading is None
    assert "n'est pas une façon connue d'écrire un temps" in str(proposal.refusal)


@pytest.mark.parametrize(
    ("said", "one"),
    [
        ("Rappel : le temps est saisi en dixièmes d’heure", 6),
        ("* les valeurs sont en tiers d'heure", 20),
        ("1 case = 20 min", 20),
        ("Une unité vaut un quart d'heure", 15),
        ("Unité : la demi-heure", 30),
        ("Unité de temps : 5 minutes", 5),
        ("Temps comptés par 10 min", 10),
    ],
)
@pytest.mark.parametrize("title", ["Temps passé", "Heures"])
def test_a_sentence_around_the_table_says_the_unit(said: str, one: int, title: str) -> None:
    under, over = (f"Qui;Le;{title};Quoi", *LINES, "", said), (said, "", f"Qui;Le;{title};Quoi", *LINES)
    for lines in (under, over):
        proposal, asked = read(table("suivi.csv", *lines))
        assert ("duree.unite" in asked) == (one > 1)
        assert minutes(proposal) == {("Ida", "2026-06"): 4 * one + 60, ("Noam", "2026-06"): 8 * one}
        assert sum(said in each for each in proposal.heeded) == 1
        assert any(f"lus en parts de {one}\xa0min" in each for each in proposal.heeded)


def test_a_sentence_below_a_table_of_people_says_the_unit() -> None:
    lines = ("Jour;Ida;Noam", "03/06/2026;4;6", "04/06/2026;8;2", "", "Les durées sont notées en quarts d'heure.")
    proposal, asked = read(table("suivi.csv", *lines))
    assert "duree.unite" in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 180, ("Noam", "2026-06"): 120}


@pytest.mark.parametrize(
    "said", ["Heures en plus : voir Ida", "Une journée = 7 h", "1 h de trajet par jour", "Vu en mars"]
)
def test_a_sentence_that_says_no_unit_changes_nothing(said: str) -> None:
    proposal, _ = read(table("suivi.csv", "Qui;Le;Temps;Quoi", *LINES, "", said))
    assert minutes(proposal) == {("Ida", "2026-06"): 300, ("Noam", "2026-06"): 480}
    assert any("Ce n'est pas lu" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    ("who", "title", "one"),
    [("person", "duration_seconds", 60), ("author", "time spent (seconds)", 60), ("Person", "time_minutes", 1),
     ("people", "duration in minutes", 1), ("person", "seconds", 60)],
)  # fmt: skip
def test_a_log_in_english_says_its_unit_behind_its_title(who: str, title: str, one: int) -> None:
    lines = (f"date,{who},{title},project", f"2026-06-03,Ida,{90 * one},Halle", f"2026-06-04,Noam,{60 * one},Halle")
    proposal, asked = read(table("log.csv", *lines))
    assert not {*asked} & {"table", "duree.unite"}
    assert minutes(proposal) == {("Ida", "2026-06"): 90, ("Noam", "2026-06"): 60}


@pytest.mark.parametrize("said", ["Temps en minutes", "NB : durées notées en minutes, pas en heures"])
def test_a_sentence_says_minutes_and_some_time_is_longer_than_a_day_of_work(said: str) -> None:
    lines = ("Ida;03/06/2026;45;Atelier", "Noam;04/06/2026;90;Atelier")
    proposal, asked = read(table("suivi.csv", "Qui;Le;Temps;Quoi", *lines, "", said))
    assert "duree.unite" not in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 45, ("Noam", "2026-06"): 90}
    assert any("les temps écrits sans unité sont lus en minutes" in each for each in proposal.heeded)


GRIDS = (
    [["Jour", "Ida", "Noam"], ["03/06/2026", 4, 9], ["04/06/2026", 10, 3]],
    [["Jour", "Qui", "Temps"], ["03/06/2026", "Ida", 14], ["03/06/2026", "Noam", 12]],
)


@pytest.mark.parametrize(
    ("book", "named", "above"),
    [
        ("juin.xlsx", "appels (min)", ""),
        ("appels minutes.xlsx", "juin", ""),
        ("juin.xlsx", "juin", "Durées en minutes"),
    ],
)
@pytest.mark.parametrize(("said", "one"), [("min", 1), ("h", 60)])
def test_small_whole_times_under_a_name_or_a_sentence_of_minutes_are_asked_about(
    book: str, named: str, above: str, said: str, one: int
) -> None:
    rows = [*([[above], []] if above else []), *GRIDS[0]]
    proposal, asked = read(workbook(book, {named: rows}), duree_unite_dite=said)
    assert asked.count("duree.unite_dite") == 1
    assert minutes(proposal) == {("Ida", "2026-06"): 14 * one, ("Noam", "2026-06"): 12 * one}


@pytest.mark.parametrize(("corner", "one"), [("Minutes", 1), ("Heures", 60)])
def test_a_unit_in_the_corner_above_days_is_that_of_the_times(corner: str, one: int) -> None:
    proposal, _ = read(sheet("juin.xlsx", [corner, "Ida", "Noam"], *GRIDS[0][1:]))
    assert minutes(proposal) == {("Ida", "2026-06"): 14 * one, ("Noam", "2026-06"): 12 * one}


@pytest.mark.parametrize(("book", "named"), [("juin.xlsx", "Minutes d'accueil"), ("appels_en_min.xlsx", "juin")])
def test_a_name_of_minutes_counts_times_that_are_no_hours_of_a_day(book: str, named: str) -> None:
    proposal, asked = read(workbook(book, {named: GRIDS[1]}))
    assert not [each for each in asked if each.startswith("duree")]
    assert minutes(proposal) == {("Ida", "2026-06"): 14, ("Noam", "2026-06"): 12}


@pytest.mark.parametrize(
    "said",
    [
        "NB : écrire les heures en 6 ou 2h30, jamais en minutes",
        "Durées en heures (pas en minutes)",
        "Temps noté en heures, arrondi au quart d'heure",
        "Noter les heures en décimal : 30 minutes = 0,5",
        "Écrire le temps en heures et minutes",
        "Le temps se note en minutes",
    ],
)
@pytest.mark.parametrize("below", [True, False])
def test_a_sentence_never_turns_hours_into_minutes(said: str, below: bool) -> None:
    """`3,5` and a longest day of 7 say hours, whatever a sentence says; one that speaks of minutes is told."""
    for head, first, second in (
        ("Jour;Ida;Noam", "03/06/2026;7;3,5", "04/06/2026;6;7"),
        ("Qui;Le;Temps", "Ida;03/06/2026;13", "Noam;04/06/2026;10,5"),
    ):
        lines = (head, first, second, "", said) if below else (said, "", head, first, second)
        proposal, _ = read(table("suivi.csv", *lines))
        hours = (780, 630)
        assert [*minutes(proposal).values()] == [*hours]


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("Suivi des heures — en jours (1 j = 7 h)", 420),
        ("Temps passé (en jours)", 480),
        ("Durées en journées de 7 h 30", 450),
    ],
)
@pytest.mark.parametrize("below", [True, False])
def test_a_sentence_around_facts_counts_times_in_days(said: str, length: int, below: bool) -> None:
    facts = ("Le;Nom;Pour;Temps", "03/06/2026;Ida;Moulin;1", "04/06/2026;Noam;Moulin;0,5")
    lines = (*facts, "", said) if below else (said, "", *facts)
    proposal, asked = read(table("suivi.csv", *lines), duree_unite="480")
    assert ("duree.unite" in asked) == (length == 480)
    assert minutes(proposal) == {("Ida", "2026-06"): length, ("Noam", "2026-06"): length // 2}
    assert any("sont lus en jours" in each for each in proposal.heeded)


def test_a_sheet_named_after_days_asks_how_long_one_is() -> None:
    rows = [["Le", "Nom", "Temps"], ["03/06/2026", "Ida", 1], ["04/06/2026", "Noam", 0.5]]
    proposal, asked = read(workbook("juin.xlsx", {"Jours travaillés": rows}), duree_unite="420")
    assert "duree.unite" in asked
    assert minutes(proposal) == {("Ida", "2026-06"): 420, ("Noam", "2026-06"): 210}
