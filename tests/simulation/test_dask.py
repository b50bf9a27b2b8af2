"""Dask by its scheduler's address: two worker processes started from the command line, one of them killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kpa_model.simulation.runs.executors import NoScheduler, at_address
from kpa_model.simulation.runs.run import run

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(*words: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "True"}
    # The nanny's default would make workers two or three times slower.
    environment |= {"MALLOC_TRIM_THRESHOLD_": "67108864", "MALLOC_MMAP_THRESHOLD_": "33554432"}
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def _stop(process: subprocess.Popen[bytes], how: int = signal.SIGTERM) -> None:
    try:
        os.killpg(process.pid, how)
        process.wait(10)
    except ProcessLookupError:
        pass
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def cluster(tmp_path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    distributed = pytest.importorskip("distributed")
    address = f"tcp://127.0.0.1:{_free_port()}"
    scheduler = _start("scheduler", "--port", address.rsplit(":", 1)[1], "--host", "127.0.0.1", "--no-dashboard")
    workers = [
        _start(
            "worker",
            address,
            "--nworkers",
            "1",
            "--nthreads",
            "1",
            "--no-dashboard",
            "--local-directory",
            str(tmp_path),
        )
        for _ in range(2)
    ]
    try:
        with distributed.Client(address, timeout="60s", set_as_default=False) as link:
            link.wait_for_workers(2, timeout=60)
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            _stop(process)
        shutil.rmtree(tmp_path, ignore_errors=True)


def test_dask_gives_the_same_digest_even_when_a_worker_is_killed(cluster, plan):
    address, workers = cluster
    long = replace(plan, replicates=256 * 40)
    expected = run(long).digest()
    assert run(long, at_address(address), chunk=4).digest() == expected
    killed = threading.Event()

    def kill_one(step) -> None:
        if step.done and not killed.is_set():
            killed.set()
            _stop(workers[0], signal.SIGKILL)

    found = run(long, at_address(address), on_progress=kill_one, chunk=1)
    assert killed.is_set()
    assert workers[0].poll() is not None
    assert found.replicates == long.replicates
    assert found.digest() == expected


def test_nobody_at_the_address_is_said_in_french(plan):
    pytest.importorskip("distributed")
    with pytest.raises(NoScheduler, match="dask scheduler"):
        run(plan, at_address(f"tcp://127.0.0.1:{_free_port()}"))
