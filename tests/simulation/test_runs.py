"""Long runs: progress, stop with what there is, resume, lost workers, flat memory."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kpa_model.simulation.results.chance import chance, clustered
from kpa_model.simulation.results.reading import enough, mean, read
from kpa_model.simulation.results.tally import PAY, OffTheGrid
from kpa_model.simulation.runs import checkpoint
from kpa_model.simulation.runs.checkpoint import OtherRun
from kpa_model.simulation.runs.executors import Serial, processes, threads
from kpa_model.simulation.runs.plan import Plan, WrongPlan
from kpa_model.simulation.runs.run import Interrupted, run

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def long(plan):
    return replace(plan, replicates=256 * 6 + 10)


def test_progress_goes_up_to_the_end(long):
    steps = []
    run(long, threads(2), on_progress=steps.append, chunk=2)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == long.replicates
    assert len(steps) == 4


def test_a_run_can_be_stopped_with_what_it_has_and_resumed(long, tmp_path):
    path, steps = tmp_path / "reprise.npz", []
    part = run(long, on_progress=steps.append, should_stop=lambda: len(steps) >= 2, resume=path, chunk=1)
    assert part.replicates == 512
    assert read(part.tallies[0]).each.half_width > read(run(long).tallies[0]).each.half_width
    resumed = []
    whole = run(long, threads(2), on_progress=resumed.append, resume=path, chunk=2)
    assert resumed[0].done > 512
    assert whole.digest() == run(long).digest()
    assert run(long, should_stop=lambda: True, resume=path).digest() == whole.digest()


def test_another_run_is_not_resumed(long, tmp_path):
    path = tmp_path / "reprise.npz"
    run(replace(long, replicates=256), resume=path)
    with pytest.raises(OtherRun, match="autre simulation"):
        run(long, resume=path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(OtherRun, match="abîmé"):
        run(long, resume=path)


def test_stopping_before_anything_is_done_is_said(long, monkeypatch):
    monkeypatch.setattr(checkpoint, "save", lambda *_: None)

    class Broken(Serial):
        def submit(self, fn, /, *args, **kwargs):
            from concurrent.futures import BrokenExecutor, Future

            lost = Future()
            lost.set_exception(BrokenExecutor("lost"))
            return lost

    with pytest.raises(Interrupted, match="processus"):
        run(long, Broken)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_killed_process_costs_time_not_results(long):
    expected, killed = run(long).digest(), threading.Event()

    def kill_a_child(step):
        if not killed.is_set():
            killed.set()
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
            if not children.exists():
                pytest.skip("no /proc here")
            for child in children.read_text().split():
                words = Path(f"/proc/{child}/cmdline").read_bytes()
                if b"spawn_main" in words:
                    os.kill(int(child), signal.SIGKILL)

    assert run(long, processes(2), on_progress=kill_a_child, chunk=1).digest() == expected
    assert killed.is_set()


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_process_killed_in_the_middle_of_its_answer_is_not_waited_for(long):
    pools = []

    def make():
        pools.append(processes(1)())
        if len(pools) == 1:  # half an answer is in the pipe, and who wrote it is dead
            child = pools[0].submit(os.getpid).result()
            os.write(pools[0]._result_queue._writer.fileno(), struct.pack("!i", 1000) + b"half")
            os.kill(child, signal.SIGKILL)
        return pools[-1]

    assert run(long, make).digest() == run(long).digest()
    assert len(pools) == 2


MEMORY = """
import resource, sys
from dataclasses import replace
from kpa_model.pay import rule_file
from kpa_model.simulation.runs.plan import Plan
from kpa_model.simulation.runs.run import run
from kpa_model.simulation.weather.scenario import Scenario
usual = Scenario()
scenario = replace(usual, group=replace(usual.group, months=6, start=6, places=8))
rule = rule_file.loads("titre: A\\netapes:\\n- frais_directs\\n- par_heures\\n")
run(Plan(scenario, (rule,), replicates=512))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
run(Plan(scenario, (rule,), replicates=int(sys.argv[1])), chunk=4)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_is_flat():
    """Twenty times more replicates take no more memory, beyond what the allocator keeps (kB)."""
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, "20480"], capture_output=True, text=True, check=True, cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert int(done.stdout) < 12_000


@pytest.mark.parametrize(
    ("wrong", "where", "what"),
    [
        ({"rules": ()}, "Simulation, règles", "il n'y en a aucune"),
        ({"replicates": 0}, "Simulation, tirages", "« 0 » histoires"),
        ({"replicates": -3}, "Simulation, tirages", "« −3 » histoires"),
        ({"seed": -1}, "Simulation, graine", "« −1 »"),
        ({"seed": 2**63}, "Simulation, graine", "9\u202f223\u202f372\u202f036\u202f854\u202f775\u202f808"),
        ({"policies": ("moins_d_heure",)}, "Simulation, équipe", "« moins_d_heure » n'est pas une façon"),
        ({"policies": ()}, "Simulation, équipe", "une façon de choisir pour toutes les règles"),
        ({"policies": ("volontaires",) * 3}, "Simulation, équipe", "ou une par règle"),
    ],
)
def test_a_wrong_plan_says_what_is_wrong(plan, wrong, where, what):
    with pytest.raises(WrongPlan) as error:
        replace(plan, **wrong)
    (problem,) = error.value.problems
    assert problem.where == where
    assert what in problem.what
    assert problem.todo.endswith(".")


def test_a_plan_says_all_that_is_wrong_at_once(plan):
    with pytest.raises(WrongPlan) as error:
        Plan(plan.scenario, (), ("moins_d_heure",), -1, 0)
    assert len(error.value.problems) == 4
    assert "Vouliez-vous dire « moins_d_heures » ?" in error.value.problems[-1].todo
    assert "Façons connues : volontaires" in error.value.problems[-1].todo


def test_half_widths_hold_what_they_say():
    """Over 2 000 small studies, 95 % intervals hold the truth, within four standard errors."""
    rng = np.random.default_rng(3)
    error = 4 * np.sqrt(0.95 * 0.05 / 2_000)
    hits = 0
    for _ in range(2_000):
        sample = rng.integers(0, 1_000, 200)
        found = mean(int(sample.sum()), int((sample**2).sum()), 200)
        hits += abs(found.value - 499.5) <= found.half_width
    assert abs(hits / 2_000 - 0.95) <= error + 0.005  # the normal quantile for 200 values: half a point
    found = [chance(int(count), 50) for count in rng.binomial(50, 0.1, 2_000)]
    assert sum(each.low <= 0.1 <= each.high for each in found) / 2_000 > 0.93


def test_a_chance_is_never_sure():
    assert chance(0, 100).half_width > 0
    assert chance(100, 100).half_width > 0
    assert clustered(0, 0, 100, 2).half_width > 0


def test_enough_is_computed():
    now = mean(5_000, 60_000, 500)
    assert enough(now, 500, now.half_width / 2) == pytest.approx(2_000, abs=2)


def test_a_quantile_beyond_the_grid_is_refused():
    histogram = np.zeros(PAY.cells + 1, np.int64)
    histogram[-1] = 5
    with pytest.raises(OffTheGrid, match="dépasse"):
        PAY.quantile(histogram, 0.5)


def test_quantiles_of_the_grid_are_within_a_cell():
    amounts = np.random.default_rng(4).integers(0, 300_00, 5_001)
    for part in (0.1, 0.5, 0.9):
        found = int(PAY.quantile(PAY.count(amounts), part))
        assert abs(found - np.quantile(amounts, part)) <= PAY.width
