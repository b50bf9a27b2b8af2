"""Where chunks of replicates are computed: here, in threads, in processes, or on any executor such as Dask's.

An executor is anything with `submit(function, *arguments)` that gives back futures, as in `concurrent.futures`.
This module imports no engine: Dask is asked for only when an address is given.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from kpa_model.errors import KpaError, MissingPackage, Problem

Maker = Callable[[], Any]
"""Makes a fresh executor; called again when workers were lost for good."""


class NoScheduler(KpaError):
    """The engine whose address was given does not answer, or is not installed."""


class Serial(Executor):
    """Computes at once, in this thread: the only way in a browser, and the easiest to follow."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it now."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


def threads(workers: int | None = None) -> Maker:
    """Return a maker of threads: numpy frees the other threads while it computes."""
    return lambda: ThreadPoolExecutor(workers or os.cpu_count() or 1)


def processes(workers: int | None = None) -> Maker:
    """Return a maker of processes, started afresh so that they inherit nothing."""
    context = multiprocessing.get_context("spawn")
    return lambda: Processes(workers or os.cpu_count() or 1, mp_context=context, initializer=_ignore_ctrl_c)


class Processes(ProcessPoolExecutor):
    """Processes that notice one of them killed in the middle of an answer."""

    def check(self) -> None:
        """Give up when one is dead: half an answer in the pipe would be waited for for ever."""
        started = list((self._processes or {}).values())
        if any(not each.is_alive() for each in started):
            for each in started:
                each.kill()
            self._result_queue._writer.close()  # type: ignore[attr-defined]  # the reader then meets the end


LONG_RUN = 100_000
"""Replicates from which processes, which take two seconds to start, are quicker than threads."""


def suited(replicates: int) -> Maker:
    """Return what is quicker on this machine: threads wait for one another at each step, processes never do."""
    return processes() if replicates >= LONG_RUN and (os.cpu_count() or 1) > 1 else threads()


def _ignore_ctrl_c() -> None:
    """A terminal sends Ctrl+C to every process: only the one that gathers results decides to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def at_address(address: str) -> Maker:
    """Return a maker that uses the Dask scheduler at an address, for example `tcp://192.168.1.20:8786`.

    Workers need `kpa_model` installed, in the same version. See `docs/simulation/dask.md`.
    """

    def make() -> Any:
        try:
            from distributed import Client
        except ImportError as error:
            raise MissingPackage("Calcul à plusieurs machines", "distributed") from error
        try:
            _knock(address)  # a client that finds nobody takes ten seconds to die, and dies noisily
            cluster = Client(address, timeout="5s", set_as_default=False)
        except (OSError, ValueError) as error:
            todo = "Vérifiez l'adresse, et que « dask scheduler » est lancé."
            raise NoScheduler(Problem(f"Ordonnanceur {address}", "personne ne répond.", todo)) from error
        return _DaskExecutor(cluster)

    return make


_PATIENCE = 5
"""Seconds that a scheduler is waited for."""


def _knock(address: str) -> None:
    """Raise OSError or ValueError when nobody answers at an address such as `tcp://192.168.1.20:8786`."""
    parts = urlsplit(address)
    if parts.scheme in ("tcp", "tls"):
        if not parts.hostname or not parts.port:
            raise ValueError(address)
        with socket.create_connection((parts.hostname, parts.port), timeout=_PATIENCE) as line:
            if parts.scheme == "tcp" and not line.recv(1):  # a scheduler speaks first
                raise ConnectionError(address)


class _DaskExecutor:
    """Chunks sent to Dask, with retries; the connection closes with it.

    Not Dask's own executor: a result whose worker dies while it is on its way is a failure there, computed again here.
    """

    def __init__(self, cluster: Any) -> None:
        self._cluster = cluster
        self.ahead = 4 * sum(cluster.nthreads().values())
        """Chunks to send ahead, so that no worker waits however many there are."""

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]:
        told: Future[Any] = Future()
        asked = self._cluster.submit(fn, *args, pure=False, retries=5)
        told.add_done_callback(lambda ended: asked.cancel() if ended.cancelled() else None)
        asked.add_done_callback(lambda found: _hand_on(found, told))
        return told

    def shutdown(self, wait: bool = True, cancel_futures: bool = False) -> None:
        self._cluster.close()


def _hand_on(found: Any, told: Future[Any]) -> None:
    if told.set_running_or_notify_cancel():
        try:
            told.set_result(found.result())
        except BaseException as error:
            told.set_exception(error)


@contextmanager
def opened(make: Maker) -> Iterator[Any]:
    """Give an executor and close it; what has not started is dropped."""
    executor = make()
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
