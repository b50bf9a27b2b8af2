"""No question about a unit that the same lines prove, that a month proves, or that a cell shows by its sign."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, table

MINE = {("Sacha", "2026-09"): 3 * 60 + 35}


@pytest.mark.parametrize(
    "lines",
    [
        ("Date;Qui;Arrivée;Départ;Temps passé", "14/09/2026;Sacha;9h00;11h30;150", "15/09/2026;Sacha;14h;15h05;65"),
        ("Date;Qui;Début;Fin;Durée", "14/09/2026;Sacha;9:00;11:30;9000", "15/09/2026;Sacha;23:30;0:35;3900"),
        ("Date;Qui;Temps;Heures faites", "14/09/2026;Sacha;150;2h30", "15/09/2026;Sacha;65;1h05"),
        ("Date;Qui;Début;Fin;Durée", "14/09/2026;Sacha;9:00;11:30;2.30", "15/09/2026;Sacha;14:00;15:05;1.05"),
        ("Date;Qui;Début;Fin;Durée", "14/09/2026;Sacha;9:00;12:10;150", "15/09/2026;Sacha;14:00;15:20;65"),
    ],
)
def test_the_hours_of_a_line_prove_its_unit(lines: tuple[str, ...]) -> None:
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == MINE
    assert not [each for each in asked if each.startswith("duree")]


def test_hours_of_the_clock_that_prove_nothing_leave_the_question() -> None:
    lines = ("Date;Qui;Début;Fin;Durée", "14/09/2026;Sacha;9:00;11:30;150", "15/09/2026;Sacha;14:00;15:05;20")
    assert "duree.unite" in read(table("heures.csv", *lines))[1]


@pytest.mark.parametrize(
    ("lines", "asks"),
    [
        (("Qui;Mois;Temps", "Sacha;sept. 2026;38", "Mona;sept. 2026;7"), False),
        (("Qui;Mois;Temps", "Sacha;sept. 2026;40", "Mona;sept. 2026;20"), False),
        (("Qui;Mois;Temps", "Sacha;sept. 2026;120", "Mona;sept. 2026;90"), True),
        (("Qui;Mois;Temps", "Sacha;sept. 2026;2212", "Mona;sept. 2026;417"), True),
        (("Qui;Semaine;Temps", "Sacha;2026-W37;31", "Mona;2026-W38;7"), False),
        (("Qui;Semaine;Temps", "Sacha;2026-W37;45", "Mona;2026-W38;30"), True),
        (("Qui;Date;Temps", "Sacha;14/09/2026;38", "Mona;15/09/2026;7"), True),
    ],
)
def test_so_many_hours_are_those_of_a_month(lines: tuple[str, ...], asks: bool) -> None:
    proposal, asked = read(table("heures.csv", *lines))
    assert ("duree.unite" in asked) == asks
    if not asks:
        most = int(lines[1].rpartition(";")[2])
        assert minutes(proposal)["Sacha", "2026-09"] == most * 60
        assert any(f"« {most} » est lu {most} h" in each for each in proposal.heeded)


@pytest.mark.parametrize("code", ['0"\'"', '0" \u2032"', r"0\'"])
def test_the_sign_of_minutes_that_a_format_shows_is_read_and_told(code: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Jour", "Qui", "Durée"])
    for day, much in ((7, 45), (8, 20)):
        sheet.append([date(2026, 9, day), "Sacha", much])
        sheet.cell(sheet.max_row, 3).number_format = code
    book.save(data := io.BytesIO())
    proposal, asked = read(GivenFile("heures.xlsx", data.getvalue()))
    assert minutes(proposal) == {("Sacha", "2026-09"): 65}
    assert "duree.unite" not in asked
    assert any("est lu 45 min" in each for each in proposal.heeded)
