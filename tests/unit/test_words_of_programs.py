"""Words that a program writes around names, and the name of the group itself, are nobody's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.given_tables import minutes, read, sheet, table


@pytest.mark.parametrize("words", [("Étiquettes de colonnes", "Étiquettes de lignes"), ("Column Labels", "Row Labels")])
def test_a_pivot_table_of_people_and_months_is_read(words: tuple[str, str]) -> None:
    lines = (["Lia", *(timedelta(hours=hours) for hours in (30, 4))], ["Oum", timedelta(hours=12), timedelta(hours=9)])
    given = sheet("TCD heures.xlsx", ["Somme de Durée", words[0]], [words[1], "oct. 2026", "nov. 2026"], *lines)
    proposal, asked = read(given, genre="commun")
    assert not [topic for topic in asked if topic.startswith(("personne.", "table"))]
    assert minutes(proposal)["Lia", "2026-10"] == 1800
    assert minutes(proposal)["Oum", "2026-11"] == 540


def test_the_name_of_the_group_on_each_line_is_not_asked_about() -> None:
    lines = ("Les Vélos;Ruiz;Lia;07/09/2026;3h", "Les Vélos;Kane;Oum;08/09/2026;2h", "Les Vélos;Ruiz;Lia;09/09/2026;1h")
    _, asked = read(table("export.csv", "Établissement;Nom;Prénom;Date;Durée", *lines), genre="commun")
    assert "colonne.personne" not in asked


@pytest.mark.parametrize(("month", "number"), [("Oct", 10), ("Feb", 2), ("August", 8), ("Dec", 12)])
def test_a_weekday_and_an_english_month_before_the_number_of_a_day_are_a_day(month: str, number: int) -> None:
    lines = ("User;Mon, {0} 5;Tue, {0} 6;Total (h);Total (decimal)", "Lia;07:30:00;01:30:00;09:00:00;9.00",
             "Oum;00:15:00;00:00:00;00:15:00;0.25")  # fmt: skip
    given = table("Time_Report_Weekly_2026.csv", *(each.format(month) for each in lines))
    proposal, asked = read(given, genre="commun")
    assert not [topic for topic in asked if topic not in ("genre", "personnes.cape")]
    assert minutes(proposal) == {("Lia", f"2026-{number:02}"): 540, ("Oum", f"2026-{number:02}"): 15}
