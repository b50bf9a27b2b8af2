"""The hour at which a line was sent or written is no time of work: what is said beside it is read, or asked about."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.given_tables import minutes, read, sheet, table

MONTH = "2026-09"


def said(title: str, clocks: tuple[str, str, str], times: tuple[str, str, str], counted: str = "Combien") -> list[str]:
    who = ("Iris", "Omar", "Iris")
    lines = [f"0{at + 2}/09/2026;{clocks[at]};{who[at]};{times[at]};tri" for at in range(3)]
    return [f"Jour;{title};Nom;{counted};Quoi", *lines]


EVENING, MORNING = ("18:41", "20:07", "19:55"), ("07:12", "08:40", "06:55")


@pytest.mark.parametrize("title", ["Posté à", "Reçu à", "SMS de", "Heure d'envoi", "Horodatage", "Noté à", "Heure"])
@pytest.mark.parametrize("clocks", [EVENING, MORNING])
@pytest.mark.parametrize("times", [("1 h 30", "2h", "30 min"), ("1,5", "2", "0,5")])
def test_the_hour_of_a_message_is_no_time_of_work(
    title: str, clocks: tuple[str, str, str], times: tuple[str, str, str]
) -> None:
    proposal, _ = read(table("heures.csv", *said(title, clocks, times)))
    assert minutes(proposal) == {("Iris", MONTH): 120, ("Omar", MONTH): 120}
    assert any(f"« {title} » dit une heure de la journée" in each for each in proposal.heeded)


@pytest.mark.parametrize("clocks", [EVENING, MORNING])
@pytest.mark.parametrize(
    ("times", "sure"),
    [(("1 h 30", "2h", "30 min"), True), (("1,5", "2", "0,5"), False), (("1:30", "2", "0:30"), False)],
)
def test_two_columns_that_may_be_the_time_are_asked_about_unless_one_says_its_unit(
    clocks: tuple[str, str, str], times: tuple[str, str, str], sure: bool
) -> None:
    proposal, asked = read(table("heures.csv", *said("Mot", clocks, times)), colonne_duree="Combien")
    assert ("colonne.duree" in asked) != sure
    assert minutes(proposal) == {("Iris", MONTH): 120, ("Omar", MONTH): 120}


def test_hours_of_the_evening_alone_are_asked_about() -> None:
    lines = ["Jour;Bilan;Nom;Quoi", "02/09/2026;18:41;Iris;tri", "03/09/2026;20:07;Omar;tri"]
    _, asked = read(table("heures.csv", *lines))
    assert "colonne.duree" in asked


def test_short_times_alone_under_a_word_of_the_group_are_its_hours() -> None:
    lines = ["Jour;Bilan;Nom;Quoi", "02/09/2026;1:30;Iris;tri", "03/09/2026;2:15;Omar;tri"]
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Iris", MONTH): 90, ("Omar", MONTH): 135}
    assert "colonne.duree" not in asked


@pytest.mark.parametrize("title", ["Message reçu", "Saisi à"])
def test_the_hour_of_a_message_is_nobody(title: str) -> None:
    rows = [[date(2026, 9, 2), time(18, 41), time(1, 30), None], [date(2026, 9, 3), time(20, 7), time(0, 30), time(2)]]
    proposal, asked = read(sheet("heures.xlsx", ["Jour", title, "Iris", "Omar"], *rows))
    assert minutes(proposal) == {("Iris", MONTH): 120, ("Omar", MONTH): 120}
    assert "personnes.colonnes" not in asked


@pytest.mark.parametrize(
    ("cell", "hers"), [("1h15 chacune", 75), ("1 h 15 pour chacun", 75), ("2,5 h en tout", 75), ("2 x 1h15", 75)]
)
@pytest.mark.parametrize("counted", ["Combien", "Nb", "Bilan"])
def test_a_time_that_says_whose_it_is_is_a_time_under_any_title(cell: str, hers: int, counted: str) -> None:
    lines = [f"Jour;Nom;{counted};Quoi", f"02/09/2026;Iris et Omar;{cell};tri", "03/09/2026;Omar;45 min;tri"]
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Iris", MONTH): hers, ("Omar", MONTH): hers + 45}
    assert not {"partage", "colonne.duree"} & {*asked}


@pytest.mark.parametrize("cell", ["1h15 à deux", "1h15 tous les deux", "1h15 pour les deux", "1h15 ensemble"])
def test_a_time_of_two_people_is_asked_about_under_any_title(cell: str) -> None:
    lines = ["Jour;Nom;Combien;Quoi", f"02/09/2026;Iris et Omar;{cell};tri", "03/09/2026;Omar;45 min;tri"]
    proposal, asked = read(table("heures.csv", *lines), partage="chacun")
    assert minutes(proposal) == {("Iris", MONTH): 75, ("Omar", MONTH): 120}
    assert "partage" in asked


def test_a_time_that_the_group_names_may_say_whose_it_is() -> None:
    lines = ["Jour;Nom;Combien;Quoi", "02/09/2026;Iris et Omar;2h chacun;tri", "03/09/2026;Omar;2;tri"]
    proposal, _ = read(table("heures.csv", *lines), colonne_duree="Combien")
    assert minutes(proposal) == {("Iris", MONTH): 120, ("Omar", MONTH): 240}


@pytest.mark.parametrize("known", [True, False])
def test_late_hours_to_the_minute_are_never_somebody_in_silence(known: bool) -> None:
    lines = ["Jour;Bilan;Iris;Omar", "02/09/2026;18:41;1h30;", "03/09/2026;20:07;30 min;2h", "04/09/2026;19:12;;1h"]
    people = [table("équipe.csv", "Nom;Statut", "Iris;CAPE", "Omar;CAPE")] if known else []
    _, asked = read(table("heures.csv", *lines), *people)
    assert "personnes.colonnes" in asked


def test_long_days_of_everybody_are_their_hours() -> None:
    lines = ["Jour;Iris;Omar", "02/09/2026;12:01;10:33", "03/09/2026;11:02;12:04"]
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Iris", MONTH): 1383, ("Omar", MONTH): 1357}
    assert "personnes.colonnes" not in asked
