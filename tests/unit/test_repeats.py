"""Criteria that repeat: told when they do, and never for criteria that have nothing to do with each other."""

from __future__ import annotations

import os

import numpy as np
import pytest

from kpa_model.assessment import agreement
from kpa_model.assessment.answers import filled
from kpa_model.assessment.grid import Grid
from kpa_model.assessment.grid_file import ready_grids
from kpa_model.assessment.laboratory import SLIPS, study
from kpa_model.assessment.readings import ONESELF, FilledGrid
from kpa_model.assessment.repeats import by_chance, twins

GRID = ready_grids()["implication"]
STUDIES = 10_000 if os.environ.get("KPA_HYPOTHESIS") == "nightly" else 200

SIZES = [(cases, readers) for cases in (3, 5, 8, 12) for readers in (2, 3, 5, 8)]


def drawn(chance: np.random.Generator, grid: Grid, cases: int, readers: int, same: int = 0) -> list[FilledGrid]:
    """Draw a truth for each case and criterion, then readers who are sometimes one level away from it.

    The first `same` criteria have one truth; the others have nothing to do with each other.
    """
    top = len(grid.levels)
    found = []
    for case in range(cases):
        truth = chance.integers(1, top + 1, len(grid.criteria))
        truth[:same] = truth[0] if same else truth[:same]
        for by in range(readers):
            away = chance.choice((-1, 0, 0, 0, 1), len(grid.criteria))
            levels = np.clip(truth + away, 1, top)
            marks = dict(zip(grid.keys, map(str, levels.tolist()), strict=True))
            found.append(FilledGrid(str(by), f"cas {case}", filled(grid, marks)))
    return found


@pytest.mark.parametrize("cases", [3, 5, 8, 12])
@pytest.mark.parametrize("readers", [2, 3, 5, 8])
def test_criteria_without_any_link_are_told_to_repeat_less_than_once_in_twenty(cases: int, readers: int) -> None:
    chance = np.random.default_rng([cases, readers])
    alarms = sum(any(twins(GRID, drawn(chance, GRID, cases, readers))) for _ in range(STUDIES))
    assert alarms < 0.05 * STUDIES


@pytest.mark.parametrize(("cases", "readers"), SIZES if STUDIES > 1_000 else [(3, 8), (5, 5), (8, 2), (12, 3)])
def test_a_grid_read_alike_by_all_is_told_of_less_than_once_in_twenty(
    cases: int, readers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement, "likely", lambda rows: None)  # shown beside, long, and decides nothing
    chance, levels = np.random.default_rng([18, cases, readers]), len(GRID.levels)

    def slipping() -> list[FilledGrid]:
        found = []
        for case in range(cases):
            truth = chance.integers(1, levels + 1, len(GRID.criteria))
            for by in range(readers):
                away = chance.choice((-1, 1), len(truth)) * (chance.random(len(truth)) < SLIPS)
                marks = dict(zip(GRID.keys, map(str, np.clip(truth + away, 1, levels).tolist()), strict=True))
                found.append(FilledGrid(str(by), f"cas {case}", filled(GRID, marks)))
        return found

    def alarms() -> tuple[bool, bool, bool]:
        seen = study(GRID, slipping()).found
        one = lambda name: any(getattr(each, name) for each in seen)  # noqa: E731
        return one("separates_nobody"), one("hits_ceiling"), one("read_differently")

    told = np.array([alarms() for _ in range(STUDIES // 2)]).sum(0)
    assert (told < 0.05 * STUDIES / 2).all(), told


@pytest.mark.parametrize("people", [8, 20])
def test_people_on_themselves_are_not_told_to_repeat_more_often(people: int) -> None:
    chance = np.random.default_rng(people)

    def alone() -> list[FilledGrid]:
        return [FilledGrid(str(at), ONESELF, each.done) for at, each in enumerate(drawn(chance, GRID, people, 1))]

    assert sum(any(twins(GRID, alone())) for _ in range(STUDIES)) < 0.05 * STUDIES


def test_criteria_that_are_one_are_told_from_twelve_cases() -> None:
    chance = np.random.default_rng(1)
    told = [{(each.one.key, each.other.key) for each in twins(GRID, drawn(chance, GRID, 12, 5, 2))} for _ in range(20)]
    assert sum(tuple(GRID.keys[:2]) in each for each in told) >= 15
    assert sum(len(each) > 1 for each in told) <= 2


def test_under_eight_cases_nothing_is_told_however_many_readers() -> None:
    assert not list(twins(GRID, drawn(np.random.default_rng(2), GRID, 7, 30, 2)))


def test_readers_of_one_case_are_one_case() -> None:
    one = drawn(np.random.default_rng(3), GRID, 8, 1, 2)
    copied = [FilledGrid(str(by), each.about, each.done) for each in one for by in range(8)]
    assert [(each.tau, each.cases) for each in twins(GRID, copied)] == [
        (each.tau, each.cases) for each in twins(GRID, one)
    ]


def test_what_chance_alone_does_is_counted() -> None:
    assert by_chance((1, 2, 1, 2), (1, 2, 1, 2)) == pytest.approx(1 / 6, abs=0.02)
    assert by_chance((1, 1, 1, 2), (1, 1, 1, 2)) == pytest.approx(1 / 4, abs=0.02)
