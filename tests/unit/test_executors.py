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
