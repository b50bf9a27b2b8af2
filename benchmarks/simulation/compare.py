"""Run every version side by side, check that they agree, print ratios. `python -m benchmarks.simulation.compare`.

Times are CPU times of this process, the versions taking turns, so that a busy machine slows all alike. No test
asserts a time: trust the ratios, on your own machine.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.simulation import reference as ref
from kpa_model.pay.rule import PayRule
from kpa_model.randomness import BLOCK
from kpa_model.simulation.activity import draw
from kpa_model.simulation.plan import Plan, outcomes
from kpa_model.simulation.play import rehearse
from kpa_model.simulation.scenario import Scenario
from kpa_model.simulation.staffing import POLICIES
from kpa_model.simulation.studio import Studio
from kpa_model.simulation.together import turns_of


def ours(seed: int, blocks: int) -> np.ndarray:
    """Return the figures of our kernel, whole chain, `[replicates, 5]`."""
    plan = Plan(ref.scenario(), (ref.rule(),), seed=seed, replicates=blocks * BLOCK)
    found = []
    for block in range(blocks):
        seen = next(outcomes(plan, block))
        orders = draw(plan.scenario, seed, block).orders if seed == 1 else None
        count = np.bincount(orders.row, minlength=BLOCK) if orders is not None else np.zeros(BLOCK)
        found.append(np.column_stack([
            seen.sales / 100, count - seen.refused, seen.hour_minutes.sum(-1) / 60, seen.fund / 100, seen.gini / 1000,
        ]))  # fmt: skip
    return np.concatenate(found)


def versions() -> dict[str, Callable[[int], np.ndarray]]:
    """Return name → function that gives some replicates from a seed; those not installed are left out."""
    from benchmarks.simulation import peers

    found: dict[str, Callable[[int], np.ndarray]] = {
        "notre noyau": lambda seed: ours(seed + 2, 4),
        "Python": lambda seed: np.array([peers.plain(seed * 1000 + at) for at in range(40)]),
    }
    for name, module, run in (("Mesa 3", "mesa", peers.with_mesa), ("SimPy", "simpy", peers.with_simpy)):
        try:
            __import__(module)
        except ImportError:
            continue
        found[name] = lambda seed, run=run: np.array([run(seed * 1000 + at) for at in range(40)])  # type: ignore[misc]
    try:
        from benchmarks.simulation.compiled import compiled
    except ImportError:
        return found
    compiled(0, 1)
    found["boucle compilée"] = lambda seed: compiled(seed, 4_000)
    return found


def agree(samples: dict[str, np.ndarray]) -> list[str]:
    """Return what disagrees: means further apart than four standard errors, figure by figure."""
    reference, problems = samples["Python"], []
    for name, sample in samples.items():
        for at, label in enumerate(ref.NAMES):
            one, two = sample[:, at], reference[:, at]
            error = np.sqrt(one.var() / len(one) + two.var() / len(two))
            if abs(one.mean() - two.mean()) > 4 * error + 1e-3:
                problems.append(f"{name}, {label} : {one.mean():.3f} contre {two.mean():.3f} (± {4 * error:.3f})")
    return problems


def ratios(rounds: int) -> dict[str, float]:
    """Return microseconds of CPU per replicate, the best of several rounds taken in turn."""
    times: dict[str, list[float]] = {}
    for at in range(rounds + 1):
        for name, run in versions_once().items():
            started = time.process_time()
            made = run(at)
            if at:
                times.setdefault(name, []).append((time.process_time() - started) / len(made) * 1e6)
    return {name: min(each) for name, each in times.items()}


_FOUND: dict[str, Callable[[int], np.ndarray]] = {}


def versions_once() -> dict[str, Callable[[int], np.ndarray]]:
    """Return the versions, found once."""
    if not _FOUND:
        _FOUND.update(versions())
    return _FOUND


def pieces() -> dict[str, float]:
    """Return CPU microseconds per replicate of drawing, sharing jobs and settling, for the reference model."""
    scenario, rule, policy, found = ref.scenario(), ref.rule(), POLICIES["volontaires"], dict[str, list[float]]()
    faults = []
    for block in range(6):
        marks = [time.process_time()]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        weather = draw(scenario, 1, block)
        marks.append(time.process_time())
        months = rehearse(weather, policy, with_orders=False)
        marks.append(time.process_time())
        for _ in turns_of(scenario, months, rule):
            pass
        marks.append(time.process_time())
        faults.append((resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) / BLOCK)
        for name, start, end in zip(("tirer", "partager les travaux", "régler"), marks, marks[1:], strict=False):
            found.setdefault(name, []).append((end - start) / BLOCK * 1e6)
    return {name: min(each) for name, each in found.items()} | {"défauts de page par tirage": min(faults)}


def workshop(rule: PayRule, times: int = 12) -> dict[str, float]:
    """Return milliseconds, 95th percentile: 1 000 × 24 × 25 drawn anew, and settled again after a slider moved."""
    from kpa_model.pay.steps.levies import CommonsShare

    scenario = replace(Scenario(), group=replace(Scenario().group, months=24, start=20, places=25))
    drawn, moved = [], []
    for at in range(times):
        studio = Studio(Plan(scenario, (rule,), seed=at + 1, replicates=1_000))
        started = time.perf_counter()
        studio.results()
        drawn.append(time.perf_counter() - started)
        steps = [replace(s, rate=50_000 + 1000 * at + 1) if isinstance(s, CommonsShare) else s for s in rule.steps]
        started = time.perf_counter()
        studio.follow(replace(studio.plan, rules=(rule.with_steps(*steps),)))
        studio.results()
        moved.append(time.perf_counter() - started)
    return {"tirer à neuf": float(np.quantile(drawn, 0.95)) * 1e3, "régler": float(np.quantile(moved, 0.95)) * 1e3}


GROWTH = """
import json, sys, time
from pathlib import Path
from benchmarks.simulation import reference as ref
from kpa_model.simulation.plan import Plan
from kpa_model.simulation.run import run
started = time.process_time()
run(Plan(ref.scenario(), (ref.rule(),), replicates=int(sys.argv[1])), chunk=32)
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps([time.process_time() - started, int(peak.split()[1]) // 1024]))
"""


def growth(sizes: tuple[int, ...]) -> dict[int, tuple[float, int]]:
    """Return replicates → (CPU seconds, peak memory in MB), each in a fresh process."""
    found = {}
    for size in sizes:
        done = subprocess.run([sys.executable, "-c", GROWTH, str(size)], capture_output=True, text=True, check=True)
        seconds, peak = json.loads(done.stdout)
        found[size] = (seconds, peak)
    return found


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tirages", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--tours", type=int, default=5)
    asked = parser.parse_args()
    samples = {name: np.concatenate([run(at) for at in (1, 2, 3)]) for name, run in versions_once().items()}
    samples["notre noyau"] = np.concatenate([ours(1, 8)])
    for problem in agree(samples) or ["Toutes les versions s'accordent."]:
        print(problem)
    found = ratios(asked.tours)
    base = found["notre noyau"]
    for name, each in sorted(found.items(), key=lambda item: -item[1]):
        print(f"{name:18s} {each:10.1f} µs CPU par tirage   × {each / base:.1f}")
    for name, each in pieces().items():
        print(f"{name:28s} {each:10.1f}")
    for name, each in workshop(ref.rule()).items():
        print(f"1 000 × 24 × 25, {name:14s} {each:8.0f} ms (95e centile)")
    for size, (seconds, peak) in growth(tuple(asked.tirages)).items():
        print(f"{size:9d} tirages : {seconds:7.1f} s CPU, {seconds / size * 1e6:6.1f} µs par tirage, {peak} Mo")


if __name__ == "__main__":
    main()
