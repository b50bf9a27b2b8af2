"""Run every version side by side, check that they agree, print ratios. `python -m benchmarks.simulation.compare`.

Times are CPU times of this process, the versions taking turns, so that a busy machine slows all alike. No test
asserts a time: trust the ratios, on your own machine.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import measure
from benchmarks.simulation import reference as ref
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule import PayRule
from kpa_model.randomness import BLOCK
from kpa_model.simulation.memory import keep_freed_memory
from kpa_model.simulation.months import compiled as compiled_jobs
from kpa_model.simulation.months.play import rehearse
from kpa_model.simulation.months.staffing import POLICIES
from kpa_model.simulation.months.together import turns_of
from kpa_model.simulation.months.worked import draw
from kpa_model.simulation.runs.executors import Serial, processes, threads
from kpa_model.simulation.runs.plan import Plan, outcomes, results_of
from kpa_model.simulation.runs.run import run
from kpa_model.simulation.runs.studio import Studio
from kpa_model.simulation.weather.scenario import Scenario


def ours(seed: int, blocks: int, sooner: str = "") -> np.ndarray:
    """Return the figures of our kernel, whole chain, `[replicates, 5]`; `sooner`: jobs are shared by compiled loops."""
    os.environ[compiled_jobs.ASKED] = sooner
    plan = Plan(ref.scenario(), (ref.rule(),), seed=seed, replicates=blocks * BLOCK)
    found = []
    keep_freed_memory()
    for block in range(blocks):
        seen = next(outcomes(plan, block))
        results_of((seen,), plan.floor)  # a run sums up what it finds: part of the work
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
        "notre noyau": lambda seed: ours(seed, 4),
        "notre noyau, travaux compilés": lambda seed: ours(seed, 4, sooner="oui"),
        "Python": lambda seed: np.array([peers.plain(seed * 1000 + at) for at in range(40)]),
    }
    for name, module, peer in (("Mesa 3", "mesa", peers.with_mesa), ("SimPy", "simpy", peers.with_simpy)):
        try:
            __import__(module)
        except ImportError:
            continue
        found[name] = lambda seed, peer=peer: np.array([peer(seed * 1000 + at) for at in range(40)])  # type: ignore[misc]
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


def timed(rounds: int) -> dict[str, list[float]]:
    """Return microseconds of CPU per replicate, round after round, the versions taking turns; the first is left out."""
    times: dict[str, list[float]] = {}
    for at in range(rounds + 1):
        for name, run_it in versions_once().items():
            started = time.process_time()
            made = run_it(at + 2)
            if at:
                times.setdefault(name, []).append((time.process_time() - started) / len(made) * 1e6)
    return times


def ratios(times: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """Return for each version its median time, and how many times ours it takes: median, smallest, largest round."""
    base, found = np.array(times["notre noyau"]), {}
    for name, each in times.items():
        ratio = np.array(each) / base
        found[name] = {
            "µs": round(float(np.median(each)), 1), "rapport": round(float(np.median(ratio)), 2),
            "au moins": round(float(ratio.min()), 2), "au plus": round(float(ratio.max()), 2),
        }  # fmt: skip
    return found


def several_cores(replicates: int = 500_000) -> dict[str, float]:
    """Return microseconds of clock per replicate of a long run, on one thread, two threads, two processes.

    Starting the processes is counted. It only means something on an idle machine.
    """
    plan, found = Plan(ref.scenario(), (ref.rule(),), replicates=replicates), {}
    for name, make in (("un fil", Serial), ("deux fils", threads(2)), ("deux processus", processes(2))):
        started = time.perf_counter()
        run(plan, make)
        found[name] = round((time.perf_counter() - started) / plan.replicates * 1e6, 1)
    return found


def whole_model(blocks: int = 8) -> dict[str, float]:
    """Return CPU microseconds per replicate of a usual year, everything on, under a light rule and a heavy one."""
    found = {}
    for name, ready in (("règle simple", "heures"), ("règle à commissions", "apporteur")):
        plan = Plan(Scenario(), (ready_rules()[ready],), replicates=blocks * BLOCK)
        list(outcomes(plan, 0))
        started = time.process_time()
        run(plan)
        found[name] = round((time.process_time() - started) / plan.replicates * 1e6, 1)
    return found


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
        for _ in turns_of(weather, months, policy.name, rule):
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
from kpa_model.simulation.runs.plan import Plan
from kpa_model.simulation.runs.run import run
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
    parser.add_argument("--write", type=Path, help="dossier où écrire les résultats")
    asked = parser.parse_args()
    samples = {name: np.concatenate([run(at) for at in (1, 2, 3)]) for name, run in versions_once().items()}
    samples["notre noyau"] = ours(1, 8)
    samples["notre noyau, travaux compilés"] = ours(1, 8, sooner="oui")
    for problem in agree(samples) or ["Toutes les versions s'accordent."]:
        print(problem)
    size = {"personnes": ref.PEOPLE, "mois": ref.MONTHS, "passages": asked.tours}
    found: dict[str, Any] = {"versions": measure.versions("numpy"), "taille": size}
    found["rapports"] = ratios(timed(asked.tours))
    for name, each in sorted(found["rapports"].items(), key=lambda item: -item[1]["µs"]):
        print(
            f"{name:18s} {each['µs']:10.1f} µs CPU × {each['rapport']:.1f} (de {each['au moins']} à {each['au plus']})"
        )
    found["morceaux"] = {name: round(each, 1) for name, each in pieces().items()}
    found["atelier, ms, 95 sur 100"] = {name: round(each) for name, each in workshop(ref.rule()).items()}
    found["modèle entier, µs"] = whole_model()
    found["plusieurs cœurs, µs d'horloge"] = several_cores()
    found["passage à l'échelle"] = {
        size: {"s CPU": round(seconds, 1), "µs": round(seconds / size * 1e6, 1), "Mo": peak}
        for size, (seconds, peak) in growth(tuple(asked.tirages)).items()
    }
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if asked.write:
        print(f"Écrit : {measure.write('simulation', found, asked.write)}")


if __name__ == "__main__":
    main()
