"""Orders one by one, as they enter the pot: heavy, and only for the rules that look at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.randomness import BLOCK, LEVELS, Floats
from kpa_model.simulation.months.staffing import Shift
from kpa_model.simulation.weather.orders import Orders
from kpa_model.simulation.weather.people import Flags, People

Ints = npt.NDArray[np.int64]
Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Entering:
    """Orders that enter the pot in one month of one block, flat, sorted by replicate: E orders.

    Attributes:
        row, slot: replicate and rank in its month of each order `[E]`.
        sales, costs, pole, finder: of each order `[E]`.
        job, person, given: one entry per person on an order: its rank among the E, the person, minutes `[G]`.
    """

    row: Ints
    slot: Ints
    sales: Ints
    costs: Ints
    pole: Ints
    finder: Ints
    job: Ints
    person: Ints
    given: Ints


class Waiting:
    """Orders done, each kept with the work on it until the month in which it enters the pot."""

    def __init__(self, weather_orders: Orders, people: People) -> None:
        self.orders, self.people = weather_orders, people
        self.kept: dict[int, list[Columns]] = {}

    def keep(self, done: Columns, shift: Shift, present: Flags, first: int) -> None:
        """Keep the orders of some months, the first of which is `first`."""
        row = (done["month"] - first) * BLOCK + done["row"]
        here = present.reshape(-1, present.shape[-1])
        keenest = np.argsort(np.where(present, -self.people.keen, np.inf), -1).reshape(here.shape)
        columns: Columns = {
            "row": done["row"], "sales": done["counted"], "costs": done["costs"],
            "pole": self.orders.pole.take(done["rank"]),
            "finder": _finders(self.orders.finder.take(done["rank"]) / LEVELS, row, keenest, here),
        }  # fmt: skip
        columns["job"], columns["person"], columns["given"] = shift.parts
        enters, columns = _sorted(done["enters"], columns)
        months = np.unique(enters)
        bounds = np.searchsorted(enters, [*months, months[-1] + 1] if len(months) else [])
        works = np.searchsorted(columns["job"], bounds)
        for at, month in enumerate(months):
            mine, theirs = slice(*bounds[at : at + 2]), slice(*works[at : at + 2])
            part = {name: columns[name][mine] for name in ORDER} | {name: columns[name][theirs] for name in WORK}
            part["job"] = part["job"] - bounds[at]
            self.kept.setdefault(int(month), []).append(part)

    def enter(self, month: int) -> Entering:
        """Give the orders that enter the pot in a month; they wait no more."""
        return Entering(**_joined(self.kept.pop(month, [])))


def _finders(u: Floats, row: Ints, keenest: Ints, present: Flags) -> Ints:
    """Return who found each order: the keenest people find more (the square of the uniform)."""
    here = present.sum(-1)[row]
    return np.where(here > 0, keenest[row, (u * u * np.maximum(here, 1)).astype(np.int64)], -1)


ORDER, WORK = ("row", "sales", "costs", "pole", "finder"), ("job", "person", "given")
"""Columns with one entry per order, and per person on an order."""


def _sorted(enters: Ints, columns: Columns) -> tuple[Ints, Columns]:
    """Return orders sorted by the month in which they enter the pot, first come first, with the work on them."""
    if (enters[1:] >= enters[:-1]).all():
        return enters, columns
    order = np.argsort(enters.astype(np.uint16), kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    job = place.take(columns["job"])
    work = np.argsort(job, kind="stable")
    moved = {name: columns[name].take(order) for name in ORDER} | {name: columns[name].take(work) for name in WORK}
    return enters.take(order), moved | {"job": job.take(work)}


def _joined(parts: list[Columns]) -> Columns:
    """Return the orders that enter the pot this month, sorted by replicate, with their rank inside it."""
    if not parts:
        return {name: np.zeros(0, np.int64) for name in (*ORDER, *WORK, "slot")}
    starts = np.cumsum([0, *(len(part["row"]) for part in parts)])
    moved = [part | {"job": part["job"] + start} for part, start in zip(parts, starts, strict=False)]
    made = {name: np.concatenate([part[name] for part in moved]) for name in (*ORDER, *WORK)}
    order = np.argsort(made["row"].astype(np.uint16), kind="stable")
    made |= {name: made[name][order] for name in ORDER}
    made["job"] = np.argsort(order)[made["job"]]
    made["slot"] = np.arange(len(made["row"])) - np.searchsorted(made["row"], np.arange(BLOCK))[made["row"]]
    return made
