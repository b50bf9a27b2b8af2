"""One replicate out of a block: to draw a single possible year on top of the bands."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from kpa_model.simulation.outcome import Outcome

_LAST = {"pay": 1, "paid": 1, "kept": 2, "dry": 1, "short": 1, "some_under": 1, "most_under": 1}
"""Axis of the replicate where it is not the first."""


def only(seen: Outcome, row: int) -> Outcome:
    """Return the outcome of a single replicate, with an axis of length one."""
    taken = {each.name: np.take(getattr(seen, each.name), [row], _LAST.get(each.name, 0)) for each in fields(Outcome)}
    return Outcome(**taken)
