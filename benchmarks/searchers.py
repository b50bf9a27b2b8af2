"""Who looks for rules best: our grid and neighbours, pure chance, Optuna's TPE and NSGA-II, pymoo's NSGA-II.

    python -m benchmarks.searchers --seeds 3        (needs: pip install optuna pymoo)

Everyone tries as many rules, drawn from the same steps and round values, on the same 24 months of 25 people. What is
compared: the part of the picture under the frontier (smallest pay × reward of an hour), against the best one seen by
anybody, and the seconds that a group waits.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import measure
from benchmarks.big_book import big_book
from benchmarks.study import MANY
from kpa_model.cooperative.facts import months_of
from kpa_model.finder.candidates import candidates, knobs_of, with_settings
from kpa_model.finder.measures import measured
from kpa_model.finder.search import search
from kpa_model.finder.window import Window
from kpa_model.finder.wishes import Weight, Wishes
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule import PayRule

AXES = ("least", "hour")
Points = list[tuple[int, int]]


class Bench:
    """Templates and months that everybody shares; `tried` are the places of the rules tried that keep what must be."""

    def __init__(self, months: int) -> None:
        self.rules = tuple(ready_rules().values())
        self.window = Window.of(months_of(big_book(months=months)), self.rules[0], months)
        self.wishes = Wishes()
        self.knobs = [knobs_of(rule) for rule in self.rules]
        self.tried: Points = []

    def place(self, rule: PayRule) -> tuple[int, int]:
        """Return the place of a rule on both axes; the worst place when it does not keep what must be."""
        found = measured(self.window, self.window.settle(rule), self.wishes)
        wishes = self.wishes.weights.items()
        broken = any(
            weight is Weight.MUST
            and self.wishes.missing(name, found.hour_least if name == "hour" else int(getattr(found, name)))
            for name, weight in wishes
        )
        if found.overdrawn or broken:
            return (0, 0)
        self.tried.append((int(found.least), int(found.hour)))
        return self.tried[-1]

    def rule(self, at: int, ranks: Sequence[int]) -> PayRule:
        """Return a template with the values of these ranks on its grid."""
        knobs = self.knobs[at]
        return with_settings(
            self.rules[at], knobs, [knob.values[rank] for knob, rank in zip(knobs, ranks, strict=True)]
        )


def area(points: Points, corner: tuple[int, int]) -> float:
    """Return the part of the rectangle up to `corner` that some point dominates."""
    total, reached = 0.0, 0
    for x, y in sorted(set(points), reverse=True):
        if y > reached:
            total += min(x, corner[0]) * (min(y, corner[1]) - reached)
            reached = y
    return total / max(corner[0] * corner[1], 1)


def ours(bench: Bench, seed: int) -> None:
    """Draw on the grid, then try the neighbours of the best."""
    found = search(bench.window, bench.wishes, bench.rules, AXES, MANY, seed)
    bench.tried = [(int(each.measures.least), int(each.measures.hour)) for each in found.frontier]


def drawn_only(bench: Bench, seed: int) -> None:
    """Draw on the grid, and nothing more."""
    for rule in candidates(bench.rules, MANY, seed):
        bench.place(rule)


def chance(bench: Bench, seed: int) -> None:
    """Draw a template, then each of its values."""
    rng = np.random.default_rng(seed)
    for _ in range(MANY):
        at = int(rng.integers(len(bench.rules)))
        bench.place(bench.rule(at, [int(rng.integers(len(knob.values))) for knob in bench.knobs[at]]))


def with_optuna(name: str) -> Callable[[Bench, int], None]:
    """Return a search by a sampler of Optuna."""

    def run(bench: Bench, seed: int) -> None:
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)

        def ask(trial: Any) -> tuple[int, int]:
            at = trial.suggest_categorical("règle", range(len(bench.rules)))
            ranks = [
                trial.suggest_int(f"{at}.{rank}", 0, len(knob.values) - 1) for rank, knob in enumerate(bench.knobs[at])
            ]
            return bench.place(bench.rule(at, ranks))

        sampler = getattr(optuna.samplers, name)(seed=seed)
        optuna.create_study(directions=["maximize"] * 2, sampler=sampler).optimize(ask, n_trials=MANY)

    return run


def with_pymoo(bench: Bench, seed: int) -> None:
    """Search by NSGA-II on mixed variables."""
    from pymoo.core.mixed import MixedVariableGA
    from pymoo.core.problem import ElementwiseProblem
    from pymoo.core.variable import Choice, Integer
    from pymoo.operators.survival.rank_and_crowding import RankAndCrowding
    from pymoo.optimize import minimize

    named = {
        f"{at}.{rank}": Integer(bounds=(0, len(knob.values) - 1))
        for at, knobs in enumerate(bench.knobs)
        for rank, knob in enumerate(knobs)
    }

    class Asked(ElementwiseProblem):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(vars={"règle": Choice(options=[*range(len(bench.rules))]), **named}, n_obj=2)

        def _evaluate(self, values: dict[str, int], out: dict[str, Any], *_: Any, **__: Any) -> None:
            at = values["règle"]
            ranks = [values[f"{at}.{rank}"] for rank in range(len(bench.knobs[at]))]
            out["F"] = [-each for each in bench.place(bench.rule(at, ranks))]

    minimize(Asked(), MixedVariableGA(pop_size=40, survival=RankAndCrowding()), ("n_eval", MANY), seed=seed)


SEARCHERS: dict[str, Callable[[Bench, int], None]] = {
    "la nôtre": ours,
    "la grille seule": drawn_only,
    "au hasard": chance,
    "Optuna, TPE": with_optuna("TPESampler"),
    "Optuna, NSGA-II": with_optuna("NSGAIISampler"),
    "pymoo, NSGA-II": with_pymoo,
}


def main() -> None:
    """Measure, print, and write the results when asked."""
    parser = argparse.ArgumentParser(description="Qui cherche le mieux des règles.")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", type=Path, help="dossier où écrire les résultats")
    asked = parser.parse_args()
    where, bench = measure.versions("numpy", "optuna", "pymoo"), Bench(24)
    bench.place(bench.rules[0])  # everything is loaded before anybody is timed
    seen: dict[str, list[tuple[float, Points]]] = {name: [] for name in SEARCHERS}
    for seed in range(1, asked.seeds + 1):
        for name, run in SEARCHERS.items():
            bench.tried = []
            started = time.perf_counter()
            run(bench, seed)
            seen[name].append((time.perf_counter() - started, bench.tried))
    every = [point for runs in seen.values() for _, points in runs for point in points]
    corner = max(x for x, _ in every), max(y for _, y in every)
    best = area(every, corner)
    size = {"règles essayées par chacune": MANY, "graines": asked.seeds}
    found: dict[str, Any] = {"versions": where, "taille": size}
    for name, runs in seen.items():
        parts = [area(points, corner) / best for _, points in runs]
        found[name] = {
            "part de la meilleure image, %": [round(100 * each, 1) for each in sorted(parts)],
            "secondes": round(statistics.median(spent for spent, _ in runs), 2),
        }
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if asked.write:
        print(f"Écrit : {measure.write('chercheurs', found, asked.write)}")


if __name__ == "__main__":
    main()
