"""The search: candidates settled on the group's months, filtered by what must be, and the frontier of the others.

A rule is shown only if no other does as well on both axes and on what is missed of the wishes, and better on one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kpa_model.errors import KpaError
from kpa_model.finder.candidates import candidates, neighbours
from kpa_model.finder.measures import Measures, measured
from kpa_model.finder.window import Given, Window
from kpa_model.finder.wishes import Weight, Wishes
from kpa_model.pay.rule import PayRule

AXES = {
    "least": "le plus petit montant d'un mois",
    "hour": "ce que rapporte une heure de plus",
    "commons": "la part du commun",
    "loss": "la plus grande perte",
    "times": "l'écart",
}
HIGHER = {"least": 1, "hour": 1, "commons": 1, "loss": -1, "times": -1}
"""Whether more is better on an axis."""

MOST_SHOWN = 7
APART = 0.1
"""Two rules shown are at least a tenth of the picture apart."""

DRAWN = 7
"""Tenths of the rules that are drawn; the others are neighbours of the best ones."""


@dataclass(frozen=True, eq=False)
class FoundRule:
    """A rule, what it is worth, what it misses of the wishes (weighted, ppm), and what it gives."""

    rule: PayRule
    measures: Measures
    missing: int
    given: Given

    def place(self, axes: tuple[str, str]) -> tuple[int, int, int]:
        """Return what is compared: both axes, more is better, then what is not missed."""
        x, y = (HIGHER[name] * int(getattr(self.measures, name)) for name in axes)
        return x, y, -self.missing


@dataclass(frozen=True, eq=False)
class Search:
    """What a search found: the frontier shown, from one end to the other, and how many rules were tried and kept."""

    shown: tuple[FoundRule, ...]
    frontier: tuple[FoundRule, ...]
    tried: int
    kept: int
    refused: dict[str, int]


def search(
    window: Window,
    wishes: Wishes,
    templates: Sequence[PayRule],
    axes: tuple[str, str] = ("least", "hour"),
    many: int = 500,
    seed: int = 1,
) -> Search:
    """Look for rules on the frontier; the same seed gives the same frontier.

    1. Try rules evenly drawn on the grids of the templates, at most `many` with what follows.
    2. Leave out those that promise more than there is, or miss a wish that must be.
    3. Keep the frontier. Try the neighbours of its rules on their grids, and again while it moves.
    """
    desk = _Desk(window, wishes, many)
    frontier = _frontier(desk.keep(candidates(templates, many * DRAWN // 10, seed)), axes)
    while desk.tried < many:
        more = desk.keep(near for each in frontier for near in neighbours(each.rule))
        after = _frontier([*frontier, *more], axes)
        if len(after) == len(frontier) and all(one is other for one, other in zip(after, frontier, strict=True)):
            break
        frontier = after
    return Search(tuple(_few(frontier, axes)), tuple(frontier), desk.tried, desk.kept, desk.refused)


class _Desk:
    """Tries each rule once, and says why rules are refused."""

    def __init__(self, window: Window, wishes: Wishes, most: int) -> None:
        self.window, self.wishes, self.most = window, wishes, most
        self.seen: set[object] = set()
        self.tried = self.kept = 0
        self.refused: dict[str, int] = {}

    def keep(self, rules: Iterable[PayRule]) -> list[FoundRule]:
        """Return the rules that keep what must be, among those not tried before."""
        found = []
        for rule in rules:
            if self.tried >= self.most:
                break
            if rule.steps in self.seen:
                continue
            self.seen.add(rule.steps)
            self.tried += 1
            if (each := self._tried(rule)) is not None:
                found.append(each)
                self.kept += 1
        return found

    def _tried(self, rule: PayRule) -> FoundRule | None:
        try:
            given = self.window.settle(rule)
        except KpaError:
            self._refuse("step")
            return None
        measures = measured(self.window, given, self.wishes)
        missing, broken = 0, "overdrawn" if measures.overdrawn else ""
        for name, weight in self.wishes.weights.items():
            value = measures.hour_least if name == "hour" else int(getattr(measures, name))
            short = self.wishes.missing(name, value)
            missing += int(weight) * short
            broken = broken or (name if weight is Weight.MUST and short else "")
        if broken:
            self._refuse(broken)
            return None
        return FoundRule(rule, measures, missing, given)

    def _refuse(self, why: str) -> None:
        self.refused[why] = self.refused.get(why, 0) + 1


def _frontier(found: Sequence[FoundRule], axes: tuple[str, str]) -> list[FoundRule]:
    """Return the rules that no other beats, from the highest on the first axis; equal ones: the first tried."""
    places = [(each.place(axes), at) for at, each in enumerate(found)]
    places.sort(key=lambda pair: (tuple(-value for value in pair[0]), pair[1]))
    kept: list[tuple[tuple[int, int, int], int]] = []
    for place, at in places:  # whatever beats a rule comes before it
        if not any(all(mine >= hers for mine, hers in zip(other, place, strict=True)) for other, _ in kept):
            kept.append((place, at))
    return [found[at] for _, at in kept]


def _few(frontier: Sequence[FoundRule], axes: tuple[str, str]) -> list[FoundRule]:
    """Return a few rules that look different: the one that misses least, then the farthest from those, and so on."""
    if not frontier:
        return []
    seen = np.array([each.place(axes)[:2] for each in frontier], np.float64)
    seen = (seen - seen.min(0)) / np.maximum(seen.max(0) - seen.min(0), 1e-9)
    chosen = [min(range(len(frontier)), key=lambda at: frontier[at].missing)]
    while len(chosen) < MOST_SHOWN:
        far = np.linalg.norm(seen[:, None] - seen[None, chosen], axis=-1).min(1)
        if far.max() < APART:
            break
        chosen.append(int(far.argmax()))
    return [frontier[at] for at in sorted(chosen)]
