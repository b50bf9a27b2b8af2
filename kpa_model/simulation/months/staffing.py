"""Who takes a job: policies that can be compared, and the sharing of jobs that follows, many months at once.

A policy ranks people; jobs then go round the ranking, pole by pole: the first job calls the first people able to do it,
the next job the next people, and so on in a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kpa_model.randomness import Floats
from kpa_model.simulation.flat import Rows, groups_of, how_many, remainder, running
from kpa_model.simulation.weather.people import Flags

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.unsignedinteger]

SCORES = 2**21
"""Scores go from 0 to one less; beyond, people are ranked alike."""

PERSON_BITS, SCORE_BITS, POLE_BITS = 6, 21, 5
"""A key is pole, score, person, from left to right, in 32 bits: sorting keys sorts people, pole by pole."""

PARTS_BITS = 20
PARTS = 2**PARTS_BITS
"""A minute is cut in so many parts, so that sums are exact in any order."""


@dataclass(frozen=True, eq=False)
class StaffingView:
    """What a policy looks at: T months of B replicates, `[T, B, N]` or `[B, N]`.

    Attributes:
        keen: readiness to take things on, the same all along.
        mood: uniform of the month, breaks ties.
        worked: mean minutes a month of presence so far.
        received: mean cents a month of presence so far.
        months: whole months since entry.
    """

    keen: Floats
    mood: Floats
    worked: Floats
    received: Floats
    months: npt.NDArray[np.int32]


@dataclass(frozen=True)
class Policy:
    """A way to choose who takes a job: a score for each person, the smallest is called first.

    `sees_pay` tells that it depends on what people receive, `sees_past` on what they did: months then come one by one.
    """

    name: str
    label: str
    about: str
    score: Callable[[StaffingView], Floats]
    sees_pay: bool = False
    sees_past: bool = True


def _learner_with_experienced(seen: StaffingView) -> Floats:
    """Alternate one person of more than eight months and one newer, each list by fewest hours."""
    new = seen.months < 8
    lightest = np.where(new, np.inf, seen.worked + seen.mood), np.where(new, seen.worked + seen.mood, np.inf)
    places = [np.argsort(np.argsort(each, -1), -1) for each in lightest]
    return np.where(new, 2 * places[1] + 1, 2 * places[0]).astype(np.float64)


POLICIES: Mapping[str, Policy] = {
    each.name: each
    for each in (
        Policy(
            "volontaires",
            "Les volontaires d'abord",
            "Qui lève la main prend. Ce sont souvent les mêmes personnes.",
            lambda seen: (np.float32(1.5) - seen.keen - np.float32(0.5) * seen.mood) * np.float32(2**20),
            sees_past=False,
        ),
        Policy(
            "moins_d_heures",
            "Moins d'heures d'abord",
            "On appelle d'abord qui a eu le moins d'heures.",
            lambda seen: (seen.worked + seen.mood) * 16,
        ),
        Policy(
            "moins_paye",
            "Moins payé·e d'abord",
            "On appelle d'abord qui a reçu le moins d'argent.",
            lambda seen: (seen.received + seen.mood) / 2,
            sees_pay=True,
        ),
        Policy(
            "apprendre_ensemble",
            "Apprendre ensemble",
            "Une personne qui connaît travaille avec une personne qui apprend.",
            _learner_with_experienced,
        ),
    )
}


@dataclass(frozen=True, eq=False)
class Jobs:
    """Jobs wanted, sorted by row: row, pole, minutes of work, people wanted, `[J]` each; and how they stand in rows."""

    row: Ints
    pole: Ints
    minutes: Ints
    team: Ints
    rows: Rows


@dataclass(frozen=True, eq=False)
class Shift:
    """Jobs, shared. R rows (a replicate, one month), N people, J jobs wanted, C calls: one person on one job.

    Attributes:
        minutes: minutes of work of each person `[R, N]`.
        available: minutes each person had `[R, N]`.
        called: people on each job `[J]`; nobody when it found no hands.
        seat: place of each person called in an array `[R, N]`, job after job `[C]`.
        rate: parts of a minute per minute available, of each call `[C]`.
    """

    minutes: Ints
    available: npt.NDArray[np.int32]
    called: Ints
    seat: Ints
    rate: Ints

    @cached_property
    def done(self) -> Flags:
        """Tell which jobs are done `[J]`; the others found no hands."""
        return np.asarray(self.called > 0)

    @cached_property
    def taken(self) -> Ints:
        """Return the rank of the T jobs that are done `[T]`."""
        return np.flatnonzero(self.done)

    @property
    def parts(self) -> tuple[Ints, Ints, Ints]:
        """Return, for each call, the rank of the job among those taken, the person, whole minutes; `[C]` each."""
        job = groups_of(np.cumsum(self.called.take(self.taken)))
        given = self.rate * self.available.ravel().take(self.seat) >> PARTS_BITS
        return job, self.seat % self.minutes.shape[1], given


def keys_of(scores: Floats, able: tuple[Flags, Flags], poles: tuple[Keys, Keys], count: int) -> Keys:
    """Return the keys of people in their first and second pole, `[..., 2N]`, sorted; 64 bits beyond thirty-one poles.

    Who cannot work somewhere has a key all the same, in no pole: every bit of the pole is set, it comes last.

    Args:
        scores: smallest is called first, `[..., N]`.
        able: who works in her first pole, in her second `[..., N]`.
        poles: rank of these poles `[B, N]`.
        count: how many poles there are.
    """
    people, whole = scores.shape[-1], np.dtype(np.uint32 if count < 2**POLE_BITS else np.uint64).type
    pole_at = whole(PERSON_BITS + SCORE_BITS)
    nowhere = np.invert(whole(0)) << pole_at
    key: Keys = np.empty((*scores.shape[:-1], 2 * people), whole)
    score = np.clip(scores, 0, SCORES - 1).astype(whole) << whole(PERSON_BITS)
    for half, (mine, pole) in enumerate(zip(able, poles, strict=True)):
        placed = key[..., half * people : (half + 1) * people]
        np.bitwise_or(score, (pole.astype(whole) << pole_at) | np.arange(people, dtype=whole), out=placed)
        placed |= ~mine * nowhere
    key.sort(-1)
    return key


def share_jobs(key: Keys, poles: int, available: npt.NDArray[np.int32], jobs: Jobs) -> Shift:
    """Share the jobs of many rows.

    1. A job is taken, in order of arrival, while the hours asked so far in its row fit the hours that people have, and
       when at least one person here can do it.
    2. Jobs of a pole go round the ranking of the people able to work there.
    3. The minutes of a job are cut by what each of its people has available that month.

    Everything is done for all jobs, also those that find no hands: they call nobody.

    Args:
        key: people of each row, see `keys_of`, `[R, L]`.
        poles: how many poles there are.
        available: minutes each person has `[R, N]`, zero when away.
        jobs: what is asked.
    """
    people = available.shape[1]
    first, size = _circles(key, poles, jobs)
    fits = jobs.rows.before(jobs.minutes) + jobs.minutes <= np.einsum("...i->...", available).take(jobs.row)
    called = np.minimum(jobs.team, size) * fits
    start = remainder(_turns(jobs, called, poles), np.maximum(size, 1))
    ends = np.cumsum(called)
    job = groups_of(ends)
    place = np.arange(len(job)) + (first + start - ends + called).take(job)
    over = place >= (first + size).take(job)
    place -= over * size.take(job)
    seat = (key.ravel().take(place) & key.dtype.type(2**PERSON_BITS - 1)).astype(np.int64)
    seat += (jobs.row * people).take(job)
    so_far = running(available.ravel().take(seat))
    whole = so_far.take(ends) - so_far.take(ends - called)
    rate = (jobs.minutes * float(PARTS) / np.maximum(whole, 1)).astype(np.int64).take(job)  # exact under 2**53
    load = np.zeros(available.size, np.int64)
    np.add.at(load, seat, rate)
    return Shift(load.reshape(available.shape) * available >> PARTS_BITS, available, called, seat, rate)


def _circles(key: Keys, poles: int, jobs: Jobs) -> tuple[Ints, Ints]:
    """Return where the circle of each job starts among all keys, and how many people stand in it; `[J]` each."""
    rows, places = key.shape
    bounds = np.zeros((poles + 1, rows), np.int64)
    for pole in range(poles):
        below = key < key.dtype.type((pole + 1) << (PERSON_BITS + SCORE_BITS))
        bounds[pole + 1] = how_many(below)
    at, flat = jobs.pole * rows + jobs.row, bounds.ravel()
    first = flat.take(at)
    return first + jobs.row * places, flat.take(at + rows) - first


def _turns(jobs: Jobs, called: Ints, poles: int) -> Ints:
    """Return how many people earlier jobs of the same pole have called, in each row `[J]`.

    Four poles are counted in one number, sixteen bits each: differences are exact whatever carries over.
    """
    turns, place = np.zeros_like(called), ((jobs.pole & 3) << 4).astype(np.uint64)
    for group in range(-(-poles // 4)):
        mine = jobs.pole >> 2 == group
        packed = (called * mine).astype(np.uint64) << place
        turns += (jobs.rows.before(packed) >> place & np.uint64(0xFFFF)).astype(np.int64) * mine
    return turns
