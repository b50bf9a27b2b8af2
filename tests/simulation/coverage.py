"""Does the calibration recover known truths? Rows of its table play the facts in turn."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from kpa_model.randomness import Purpose, stream
from kpa_model.simulation.calibration.abc import SimulatedRows, calibrate
from kpa_model.simulation.calibration.reduced import Floats


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
