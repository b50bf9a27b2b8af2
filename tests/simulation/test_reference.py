"""The benchmark's reference model: each way of writing it agrees with plain Python, within four standard errors."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.simulation import peers
from benchmarks.simulation.compare import agree, ours


@pytest.fixture(scope="module")
def plain():
    return np.array([peers.plain(seed) for seed in range(150)])


def test_our_kernel_agrees_with_plain_python(plain):
    assert agree({"Python": plain, "notre noyau": ours(1, 2)}) == []


@pytest.mark.parametrize("run", [peers.with_mesa, peers.with_simpy], ids=["mesa", "simpy"])
def test_peers_agree_with_plain_python(plain, run):
    assert agree({"Python": plain, "autre": np.array([run(seed) for seed in range(500, 600)])}) == []


def test_a_model_that_differs_would_be_seen(plain):
    other = plain.copy()
    other[:, 0] *= 1.1
    assert agree({"Python": plain, "autre": other})
