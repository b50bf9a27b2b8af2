"""One Dask worker process, then two, on the same plan: `python -m benchmarks.simulation.with_dask`."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time

from benchmarks.simulation import reference as ref
from kpa_model.simulation.runs.executors import at_address
from kpa_model.simulation.runs.plan import Plan
from kpa_model.simulation.runs.run import run

KEPT = {"MALLOC_TRIM_THRESHOLD_": "67108864", "MALLOC_MMAP_THRESHOLD_": "33554432"}
"""Dask's nanny would make workers give memory back all the time, two or three times slower."""


def timed(workers: int, replicates: int) -> tuple[float, str]:
    """Return seconds and digest with so many workers, started from the command line."""
    from distributed import Client

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address, environment = f"tcp://127.0.0.1:{port}", os.environ | KEPT
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    dask = [sys.executable, "-m", "dask"]
    with tempfile.TemporaryDirectory() as folder:
        scheduler = ["scheduler", "--port", str(port), "--host", "127.0.0.1", "--no-dashboard"]
        worker = ["worker", address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard"]
        worker += ["--local-directory", folder]
        started = [subprocess.Popen([*dask, *words], **quiet) for words in (scheduler, *[worker] * workers)]
        try:
            with Client(address, timeout="60s", set_as_default=False) as link:
                link.wait_for_workers(workers, timeout=60)
            plan = Plan(ref.scenario(), (ref.rule(),), replicates=replicates)
            run(Plan(ref.scenario(), (ref.rule(),), replicates=2_048), at_address(address), chunk=1)  # imports, caches
            before = time.perf_counter()
            found = run(plan, at_address(address), chunk=8)
            return time.perf_counter() - before, found.digest()
        finally:
            for process in reversed(started):
                process.terminate()
            for process in started:
                process.wait(15)


def main() -> None:
    """Print the ratio, and check that both digests are the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tirages", type=int, default=204_800)
    parser.add_argument("--tours", type=int, default=3)
    asked = parser.parse_args()
    ratios = []
    for _ in range(asked.tours):
        one, two = timed(1, asked.tirages), timed(2, asked.tirages)
        assert one[1] == two[1]
        ratios.append(one[0] / two[0])
        print(f"un processus {one[0]:.1f} s, deux {two[0]:.1f} s : × {ratios[-1]:.2f}, mêmes résultats au bit près")
    print(f"milieu : × {sorted(ratios)[len(ratios) // 2]:.2f}")


if __name__ == "__main__":
    main()
