"""Who takes a job: policies that can be compared, and the sharing of a month's jobs that follows.

A policy ranks people; jobs then go round the ranking, pole by pole: the first job calls the first people able to do it,
the next job the next people, and so on in a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpa_model.randomness import Floats
from kpa_model.simulation.people import Flags

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Situation:
    """What a policy looks at, one month, `[B, N]` each.

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
    """A way to choose who takes a job. `sees_pay` tells that it depends on what people receive."""

    name: str
    label: str
    about: str
    key: Callable[[Situation], Floats]
    sees_pay: bool = False


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
            lambda seen: -(seen.keen + 0.5 * seen.mood),
        ),
        Policy(
            "moins_d_heures",
            "Moins d'heures d'abord",
            "On appelle d'abord qui a eu le moins d'heures.",
            lambda seen: seen.worked + seen.mood,
        ),
        Policy(
            "moins_paye",
            "Moins payé·e d'abord",
            "On appelle d'abord qui a reçu le moins d'argent.",
            lambda seen: seen.received + seen.mood,
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
    """The jobs of one month, shared. J jobs wanted, T taken; one entry per person on a job, G in all.

    Attributes:
        taken: which of the J jobs are done `[J]`; the others found no hands.
        job: rank of the job among those taken `[G]`, ascending.
        person: who works on it `[G]`.
        minutes: for how long `[G]`.
    """

    taken: Flags
    job: Ints
    person: Ints
    minutes: Ints


def share_jobs(
    ranking: Floats,
    able: Flags,
    available: npt.NDArray[np.int32],
    row: Ints,
    pole: Ints,
    minutes: Ints,
    team: Ints,
) -> Shift:
    """Share the jobs of one month.

    1. A job is taken, in order of arrival, while the hours asked so far fit the hours that people have, and when at
       least one person here can do it.
    2. Jobs of a pole go round the ranking of the people able to work there.
    3. The minutes of a job are cut by what each of its people has available that month, to the minute below.

    Args:
        ranking: smallest is called first `[B, N]`.
        able: here and skilled `[B, P, N]`.
        available: minutes each person has `[B, N]`, zero when away.
        row, pole, minutes, team: the jobs `[J]`, sorted by row.
    """
    called, many = _called(ranking, able)
    hands = many[row, pole]
    before = _before(minutes, row, len(ranking))
    taken = (hands > 0) & (before + minutes <= available.sum(-1)[row])
    row, pole, minutes, hands = row[taken], pole[taken], minutes[taken], hands[taken]
    people = np.minimum(team[taken], hands)
    first = np.cumsum(people) - people
    job = np.repeat(np.arange(len(row)), people)
    turn = _turns(row, pole, people, able.shape[1], len(ranking))[job] + np.arange(len(job)) - first[job]
    person = called[row[job], pole[job], turn % hands[job]]
    parts = available[row[job], person].astype(np.int64)
    whole = np.bincount(job, parts, len(row)).astype(np.int64)[job]
    return Shift(taken, job, person, minutes[job] * parts // np.maximum(whole, 1))


def _called(ranking: Floats, able: Flags) -> tuple[npt.NDArray[np.int16], Ints]:
    """Return the people able to work in each pole, first called first, `[B, P, N]`, and how many they are `[B, P]`."""
    order = np.argsort(ranking, -1).astype(np.int16)
    sorted_able = np.take_along_axis(able, order[:, None, :].astype(np.int64), -1)
    places = np.cumsum(sorted_able, -1, dtype=np.int16)
    row, pole, at = np.nonzero(sorted_able)
    called = np.zeros(able.shape, np.int16)
    called[row, pole, places[row, pole, at] - 1] = order[row, at]
    return called, places[..., -1].astype(np.int64)


def _before(values: Ints, row: Ints, rows: int) -> Ints:
    """Return the sum of the values before each one in its row; rows are sorted."""
    whole = np.cumsum(values) - values
    first = np.searchsorted(row, np.arange(rows))
    return np.asarray(whole - np.concatenate([whole, [0]])[first][row])


def _turns(row: Ints, pole: Ints, people: Ints, poles: int, rows: int) -> Ints:
    """Return how many people earlier jobs of the same pole have called."""
    turns = np.zeros_like(people)
    for each in range(poles):
        mine = pole == each
        turns[mine] = _before(people[mine], row[mine], rows)
    return turns
