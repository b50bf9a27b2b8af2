"""What every ready grid keeps: whole, readable aloud, in plain words, from first steps to ease."""

from __future__ import annotations

import re

import pytest

from kpa_model.assessment.grid import Grid
from kpa_model.assessment.grid_file import ready_grids
from tests.contract.readable import faults

GRIDS = ready_grids()
EXPECTED = {
    "entrecomp": 15,
    "images": 8,
    "implication": 7,
    "metier_conciergerie": 6,
    "metier_couture": 6,
    "metier_jardin": 6,
    "metier_numerique": 6,
    "metier_traiteur": 7,
    "rectec": 12,
}
JARGON = re.compile(
    r"\b(autonom\w*|compétence\w*|posture|transvers\w*|mobilis\w*|savoir-être|savoir-faire|optimis\w*|pilot\w*|analys\w*"
    r"|stratég\w*|problématique\w*|implément\w*|process\w*|feedback|réflexi\w*|proacti\w*|employab\w*|objectif\w*"
    r"|performan\w*|efficac\w*|évalu\w*|bon niveau|mauvais\w*|insuffisan\w*|incapable|faible|excellent\w*|nul)\b",
    re.I,
)
CERTAIN = re.compile(r"\b(seul|seule|prêt|prête|sûr|sûre|content|contente|capable)\b", re.I)
"""Words that would give the reader a gender, or judge."""


def told(grid: Grid) -> list[str]:
    """Return everything a person reads aloud."""
    lines = [grid.sentence, *(level.meaning for level in grid.levels)]
    for each in grid.criteria:
        lines += [*each.descriptors, each.example]
    return lines


@pytest.fixture(params=GRIDS, ids=str)
def grid(request) -> Grid:
    return GRIDS[request.param]


def test_the_ready_grids_are_there() -> None:
    assert {name: len(each.criteria) for name, each in GRIDS.items()} == EXPECTED


def test_every_text_reads_aloud(grid: Grid) -> None:
    assert [fault for line in told(grid) for fault in faults(line)] == []


def test_there_is_no_jargon_and_no_judgement(grid: Grid) -> None:
    said = [*told(grid), *(each.name for each in grid.criteria), *(each.name for each in grid.levels)]
    assert [line for line in said if JARGON.search(line) or CERTAIN.search(line)] == []


def test_a_descriptor_is_one_idea_said_by_the_person(grid: Grid) -> None:
    for each in grid.criteria:
        for line in each.descriptors:
            assert re.match(r"(Je|J'|On)", line) or "j'" in line or " je " in line, line


def test_levels_are_all_different(grid: Grid) -> None:
    lines = [line for each in grid.criteria for line in each.descriptors]
    assert len(set(lines)) == len(lines)


def test_the_first_level_asks_for_no_more_words_than_the_last(grid: Grid) -> None:
    """Levels increase: the beginning is said more simply than the end, on the whole."""
    first, last = (sum(len(each.descriptors[at].split()) for each in grid.criteria) for at in (0, -1))
    assert first <= last


def test_every_criterion_has_an_example_and_every_grid_its_sources(grid: Grid) -> None:
    assert all(each.example for each in grid.criteria)
    assert grid.sources
    assert grid.licence
    assert grid.sentence
