"""Trying a rule on a month and on the same month changed: how many cents go against a law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpa_model.audit.changes import AXES, Change, stacked, with_facts
from kpa_model.audit.laws import Ints, Law, received
from kpa_model.cooperative.month import Month
from kpa_model.pay.engine import settle
from kpa_model.pay.rule import PayRule


@dataclass(frozen=True, eq=False)
class Example:
    """One month, without replicates, one change, and the cents that go against a law."""

    month: Month
    change: Change
    cents: int


def light(rule: PayRule, month: Month) -> Month:
    """Return a month without lines of hours and purchases one by one, when the rule reads none of them."""
    heavy = [name for name, axes in AXES.items() if axes in ("L", "C")]
    if rule.reads & {*heavy}:
        return month
    return with_facts(month, {name: getattr(month, name)[..., :0] for name in heavy})


def changed(rule: PayRule, month: Month, changes: Sequence[Change]) -> Ints:
    """Return what each person receives after each change, all of them leaving one same shape, `[V, …, N]`."""
    settled = settle(rule, stacked([change.after(month) for change in changes]))
    there = received(settled)
    return np.broadcast_to(there, (len(changes), *there.shape[-1:])) if there.ndim == 1 else there


def against_on(rule: PayRule, law: Law, month: Month) -> tuple[list[Change], Ints]:
    """Return every change that a law tries on one month, and the cents against it, `[V]`."""
    changes = list(law.changes(month, rule.reads))
    if not changes:
        return [], np.zeros(0, np.int64)
    before, after = received(settle(rule, month)), changed(rule, month, changes)
    return changes, np.array([law.against(change, before, each) for change, each in zip(changes, after, strict=True)])


def worst_of(rule: PayRule, law: Law, drawn: Month) -> tuple[int, Example | None]:
    """Return how many cases a law was tried on, over months with a leading axis, and the worst of them.

    Each change is made on all months at once.
    """
    before, worst, tried = received(settle(rule, drawn)), None, 0
    rows = len(drawn.sales)
    for change in law.changes(drawn, rule.reads):
        cents = np.broadcast_to(law.against(change, before, received(settle(rule, change.after(drawn)))), (rows,))
        tried += rows
        at = int(cents.argmax())
        if worst is None or cents[at] > worst.cents:
            worst = Example(one_of(drawn, at), change, int(cents[at]))
    return tried, worst


def one_of(months: Month, at: int) -> Month:
    """Return one month out of several with a leading axis on its facts."""
    facts = {name: getattr(months, name) for name in AXES}
    return with_facts(
        months,
        {name: np.asarray(fact[at]) if fact.ndim > len(AXES[name]) else fact for name, fact in facts.items()},
    )
