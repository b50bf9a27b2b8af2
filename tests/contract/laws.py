"""The laws of a step. Each is a function over a situation that raises AssertionError; its docstring is the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from kpa_model.cooperative.work import KINDS
from kpa_model.pay.purses import PERSONAL, Purses
from tests.contract.months import NAMES, Situation, doubled, pick, reorder

NEVER_NEGATIVE = ("pay", "saved", "owed", "fund", "reserve")


def after(of: Situation) -> Purses:
    """Return the purses once the step has acted."""
    return of.now.after(of.step.move(of.month, of.now))


def odd_cents(of: Situation) -> int:
    """Return how many cents rounding may move: one for each amount that is split on its own."""
    return 1 + of.month.order_sales.shape[-1] + len(of.month.poles)


def no_cent_is_created_or_lost(of: Situation) -> None:
    """The money in all purses is the same before and after, and each purse keeps its shape."""
    then = after(of)
    assert (then.total() == of.now.total()).all()
    assert all(getattr(then, name).shape[-1] == len(of.month.members) for name in (*PERSONAL, "owed"))
    assert all(getattr(then, name).dtype == np.int64 for name in (*PERSONAL, "pot", "fund", "owed"))
    assert all(np.broadcast_shapes(getattr(then, name).shape, of.axes) == of.axes for name in ("pot", "cae", "fund"))


def inputs_are_left_unchanged(of: Situation) -> None:
    """Facts and purses are read-only here: writing in them raises; asked twice, the step answers the same."""
    first, second = after(of), after(of)
    assert all((getattr(first, name) == getattr(second, name)).all() for name in ("pot", "pay", "saved", "owed"))


def nobody_unpayable_is_paid(of: Situation) -> None:
    """Without a CAPE contract, no pay."""
    assert not np.where(of.month.payable, 0, after(of).pay).any()


def nobody_goes_below_zero(of: Situation) -> None:
    """No step takes from a person, or from a common purse, more than it holds."""
    then = after(of)
    assert all((getattr(then, name) >= 0).all() for name in NEVER_NEGATIVE)


def replicates_do_not_talk(of: Situation) -> None:
    """Settling a stack of months is settling each of them."""
    whole = after(of)
    for at in np.ndindex(of.axes):
        alone = after(replace(of, month=pick(of.month, at), now=pick(of.now, at), axes=()))
        here = pick(whole, at)
        for name in ("pot", "costs", "cae", "fund", "reserve", "pay", "saved", "owed"):
            assert np.array_equal(getattr(here, name), getattr(alone, name)), name


def the_order_of_people_does_not_matter(of: Situation) -> None:
    """Listing people in another order moves no more than the odd cents."""
    order = of.rng.permutation(len(of.month.members))
    listed = after(of)
    moved = after(replace(of, month=reorder(of.month, order), now=reorder(of.now, order)))
    for name in (*PERSONAL, "owed"):
        _near(getattr(moved, name), getattr(listed, name)[..., order], odd_cents(of))


def names(of: Situation) -> None:
    """Calling people by other names changes nothing."""
    renamed = replace(of.month, members=tuple(f"x{name}" for name in NAMES[: len(of.month.members)]))
    assert (after(of).pay == after(replace(of, month=renamed)).pay).all()


def monotone_hours(of: Situation) -> None:
    """One more hour of one person never lowers her amount, but for the odd cents."""
    rng = of.rng
    who, kind = rng.integers(len(of.month.members)), rng.integers(len(KINDS))
    more = np.zeros((len(KINDS), len(of.month.members)), np.int64)
    more[kind, who] = 60
    line = np.cumsum(of.month.line_who == who, -1) == 1  # her first line of hours says so too
    then = replace(
        of.month,
        minutes=of.month.minutes + more,
        line_minutes=of.month.line_minutes + 60 * (line & (of.month.line_who == who)),
    )
    orders = of.month.order_minutes.shape[-2]
    if orders and rng.random() < 0.5:
        worked = np.zeros((orders, len(of.month.members)), np.int64)
        worked[rng.integers(orders), who] = 60
        then = replace(then, order_minutes=of.month.order_minutes + worked)
    gained = after(replace(of, month=then)).pay[..., who] - after(of).pay[..., who]
    assert (gained >= -odd_cents(of)).all()


def scale(of: Situation) -> None:
    """Twice the money everywhere gives twice each amount, but for the cents."""
    once, twice = after(of), after(replace(of, month=doubled(of.month), now=doubled(of.now)))
    cents = 2 * odd_cents(of) + len(of.month.members)
    for name in ("pot", "cae", "fund", "reserve", "pay", "saved", "owed"):
        _near(getattr(twice, name), 2 * getattr(once, name), cents)


def positive_pot(of: Situation) -> None:
    """A pot that is not overdrawn before the step is not overdrawn after it."""
    assert ((after(of).pot >= 0) | (of.now.pot < 0)).all()


def _near(left: np.ndarray, right: np.ndarray, cents: int) -> None:
    assert (np.abs(left - right) <= cents).all()


Law = Callable[[Situation], None]
ALWAYS: tuple[Law, ...] = (
    no_cent_is_created_or_lost,
    inputs_are_left_unchanged,
    nobody_unpayable_is_paid,
    nobody_goes_below_zero,
    replicates_do_not_talk,
    the_order_of_people_does_not_matter,
)
OPTIONAL: dict[str, Law] = {each.__name__: each for each in (names, monotone_hours, scale, positive_pot)}


def laws_of(breaks: object) -> tuple[Law, ...]:
    """Return every law a step must keep: all but those it declares broken."""
    return (*ALWAYS, *(law for name, law in OPTIONAL.items() if name not in breaks))  # type: ignore[operator]
