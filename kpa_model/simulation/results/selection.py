"""One replicate out of a block: to draw a single possible history on top of the bands."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from kpa_model.simulation.results.outcome import Ints, Outcome

_AXES = {
    "pay": 1, "paid": 1, "given": 1, "recent": 1, "worked": -3, "kept": 2, "dry": 1, "till": 1, "some_under": 1,
    "most_under": 1,
}  # fmt: skip
"""Axis of the replicate where it is not the first."""


def only(seen: Outcome, row: int) -> Outcome:
    """Return the outcome of a single replicate, with an axis of length one."""
    taken = {each.name: np.take(getattr(seen, each.name), [row], _AXES.get(each.name, 0)) for each in fields(Outcome)}
    return Outcome(**taken)


def one_history(seen: Outcome, row: int) -> Ints:
    """Return what the least paid person, the mean and the best paid person receive each month, cents `[3, M]`.

    Only people who could receive count; a month without any is zero.
    """
    pay, paid = seen.pay[:, row], seen.paid[:, row]
    people, best = paid.sum(-1), np.where(paid, pay, 0).max(-1)
    least = np.where(people > 0, np.where(paid, pay, best[:, None]).min(-1), 0)
    return np.stack([least, np.where(paid, pay, 0).sum(-1) // np.maximum(people, 1), best])
