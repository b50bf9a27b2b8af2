"""Which assumption matters most for what we decide: Morris or Sobol indices by SALib, seed noise averaged first.

A stochastic simulator gives a parameter that does nothing an index of its own, made of noise. Each row is therefore the
mean of many replicates, all rows share the same weather, and the part of the variance that is still noise is published
beside the indices.

Source:
    M. Morris, "Factorial sampling plans for preliminary computational experiments", *Technometrics* 33 (1991).
    A. Saltelli et al., *Global Sensitivity Analysis: The Primer* (2008); T. Iwanaga, W. Usher, J. Herman, SALib (2022).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from kpa_model.declare.setting import NumberSetting, settings_of
from kpa_model.errors import MissingPackage
from kpa_model.pay.rule import PayRule
from kpa_model.simulation.results.outcome import Outcome
from kpa_model.simulation.runs.executors import Maker, Serial, opened
from kpa_model.simulation.runs.plan import Plan, outcomes
from kpa_model.simulation.weather.scenario import Scenario

Floats = npt.NDArray[np.float64]

ROW = 64
"""Replicates averaged for a row, at least: an idle parameter's index falls from 0.30 with one to 0.01."""


@dataclass(frozen=True)
class Assumption:
    """A parameter of the scenario that may be anywhere between two values, in inner units."""

    section: str
    attribute: str
    label: str
    low: int
    high: int

    def put(self, scenario: Scenario, value: float) -> Scenario:
        """Return the scenario with the parameter at a value."""
        section = dataclasses.replace(getattr(scenario, self.section), **{self.attribute: round(value)})
        return dataclasses.replace(scenario, **{self.section: section})


USUAL = (
    ("demand", "enquiries"),
    ("demand", "accepted"),
    ("demand", "regularity"),
    ("demand", "growth"),
    ("demand", "large"),
    ("group", "arrivals"),
    ("group", "leaving"),
    ("group", "available"),
    ("cash", "unpaid"),
    ("cash", "overheads"),
)
"""What is usually doubtful. One parameter that matters little (`overheads`) shows what small looks like."""


def around(scenario: Scenario, names: tuple[tuple[str, str], ...] = USUAL, part: float = 0.4) -> tuple[Assumption, ...]:
    """Return assumptions from `part` below to `part` above their value, kept in their declared range."""
    found = []
    for section, attribute in names:
        setting = settings_of(getattr(scenario, section))[attribute]
        assert isinstance(setting, NumberSetting)
        value = getattr(getattr(scenario, section), attribute)
        reach = max(abs(value) * part, (setting.high - setting.low) * 0.02)
        ends = max(setting.low, round(value - reach)), min(setting.high, round(value + reach))
        found.append(Assumption(section, attribute, setting.label, *ends))
    return tuple(found)


ANSWERS: Mapping[str, tuple[str, Callable[[Outcome], Floats]]] = {
    "mois": ("ce qu'une personne reçoit par mois", lambda seen: seen.each / 100),
    "minimum": (
        "les mois sous notre minimum",
        lambda seen: seen.under.sum(-1) / np.maximum(seen.person_months.sum(-1), 1),
    ),
    "fonds": ("le fonds à la fin", lambda seen: (seen.fund + seen.reserve) / 100),
    "ecart": ("l'écart entre les personnes", lambda seen: seen.gini / 1000),
}
"""What we decide on: name → (words for a sentence, value per replicate `[R]`)."""


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """How much each assumption moves an answer.

    Attributes:
        assumptions: what was moved.
        size: mean absolute effect over the range, in the unit of the answer (Morris), or total index (Sobol) `[D]`.
        error: half-width of `size` `[D]`.
        noise: part of the variance between rows that is only seed noise.
        rows: rows simulated.
    """

    assumptions: tuple[Assumption, ...]
    size: Floats
    error: Floats
    noise: float
    rows: int

    def ranking(self) -> tuple[int, ...]:
        """Return the assumptions, the one that matters most first."""
        return tuple(int(at) for at in np.argsort(-self.size, kind="stable"))


def sensitivity(
    scenario: Scenario,
    rule: PayRule,
    answer: str = "mois",
    *,
    assumptions: tuple[Assumption, ...] = (),
    method: Literal["morris", "sobol"] = "morris",
    effort: int = 6,
    replicates: int = ROW,
    seed: int = 1,
    floor: int = 50_00,
    make: Maker = Serial,
) -> Sensitivity:
    """Return how much each assumption moves an answer.

    Args:
        scenario: around which assumptions move.
        rule: the pay rule.
        answer: name in `ANSWERS`.
        assumptions: what moves, `around(scenario)` by default.
        method: `morris` for a ranking with few rows, `sobol` for shares of the variance.
        effort: Morris trajectories, or the base sample of Sobol (a power of two).
        replicates: averaged for each row.
        seed: of the rows and of the weather.
        floor: the group's low mark, cents.
        make: executor, one task per row.
    """
    moved = assumptions or around(scenario)
    problem = {
        "num_vars": len(moved),
        "names": [each.attribute for each in moved],
        "bounds": [[each.low, each.high] for each in moved],
    }
    rows = _sample(method, problem, effort, seed)
    plans = [Plan(_moved(scenario, moved, row), (rule,), seed=seed, replicates=replicates, floor=floor) for row in rows]
    with opened(make) as executor:
        waiting = [executor.submit(_row, plan, answer) for plan in plans]
        values = np.array([each.result() for each in waiting])
    means, errors = values[:, 0], values[:, 1]
    spread = means.var(ddof=1)
    noise = float(min(1.0, errors.mean() / spread)) if spread > 0 else 1.0
    return Sensitivity(moved, *_indices(method, problem, rows, means, seed), noise=noise, rows=len(rows))


def _moved(scenario: Scenario, moved: tuple[Assumption, ...], row: Floats) -> Scenario:
    for each, value in zip(moved, row, strict=True):
        scenario = each.put(scenario, float(value))
    return scenario


def _row(plan: Plan, answer: str) -> tuple[float, float]:
    """Return the mean of the answer and the variance of that mean."""
    parts = [ANSWERS[answer][1](seen) for block in range(plan.blocks) for seen in outcomes(plan, block)]
    values = np.concatenate(parts)
    return float(values.mean()), float(values.var(ddof=1) / len(values))


def _sample(method: str, problem: dict[str, Any], effort: int, seed: int) -> Floats:
    try:
        import SALib  # noqa: F401 - imported late, and left out of a light installation
    except ImportError:
        raise MissingPackage("Ce qui compte le plus", "SALib") from None
    if method == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, effort, num_levels=4, seed=seed))
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem, effort, calc_second_order=False, seed=seed))


def _indices(method: str, problem: dict[str, Any], rows: Floats, means: Floats, seed: int) -> tuple[Floats, Floats]:
    """Return the size of each effect, and its half-width."""
    if method == "morris":
        from SALib.analyze import morris

        found, size = morris.analyze(problem, rows, means, num_levels=4, seed=seed), "mu_star"
    else:
        from SALib.analyze import sobol

        found, size = sobol.analyze(problem, means, calc_second_order=False, seed=seed), "ST"
    return np.asarray(found[size], np.float64), np.asarray(found[f"{size}_conf"], np.float64)
