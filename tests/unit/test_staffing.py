"""Sharing the jobs of many rows at once gives what one row after the other, with lists and loops, would give."""

from __future__ import annotations

import numpy as np
import pytest

from kpa_model.simulation.flat import Rows
from kpa_model.simulation.months.staffing import PARTS, SCORES, Jobs, keys_of, share_jobs


def situation(seed: int, rows: int = 40, people: int = 7, poles: int = 3, most: int = 9):
    """Draw people and jobs; some people are away, some poles have nobody, some rows have no job."""
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, SCORES, (rows, people)).astype(np.float32)
    present = rng.random((rows, people)) < 0.7
    helps = present & (rng.random((rows, people)) < 0.5)
    trade = rng.integers(0, poles, (rows, people)).astype(np.uint32)
    other = ((trade + 1 + rng.integers(0, poles - 1, trade.shape)) % poles).astype(np.uint32)
    available = np.where(present, rng.integers(300, 2_000, present.shape), 0).astype(np.int32)
    row = np.sort(rng.integers(0, rows, rows * most // 2))
    jobs = Jobs(
        row,
        rng.integers(0, poles, len(row)),
        rng.integers(30, 1_500, len(row)),
        rng.integers(1, people + 3, len(row)),
        Rows(row, rows),
    )
    return scores, (present, helps), (trade, other), available, jobs


def _by_hand(scores, able, poles, available, jobs, row):
    """Return the jobs taken in a row and the minutes of each person, as the three rules of `share_jobs` say."""
    people = range(scores.shape[1])
    count = int(jobs.pole.max()) + 1
    order = sorted(people, key=lambda who: (int(scores[row, who]), who))
    skilled = [[who for who in order if _works(able, poles, row, who, pole)] for pole in range(count)]
    turns, asked, taken, load = [0] * count, 0, [], [0] * len(people)
    for job in np.flatnonzero(jobs.row == row):
        pole, minutes = int(jobs.pole[job]), int(jobs.minutes[job])
        asked += minutes
        hands = skilled[pole]
        if not hands or asked > int(available[row].sum()):
            continue
        called = min(int(jobs.team[job]), len(hands))
        team = [hands[(turns[pole] + at) % len(hands)] for at in range(called)]
        turns[pole] += called
        for who in team:
            load[who] += minutes * PARTS // sum(int(available[row, each]) for each in team)
        taken.append((int(job), team))
    return taken, [load[who] * int(available[row, who]) // PARTS for who in people]


def _works(able, poles, row, who, pole):
    return any(mine[row, who] and place[row, who] == pole for mine, place in zip(able, poles, strict=True))


@pytest.mark.parametrize("poles", [2, 3, 6, 40])
def test_many_rows_are_shared_as_each_would_be_alone(poles):
    scores, able, places, available, jobs = situation(poles, poles=poles)
    shift = share_jobs(keys_of(scores, able, places, poles), poles, available, jobs)
    job, person, given = shift.parts
    for row in range(len(available)):
        taken, minutes = _by_hand(scores, able, places, available, jobs, row)
        assert [int(each) for each in shift.taken if jobs.row[each] == row] == [each for each, _ in taken]
        assert shift.minutes[row].tolist() == minutes
        for each, team in taken:
            mine = shift.taken[job] == each
            assert person[mine].tolist() == team
            assert 0 <= int(jobs.minutes[each]) - int(given[mine].sum()) <= len(team)


def test_a_row_without_anybody_takes_nothing():
    scores, able, places, available, jobs = situation(1)
    able, available = tuple(mine & False for mine in able), available * 0
    shift = share_jobs(keys_of(scores, able, places, 3), 3, available, jobs)
    assert len(shift.taken) == 0
    assert shift.minutes.sum() == 0
