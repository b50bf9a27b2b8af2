"""Jobs shared by compiled loops give the bits of those shared by whole arrays; without numba, it is said in French."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

import numpy as np
import pytest

from kpa_model.command.program import main
from kpa_model.errors import MissingPackage
from kpa_model.pay.ready import ready_rules
from kpa_model.simulation.months import compiled, staffing
from kpa_model.simulation.runs.executors import processes, threads
from kpa_model.simulation.runs.plan import Plan
from kpa_model.simulation.runs.run import run
from kpa_model.simulation.weather.scenario import Scenario
from tests.unit.test_staffing import situation


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compiled.ASKED, "oui")


@pytest.mark.parametrize("poles", [2, 3, 6, 40])
@pytest.mark.parametrize("people", [1, 7, 62])
def test_compiled_loops_share_the_same_bits(poles: int, people: int) -> None:
    for seed in range(5):
        scores, able, places, available, jobs = situation(seed, people=people, poles=poles)
        keys = [how.keys_of(scores, able, places, poles) for how in (staffing, compiled)]
        assert np.array_equal(*keys)
        one, other = (how.share_jobs(keys[0], poles, available, jobs) for how in (staffing, compiled))
        assert np.array_equal(one.minutes, other.minutes)
        assert np.array_equal(one.called, other.called)


@pytest.mark.parametrize(
    ("make", "policy"),
    [*((threads(2), each) for each in staffing.POLICIES), (processes(2), next(iter(staffing.POLICIES)))],
    ids=[*(f"fils-{each}" for each in staffing.POLICIES), "processus"],
)
def test_a_whole_simulation_gives_the_same_bits(policy: str, make, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Scenario()
    short = replace(usual, group=replace(usual.group, months=5))
    plan = Plan(short, (ready_rules()["heures"], ready_rules()["parts_egales"]), (policy,), seed=3, replicates=300)
    sooner = run(plan, make).digest()
    monkeypatch.delenv(compiled.ASKED)
    assert run(plan).digest() == sooner


@pytest.mark.parametrize(("rule", "used"), [("heures", True), ("apporteur", False)])
def test_a_rule_that_reads_orders_one_by_one_goes_without(
    rule: str, used: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    share = compiled.share_jobs
    monkeypatch.setattr(compiled, "share_jobs", lambda *given: calls.append(1) or share(*given))
    run(Plan(Scenario(), (ready_rules()[rule],), replicates=20))
    assert bool(calls) == used


def test_the_command_asks_for_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["simuler", "annee_ordinaire", "--regles", "heures", "--tirages", "20"]
    said = []
    for more in ([], ["--compiler"]):
        monkeypatch.setenv(compiled.ASKED, "")
        assert main([*asked, *more]) == 0
        assert bool(os.environ[compiled.ASKED]) == bool(more)
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


def test_without_numba_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    compiled._loops.cache_clear()
    with pytest.raises(MissingPackage, match="numba"):
        compiled.ask()
    assert main(["simuler", "annee_ordinaire", "--regles", "heures", "--tirages", "20", "--compiler"]) == 1
    told = capsys.readouterr()
    assert "pip install numba" in told.out + told.err
