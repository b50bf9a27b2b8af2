"""What somebody may do to a month, or what may happen to it: one hour more, an order cut in two, somebody who arrives.

A change makes another month, and never touches the first. Months left in one shape are settled together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.month import Month, known_facts

AXES = {name: str(about["axes"]) for name, about in known_facts().items()}
"""Facts of a month and their axes, replicates apart."""

CUT = ("order_sales", "order_costs", "order_minutes", "order_quantity")
"""What is cut in two when an order is; the rest is said of both."""

NEWCOMER = "la personne qui arrive"


def with_facts(month: Month, facts: Mapping[str, Any]) -> Month:
    """Return the same month with other facts."""
    return replace(month, **facts)


class Change:
    """Base of every change. `people` and `orders` are those it is about: an example keeps them."""

    @property
    def people(self) -> tuple[int, ...]:
        """Return the ranks of the people it is about."""
        return tuple(getattr(self, name) for name in ("who", "other") if hasattr(self, name))

    @property
    def orders(self) -> tuple[int, ...]:
        """Return the ranks of the orders it is about."""
        order = getattr(self, "order", -1)
        return (order,) if order >= 0 else ()

    def after(self, month: Month) -> Month:
        """Return the month with the change; leading axes are replicates, all changed alike."""
        raise NotImplementedError


Values = npt.NDArray[Any]


def _set(values: Values, index: tuple[Any, ...], value: Any) -> Values:
    changed = np.array(values)
    changed[(..., *index)] = value
    return changed


def _more_lines(month: Month, then: Mapping[str, Values], kept: Values) -> Month:
    """Return a month whose lines of hours keep `kept` minutes, followed by the same lines with the facts of `then`."""
    facts = {}
    for name, axes in AXES.items():
        if axes == "L":
            own = getattr(month, name)
            first, second = np.broadcast_arrays(kept if name == "line_minutes" else own, then.get(name, own))
            facts[name] = np.concatenate([first, second], -1)
    return with_facts(month, facts)


@dataclass(frozen=True)
class MoreTime(Change):
    """Somebody gives, or notes, more time of one kind, perhaps on an order."""

    who: int
    kind: int
    minutes: int = 60
    order: int = -1

    def after(self, month: Month) -> Month:
        more = month.minutes[..., self.kind, self.who] + self.minutes
        facts = {"minutes": _set(month.minutes, (self.kind, self.who), more)}
        if self.order >= 0:
            on_it = month.order_minutes[..., self.order, self.who] + self.minutes
            facts["order_minutes"] = _set(month.order_minutes, (self.order, self.who), on_it)
        return with_facts(month, facts | self._line(month))

    def _line(self, month: Month) -> dict[str, Values]:
        """Return one line of hours more, alike the first one, when the month has lines."""
        if not month.line_who.shape[-1]:
            return {}
        said = {"who": self.who, "kind": self.kind, "minutes": self.minutes, "order": self.order}
        facts = {}
        for name, axes in AXES.items():
            if axes == "L":
                own = getattr(month, name)
                new = _set(own[..., :1], (0,), said.get(name.removeprefix("line_"), own[..., 0]))
                facts[name] = np.concatenate([own, new], -1)
        return facts


@dataclass(frozen=True)
class MoreMoney(Change):
    """More sales, of one order or of none in particular."""

    cents: int
    order: int = -1

    def after(self, month: Month) -> Month:
        sales = np.asarray(month.sales + self.cents)
        if self.order < 0:
            return replace(month, sales=sales)
        sold = month.order_sales[..., self.order] + self.cents
        return replace(month, sales=sales, order_sales=_set(month.order_sales, (self.order,), sold))


@dataclass(frozen=True)
class Alike(Change):
    """Two people are made alike: the second has all the facts of the first."""

    who: int
    other: int

    def after(self, month: Month) -> Month:
        personal = [name for name, axes in AXES.items() if axes.endswith("N")]
        facts = {name: getattr(month, name) for name in personal}
        alike = {name: _set(fact, (self.other,), fact[..., self.who]) for name, fact in facts.items()}
        kept = month.line_minutes * (month.line_who != self.other)
        copied = {
            "line_who": np.full_like(month.line_who, self.other),
            "line_minutes": month.line_minutes * (month.line_who == self.who),
        }
        return _more_lines(with_facts(month, alike), copied, kept)


@dataclass(frozen=True)
class CutOrder(Change):
    """An order becomes two, each with half of everything: the same work, the same money, two lines."""

    order: int

    def after(self, month: Month) -> Month:
        changed = {}
        for name, axes in AXES.items():
            if not axes.startswith("O"):
                continue
            fact = getattr(month, name)
            at = fact.ndim - len(axes)
            whole = np.take(fact, [self.order], at)
            half = whole // 2 if name in CUT else whole
            cut = (*(slice(None),) * at, slice(self.order, self.order + 1))
            first = np.array(fact)
            first[cut] = half
            second = np.char.add(whole, " bis") if name == "order_number" else whole - half if name in CUT else whole
            changed[name] = np.concatenate([first, second], at)
        return with_facts(month, changed)


@dataclass(frozen=True)
class Arrival(Change):
    """Somebody arrives, under contract, who has not yet worked."""

    def after(self, month: Month) -> Month:
        grown: dict[str, Any] = {}
        for name, axes in AXES.items():
            if axes.endswith("N"):
                fact = getattr(month, name)
                grown[name] = np.concatenate(
                    [fact, np.full((*fact.shape[:-1], 1), known_facts()[name]["default"], fact.dtype)], -1
                )
        return with_facts(month, {"members": (*month.members, NEWCOMER), **grown})


@dataclass(frozen=True)
class AskMore(Change):
    """Somebody asks for more."""

    who: int
    cents: int = 100_00

    def after(self, month: Month) -> Month:
        return replace(month, claims=_set(month.claims, (self.who,), month.claims[..., self.who] + self.cents))


@dataclass(frozen=True)
class OtherFinder(Change):
    """An order that somebody brought is noted under the name of a friend."""

    who: int
    other: int
    order: int

    def after(self, month: Month) -> Month:
        mine = month.order_brought[..., self.order, self.who]
        moved = _set(month.order_brought, (self.order, self.who), 0)
        return replace(month, order_brought=_set(moved, (self.order, self.other), mine))


@dataclass(frozen=True)
class Withhold(Change):
    """Somebody gives the others one point less each."""

    who: int
    points: int = 100

    def after(self, month: Month) -> Month:
        lower = np.maximum(month.points - self.points, 0)
        return replace(month, points=_set(lower, (self.who,), month.points[..., self.who]))


@dataclass(frozen=True)
class OtherKind(Change):
    """Hours are noted under another kind of work."""

    who: int
    kind: int
    other_kind: int
    minutes: int = 120

    def after(self, month: Month) -> Month:
        moved = np.minimum(month.minutes[..., self.kind, self.who], self.minutes)
        changed = np.array(month.minutes)
        changed[..., self.kind, self.who] -= moved
        changed[..., self.other_kind, self.who] += moved
        then = replace(month, minutes=changed)
        mine = month.line_minutes * ((month.line_who == self.who) & (month.line_kind == self.kind))
        before = np.cumsum(mine, -1) - mine
        gone = np.clip(np.asarray(moved)[..., None] - before, 0, mine)
        lines = {"line_kind": np.full_like(month.line_kind, self.other_kind), "line_minutes": gone}
        return _more_lines(then, lines, month.line_minutes - gone)


@dataclass(frozen=True)
class WithoutOrder(Change):
    """An order is lost: its sales and purchases go, the hours given stay given."""

    order: int

    def after(self, month: Month) -> Month:
        sales, costs = month.order_sales[..., self.order], month.order_costs[..., self.order]
        gone = {
            name: _set(getattr(month, name), (self.order, *(slice(None),) * (len(axes) - 1)), 0)
            for name, axes in AXES.items()
            if axes.startswith("O") and getattr(month, name).dtype.kind == "i" and name != "order_pole"
        }
        money = {"sales": np.asarray(month.sales - sales), "direct_costs": np.asarray(month.direct_costs - costs)}
        return with_facts(month, {**gone, **money})


@dataclass(frozen=True, eq=False)
class LinesCut(Change):
    """Every line of hours is noted in two lines; what was made is noted on one of them."""

    def after(self, month: Month) -> Month:
        kept = np.asarray(month.line_minutes) // 2
        made = np.zeros_like(month.line_quantity)
        return _more_lines(month, {"line_minutes": month.line_minutes - kept, "line_quantity": made}, kept)


@dataclass(frozen=True)
class HoursCut(LinesCut):
    """The same, in the book: `then` is the month read again from it."""

    then: Month

    def after(self, month: Month) -> Month:
        return self.then


def stacked(months: Sequence[Month]) -> Month:
    """Return months of one same shape as one month with an axis in front; what they share is not repeated."""
    first, facts = months[0], {}
    for name in AXES:
        arrays = [getattr(month, name) for month in months]
        if any(array is not arrays[0] for array in arrays):
            facts[name] = np.stack(np.broadcast_arrays(*arrays))
    return with_facts(first, facts)
