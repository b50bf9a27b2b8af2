"""Who takes a job: policies that can be compared, and the sharing of jobs that follows, many months at once.

A policy ranks people; jobs then go round the ranking, pole by pole: the first job calls the first people able to do it,
the next job the next people, and so on in a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from kpa_model.randomness import Floats
from kpa_model.simulation.people import Flags

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.unsignedinteger]

SCORES = 2**21
"""Scores go from 0 to one less; beyond, people are ranked alike."""

PERSON_BITS, SCORE_BITS = 6, 21
"""A key is pole, score, person, from left to right, in 32 bits: sorting keys sorts people, pole by pole."""

_Whole = TypeVar("_Whole", np.int64, np.uint64)

PARTS = 2**20
"""A minute is cut in so many parts, so that sums are exact in any order."""


@dataclass(frozen=True, eq=False)
class Situation:
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
    score: Callable[[Situation], Floats]
    sees_pay: bool = False
    sees_past: bool = True


def _learner_with_experienced(seen: Situation) -> Floats:
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
class Shift:
    """Jobs, shared. R rows (a replicate, one month), J jobs wanted, T taken, N people.

    Attributes:
        taken: rank of the T jobs that are done `[T]`; the others found no hands.
        minutes: minutes of work of each person `[R, N]`.
        circle: people in the order in which they are called, pole after pole, all rows one after the other.
        first, start, size, people, rate: of each job taken `[T]`: where its circle starts, the place of the first
            person called, how many stand in the circle, how many are called, parts of a minute per minute available.
    """

    taken: Ints
    minutes: Ints
    circle: Ints
    first: Ints
    start: Ints
    size: Ints
    people: Ints
    rate: Ints

    def parts(self, available: npt.NDArray[np.int32], row: Ints) -> tuple[Ints, Ints, Ints]:
        """Return one entry per person on a job: rank of the job among those taken, person, whole minutes, `[G]` each.

        Args:
            available: minutes each person has `[R, N]`.
            row: row of each job taken `[T]`.
        """
        job = np.repeat(np.arange(len(self.people)), self.people)
        turn = self.start[job] + np.arange(len(job)) - (np.cumsum(self.people) - self.people)[job]
        person = self.circle[self.first[job] + turn % self.size[job]]
        return job, person, self.rate[job] * available[row[job], person] // PARTS


@dataclass(frozen=True, eq=False)
class Jobs:
    """Jobs wanted, sorted by row: row, pole, minutes of work, people wanted, `[J]` each."""

    row: Ints
    pole: Ints
    minutes: Ints
    team: Ints


def keys_of(scores: Floats, able: tuple[Flags, Flags], poles: tuple[Keys, Keys], nowhere: int) -> Keys:
    """Return the keys of people in their first and second pole, `[..., L]`, sorted; 64 bits beyond thirty-one poles.

    Args:
        scores: smallest is called first, `[..., N]`.
        able: who works in her first pole, in her second `[..., N]`.
        poles: rank of these poles `[B, N]`.
        nowhere: rank of no pole, after all others.
    """
    people, whole = scores.shape[-1], np.dtype(np.uint32 if nowhere < 2**5 else np.uint64).type
    key = np.empty((*scores.shape[:-1], 2 * people), whole)
    score = np.clip(scores, 0, SCORES - 1).astype(whole)
    score <<= PERSON_BITS
    for half, (mine, pole) in enumerate(zip(able, poles, strict=True)):
        fixed = (pole.astype(whole) << (PERSON_BITS + SCORE_BITS)) | np.arange(people, dtype=whole)
        none = whole(nowhere << (PERSON_BITS + SCORE_BITS))
        key[..., half * people : (half + 1) * people] = np.where(mine, score | fixed, none)
    key.sort(-1)
    somewhere = (key < nowhere << (PERSON_BITS + SCORE_BITS)).any(tuple(range(key.ndim - 1)))
    return key[..., : max(int(somewhere.sum()), 1)]  # the rest of each row stands nowhere


def share_jobs(key: Keys, poles: int, available: npt.NDArray[np.int32], jobs: Jobs) -> Shift:
    """Share the jobs of many rows.

    1. A job is taken, in order of arrival, while the hours asked so far in its row fit the hours that people have, and
       when at least one person here can do it.
    2. Jobs of a pole go round the ranking of the people able to work there.
    3. The minutes of a job are cut by what each of its people has available that month.

    Args:
        key: people of each row, see `keys_of`, `[R, L]`.
        poles: how many poles there are.
        available: minutes each person has `[R, N]`, zero when away.
        jobs: what is asked.
    """
    rows, places = key.shape
    circle = (key & (2**PERSON_BITS - 1)).astype(np.int64)
    seat = circle + (np.arange(rows) * available.shape[1])[:, None]
    pole = (key >> (PERSON_BITS + SCORE_BITS)) + (np.arange(rows) * (poles + 1))[:, None]
    many = np.bincount(pole.ravel(), minlength=rows * (poles + 1)).reshape(rows, poles + 1)
    first = (np.cumsum(many, 1) - many + (np.arange(rows) * places)[:, None]).ravel()
    at = jobs.row * (poles + 1) + jobs.pole
    size = many.ravel().take(at)
    asked = _so_far(jobs.minutes, jobs.row, rows) + jobs.minutes
    taken = np.flatnonzero((size > 0) & (asked <= np.einsum("...i->...", available).take(jobs.row)))
    size, first, row = size.take(taken), first.take(at.take(taken)), jobs.row.take(taken)
    people = np.minimum(jobs.team.take(taken), size)
    start = _turns(row, jobs.pole.take(taken), people, poles, rows) % size
    # Minutes available before each place, all circles one after the other: a team's are a difference.
    before = np.zeros(key.size + 1, np.int64)
    np.cumsum(available.ravel().take(seat.ravel()), out=before[1:])
    edges = _edges(first, start, size, people)
    whole = before.take(edges[1]) - before.take(edges[0]) + before.take(edges[3]) - before.take(edges[2])
    rate = jobs.minutes.take(taken) * PARTS // np.maximum(whole, 1)
    load = _load(edges, rate, key.size)
    given = np.bincount(seat.ravel(), load, available.size).reshape(available.shape) * available
    given_minutes = np.floor(given * (1 / PARTS)).astype(np.int64)
    return Shift(taken, given_minutes, circle.ravel(), first, start, size, people, rate)


def _edges(first: Ints, start: Ints, size: Ints, people: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the two stretches of the circle that each job calls: from, to; and, past the end, from, to."""
    over = np.maximum(start + people - size, 0)
    return first + start, first + start + people - over, first, first + over


def _load(edges: tuple[Ints, Ints, Ints, Ints], rate: Ints, places: int) -> Ints:
    """Return the sum of the rates of the jobs that call each place `[places]`: what starts less what ends, summed.

    Whole numbers under 2**53 all along, so that the sum is exact.
    """
    around = np.flatnonzero(edges[3] > edges[2])
    past = rate.take(around)
    starts = np.concatenate([edges[0], edges[2].take(around), edges[1], edges[3].take(around)])
    steps = np.bincount(starts, np.concatenate([rate, past, -rate, -past]), places + 1)
    return np.cumsum(steps.astype(np.int64))[:-1]


def _so_far(values: npt.NDArray[_Whole], row: Ints, rows: int) -> npt.NDArray[_Whole]:
    """Return the sum of the values before each one in its row; rows are sorted."""
    whole = np.zeros(len(values) + 1, values.dtype)
    np.cumsum(values, out=whole[1:])
    first = np.cumsum(np.bincount(row, minlength=rows))
    return whole[:-1] - whole.take(np.concatenate([[0], first[:-1]])).take(row)


def _turns(row: Ints, pole: Ints, people: Ints, poles: int, rows: int) -> Ints:
    """Return how many people earlier jobs of the same pole have called, in each row.

    Four poles are counted in one number, sixteen bits each: differences are exact whatever carries over.
    """
    turns = np.zeros_like(people)
    for group in range(0, poles, 4):
        mine = (pole >= group) & (pole < group + 4)
        places = np.where(mine, 16 * (pole - group), 0).astype(np.uint64)
        packed = np.asarray(np.where(mine, people, 0).astype(np.uint64) << places, np.uint64)
        called = (_so_far(packed, row, rows) >> places) & np.uint64(0xFFFF)
        turns = np.where(mine, called.astype(np.int64), turns)
    return turns
