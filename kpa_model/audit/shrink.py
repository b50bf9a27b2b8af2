"""The smallest example: people, orders, hours and euros are taken away or rounded as long as the law still fails.

Deterministic: the same case gives the same example. Hypothesis shrinks one value at a time, by trying the
rule again for each; here a whole round of simpler months is settled in one call: a hundred times quicker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce
from itertools import pairwise
from typing import Any

import numpy as np

from kpa_model.audit.changes import AXES, stacked, with_facts
from kpa_model.audit.laws import ROUNDING, Law, received
from kpa_model.audit.trial import Example
from kpa_model.cooperative.month import Month, known_facts
from kpa_model.pay.engine import settle
from kpa_model.pay.rule import PayRule

Simpler = Callable[[Month], Month]
"""One simplification of a month, of the same shape."""

ROUNDS = 8
ABSENT: dict[str, object] = {"present": False, "payable": False}
SHARED = ("carried", "fund", "reserve", "sales_before", "margin_before", "direct_costs", "sales")
STEPS = (1_000_00, 100_00, 10_00, 1_00)
"""Round amounts, the roundest first, cents."""


def smallest(rule: PayRule, law: Law, case: Example) -> Example:
    """Return the smallest case found against a law from one case against it."""
    kept = set(case.change.people)
    month = _fewest_people(rule, law, case, kept)
    for _ in range(ROUNDS):
        before = month
        for simpler in (lambda _: _orders(case), _facts, _rounder):
            month = _all_that_hold(rule, law, case, month, [*simpler(month)])
        if all(np.array_equal(getattr(month, name), getattr(before, name)) for name in AXES):
            break
    return _cut_down(rule, law, replace(case, month=month, cents=int(_against(rule, law, case, [month])[0])))


def _against(rule: PayRule, law: Law, case: Example, months: Sequence[Month]) -> np.ndarray:
    """Return the cents against the law on each month, all in one call."""
    together = stacked(months)
    before, after = received(settle(rule, together)), received(settle(rule, case.change.after(together)))
    return np.broadcast_to(np.atleast_1d(law.against(case.change, before, after)), (len(months),))


def _fewest_people(rule: PayRule, law: Law, case: Example, kept: set[int]) -> Month:
    """Return the month with the fewest people: those the change is about, then one more, then two; else one by one."""
    month, here = case.month, [int(at) for at in np.flatnonzero(case.month.present)]
    others = [at for at in here if at not in kept]
    tried = [
        *([{*kept}] if kept else []),
        *({*kept, one} for one in others),
        *({*kept, one, two} for one, two in pairwise(others)),
    ]
    months = [_without([at for at in here if at not in group])(month) for group in tried]
    for simple, cents in zip(months, _against(rule, law, case, months), strict=True):
        if cents > ROUNDING:
            return simple
    return _all_that_hold(rule, law, case, month, [_without([at]) for at in others])


def _all_that_hold(rule: PayRule, law: Law, case: Example, month: Month, simpler: Sequence[Simpler]) -> Month:
    """Return the month with as many simplifications as hold: those that hold alone, together; else half of them."""
    months = [each(month) for each in simpler]
    if not months:
        return month
    good = _that_hold(rule, law, case, months, simpler)
    while good:
        sizes = [len(good) >> at for at in range(len(good).bit_length())]
        tries = [reduce(lambda now, each: each(now), good[:size], month) for size in sizes]
        holds = _against(rule, law, case, tries) > ROUNDING
        if not holds.any():
            good = good[1:]
            continue
        first = int(holds.argmax())
        month, good = tries[first], good[sizes[first] :]
        good = _that_hold(rule, law, case, [each(month) for each in good], good) if good else good
    return month


def _that_hold(
    rule: PayRule, law: Law, case: Example, months: Sequence[Month], simpler: Sequence[Simpler]
) -> list[Simpler]:
    """Return the simplifications whose month still goes against the law."""
    cents = _against(rule, law, case, months)
    return [each for each, against in zip(simpler, cents, strict=True) if against > ROUNDING]


# --- simplifications --------------------------------------------------------------------------------------------------


def _put(name: str, index: tuple[Any, ...], value: Any, month: Month) -> Month:
    fact = np.array(getattr(month, name))
    fact[index] = value
    return with_facts(month, {name: fact})


def _time(kind: int, who: int, minutes: int, month: Month) -> Month:
    """Return the month with so many minutes of one kind for one person, all on her first line of that kind."""
    then = _put("minutes", (kind, who), minutes, month)
    hers = np.flatnonzero((month.line_who == who) & (month.line_kind == kind))
    if not len(hers):
        return then
    lines = np.array(month.line_minutes)
    lines[hers] = 0
    lines[hers[0]] = minutes
    return with_facts(then, {"line_minutes": lines})


def _without(people: Sequence[int]) -> Simpler:
    """Return what takes people away: absent, with nothing to their name."""

    def away(month: Month) -> Month:
        facts = {name: np.array(getattr(month, name)) for name, axes in AXES.items() if axes.endswith("N")}
        for name, fact in facts.items():
            fact[..., people] = ABSENT.get(name, known_facts()[name]["default"])
        gone = np.isin(month.line_who, people)
        return with_facts(month, {**facts, "line_minutes": month.line_minutes * ~gone})

    return away


def _orders(case: Example) -> Iterator[Simpler]:
    """Yield each order emptied, but those the change is about."""

    def empty(order: int, month: Month) -> Month:
        for name, axes in AXES.items():
            if axes.startswith("O"):
                month = _put(name, (order,), known_facts()[name]["default"], month)
        return month

    for order in range(case.month.order_sales.shape[-1]):
        if order not in case.change.orders:
            yield partial(empty, order)


def _facts(month: Month) -> Iterator[Simpler]:
    """Yield each personal fact at its usual value, for each person, then each shared amount at nothing."""
    for name, axes in AXES.items():
        if not axes.endswith("N") or name in ("present", "payable"):
            continue
        usual = known_facts()[name]["default"]
        for index in zip(*np.nonzero(getattr(month, name) != usual), strict=True):
            yield (
                partial(_time, index[0], index[1], usual)
                if name == "minutes"
                else partial(_put, name, tuple(index), usual)
            )
    for name in SHARED:
        if int(getattr(month, name)):
            yield partial(_put, name, (), 0)


def _rounder(month: Month) -> Iterator[Simpler]:
    """Yield amounts to the nearest round one, hours to the nearest whole one."""
    for name in (*SHARED, "order_sales", "order_costs", "claims", "owed", "saved", "advance", "decided"):
        fact = np.atleast_1d(getattr(month, name))
        for index in zip(*np.nonzero(fact), strict=True):
            value = int(fact[index])
            at = tuple(index) if np.ndim(getattr(month, name)) else ()
            rounded = (round(value / step) * step for step in STEPS)
            yield from (partial(_put, name, at, each) for each in rounded if each not in (0, value))
    for name in ("minutes", "order_minutes", "points"):
        fact, unit = getattr(month, name), 100 if name == "points" else 60
        for index in zip(*np.nonzero(fact), strict=True):
            value = int(fact[index])
            lower = {unit, *(max(round(value / step) * step, step) for step in (10 * unit, unit))}
            lower_ones = [each for each in sorted(lower) if each < value]
            if name == "minutes":
                yield from (partial(_time, index[0], index[1], each) for each in lower_ones)
            else:
                yield from (partial(_put, name, tuple(index), each) for each in lower_ones)


def _cut_down(rule: PayRule, law: Law, case: Example) -> Example:
    """Return the case without the people who are not there and the empty orders, if the law still fails so."""
    month = case.month
    people = sorted({*np.flatnonzero(month.present).tolist(), *case.change.people})
    sold = (month.order_sales != 0) | (month.order_costs != 0) | month.order_minutes.any(-1)
    orders = sorted({*np.flatnonzero(sold | month.order_brought.any(-1)).tolist(), *case.change.orders})
    facts = {}
    for name, axes in AXES.items():
        fact = getattr(month, name)
        fact = fact[..., people] if axes.endswith("N") else fact
        facts[name] = fact[orders] if axes.startswith("O") else fact[month.line_minutes > 0] if axes == "L" else fact
    facts["line_who"] = np.array([people.index(who) for who in facts["line_who"]], np.int64)
    facts["line_order"] = np.array([orders.index(at) if at in orders else -1 for at in facts["line_order"]], np.int64)
    members = tuple(month.members[at] for at in people)
    ranks = {"who": people, "other": people, "order": orders}
    moved = {
        name: known.index(getattr(case.change, name))
        for name, known in ranks.items()
        if getattr(case.change, name, -1) >= 0
    }
    small = replace(case, month=with_facts(month, {**facts, "members": members}), change=replace(case.change, **moved))  # type: ignore[type-var]
    cents = int(_against(rule, law, small, [small.month])[0])
    return replace(small, cents=cents) if cents > ROUNDING else case
