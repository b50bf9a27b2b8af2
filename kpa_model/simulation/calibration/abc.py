"""Approximate Bayesian calibration: one reference table, the nearest rows, local-linear regression.

1. Draw parameters from the priors, simulate what would be seen: a table.
2. Keep the rows nearest to the facts, in units of their median absolute deviation.
3. Regress parameters on what was seen, with weights that vanish at the edge, and move each row to the facts.
   Parameters are regressed where they run over the whole line, so that none leaves its prior.

Source:
    M. Beaumont, W. Zhang, D. Balding, "Approximate Bayesian computation in population genetics", *Genetics* 162 (2002).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from kpa_model.randomness import Purpose, stream
from kpa_model.simulation.calibration.reduced import Clock, Floats, Prior, draw_rows, simulate

CHUNK = 50_000
_EDGE = 1e-9

Look = Callable[[Mapping[str, Floats]], Floats]
"""From what a simulation shows to the quantities compared with facts, `[R, S]`, each on a scale where distances mean
something (logarithms of amounts, square roots of counts)."""


@dataclass(frozen=True, eq=False)
class SimulatedRows:
    """Simulated rows: parameters `[R]` each, and what is compared `[R, S]`."""

    priors: tuple[Prior, ...]
    rows: Mapping[str, Floats]
    seen: Floats


def table(priors: tuple[Prior, ...], clock: Clock, look: Look, rows: int, seed: int) -> SimulatedRows:
    """Return a reference table; the same for the same seed, whatever the memory."""
    parts = []
    for block in range(-(-rows // CHUNK)):
        rng = stream(seed, block, Purpose.CALIBRATION)
        drawn = draw_rows(priors, min(CHUNK, rows - block * CHUNK), rng)
        parts.append((drawn, look(simulate(drawn, clock, rng))))
    joined = {each.name: np.concatenate([drawn[each.name] for drawn, _ in parts]) for each in priors}
    return SimulatedRows(priors, joined, np.concatenate([seen for _, seen in parts]))


@dataclass(frozen=True)
class Marginal:
    """What facts tell of one parameter: its 90 % interval and its middle; `told` is `yes`, `partly` or `no`."""

    name: str
    label: str
    low: float
    middle: float
    high: float
    told: str


@dataclass(frozen=True, eq=False)
class Posterior:
    """Parameters that agree with the facts: values `[K]` for each, and a weight `[K]` that sums to one."""

    priors: tuple[Prior, ...]
    values: Mapping[str, Floats]
    weights: Floats

    def quantile(self, name: str, part: float) -> float:
        """Return a weighted quantile."""
        return _quantile(self.values[name], self.weights, part)

    def narrowing(self, name: str) -> float:
        """Return the width of the 90 % interval over that of the prior, where the prior is uniform: 1 tells nothing."""
        prior = next(each for each in self.priors if each.name == name)
        ends = prior.place(np.array([self.quantile(name, 0.05), self.quantile(name, 0.95)]))
        return float((ends[1] - ends[0]) / 0.9)

    def told(self, name: str) -> str:
        """Return `yes`, `partly` or `no`: whether the facts tell this parameter."""
        left = self.narrowing(name)
        return "yes" if left < 0.5 else "partly" if left < 0.8 else "no"

    def marginals(self) -> tuple[Marginal, ...]:
        """Return what the facts tell of each parameter."""
        made = []
        for each in self.priors:
            low, middle, high = (self.quantile(each.name, part) for part in (0.05, 0.5, 0.95))
            made.append(Marginal(each.name, each.label, low, middle, high, self.told(each.name)))
        return tuple(made)

    def rank(self, name: str, truth: float) -> float:
        """Return the weight of values below the truth: uniform over truths when the method is right."""
        return float(self.weights[self.values[name] < truth].sum())

    def resampled(self, count: int, rng: np.random.Generator) -> dict[str, Floats]:
        """Return rows drawn by weight, to simulate from."""
        chosen = rng.choice(len(self.weights), count, p=self.weights)
        return {name: values[chosen] for name, values in self.values.items()}


def calibrate(known: SimulatedRows, facts: Floats, keep: int, leave_out: int = -1) -> Posterior:
    """Return the parameters that agree with the facts.

    Args:
        known: the reference table.
        facts: what was really seen, on the same scale as the table `[S]`.
        keep: how many nearest rows.
        leave_out: row to leave aside, when it plays the facts.
    """
    scale = np.median(np.abs(known.seen - np.median(known.seen, 0)), 0)
    gaps = (known.seen - facts) / np.where(scale > 0, scale, 1)
    distance = np.sqrt((gaps**2).sum(-1))
    if leave_out >= 0:
        distance[leave_out] = np.inf
    near = np.argpartition(distance, keep)[: keep + 1]
    near = near[np.argsort(distance[near], kind="stable")]
    edge = max(float(distance[near[-1]]), 1e-12)
    near = near[:-1]
    weights = 1 - (distance[near] / edge) ** 2  # Epanechnikov
    weights = weights / weights.sum() if weights.sum() > 0 else np.full(keep, 1 / keep)
    design = np.column_stack([np.ones(keep), gaps[near]])
    values = {each.name: _adjusted(each, known.rows[each.name][near], design, weights) for each in known.priors}
    return Posterior(known.priors, values, weights)


def _adjusted(prior: Prior, values: Floats, design: Floats, weights: Floats) -> Floats:
    """Move each value to the facts along the local-linear regression, in logits of its place in the prior."""
    if prior.low == prior.high:
        return values
    place = np.clip(prior.place(values), _EDGE, 1 - _EDGE)
    logit = np.log(place / (1 - place))
    root = np.sqrt(weights)
    slopes = np.linalg.lstsq(design * root[:, None], logit * root, rcond=None)[0]
    moved = logit - design[:, 1:] @ slopes[1:]
    return prior.draw(1 / (1 + np.exp(-np.clip(moved, -30, 30))))


def _quantile(values: Floats, weights: Floats, part: float) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][min(int(np.searchsorted(reached, part)), len(values) - 1)])
