"""A grid on paper: every grid prints, everything written on it is on the page, the drawings hold on one page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from kpa_model.assessment.grid_file import ready_grids
from kpa_model.server import catalogue
from kpa_model.story.grids import paper as grid_paper
from kpa_model.story.grids.paper import drawing_of, drawings
from kpa_model.story.grids.workshop import grid_workshop
from kpa_model.workshop import script_file
from tests.contract.readable import faults


def pages(content: bytes) -> int:
    return int(re.search(rb"/Type/Pages/Count (\d+)", content)[1])


@pytest.mark.parametrize("name", ready_grids())
def test_every_ready_grid_prints(name: str) -> None:
    content = grid_paper.grid_paper(ready_grids()[name])
    assert content.startswith(b"%PDF-")
    assert 1 <= pages(content) <= 5


def test_the_grid_with_drawings_holds_on_one_page() -> None:
    assert pages(grid_paper.grid_paper(ready_grids()["images"])) == 1
    assert pages(grid_paper.grid_paper(ready_grids()["entrecomp"])) > 2


def test_every_drawing_named_by_a_grid_is_there_and_is_plain_svg() -> None:
    for grid in ready_grids().values():
        for each in grid.criteria:
            assert bool(each.picture) == bool(drawing_of(each))
    for path in drawings().glob("*.svg"):
        root = ET.fromstring(path.read_text(encoding="utf-8"))
        assert root.get("viewBox") == "0 0 64 64"
        assert "href" not in path.read_text(encoding="utf-8")


def test_a_drawing_is_looked_for_in_its_folder_only() -> None:
    first = ready_grids()["images"].criteria[0]
    assert drawing_of(replace(first, picture="../../secret")) is None
    assert drawing_of(replace(first, picture="inconnu")) is None


def test_what_people_write_is_printed_and_never_obeyed() -> None:
    grid = ready_grids()["implication"]
    hostile = replace(grid.criteria[0], name="#set page() <b> $x$", example='[*gras*] #image("/etc/passwd")')
    assert grid_paper.grid_paper(replace(grid, criteria=(hostile,))).startswith(b"%PDF-")


def test_the_sheet_for_the_three_settings_prints_on_one_page() -> None:
    for sheet in (grid_paper.GRID_SHEET, grid_paper.INTERVIEW_SHEET):
        assert pages(grid_paper.facilitation_paper(sheet)) == 1


@pytest.mark.parametrize("name", ready_grids())
def test_a_workshop_about_a_grid_is_a_script_like_the_others(name: str) -> None:
    catalogue.load()
    script = grid_workshop(name, ready_grids()[name], ("La première", "La seconde"))
    assert script_file.loads(script_file.dumps(script)) == script
    used = [step.activity.name for step in script.steps if step.activity]
    assert used == ["grille", "jugement_majoritaire", "consentement"]
    said = [line for step in script.steps for line in f"{step.say}\n{step.without_computer}".splitlines() if line]
    assert [fault for line in said for fault in faults(line)] == []


def test_one_version_alone_is_not_put_to_a_vote() -> None:
    script = grid_workshop("implication", ready_grids()["implication"], ("La seule",))
    assert "version" not in [step.key for step in script.steps]
