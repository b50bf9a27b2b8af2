"""Choosing projects with a common budget by equal shares: everybody has the same purse, supporters pay together.

Exact fractions: a purse is not money that anybody holds, and only whole projects are paid.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Approvals = Sequence[Collection[str]]
"""For each person, the projects she supports."""


@dataclass(frozen=True)
class Paid:
    """One project funded: what each supporter pays, in cents, and the rate `rho` that was the lowest."""

    project: str
    rho: Fraction
    by: Mapping[int, Fraction]


@dataclass(frozen=True)
class Shared:
    """Projects in the order they were funded, and what is left in each purse, in cents."""

    paid: tuple[Paid, ...]
    left: tuple[Fraction, ...]

    @property
    def projects(self) -> tuple[str, ...]:
        """Return the projects funded."""
        return tuple(each.project for each in self.paid)


def equal_shares(
    purse: Fraction, costs: Mapping[str, int], approvals: Approvals, utility: Literal["cost", "count"] = "cost"
) -> Shared:
    """Fund projects one by one, always the one whose supporters pay the lowest rate.

    1. Everybody starts with the same purse.
    2. A project can be funded when the purses of its supporters hold its cost. They pay the same, as long as each
       can; who cannot pays all she has. `rho` is the most anybody pays for it, per unit of utility.
    3. The project with the least `rho` is funded, its supporters pay; then again, until none can be.
       Equal `rho`: the first one listed.

    Args:
        purse: what each person starts with, in cents.
        costs: project → cents > 0.
        approvals: for each person, her projects.
        utility: what a project is worth to a supporter: its cost, or one.

    Source:
        D. Peters, G. Pierczyński, P. Skowron, "Proportional participatory budgeting with additive utilities",
        *NeurIPS* (2021), section 3.
    """
    left = [Fraction(purse) for _ in approvals]
    paid: list[Paid] = []
    waiting = {project: [who for who, likes in enumerate(approvals) if project in likes] for project in costs}
    while found := _cheapest(waiting, costs, left, utility):
        project, most = found
        rho = most / (costs[project] if utility == "cost" else 1)
        by = {who: min(left[who], most) for who in waiting.pop(project)}
        for who, part in by.items():
            left[who] -= part
        paid.append(Paid(project, rho, by))
    return Shared(tuple(paid), tuple(left))


def _cheapest(
    waiting: Mapping[str, list[int]], costs: Mapping[str, int], left: Sequence[Fraction], utility: str
) -> tuple[str, Fraction] | None:
    """Return the project with the least rate, and the most that a supporter pays for it."""
    best: tuple[Fraction, str, Fraction] | None = None
    for project, supporters in waiting.items():
        most = _most_paid(costs[project], sorted(left[who] for who in supporters))
        if most is None:
            continue
        rho = most / (costs[project] if utility == "cost" else 1)
        if best is None or rho < best[0]:
            best = (rho, project, most)
    return best[1:] if best else None


def _most_paid(cost: int, purses: Sequence[Fraction]) -> Fraction | None:
    """Return the level such that `min(purse, level)` adds up to the cost, purses ascending; None when they cannot."""
    missing = Fraction(cost)
    for at, purse in enumerate(purses):
        if purse * (len(purses) - at) >= missing:
            return missing / (len(purses) - at)
        missing -= purse
    return None


def completed(budget: int, costs: Mapping[str, int], approvals: Approvals, unit: int = 1) -> Shared:
    """Run equal shares again with purses a unit larger each time, as long as the real budget is enough.

    The budget left over would otherwise sleep in purses. The last result within the budget is kept; it stops when
    every project that somebody supports is funded. `unit` is in cents; purses left are those of the last run.

    Source:
        Peters, Pierczyński, Skowron (2021), section 3.4, completion "Add1".
    """
    if not approvals:
        return Shared((), ())
    purse = Fraction(budget, len(approvals))
    wanted = {project for project in costs if any(project in likes for likes in approvals)}
    kept = equal_shares(purse, costs, approvals)
    while {*kept.projects} != wanted:
        purse += unit
        more = equal_shares(purse, costs, approvals)
        if sum(costs[project] for project in more.projects) > budget:
            break
        kept = more
    return kept


def most_votes(budget: int, costs: Mapping[str, int], approvals: Approvals) -> tuple[str, ...]:
    """Return what "most votes first, while there is money" would fund; equal votes: the first one listed."""
    votes = {project: sum(project in likes for likes in approvals) for project in costs}
    chosen: list[str] = []
    for project in sorted((each for each in costs if votes[each]), key=lambda each: -votes[each]):
        if sum(costs[each] for each in chosen) + costs[project] <= budget:
            chosen.append(project)
    return tuple(chosen)
