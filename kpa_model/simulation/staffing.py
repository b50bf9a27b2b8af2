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

Ranks = npt.NDArray[np.int16]

_FAR = 1 << 12
"""Rank of somebody who cannot take the job."""


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
    """The jobs of one month, shared. J jobs wanted, T taken.

    Attributes:
        taken: which of the J jobs are done `[J]`; the others found no hands.
        minutes: minutes of each person on each job taken `[T, N]`.
    """

    taken: Flags
    minutes: npt.NDArray[np.int32]


def share_jobs(
    ranking: Floats,
    able: Flags,
    available: npt.NDArray[np.int32],
    row: npt.NDArray[np.int64],
    pole: npt.NDArray[np.int64],
    minutes: npt.NDArray[np.int64],
    team: npt.NDArray[np.int64],
) -> Shift:
    """Share the jobs of one month.

    1. A job is taken, in order of arrival, while the hours asked so far fit the hours that people have, and when at
       least one person here can do it.
    2. Jobs of a pole go round the ranking of the people able to work there.
    3. The minutes of a job are cut by what each of its people has available that month.

    Args:
        ranking: smallest is called first `[B, N]`.
        able: here and skilled `[B, P, N]`.
        available: minutes each person has `[B, N]`, zero when away.
        row, pole, minutes, team: the jobs `[J]`, sorted by row.
    """
    ranks, many = _ranks(ranking, able)
    hands = many[row, pole]
    before = _before(minutes, row, len(ranking))
    taken = (hands > 0) & (before + minutes <= available.sum(-1)[row])
    row, pole, minutes, hands = row[taken], pole[taken], minutes[taken], hands[taken]
    people = np.minimum(team[taken], hands)
    place = ranks[row, pole] - (_turns(row, pole, people, able.shape[1], len(ranking)) % hands)[:, None].astype(
        np.int16
    )
    place += np.where(place < 0, hands[:, None].astype(np.int16), np.int16(0))
    parts = np.where(place < people[:, None], available[row], 0)
    each = minutes.astype(np.float32) / np.maximum(parts.sum(-1), 1)
    return Shift(taken, (parts * each[:, None].astype(np.float32)).astype(np.int32))


def _ranks(ranking: Floats, able: Flags) -> tuple[Ranks, npt.NDArray[np.int64]]:
    """Return the rank of each person among those able, per pole `[B, P, N]`, and how many they are `[B, P]`."""
    order = np.argsort(ranking, -1)
    sorted_able = np.take_along_axis(able, order[:, None, :], -1)
    places = np.cumsum(sorted_able, -1, dtype=np.int16)
    ranks = np.full(able.shape, _FAR, np.int16)
    np.put_along_axis(ranks, order[:, None, :], np.where(sorted_able, places - 1, _FAR).astype(np.int16), -1)
    return ranks, places[..., -1].astype(np.int64)


def _before(values: npt.NDArray[np.int64], row: npt.NDArray[np.int64], rows: int) -> npt.NDArray[np.int64]:
    """Return the sum of the values before each one in its row; rows are sorted."""
    whole = np.cumsum(values) - values
    first = np.searchsorted(row, np.arange(rows))
    return np.asarray(whole - np.concatenate([whole, [0]])[first][row])


def _turns(
    row: npt.NDArray[np.int64], pole: npt.NDArray[np.int64], people: npt.NDArray[np.int64], poles: int, rows: int
) -> npt.NDArray[np.int64]:
    """Return how many people earlier jobs of the same pole have called."""
    turns = np.zeros_like(people)
    for each in range(poles):
        mine = pole == each
        turns[mine] = _before(people[mine], row[mine], rows)
    return turns
