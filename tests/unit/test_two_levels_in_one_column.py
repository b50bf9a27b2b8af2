"""Projects that are sums of the people under them, or people of their projects: each hour counts once."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sheet, table

HEADS = {
    "a corner": ("Septembre 2026;1;2;3;4",),
    "a title": ("Heures de septembre 2026", "Projet;1;2;3;4"),
    "days": (";01/09/2026;02/09/2026;03/09/2026;04/09/2026",),
    "both": ("septembre 2026", "Projet / qui;1;2;3;4"),
}
BODY = (
    *("Toiture Maire;3;2;;1,5", "  Ida;3;;;1,5", "  Noam;;2;;"),
    *("Potager commun;;2;4;", "  Ida;;2;;", "  Zora;;;4;"),
)
RIGHT = {("Ida", "2026-09"): 390, ("Noam", "2026-09"): 120, ("Zora", "2026-09"): 240}
USUAL = {"genre", "personnes.cape"}


@pytest.mark.parametrize("heads", HEADS)
@pytest.mark.parametrize("indent", [True, False])
@pytest.mark.parametrize("end", [(), ("Total;3;4;4;1,5",)])
def test_projects_above_their_people_count_once(heads: str, indent: bool, end: tuple[str, ...]) -> None:
    body = BODY if indent else [*map(str.strip, BODY)]
    proposal, asked = read(table("temps.csv", *HEADS[heads], *body, *end), genre="commun")
    assert {*asked} <= USUAL
    assert minutes(proposal) == RIGHT
    assert proposal.reading is not None
    assert {each.order for each in proposal.reading.book.hours} == {"Toiture Maire", "Potager commun"}
    assert any("sont les sommes de lignes écrites dessous" in each for each in proposal.heeded)


def test_a_workbook_keeps_what_stands_to_the_right() -> None:
    rows = [[cell if at == 0 or not cell else float(cell.replace(",", ".")) for at, cell in enumerate(line.split(";"))]
            for line in BODY]  # fmt: skip
    proposal, _ = read(sheet("temps.xlsx", ["septembre 2026", 1, 2, 3, 4], *rows), genre="commun")
    assert minutes(proposal) == RIGHT


PEOPLE = ("Ida;3;2;;1", "Toiture Maire;3;;;1", "Potager commun;;2;;", "Noam;;2;4;", "Potager commun;;2;4;")


def test_people_above_their_projects_count_once() -> None:
    proposal, asked = read(table("temps.csv", "septembre 2026;1;2;3;4", *PEOPLE), genre="commun")
    assert {*asked} <= USUAL
    assert minutes(proposal) == {("Ida", "2026-09"): 360, ("Noam", "2026-09"): 360}


@pytest.mark.parametrize(("answer", "who"), [("dessous", {"Ida", "Noam", "Zora"}), ("dessus", {"Toiture", "Potager"})])
def test_who_worked_is_asked_when_both_may_be_people(answer: str, who: set[str]) -> None:
    body = [each.replace(" Maire", "").replace(" commun", "") for each in BODY]
    proposal, asked = read(table("temps.csv", *HEADS["days"], *body), deux_niveaux=answer, genre="commun")
    assert asked[0] == "deux_niveaux"
    assert {name for name, _ in minutes(proposal)} == who
    assert sum(minutes(proposal).values()) == 750


@pytest.mark.parametrize("body", [("Ida;3;2;;", "Noam;3;2;;"), ("Ida;3;2;1;", "Noam;3;2;1;", "Zora;;4;;", "Lou;;4;;")])
def test_two_people_who_always_work_together_are_two(body: tuple[str, ...]) -> None:
    proposal, asked = read(table("temps.csv", *HEADS["days"], *body), genre="commun")
    assert {*asked} <= USUAL
    assert len(minutes(proposal)) == len(body)
