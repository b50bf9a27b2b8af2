"""Checks that can fail: does the method recover known truths, and does the model predict what it has not seen."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from kpa_model.randomness import Purpose, stream
from kpa_model.simulation.calibration.abc import Look, Posterior, SimulatedRows, calibrate
from kpa_model.simulation.calibration.reduced import Clock, Floats, simulate

PREDICTIONS = 20_000


@dataclass(frozen=True, eq=False)
class Coverage:
    """Simulation-based calibration of one parameter: how often the 90 % interval holds the truth, and the ranks.

    Source:
        S. Talts et al., "Validating Bayesian inference algorithms with simulation-based calibration" (2018).
    """

    name: str
    ranks: Floats

    @property
    def covered(self) -> float:
        """Part of truths inside their 90 % interval."""
        return float(((self.ranks > 0.05) & (self.ranks < 0.95)).mean())

    @property
    def error(self) -> float:
        """Standard error of `covered` if the method is right."""
        return sqrt(0.9 * 0.1 / len(self.ranks))

    @property
    def distance(self) -> float:
        """Kolmogorov distance between the ranks and the uniform law, times the square root of their number."""
        ordered, count = np.sort(self.ranks), len(self.ranks)
        steps = np.arange(1, count + 1) / count
        gap = max(float(np.max(steps - ordered)), float(np.max(ordered - steps + 1 / count)))
        return gap * sqrt(count)


def coverages(known: SimulatedRows, truths: int, keep: int, seed: int = 1) -> tuple[Coverage, ...]:
    """Let rows of the table play the facts in turn, and look where their true parameters fall."""
    rng = stream(seed, 0, Purpose.CALIBRATION)
    chosen = rng.choice(len(known.seen), truths, replace=False)
    ranks: dict[str, list[float]] = {each.name: [] for each in known.priors if each.low < each.high}
    for row in chosen:
        found = calibrate(known, known.seen[row], keep, leave_out=int(row))
        for name, values in ranks.items():
            values.append(found.rank(name, float(known.rows[name][row])))
    return tuple(Coverage(name, np.array(values)) for name, values in ranks.items())


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
