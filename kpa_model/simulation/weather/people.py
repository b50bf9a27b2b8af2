"""People: who arrives, who is here, who can be paid, who leaves; all drawn before any rule is known.

Each person has one seat `n` for good; seats of the start first, then arrivals in order. A person who leaves does not
give the seat to another: debts and savings stay hers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.money import WHOLE
from kpa_model.randomness import BLOCK, Floats, Purpose, level_of, levels, poisson, uniforms
from kpa_model.simulation.weather.scenario import Group, Scenario

Flags = npt.NDArray[np.bool_]
Small = npt.NDArray[np.int32]

TAKE_OFF = 15
"""Months in the group before anybody may leave for a job of her own. Founding presentation."""

LEARNING_MONTHS = 8
LONGEST_PAST = 18
_NEVER = 10_000


@dataclass(frozen=True, eq=False)
class People:
    """Everybody of one block of B replicates, M months, N seats, P poles.

    Attributes:
        entry: month of arrival `[B, N]`, negative before the start, ≥ M for a seat never taken.
        gone: first month away for good `[B, N]`.
        cape: first month under CAPE `[B, N]`; never for volunteers.
        absent: away this month only `[M, B, N]`; None when nobody ever is.
        available: minutes a month `[B, N]`.
        keen: readiness to take things on `[B, N]`, uniform, the same all along.
        asking: cents asked per hour `[B, N]`.
        need: declared coefficient, hundredths `[B, N]`.
        trade, other: rank of the pole where the person works, and of one where she may help `[B, N]`.
        helps: first month, since entry, in which she can help there `[B, N]`.
        turned_away: arrivals beyond the seats `[B]`.
    """

    entry: Small
    gone: Small
    cape: Small
    absent: Flags | None
    available: Small
    keen: npt.NDArray[np.float32]
    asking: npt.NDArray[np.int64]
    need: npt.NDArray[np.int64]
    trade: npt.NDArray[np.uint32]
    other: npt.NDArray[np.uint32]
    helps: Small
    turned_away: Small

    def here(self, month: int) -> Flags:
        """Tell who is present `[B, N]`."""
        return np.asarray(self.during(month, month + 1)[0])

    def during(self, first: int, last: int) -> Flags:
        """Tell who is present from month `first` to month `last − 1` `[T, B, N]`."""
        months = np.arange(first, last, dtype=np.int32)[:, None, None]
        there = np.asarray((self.entry <= months) & (months < self.gone))
        return there if self.absent is None else there & ~self.absent[first:last]

    def since(self, month: int | Small) -> Small:
        """Return whole months since entry, `[B, N]` for one month, `[T, B, N]` for months `[T, 1, 1]`."""
        return np.maximum(month - self.entry, 0)


def draw_people(scenario: Scenario, seed: int, block: int) -> People:
    """Draw everybody of a block."""
    group, seats = scenario.group, scenario.seats
    entry, turned_away = _entries(scenario, seed, block)
    status = uniforms(seed, block, Purpose.STATUS, seats, 3, BLOCK)
    cape = np.where(status[:, 0] * WHOLE < group.volunteers, _NEVER, entry.T + group.to_cape).T
    character = uniforms(seed, block, Purpose.CHARACTER, seats, 4, BLOCK)
    available = group.available * (0.4 + 1.2 * character[:, 0])
    return People(
        entry=entry,
        gone=_departures(group, entry, cape, status[:, 1:], seed, block),
        cape=cape.astype(np.int32),
        absent=_absences(scenario, seed, block) if group.absent else None,
        available=available.T.astype(np.int32),
        keen=np.ascontiguousarray(character[:, 1].T),
        asking=(scenario.work.asking * (0.5 + character[:, 2].T)).astype(np.int64),
        need=np.array([100, 100, 100, 120])[(character[:, 3].T * 4).astype(np.int64)],
        turned_away=turned_away,
        **_skills(scenario, seed, block),
    )


def _entries(scenario: Scenario, seed: int, block: int) -> tuple[Small, Small]:
    """Return the month of entry `[B, N]`, and how many people found no seat `[B]`."""
    group, start = scenario.group, min(scenario.group.start, scenario.seats)
    draws = uniforms(seed, block, Purpose.ARRIVALS, group.months + 1, BLOCK)
    coming = poisson(draws[1:], group.arrivals / 100)
    for shock in scenario.shocks:
        coming += np.array([shock.arrivals(month) for month in range(group.months)])[:, None]
    so_far = coming.cumsum(0)
    rank = np.arange(scenario.seats - start)
    later = (so_far[:, :, None] <= rank).sum(0).astype(np.int32)  # months before the k-th arrival
    before = (uniforms(seed, block, Purpose.PAST, start, BLOCK).T * LONGEST_PAST).astype(np.int32)
    entry = np.concatenate([-1 - before, np.where(later < group.months, later, _NEVER)], axis=1).astype(np.int32)
    return entry, np.maximum(so_far[-1] - len(rank), 0).astype(np.int32)


def _departures(group: Group, entry: Small, cape: Small, status: Floats, seed: int, block: int) -> Small:
    """Return the first month away: leaving, contract not renewed at 12 or 24 months, end at 36, or taking off."""
    draws = uniforms(seed, block, Purpose.LEAVING, entry.shape[1], 2, BLOCK).transpose(1, 2, 0)
    first = np.maximum(entry, 0)
    gone = first + 1 + _geometric(draws[0], group.leaving)
    gone = np.minimum(gone, np.maximum(entry + TAKE_OFF, first) + 1 + _geometric(draws[1], group.take_off))
    for months, refused in ((12, status[:, 0].T), (24, status[:, 1].T)):
        ends = cape + months
        gone = np.where((refused * WHOLE >= group.renewal) & (ends > 0), np.minimum(gone, ends), gone)
    return np.where(cape < _NEVER, np.minimum(gone, np.maximum(cape + 36, 1)), gone).astype(np.int32)


def _geometric(u: Floats, rate: int) -> Small:
    """Return the number of months before something of monthly chance `rate` (ppm) happens, by inversion."""
    if rate <= 0:
        return np.full(u.shape, _NEVER, np.int32)
    months = np.log1p(-u.astype(np.float64)) / np.log1p(-rate / WHOLE) if rate < WHOLE else np.zeros(u.shape)
    whole: Small = np.minimum(months, _NEVER).astype(np.int32)
    return whole


def _absences(scenario: Scenario, seed: int, block: int) -> Flags:
    drawn = levels(seed, block, Purpose.ABSENCE, scenario.group.months, BLOCK, scenario.seats)
    return np.asarray(drawn < level_of(scenario.group.absent, WHOLE))


def _skills(scenario: Scenario, seed: int, block: int) -> dict[str, npt.NDArray[Any]]:
    """Return where each person works: a first pole by its part of enquiries, perhaps a second, at once or learnt."""
    draws = uniforms(seed, block, Purpose.SKILLS, scenario.seats, 3, BLOCK)
    group, poles = scenario.group, scenario.poles
    first = chosen(draws[:, 0].T, [pole.share for pole in poles])
    other = (first + 1 + (draws[:, 1].T * max(len(poles) - 1, 1)).astype(np.int64)) % len(poles)
    at_once = group.second_skill > draws[:, 2].T * WHOLE
    helps = np.where(at_once, 0, group.learnt or _NEVER)
    return {
        "trade": first.astype(np.uint32),
        "other": other.astype(np.uint32),
        "helps": np.where(other == first, _NEVER, helps).astype(np.int32),
    }


def chosen(u: Floats, shares: list[int]) -> npt.NDArray[np.int64]:
    """Return which share each uniform falls in; the shares need not add up to one."""
    edges = np.cumsum(shares) / max(sum(shares), 1)
    return np.minimum(np.searchsorted(edges, u, "right"), len(shares) - 1)
