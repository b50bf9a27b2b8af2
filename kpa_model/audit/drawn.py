"""Months drawn for an audit: plausible ones, always the same, where the people a rule names are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.audit.laws import Ints
from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS
from kpa_model.declare.setting import Names, settings_of
from kpa_model.pay.rule import PayRule
from kpa_model.randomness import Purpose, stream

ROWS = 192
SIZES = ((3, 2), (6, 3))
"""People and orders of each family of months."""

PAST = 3
FIRST_DAY = date(2025, 3, 1).toordinal()


def named_in(rule: PayRule) -> tuple[str, ...]:
    """Return the people that a rule names."""
    found: list[str] = []
    for step in rule.steps:
        for attribute, setting in settings_of(step).items():
            if isinstance(setting, Names):
                found += getattr(step, attribute)
    return tuple(dict.fromkeys(found))


def drawn_months(rule: PayRule, seed: int = 1) -> Iterator[Month]:
    """Yield families of drawn months, `ROWS` along a leading axis each."""
    for family, (people, orders) in enumerate(SIZES):
        yield _months(rule, stream(seed, family, Purpose.AUDIT), people, orders)


def _months(rule: PayRule, rng: np.random.Generator, people: int, orders: int) -> Month:
    letters = [f"Personne {chr(65 + at)}" for at in range(people)]
    members = (*named_in(rule), *letters)[:people]

    def some(high: int, *axes: int, often: float = 0.7, unit: int = 1) -> Ints:
        """Return whole numbers of units up to `high`, some of them zero."""
        drawn = rng.integers(0, high + 1, (ROWS, *axes)) * unit
        return np.asarray(drawn * (rng.random(drawn.shape) < often))

    done, said = _orders(some, rng, people, orders), _people(some, rng, people)
    facts: dict[str, Any] = {"calendar": rng.integers(1, 13, ROWS), **done, **said, **_purses(some, people)}
    return Month.of(members, label="mois tiré", poles=("Traiteur", "Jardin"), **facts)


Some = Callable[..., Ints]


def _lines(rng: np.random.Generator, minutes: Ints, orders: int) -> dict[str, npt.NDArray[Any]]:
    """Return one line of hours for each person and kind of work, some day of the month; empty ones weigh nothing."""
    kinds, people = minutes.shape[-2:]
    shape = (ROWS, kinds * people)
    kind, who = (np.broadcast_to(each.ravel(), shape) for each in np.indices((kinds, people)))
    return {
        "line_who": who,
        "line_kind": kind,
        "line_minutes": minutes.reshape(shape),
        "line_order": np.where(kind == 0, rng.integers(-1, orders, shape), -1),
        "line_day": FIRST_DAY + rng.integers(0, 30, shape),
        "line_start": rng.choice([-1, 9 * 60, 19 * 60], shape),
        "line_task": rng.choice(["", "vaisselle", "réunion"], shape),
        "line_quantity": rng.integers(0, 10, shape) * 100,
    }


def _orders(some: Some, rng: np.random.Generator, people: int, orders: int) -> dict[str, Ints]:
    """Return orders, who worked on them, the hours of the month and its money."""
    sold, bought = some(1_500, orders, often=0.9, unit=100), some(300, orders, often=0.5, unit=100)
    worked = some(12, orders, people, often=0.5, unit=60)
    minutes = some(15, len(KINDS), people, often=0.6, unit=60)
    minutes[:, 0] += worked.sum(1)
    brought = np.zeros((ROWS, orders, people), np.int64)
    np.put_along_axis(brought, rng.integers(0, people, (ROWS, orders, 1)), 1, -1)
    return {
        **_lines(rng, minutes, orders),
        "order_number": np.array([str(at + 1) for at in range(orders)]),
        "order_customer": rng.choice(["particulier", "association"], (ROWS, orders)),
        "order_quantity": some(40, orders, often=0.5, unit=100),
        "minutes": minutes,
        "sales": sold.sum(-1),
        "direct_costs": bought.sum(-1) + some(50, often=0.5, unit=100),
        "order_sales": sold,
        "order_costs": bought,
        "order_pole": rng.integers(0, 2, (ROWS, orders)),
        "order_minutes": worked,
        "order_brought": brought,
    }


def _people(some: Some, rng: np.random.Generator, people: int) -> dict[str, npt.NDArray[Any]]:
    """Return who is there, and what people say or had before."""
    return {
        "present": rng.random((ROWS, people)) < 0.95,
        "payable": rng.random((ROWS, people)) < 0.9,
        "points": some(8, people, often=0.9, unit=100),
        "claims": some(200, people, often=0.8, unit=100),
        "need": rng.choice([100, 100, 120, 150], (ROWS, people)),
        "seniority": rng.integers(0, 24, (ROWS, people)),
        "role": rng.choice(["", "coordination"], (ROWS, people)),
        "own_pole": rng.choice(["Traiteur", "Jardin"], (ROWS, people)),
        "advance": some(30, people, often=0.2, unit=100),
        "decided": some(20, people, often=0.2, unit=100),
        "absence": some(7, people, often=0.1, unit=60),
        "past_pay": some(250, PAST, people, often=0.9, unit=100),
        "past_minutes": some(40, PAST, people, often=0.9, unit=60),
        "past_points": some(8, PAST, people, often=0.9, unit=100),
    }


def _purses(some: Some, people: int) -> dict[str, Ints]:
    """Return what came before: money of the year, purses, debts."""
    return {
        "sales_before": some(20_000, unit=100),
        "margin_before": some(15_000, unit=100),
        "carried": some(100, often=0.3, unit=100),
        "fund": some(500, unit=100),
        "reserve": some(800, unit=100),
        "owed": some(60, people, often=0.15, unit=100),
        "saved": some(60, people, often=0.15, unit=100),
    }
