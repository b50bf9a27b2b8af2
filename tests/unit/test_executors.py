"""Who computes: what suits the length of a run, unless the person chose."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from kpa_model.simulation.runs import executors


@pytest.mark.parametrize(
    ("replicates", "cores", "kind"),
    [(1_000, 2, ThreadPoolExecutor), (1_000_000, 2, ProcessPoolExecutor), (1_000_000, 1, ThreadPoolExecutor)],
)
def test_a_long_run_goes_to_processes_when_there_are_cores(replicates, cores, kind, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    with executors.opened(executors.suited(replicates)) as executor:
        assert isinstance(executor, kind)


class Answered:
    """What Dask gives back: its worker may have died since, then it is computed again when it is asked for."""

    status = "lost"

    def __init__(self, answer: object = None, ready: bool = True) -> None:
        self.answer, self.ready, self.cancelled = answer, ready, False

    def add_done_callback(self, act) -> None:
        if self.ready:
            act(self)

    def result(self) -> object:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def cancel(self) -> None:
        self.cancelled = True


class Cluster:
    def __init__(self, asked: Answered) -> None:
        self.asked = asked

    def nthreads(self) -> dict[str, int]:
        return {"tcp://one": 2}

    def submit(self, *_: object, **__: object) -> Answered:
        return self.asked


def test_a_result_lost_on_its_way_is_waited_for_and_a_failure_is_a_failure():
    assert executors._DaskExecutor(Cluster(Answered(7))).submit(max, 1).result(1) == 7
    with pytest.raises(ZeroDivisionError):
        executors._DaskExecutor(Cluster(Answered(ZeroDivisionError()))).submit(max, 1).result(1)


def test_what_is_no_longer_wanted_is_not_computed():
    asked = Answered(ready=False)
    assert executors._DaskExecutor(Cluster(asked)).submit(max, 1).cancel()
    assert asked.cancelled
