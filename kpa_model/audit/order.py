"""Which neighbouring steps of a rule could change places without moving one cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpa_model.cooperative.month import Month
from kpa_model.errors import KpaError
from kpa_model.pay.engine import Settlement, settle
from kpa_model.pay.rule import PayRule


@dataclass(frozen=True)
class Swap:
    """Two neighbouring steps, by rank of the first: in how many months of the group, and on how many drawn families,
    their order moves a cent."""

    first: int
    own: int
    drawn: int

    @property
    def matters(self) -> bool:
        """Tell whether the order of the two steps was seen to matter."""
        return self.own + self.drawn > 0


def swaps(rule: PayRule, settled: Sequence[Settlement], drawn: Sequence[Month]) -> tuple[Swap, ...]:
    """Try each pair of neighbours the other way round, on the months of the group, then on drawn months."""
    found = []
    usual = [settle(rule, month) for month in drawn]
    for at in range(len(rule.steps) - 1):
        one, other = rule.steps[at : at + 2]
        swapped = rule.with_steps(*rule.steps[:at], other, one, *rule.steps[at + 2 :])
        own = sum(not _same(each, swapped, each.month) for each in settled)
        other_months = sum(not _same(each, swapped, month) for each, month in zip(usual, drawn, strict=True))
        found.append(Swap(at, own, other_months))
    return tuple(found)


def _same(before: Settlement, rule: PayRule, month: Month) -> bool:
    try:
        after = settle(rule, month).closing
    except KpaError:
        return False
    pairs = zip(vars(before.closing).values(), vars(after).values(), strict=True)
    return all(bool((one == other).all()) for one, other in pairs)
