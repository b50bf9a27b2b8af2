"""Who can play a rule: what somebody gains who declares more, asks more, or uses a friend's name; and who pays it.

Said of positions, never of persons: who gives few hours this month, who is in the middle, who gives many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kpa_model.audit.changes import AskMore, Change, MoreTime, OtherFinder, OtherKind, Withhold
from kpa_model.audit.laws import ROUNDING, Ints, received
from kpa_model.audit.trial import changed
from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS, Kind
from kpa_model.pay.engine import Settlement
from kpa_model.pay.rule import PayRule

POSITIONS = ("peu d'heures", "un nombre moyen d'heures", "beaucoup d'heures")
"""A third of the people of a month each, by hours."""
FEW = 5
"""In a month of fewer people, what a position receives would be what somebody receives."""


@dataclass(frozen=True)
class Ploy:
    """Something one can do alone, or with a friend. `says` begins a sentence: « Noter deux heures de plus ».

    `facts` are what it changes: a rule that reads none of them cannot be played so.
    """

    key: str
    facts: tuple[str, ...]
    says: str
    changes: Callable[[Month], Iterator[Change]]


def _paid(month: Month) -> list[int]:
    return [int(at) for at in np.flatnonzero(month.paid)]


def _declare(month: Month) -> Iterator[Change]:
    return (MoreTime(who, KINDS.index(Kind.SUPPORT), 120) for who in _paid(month))


def _ask(month: Month) -> Iterator[Change]:
    return (AskMore(who) for who in _paid(month))


def _friend(month: Month) -> Iterator[Change]:
    paid = _paid(month)
    for order, who in zip(*np.nonzero(month.order_brought), strict=True):
        yield from (OtherFinder(int(who), other, int(order)) for other in paid if other != who)


def _withhold(month: Month) -> Iterator[Change]:
    return (Withhold(who) for who in _paid(month) if (np.delete(month.points, who) > 0).any())


def _kind(month: Month) -> Iterator[Change]:
    for who in _paid(month):
        for kind in np.flatnonzero(month.minutes[:, who]):
            yield from (OtherKind(who, int(kind), other) for other in range(len(KINDS)) if other != kind)


TIME = ("minutes", "line_minutes", "line_kind")

PLOYS = (
    Ploy("heures", TIME, "Noter deux heures d'appui de plus", _declare),
    Ploy("genre", TIME, "Noter deux heures sous un autre genre", _kind),
    Ploy("demande", ("claims",), "Demander 100\u00a0€ de plus", _ask),
    Ploy("prete_nom", ("order_brought",), "Mettre une commande au nom d'une autre personne", _friend),
    Ploy("points", ("points",), "Donner un point de moins à chaque autre personne", _withhold),
)


@dataclass(frozen=True)
class PloyGain:
    """What a gesture gives over the months of the group. Amounts in cents.

    Attributes:
        gesture: which one.
        gains: for each position, the median gain of a month, or None when nobody of that position can do it.
        most: the largest gain seen in a month.
        others: what the others lose together then, on average over the times where it gains something.
        each: the same for each of them.
        common: what fund, reserve, host and pot lose then.
        times, tried: how many times it gains more than rounding, out of how many.
    """

    gesture: Ploy
    gains: tuple[int | None, ...]
    most: int
    others: int
    each: int
    common: int
    times: int
    tried: int

    @property
    def pays(self) -> bool:
        """Tell whether the gesture gains anything."""
        return self.times > 0


@dataclass(frozen=True)
class _Try:
    position: int
    gain: int
    others: int
    each: float


def played(rule: PayRule, settled: Sequence[Settlement]) -> tuple[PloyGain, ...]:
    """Return what each gesture gives, over months of the group already settled."""
    tries: Mapping[str, list[_Try]] = {gesture.key: [] for gesture in PLOYS}
    for each in settled:
        for gesture in PLOYS:
            tries[gesture.key].extend(_on_month(rule, each, gesture))
    return tuple(_sum_up(gesture, tries[gesture.key]) for gesture in PLOYS)


def _on_month(rule: PayRule, settled: Settlement, gesture: Ploy) -> Iterator[_Try]:
    """Try a gesture on one month; where it can be done in several ways, each person takes her best one."""
    month = settled.month
    changes = list(gesture.changes(month))
    if not changes:
        return
    before, place = received(settled), positions(month)
    if not rule.reads & {*gesture.facts}:
        yield from (_Try(int(place[who]), 0, 0, 0.0) for who in {change.people[0] for change in changes})
        return
    best: dict[int, tuple[int, Ints]] = {}
    for change, after in zip(changes, changed(rule, month, changes), strict=True):
        moved = after - before
        gain = int(moved[[*change.people]].sum())
        who = change.people[0]
        if who not in best or gain > best[who][0]:
            best[who] = gain, np.delete(moved, [*change.people])
    for who, (gain, others) in best.items():
        losing = others < 0
        lost = int(-others[losing].sum())
        yield _Try(int(place[who]), gain, lost, lost / max(int(losing.sum()), 1))


def given(settled: Sequence[Settlement]) -> tuple[int, ...]:
    """Return what the rule gives to each position in a month, the median one; nothing for a small group."""
    seen = [_given(each) for each in settled if np.count_nonzero(each.month.paid) >= FEW]
    return tuple(int(cents) for cents in np.median(seen, axis=0)) if seen else ()


def _given(settled: Settlement) -> list[float]:
    got, place, paid = received(settled), positions(settled.month), settled.month.paid
    return [float(np.median(got[paid & (place == each)])) for each in range(len(POSITIONS))]


def positions(month: Month) -> Ints:
    """Return the third of each person by hours, among those who can be paid: 0 few, 1, 2 many; the others are in 0."""
    paid, place = np.flatnonzero(month.paid), np.zeros(len(month.members), np.int64)
    order = paid[np.argsort(month.all_minutes[paid], kind="stable")]
    place[order] = np.arange(len(order)) * len(POSITIONS) // max(len(order), 1)
    return place


def _sum_up(gesture: Ploy, tries: Sequence[_Try]) -> PloyGain:
    won = [each for each in tries if each.gain > ROUNDING]
    gains = []
    for place in range(len(POSITIONS)):
        mine = [each.gain for each in tries if each.position == place]
        gains.append(int(np.median(mine)) if mine else None)

    def mean(values: Sequence[float]) -> int:
        return round(sum(values) / len(values)) if values else 0

    return PloyGain(
        gesture=gesture,
        gains=tuple(gains),
        most=max((each.gain for each in won), default=0),
        others=mean([each.others for each in won]),
        each=mean([each.each for each in won]),
        common=mean([each.gain - each.others for each in won]),
        times=len(won),
        tried=len(tries),
    )
