"""What was simulated is kept on this machine: the same numbers come back, for the same question alone, in few files."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kpa_model.pay.ready import ready_rules
from kpa_model.simulation.runs import kept
from kpa_model.simulation.runs.plan import Plan, run_blocks

HISTORY = [[[1, 2], [3, 4], [5, 6]]] * 2


@pytest.fixture
def plan(scenario, tmp_path, monkeypatch) -> Plan:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    short = replace(scenario, group=replace(scenario.group, months=4))
    return Plan(short, (ready_rules()["heures"], ready_rules()["parts_egales"]), seed=3, replicates=20)


def test_the_same_numbers_come_back_for_the_same_plan_alone(plan):
    found = run_blocks(plan, 0, 1)
    assert kept.read(plan) is None
    kept.write(plan, found, HISTORY)
    again, history = kept.read(plan)
    assert again.digest() == found.digest()
    assert [[[*row] for row in case] for case in history] == HISTORY
    others = (
        replace(plan, seed=4),
        replace(plan, replicates=21),
        replace(plan, floor=plan.floor + 1),
        replace(plan, rules=plan.rules[::-1]),
        replace(plan, policies=("moins_d_heures",)),
        replace(plan, scenario=replace(plan.scenario, cash=replace(plan.scenario.cash, advance="personne"))),
    )
    assert [kept.read(each) for each in others] == [None] * len(others)


def test_other_code_is_another_question(plan, monkeypatch):
    kept.write(plan, run_blocks(plan, 0, 1), HISTORY)
    monkeypatch.setattr(kept, "code_mark", lambda: "other")
    assert kept.read(plan) is None


def test_few_files_stay_the_last_used_and_they_hold_numbers_alone(plan, tmp_path):
    found = run_blocks(plan, 0, 1)
    plans = [replace(plan, seed=seed) for seed in range(kept.MOST + 3)]
    for at, each in enumerate(plans):
        kept.write(each, found, HISTORY)
        assert kept.read(plans[0]) is not None, at  # used again and again: it stays
    files = [*(tmp_path / "annees").iterdir()]
    assert len(files) == kept.MOST
    with np.load(files[0], allow_pickle=False) as file:
        assert all(file[name].dtype.kind == "i" for name in file.files)
        written = " ".join(file.files)
    assert not any(member in written for member in plan.scenario.members)


def test_a_folder_that_refuses_keeps_nothing_and_stops_nothing(plan, tmp_path):
    (tmp_path / "annees").write_text("a file where a folder is wanted", encoding="utf-8")
    kept.write(plan, run_blocks(plan, 0, 1), HISTORY)
    assert kept.read(plan) is None
