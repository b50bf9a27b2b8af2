"""Checks that can fail: does the method recover known truths, and does the model predict what it has not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kpa_model.randomness import Purpose, stream
from kpa_model.simulation.calibration.abc import Look, Posterior, SimulatedRows, calibrate
from kpa_model.simulation.calibration.reduced import Clock, Floats, simulate

PREDICTIONS = 20_000


@dataclass(frozen=True)
class Prediction:
    """What the model expected of a quantity it had not seen, and what happened. Amounts in euros.

    `chance` is the part of predictions at least as high as what happened.
    """

    low: float
    middle: float
    high: float
    observed: float
    chance: float

    @property
    def inside(self) -> bool:
        """Whether what happened lies in the 90 % interval."""
        return self.low <= self.observed <= self.high


def leave_one_out(
    known: SimulatedRows, facts: Floats, keep: int, clock: Clock, look: Look, seed: int = 1
) -> tuple[Prediction, ...]:
    """Leave each fact aside in turn, learn from the others, and predict it; on the scale of `look`."""
    found = []
    for at, fact in enumerate(facts):
        others = np.delete(np.arange(len(facts)), at)
        learnt = calibrate(SimulatedRows(known.priors, known.rows, known.seen[:, others]), facts[others], keep)
        rng = stream(seed, 2 + at, Purpose.CALIBRATION)
        seen = look(simulate(learnt.resampled(PREDICTIONS, rng), clock, rng))[:, at]
        low, middle, high = (float(np.quantile(seen, part)) for part in (0.05, 0.5, 0.95))
        found.append(Prediction(low, middle, high, float(fact), float((seen >= fact).mean())))
    return tuple(found)


def predict(found: Posterior, clock: Clock, observed: float, seed: int = 1) -> Prediction:
    """Predict the sales of the months after those known, and compare with what happened."""
    rng = stream(seed, 1, Purpose.CALIBRATION)
    seen = simulate(found.resampled(PREDICTIONS, rng), clock, rng)
    sales = seen["sales"][clock.known :].sum(0)
    low, middle, high = (float(np.quantile(sales, part)) for part in (0.05, 0.5, 0.95))
    return Prediction(low, middle, high, observed, float((sales >= observed).mean()))
