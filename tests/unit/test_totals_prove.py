"""The totals of a list of hours prove how its bare times are read; and minutes beside « 1h30 » are asked about."""

from __future__ import annotations

from datetime import date

import pytest

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


def test_decimals_of_quarters_are_asked_nothing() -> None:
    lines = [f"Ida;{at:02d}/06/2026;{cell};Tri" for at, cell in enumerate(("7,25", "3,50", "7,50"), 1)]
    assert "duree.point" not in read(table("temps.csv", "Qui;Le;Durée;Quoi", *lines))[1]
