"""A grid joined to pay: what levels would be worth if they became points, and what that would do to people.

Nobody's own answers are looked at: the members of the month each play an invented case, or receive drawn levels. A
group sees what it would put in motion before it decides anything. Every amount is settled by the rule itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np

from kpa_model.assessment.answers import NOT_MET, Filled, filled
from kpa_model.assessment.cases import invented_cases
from kpa_model.assessment.grid import Grid
from kpa_model.assessment.points import POINT, middle, points, ranks_of, shifted, with_rank
from kpa_model.cooperative.month import Month
from kpa_model.decision import appreciation, impartial
from kpa_model.pay.engine import Settlement, settle
from kpa_model.pay.rule import PayRule
from kpa_model.story.pay.balance import Balance, balance

ONESELF, MIDDLE, BALLOTS, IMPARTIAL = "soi", "autres", "bulletins", "impartial"
WAYS = {
    ONESELF: "Chaque personne se place",
    MIDDLE: "Les autres la placent : la réponse du milieu",
    BALLOTS: "Les autres répartissent : chaque avis pèse pareil",
    IMPARTIAL: "Partage impartial",
}
"""Who gives the points: name → what the screen says."""

READERS, SELDOM = 5, 0.1
"""For drawn levels: how many readers, and how often a criterion is not met."""

FINE = 1_000 * POINT
"""Points put in the pot for each person when the others share them: so many that a rounding moves no cent or one."""

Views = Mapping[str, Mapping[str, Filled]]
"""Who looks → about whom → a filled grid; nobody looks at herself."""


@dataclass(frozen=True)
class Cast:
    """Who plays whom in a month: the case of each member, her own answers, and what the others say of her."""

    grid: Grid
    roles: Mapping[str, str]
    own: Mapping[str, Filled]
    views: Views
    given: dict[str, dict[str, int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Points by way of giving them, once they were counted: they are asked again for each « what if »."""


@dataclass(frozen=True)
class GridPay:
    """What a way of giving points does in one month: points in hundredths, pay in cents by member, all the money."""

    points: Mapping[str, int]
    pay: Mapping[str, int]
    balance: Balance


def paid_members(month: Month) -> tuple[str, ...]:
    """Return the members who can be paid this month."""
    return tuple(name for name, paid in zip(month.members, month.paid.tolist(), strict=True) if paid)


def uses_points(rule: PayRule, month: Month) -> bool:
    """Tell whether points change anything to pay this month, under this rule."""
    members = np.arange(len(month.members))
    one, other = (settle(rule, replace(month, points=100 + 100 * each)).pay for each in (members, members[::-1]))
    return bool((one != other).any())


def cast(grid: Grid, name: str, members: Sequence[str]) -> Cast:
    """Give each member an invented case, in turn; a grid without invented levels receives drawn ones.

    Args:
        grid: the grid, perhaps edited since.
        name: the ready grid that its invented levels were written for.
        members: who plays.
    """
    known = invented_cases()
    played = {member: known[at % len(known)] for at, member in enumerate(members)}
    if all(case.herself(name, grid) and case.read_by_others(name, grid) for case in known):
        own = {member: case.herself(name, grid) or filled(grid, {}) for member, case in played.items()}
        said = {member: case.read_by_others(name, grid) for member, case in played.items()}
    else:
        own, said = _drawn(grid, members)
    views = {
        reader: {about: said[about][at % len(said[about])] for about in members if about != reader}
        for at, reader in enumerate(members)
    }
    return Cast(grid, {member: case.name for member, case in played.items()}, own, views)


def _drawn(grid: Grid, members: Sequence[str]) -> tuple[dict[str, Filled], dict[str, tuple[Filled, ...]]]:
    """Return levels drawn around one ease for each member, always the same: for herself, then for five readers."""
    chance, top = np.random.default_rng(len(grid.criteria)), len(grid.levels)
    own, said = {}, {}
    for member in members:
        true = np.clip(chance.integers(1, top + 1) + chance.integers(-1, 2, len(grid.criteria)), 1, top)
        met = chance.random(len(true)) > SELDOM
        own[member] = _as_filled(grid, true, met)
        said[member] = tuple(_as_filled(grid, _seen(chance, true, top), met) for _ in range(READERS))
    return own, said


def _seen(chance: np.random.Generator, true: Any, top: int) -> Any:
    """Return levels as one reader sees them: sometimes one level away."""
    return np.clip(true + chance.integers(-1, 2, len(true)) * (chance.random(len(true)) < 0.4), 1, top)


def _as_filled(grid: Grid, ranks: Iterable[int], met: Iterable[bool]) -> Filled:
    levels = zip(grid.keys, ranks, met, strict=True)
    return filled(grid, {key: str(int(rank)) if seen else NOT_MET for key, rank, seen in levels})


# --- points, then pay -------------------------------------------------------------------------------------------------


def ways_for(members: Sequence[str]) -> tuple[str, ...]:
    """Return the ways that so few people allow: impartial division asks for four."""
    return tuple(way for way in WAYS if way != IMPARTIAL or len(members) >= impartial.FEWEST)


def given_points(played: Cast, way: str) -> dict[str, int]:
    """Return the points of each member, in hundredths, by one way of giving them."""
    if way not in played.given:
        played.given[way] = _counted(played, way)
    return played.given[way]


def _counted(played: Cast, way: str) -> dict[str, int]:
    members = [*played.own]
    if way == ONESELF:
        return {member: points(played.grid, ranks_of(played.grid, played.own[member])) for member in members}
    seen = {member: _by_others(played, member) for member in members}
    if way == MIDDLE:
        return {member: points(played.grid, middle(played.grid, seen[member])) for member in members}
    ballots = {reader: _ballot(played.grid, about) for reader, about in played.views.items()}
    return appreciation.in_cents(_shares(ballots, members, way), FINE * len(members))


def _shares(ballots: Mapping[str, Mapping[str, int]], members: Sequence[str], way: str) -> dict[str, Fraction]:
    if way == BALLOTS:
        return appreciation.circle(ballots, members)
    whole = {reader: {about: max(1, value) for about, value in ballot.items()} for reader, ballot in ballots.items()}
    return impartial.division(whole)


def _by_others(played: Cast, member: str) -> list[Filled]:
    return [about[member] for about in played.views.values() if member in about]


def _ballot(grid: Grid, about: Mapping[str, Filled]) -> dict[str, int]:
    """Return what one reader gives to each of the others: points by the formula of the grid, hundredths."""
    return {member: points(grid, ranks_of(grid, done)) for member, done in about.items()}


def paid(rule: PayRule, month: Month, given: Mapping[str, int]) -> dict[str, int]:
    """Return the pay of each member, cents, when the points of the month are those given."""
    return _pay(_settled(rule, month, given), given)


def _settled(rule: PayRule, month: Month, given: Mapping[str, int]) -> Settlement:
    whole = np.array([given.get(name, 0) for name in month.members], np.int64)
    return settle(rule, replace(month, points=whole))


def _pay(settled: Settlement, given: Mapping[str, int]) -> dict[str, int]:
    pays = zip(settled.month.members, settled.pay.tolist(), strict=True)
    return {name: int(cents) for name, cents in pays if name in given}


def table(rule: PayRule, month: Month, played: Cast, way: str) -> GridPay:
    """Return points and pay for one way of giving points."""
    given = given_points(played, way)
    settled = _settled(rule, month, given)
    return GridPay(given, _pay(settled, given), balance([settled]))


# --- what if ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moved:
    """What one change of answers does, cents: to the person, and to all the others together."""

    own: int
    others: int


def moved(rule: PayRule, month: Month, before: Cast, after: Cast, way: str, who: str) -> Moved:
    """Return what changes for one person and for the others, when answers go from `before` to `after`."""
    was, now = (paid(rule, month, given_points(each, way)) for each in (before, after))
    own = now[who] - was[who]
    return Moved(own, sum(now.values()) - sum(was.values()) - own)


def with_own(played: Cast, who: str, done: Filled) -> Cast:
    """Return the same cast where one person says something else of herself."""
    return replace(played, own={**played.own, who: done})


def higher(played: Cast, who: str, by: int) -> Cast:
    """Return the cast where one person rates herself so many levels higher everywhere (lower when negative)."""
    return with_own(played, who, shifted(played.grid, played.own[who], by))


def with_view(played: Cast, reader: str, about: Iterable[str], by: int) -> Cast:
    """Return the cast where one reader moves what she says of some people by so many levels."""
    seen = dict(played.views[reader])
    seen |= {member: shifted(played.grid, seen[member], by) for member in about}
    return replace(played, views={**played.views, reader: seen})


def one_level_more(rule: PayRule, month: Month, played: Cast, who: str) -> dict[str, Moved | None]:
    """Return criterion → what one more level is worth; None where the level is the last, or is not counted."""
    found: dict[str, Moved | None] = {}
    for key in played.grid.keys:
        rank = played.own[who].rank(key)
        if rank is None or rank >= len(played.grid.levels):
            found[key] = None
            continue
        after = with_own(played, who, with_rank(played.own[who], key, rank + 1))
        found[key] = moved(rule, month, played, after, ONESELF, who)
    return found


def met_as_first(played: Cast, who: str) -> Cast:
    """Return the cast where what the person has not met counts as the first level: what « not counted » protects."""
    marks = {key: "1" if mark.rank is None else mark.level for key, mark in played.own[who].marks.items()}
    return with_own(played, who, filled(played.grid, marks))
