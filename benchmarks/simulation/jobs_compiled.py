"""The sharing of jobs alone, compiled by numba, in the place of ours: same bits, and what the whole simulation gains.

    pip install -e ".[benchmarks]"
    python -m benchmarks.simulation.jobs_compiled

Each version takes its turn; times are CPU times of this process. It answers one question: would a compiled kernel for
this part alone, a third of the whole, bring a hundred times Mesa?
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from benchmarks.simulation.compare import ours
from kpa_model.randomness import BLOCK
from kpa_model.simulation.months import worked
from kpa_model.simulation.months.staffing import PARTS, PARTS_BITS, PERSON, POLE_AT, Jobs, Shift, share_jobs

ROUNDS, BLOCKS = 7, 4


@numba.njit
def _share(
    key: Any, poles: int, available: Any, row: Any, pole: Any, minutes: Any, team: Any, called: Any, load: Any,
) -> None:  # fmt: skip
    """Fill `called` and `load`."""
    places, people = key.shape[1], available.shape[1]
    bounds, turns = np.zeros(poles + 1, np.int64), np.zeros(poles, np.int64)
    here = -1
    asked = hours = 0
    for job in range(len(row)):
        if row[job] != here:
            here, asked, hours = row[job], 0, available[row[job]].sum()
            turns[:] = 0
            bounds[:] = 0
            for place in range(places):
                mine = key[here, place] >> POLE_AT
                if mine < poles:  # sorted: who works nowhere comes last
                    bounds[mine + 1] += 1
            for each in range(poles):
                bounds[each + 1] += bounds[each]
        asked += minutes[job]
        first = bounds[pole[job]]
        size = bounds[pole[job] + 1] - first
        called[job] = min(team[job], size) if asked <= hours else 0
        if called[job]:
            start = turns[pole[job]] % size
            turns[pole[job]] += called[job]
            whole = 0
            for each in range(called[job]):
                whole += available[here, np.int64(key[here, first + (start + each) % size] & PERSON)]
            parts = np.int64(minutes[job] * float(PARTS) / max(whole, 1))
            for each in range(called[job]):
                load[here * people + np.int64(key[here, first + (start + each) % size] & PERSON)] += parts


def compiled(key: Any, poles: int, available: npt.NDArray[np.int32], jobs: Jobs) -> Shift:
    """Share the jobs of many rows, as `share_jobs` does, without telling who was called."""
    called, load, nobody = np.zeros(len(jobs.row), np.uint8), np.zeros(available.size, np.int64), np.zeros(0, np.int64)
    _share(key, poles, available, jobs.row, jobs.pole, jobs.minutes, jobs.team, called, load)
    minutes = load.reshape(available.shape) * available >> PARTS_BITS
    return Shift(minutes, available, called, nobody, (), nobody)


def checked(key: Any, poles: int, available: npt.NDArray[np.int32], jobs: Jobs) -> Shift:
    """Share with both; raise AssertionError unless they give the same bits."""
    mine, other = share_jobs(key, poles, available, jobs), compiled(key, poles, available, jobs)
    for name in ("minutes", "called"):
        assert np.array_equal(getattr(mine, name), getattr(other, name)), name
    return mine


def microseconds(share: Callable[..., Shift], seed: int) -> float:
    """Return the CPU time of one history, in microseconds, with this way to share."""
    worked.share_jobs = share
    try:
        start = time.process_time()
        ours(seed, BLOCKS)
        return (time.process_time() - start) * 1e6 / BLOCKS / BLOCK
    finally:
        worked.share_jobs = share_jobs


def main() -> None:
    """Check, then measure."""
    microseconds(checked, 2)
    times = [(microseconds(share_jobs, seed), microseconds(compiled, seed)) for seed in range(3, 3 + ROUNDS)]
    mine, other = (median(each) for each in zip(*times, strict=True))
    print(f"mêmes bits ; par histoire : {mine:.1f} µs avec numpy, {other:.1f} µs avec numba, soit × {mine / other:.2f}")


if __name__ == "__main__":
    main()
