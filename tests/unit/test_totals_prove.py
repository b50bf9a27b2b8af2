"""The totals of a list of hours prove how its bare times are read; and minutes beside « 1h30 » are asked about."""

from __future__ import annotations

from datetime import date

import pytest

from kpa_model.files.importing.proposal import propose
from tests.given_tables import minutes, read, sheet, table

TRUE = {("Ida", "2026-06"): 14 * 60 + 25, ("Noam", "2026-06"): 9 * 60 + 20}
TIMES = (("Ida", 6.40), ("Ida", 7.45), ("Noam", 5.5), ("Noam", 3.30))


def _listed(*totals: tuple[str, float]) -> list[list[object]]:
    lines: list[list[object]] = [["Nom", "Date", "Heures", "Chez"]]
    for at, (who, time) in enumerate(TIMES, 1):
        lines.append([who, date(2026, 6, at), time, "Halle"])
    return [*lines, *([name, None, said, None] for name, said in totals)]


@pytest.mark.parametrize(
    "totals",
    [
        (("Total Ida", 14.25), ("Total Noam", 9.2)),
        (("TOTAL", 23.45),),
        (("Total Noam", 9.20), ("Total Ida", 14.25), ("Total général", 23.45)),
    ],
)
def test_totals_that_fit_only_hours_and_minutes_prove_them(totals: tuple[tuple[str, float], ...]) -> None:
    proposal, asked = read(sheet("temps.xlsx", *_listed(*totals)))
    assert minutes(proposal) == TRUE
    assert not [each for each in asked if each.startswith("duree")]
    assert any("comme les totaux le montrent" in each for each in proposal.heeded)


@pytest.mark.parametrize("answer", ["minutes", "decimales"])
def test_a_total_that_fits_nothing_is_told_whatever_the_reading(answer: str) -> None:
    proposal, asked = read(sheet("temps.xlsx", *_listed(("Total", 31.0))), duree_point=answer)
    assert "duree.point" in asked
    assert any("ce total dit « 31 »" in each for each in proposal.heeded)


def test_a_sum_of_a_spreadsheet_proves_no_decimals() -> None:
    proposal, asked = read(sheet("temps.xlsx", *_listed(("Total", 22.65))), duree_point="minutes")
    assert "duree.point" in asked
    assert minutes(proposal) == TRUE
    assert any("ce total dit « 22,65 »" in each for each in proposal.heeded)


def test_totals_that_are_right_are_told_nothing_of() -> None:
    lines = ("Ida;01/06/2026;2h;Tri", "Ida;02/06/2026;1h30;Tri", "Total semaine;;3h30;", "Noam;08/06/2026;4h;Tri")
    proposal, _ = read(table("temps.csv", "Qui;Le;Durée;Quoi", *lines, "Total semaine;;4h;", "Total juin;;7h30;"))
    assert minutes(proposal) == {("Ida", "2026-06"): 210, ("Noam", "2026-06"): 240}
    assert not any("total" in each for each in proposal.heeded)


def test_totals_prove_minutes_beside_hours() -> None:
    lines = ("Ida;01/06/2026;2h;Tri", "Ida;02/06/2026;25;Tri", "Noam;03/06/2026;10;Tri", "Total;;2h35;")
    proposal, asked = read(table("temps.csv", "Qui;Le;Durée;Quoi", *lines))
    assert minutes(proposal) == {("Ida", "2026-06"): 145, ("Noam", "2026-06"): 10}
    assert not [each for each in asked if each.startswith("duree")]


@pytest.mark.parametrize(
    ("cells", "answer", "made"),
    [
        (("1h15", "20", "10"), "min", 105),
        (("1:15", "55", "40"), "min", 170),
        (("2h", "90", "120"), "min", 330),
        (("1h", "10", "5"), "h", 960),
        (("1h30", "2", "45"), "h<12<min", 255),
    ],
)
def test_numbers_beside_written_hours_are_asked_about_once(cells: tuple[str, ...], answer: str, made: int) -> None:
    lines = [f"Ida;{at:02d}/06/2026;{cell};Tri" for at, cell in enumerate(cells, 1)]
    proposal, asked = read(table("temps.csv", "Qui;Le;Durée;Quoi", *lines), duree_unite=answer)
    assert asked.count("duree.unite") == 1
    assert minutes(proposal) == {("Ida", "2026-06"): made}


@pytest.mark.parametrize("cells", [("1h30", "2", "7"), ("7h30", "8", "5"), ("1h15", "5", "2")])
def test_few_hours_beside_written_ones_are_asked_nothing(cells: tuple[str, ...]) -> None:
    lines = [f"Ida;{at:02d}/06/2026;{cell};Tri" for at, cell in enumerate(cells, 1)]
    assert "duree.unite" not in read(table("temps.csv", "Qui;Le;Durée;Quoi", *lines))[1]


@pytest.mark.parametrize("title", ["Heures", "Nb d'heures", "Durée"])
@pytest.mark.parametrize(
    ("cells", "made"),
    [(("2h15", "40", "25"), 200), (("0:50", "1:10", "35"), 155), (("1h05", "3", "50"), 295)],
)
def test_minutes_under_hours_are_one_question_whose_first_answer_is_right(
    title: str, cells: tuple[str, ...], made: int
) -> None:
    lines = [f"Ida;{at:02d}/06/2026;{cell};Tri" for at, cell in enumerate(cells, 1)]
    proposal, asked = read(table("temps.csv", f"Qui;Le;{title};Quoi", *lines))
    assert len([each for each in asked if each.startswith("duree.")]) == 1
    assert minutes(proposal) == {("Ida", "2026-06"): made}


def test_a_number_that_no_day_has_beside_decimals_is_asked_about() -> None:
    lines = ("Ida;01/06/2026;1,5;Tri", "Ida;02/06/2026;2;Tri", "Ida;03/06/2026;40;Tri")
    proposal, asked = read(table("temps.csv", "Qui;Le;Heures;Quoi", *lines))
    assert asked.count("duree.unite_ici") == 1
    assert minutes(proposal) == {("Ida", "2026-06"): 250}


def test_the_cells_without_a_unit_are_quoted() -> None:
    lines = ("Ida;01/06/2026;2h;Tri", "Ida;02/06/2026;55;Tri", "Noam;03/06/2026;20;Tri", "Noam;04/06/2026;0;Tri")
    proposal = propose([table("temps.csv", "Qui;Le;Heures;Quoi", *lines)], "Essai")
    question = next(each.doubt.question for each in proposal.questions if each.doubt.topic == "duree.unite_ici")
    assert "« 2h »" in question
    assert "« 55 » et « 20 », ce" in question


DAYS = (date(2026, 6, 8), date(2026, 6, 9), date(2026, 6, 10))
WIDE = {("Ida", "2026-06"): 14 * 60 + 25, ("Noam", "2026-06"): 9 * 60 + 20}


@pytest.mark.parametrize(
    "rows",
    [
        (["Date", "Ida", "Noam", "Total"], [DAYS[0], 6.4, 5.5, 12.3], [DAYS[1], 7.45, 3.3, 11.15]),
        (["Date", "Ida", "Noam"], [DAYS[0], 6.4, 5.5], [DAYS[1], 7.45, 3.3], ["Total", 14.25, 9.2]),
        (
            ["Nom", *DAYS[:2], "Total"],
            ["Ida", 6.4, 7.45, 14.25],
            ["Noam", 5.5, 3.3, 9.2],
            ["Total", 12.3, 11.15, 23.45],
        ),
        (["Nom", *DAYS, "Total"], ["Ida", 6.4, "-", 7.45, 14.25], ["Noam", 5.5, 3.3, 0, 9.2]),
        (["Date", "Ida", "Noam"], [DAYS[0], "6.40", "5.50"], [DAYS[1], "7.45", "3.30"], ["Total", "14.25", "9.20"]),
    ],
)
def test_totals_of_a_wide_table_prove_hours_and_minutes(rows: tuple[list[object], ...]) -> None:
    proposal, asked = read(sheet("temps.xlsx", *rows))
    assert minutes(proposal) == WIDE
    assert not [each for each in asked if each.startswith("duree")]
    assert any("comme les totaux le montrent" in each for each in proposal.heeded)
    assert not any("ce total dit" in each for each in proposal.heeded)


def test_a_total_of_a_wide_table_that_fits_nothing_leaves_the_question() -> None:
    rows = (["Date", "Ida", "Noam", "Total"], [DAYS[0], 6.4, 5.5, 12.3], [DAYS[1], 7.45, 3.3, 10.2])
    proposal, asked = read(sheet("temps.xlsx", *rows), duree_point="minutes")
    assert "duree.point" in asked
    assert minutes(proposal) == WIDE
    assert len([each for each in proposal.heeded if "ce total dit" in each]) == 1


def test_totals_of_a_wide_table_prove_minutes_beside_hours() -> None:
    rows = ("Le;Ida;Noam;Total", "08/06/2026;1h10;50;2h", "09/06/2026;25;2h;2h25")
    proposal, asked = read(table("temps.csv", *rows))
    assert minutes(proposal) == {("Ida", "2026-06"): 95, ("Noam", "2026-06"): 170}
    assert not [each for each in asked if each.startswith("duree")]


def test_decimals_of_quarters_are_asked_nothing() -> None:
    lines = [f"Ida;{at:02d}/06/2026;{cell};Tri" for at, cell in enumerate(("7,25", "3,50", "7,50"), 1)]
    assert "duree.point" not in read(table("temps.csv", "Qui;Le;Durée;Quoi", *lines))[1]
