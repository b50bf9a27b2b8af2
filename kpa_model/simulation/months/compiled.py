"""The sharing of jobs in compiled loops: the bits of `staffing`, sooner. For long runs, when somebody asks for it.

It wants numba, which nobody else needs. Orders one by one are not told: a rule that reads them goes without.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.errors import MissingPackage
from kpa_model.randomness import Floats
from kpa_model.simulation.months import staffing
from kpa_model.simulation.months.staffing import PARTS, PERSON, PERSON_BITS, POLE_AT, SCORES, Jobs, Keys, Shift
from kpa_model.simulation.weather.people import Flags

ASKED = "KPA_COMPILER"
"""Name in the environment: processes started from here compile too."""

_NOWHERE = 2**64 - 2**POLE_AT


def asked() -> bool:
    """Tell whether jobs are to be shared by compiled loops."""
    return bool(os.environ.get(ASKED))


def ask() -> None:
    """Share jobs by compiled loops from now on. Raises MissingPackage."""
    _loops()
    os.environ[ASKED] = "oui"


@cache
def _loops() -> tuple[Callable[..., None], Callable[..., None]]:
    """Return both loops, compiled; machine code is kept beside this file for the next time."""
    try:
        import numba
    except ImportError as error:
        raise MissingPackage("Calcul compilé", "numba") from error
    compiled = numba.njit(nogil=True, cache=True)
    return compiled(_fill_keys), compiled(_share)


def keys_of(scores: Floats, able: tuple[Flags, Flags], poles: tuple[Keys, Keys], count: int) -> Keys:
    """Return the keys of people, as `staffing.keys_of` does."""
    key: Keys = np.empty((*scores.shape[:-1], 2 * scores.shape[-1]), staffing.whole_of(count))
    months, wide = (-1, *poles[0].shape), (-1, len(poles[0]), key.shape[-1])
    _loops()[0](scores.reshape(months), *(each.reshape(months) for each in able), *poles, key.reshape(wide))
    key.sort(-1)
    return key


def _fill_keys(scores: Any, able: Any, helps: Any, trade: Any, other: Any, key: Any) -> None:
    months, rows, people = scores.shape
    for month in range(months):
        for row in range(rows):
            for who in range(people):
                score = min(max(scores[month, row, who], 0), SCORES - 1)
                low = np.uint64(score) << np.uint64(PERSON_BITS) | np.uint64(who)
                first, second = np.uint64(_NOWHERE), np.uint64(_NOWHERE)
                if able[month, row, who]:
                    first = np.uint64(trade[row, who]) << np.uint64(POLE_AT)
                if helps[month, row, who]:
                    second = np.uint64(other[row, who]) << np.uint64(POLE_AT)
                key[month, row, who] = low | first
                key[month, row, people + who] = low | second


def share_jobs(key: Keys, poles: int, available: npt.NDArray[np.int32], jobs: Jobs) -> Shift:
    """Share the jobs of many rows, as `staffing.share_jobs` does, without telling who was called."""
    called, load, nobody = np.zeros(len(jobs.row), np.uint8), np.zeros(available.shape, np.int64), np.zeros(0, np.int64)
    _loops()[1](key, poles, available, jobs.row, jobs.pole, jobs.minutes, jobs.team, called, load)
    load *= available
    load >>= staffing.PARTS_BITS
    return Shift(load, available, called, nobody, (), nobody)


def _share(
    key: Any, poles: int, available: Any, row: Any, pole: Any, minutes: Any, team: Any, called: Any, load: Any
) -> None:
    """Take jobs one after the other; fill how many people each calls, and the parts of a minute each person gives."""
    here, asked, hours = -1, 0, 0
    turns, bounds, team_of = np.zeros(poles, np.int64), np.zeros(poles + 1, np.int64), np.zeros(PERSON, np.int64)
    for job in range(len(row)):
        if row[job] != here:  # another month, or another replicate
            here, asked, hours = row[job], 0, available[row[job]].sum()
            turns[:] = 0
            bounds[:] = 0
            for place in range(key.shape[1]):
                mine = key[here, place] >> POLE_AT
                if mine >= poles:  # sorted: who works nowhere comes last
                    break
                bounds[mine + 1] += 1
            for each in range(poles):
                bounds[each + 1] += bounds[each]
        asked += minutes[job]
        mine = pole[job]
        size = bounds[mine + 1] - bounds[mine]
        count = min(team[job], size) if asked <= hours else 0
        called[job] = count
        at, whole = turns[mine], 0
        for each in range(count):
            person = np.int64(key[here, bounds[mine] + at] & PERSON)
            team_of[each] = person
            whole += available[here, person]
            at = at + 1 if at + 1 < size else 0
        turns[mine] = at
        parts = np.int64(minutes[job] * float(PARTS) / max(whole, 1))
        for each in range(count):
            load[here, team_of[each]] += parts
