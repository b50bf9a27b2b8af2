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
from kpa_model.simulation.flat import Rows, remainder
from kpa_model.simulation.weather.people import Flags

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.unsignedinteger]
Small = npt.NDArray[np.uint8]
"""Numbers of people: a row has 64 of them at most, in two poles each."""

SCORES = 2**21
"""Scores go from 0 to one less; beyond, people are ranked alike."""

PERSON_BITS, SCORE_BITS, POLE_BITS = 6, 21, 5
"""A key is pole, score, person, from left to right, in 32 bits: sorting keys sorts people, pole by pole."""

PERSON, POLE_AT = 2**PERSON_BITS - 1, PERSON_BITS + SCORE_BITS

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
    team: npt.NDArray[np.signedinteger]
    rows: Rows


@dataclass(frozen=True, eq=False)
class Shift:
    """Jobs, shared. R rows (a replicate, one month), N people, J jobs wanted.

    Attributes:
        minutes: minutes of work of each person `[R, N]`.
        available: minutes each person had `[R, N]`.
        called: people on each job `[J]`; nobody when it found no hands.
        order: the T jobs that are done, largest teams first `[T]`.
        seats: the first person called on each of these jobs, then the second…: her place in an array `[R, N]`.
        rate: parts of a minute per minute available, on each of these jobs `[T]`.
    """

    minutes: Ints
    available: npt.NDArray[np.int32]
    called: Small
    order: Ints
    seats: tuple[Ints, ...]
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
        called, rate = self.called.take(self.taken), np.empty(len(self.called), np.int64)
        rate[self.order] = self.rate
        job = np.repeat(np.arange(len(called)), called)
        begins = (np.cumsum(self.called, dtype=np.int64) - self.called).take(self.order)
        seat = np.empty(len(job), np.int64)
        for rank, each in enumerate(self.seats):
            seat[begins[: len(each)] + rank] = each
        given = rate.take(self.taken).take(job) * self.available.ravel().take(seat) >> PARTS_BITS
        return job, seat % self.minutes.shape[1], given


def whole_of(poles: int) -> type[np.unsignedinteger]:
    """Return the numbers that hold the keys of so many poles."""
    return np.uint32 if poles < 2**POLE_BITS else np.uint64


def keys_of(scores: Floats, able: tuple[Flags, Flags], poles: tuple[Keys, Keys], count: int) -> Keys:
    """Return the keys of people in their first and second pole, `[..., 2N]`, sorted; 64 bits beyond thirty-one poles.

    Who cannot work somewhere has a key all the same, in no pole: every bit of the pole is set, it comes last.

    Args:
        scores: smallest is called first, `[..., N]`.
        able: who works in her first pole, in her second `[..., N]`.
        poles: rank of these poles `[B, N]`.
        count: how many poles there are.
    """
    people, whole = scores.shape[-1], whole_of(count)
    nowhere = np.invert(whole(0)) << whole(POLE_AT)
    key: Keys = np.empty((*scores.shape[:-1], 2 * people), whole)
    score = np.clip(scores, 0, SCORES - 1).astype(whole) << whole(PERSON_BITS)
    for half, (mine, pole) in enumerate(zip(able, poles, strict=True)):
        placed = score | (pole.astype(whole) << whole(POLE_AT) | np.arange(people, dtype=whole))
        placed |= ~mine * nowhere
        key[..., half * people : (half + 1) * people] = placed
    key.sort(-1)
    return key


def share_jobs(key: Keys, poles: int, available: npt.NDArray[np.int32], jobs: Jobs) -> Shift:
    """Share the jobs of many rows.

    1. A job is taken, in order of arrival, while the hours asked so far in its row fit the hours that people have, and
       when at least one person here can do it.
    2. Jobs of a pole go round the ranking of the people able to work there.
    3. The minutes of a job are cut by what each of its people has available that month.

    Everything is done for all jobs at once: every job calls its first person, then its second one… Largest teams come
    first, so that those who call again are always the first ones.

    Args:
        key: people of each row, see `keys_of`, `[R, L]`.
        poles: how many poles there are.
        available: minutes each person has `[R, N]`, zero when away.
        jobs: what is asked.
    """
    first, size = _circles(key, poles, jobs)
    fits = jobs.rows.within(jobs.minutes, np.einsum("...i->...", available))
    called = np.minimum(jobs.team, size).astype(np.uint8) * fits
    start = remainder(_turns(jobs, called, poles), np.maximum(size, 1))
    many = np.cumsum(np.bincount(called, minlength=1)[:0:-1])[::-1]  # jobs that call one person, two…
    order = np.argsort(~called, kind="stable")[: many[0] if len(many) else 0]
    place, before_end = (first + start).take(order), (size - start).take(order)
    row, size, hours = jobs.row.take(order) * available.shape[1], size.take(order), available.ravel()
    seats, whole, persons = list[Ints](), np.zeros(len(order), np.int64), key.dtype.type(PERSON)
    for rank, here in enumerate(many):
        back = np.flatnonzero(before_end[:here] == rank)  # the end of the circle: on from its start
        place[back] -= size.take(back)
        seats.append((key.ravel().take(place[:here]) & persons).astype(np.int64) + row[:here])
        whole[:here] += hours.take(seats[-1])
        place[:here] += 1
    rate = (jobs.minutes.take(order) * float(PARTS) / np.maximum(whole, 1)).astype(np.int64)  # exact under 2**53
    load = np.zeros(available.size, np.int64)
    for seat in seats:
        np.add.at(load, seat, rate[: len(seat)])
    load *= hours
    load >>= PARTS_BITS
    return Shift(load.reshape(available.shape), available, called, order, tuple(seats), rate)


def _circles(key: Keys, poles: int, jobs: Jobs) -> tuple[Ints, Small]:
    """Return where the circle of each job starts among all keys, and how many people stand in it; `[J]` each.

    People are counted for several poles at once, a byte for each: one person counts in her pole and in those after it.
    """
    lanes, whole, pole_of = key.dtype.itemsize, key.dtype.type, key >> key.dtype.type(POLE_AT)
    one = whole(np.iinfo(whole).max // 255)  # in every byte
    bounds = np.zeros((len(key), poles + lanes), np.uint8)
    for pole in range(0, poles, lanes):
        later = pole_of if not pole else np.maximum(pole_of, whole(pole)) - whole(pole)
        counted = np.einsum("...i->...", one << (later << whole(3)))
        bounds[:, pole + 1 : pole + 1 + lanes] = counted.astype(f"<u{lanes}").view(np.uint8).reshape(-1, lanes)
    at, flat = jobs.row * bounds.shape[1] + jobs.pole, bounds.ravel()
    first = flat.take(at)
    return jobs.row * key.shape[1] + first, flat.take(at + 1) - first


def _turns(jobs: Jobs, called: Small, poles: int) -> Ints:
    """Return how many people earlier jobs of the same pole have called, in each row `[J]`.

    Four poles are counted in one number, sixteen bits each: differences are exact whatever carries over.
    """
    turns, place = np.zeros(len(called), np.int64), ((jobs.pole & 3) << 4).view(np.uint64)
    for group in range(0, poles, 4):
        mine = (jobs.pole >= group) & (jobs.pole < group + 4) if poles > 4 else np.True_
        before = jobs.rows.before((called * mine).astype(np.uint64) << place)
        turns += (before >> place & np.uint64(0xFFFF)).view(np.int64) * mine
    return turns
