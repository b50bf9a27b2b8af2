"""What simulated years can promise: the highest minimum that 95 of them in 100 keep, exact, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, sqrt

import numpy as np

from kpa_model.finder.promised import Ints, compulsory
from kpa_model.pay.rule import PayRule
from kpa_model.simulation.months.together import rehearsed, turns_of
from kpa_model.simulation.months.worked import Weather
from kpa_model.simulation.results.chance import LEVEL

KEPT = 0.95
YEAR = 12


@dataclass(frozen=True)
class PossibleYears:
    """The highest minimum that `KEPT` of simulated years keep, cents: each month alone, then with saving.

    `low` and `high` hold the true `alone` 95 times in 100 (order statistics, with one try for each history).
    """

    years: int
    alone: int
    low: int
    high: int
    saved: int


def simulated(weathers: Iterable[Weather], policy: str, rule: PayRule, rows: int) -> PossibleYears:
    """Return what simulated years can promise, whatever the rule: what is left once purchases and host are paid.

    Args:
        weathers: blocks drawn once; the same ones serve every rule.
        policy: who takes a job.
        rule: for the host's contribution.
        rows: how many histories count in all.
    """
    alone, saved, base = [], [], compulsory(rule)
    left = rows
    for weather in weathers:
        pots, people = [], []
        months = rehearsed(weather, policy, with_orders=False)
        for turn in turns_of(weather, months, policy, base):
            month, pot = turn.settled.month, turn.settled.closing.pot
            lead = month.sales.shape
            handed = np.broadcast_to(pot, lead)
            before = np.broadcast_to(month.carried, lead)
            pots.append(np.atleast_2d(handed - before))
            people.append(np.atleast_2d(np.broadcast_to(month.paid, (*lead, month.paid.shape[-1])).sum(-1)))
        one, other = highest_each(np.concatenate(pots)[:, :left], np.concatenate(people)[:, :left])
        alone.append(one)
        saved.append(other)
        left -= one.shape[-1]
        if left <= 0:
            break
    each, kept = np.concatenate(alone, -1), np.concatenate(saved, -1)
    years, histories = each.size, each.shape[-1]
    low, high = _around(years, histories)
    ordered = np.sort(each, None)
    return PossibleYears(
        years, int(ordered[_rank(years)]), int(ordered[low]), int(ordered[high]), int(np.sort(kept, None)[_rank(years)])
    )


def highest_each(pots: Ints, people: Ints) -> tuple[Ints, Ints]:
    """Return the highest minimum of each year of each history `[Y, R]`, without and with saving, from `[M, R]`."""
    years = max(len(pots) // YEAR, 1)
    size = min(YEAR, len(pots))
    pot = np.maximum(pots[: years * size], 0).reshape(years, size, -1)
    there = people[: years * size].reshape(years, size, -1)
    most = np.iinfo(np.int64).max
    alone = np.where(there > 0, pot // np.maximum(there, 1), most).min(1)
    money, counts = np.cumsum(pot, 1), np.cumsum(there, 1)
    saved = np.where(counts > 0, money // np.maximum(counts, 1), most).min(1)
    return np.where(alone == most, 0, alone), np.where(saved == most, 0, saved)


def _rank(many: int) -> int:
    """Return the rank of the highest amount that at least `KEPT` of the years keep, in ascending order."""
    return many - ceil(KEPT * many)


def _around(years: int, histories: int) -> tuple[int, int]:
    """Return the ranks of an interval for that quantile; years of one history count as one try."""
    part = 1 - KEPT
    half = LEVEL * sqrt(part * KEPT / max(histories, 1))
    return max(floor((part - half) * years), 0), min(ceil((part + half) * years), years - 1)
