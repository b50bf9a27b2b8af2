"""A network of KPAs: the same bits whatever the workers and the other KPAs, stop, resume, and a table over KPAs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from html import unescape
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kpa_model.command.program import main
from kpa_model.simulation.results.chance import chance
from kpa_model.simulation.runs import network
from kpa_model.simulation.runs.checkpoint import OtherRun
from kpa_model.simulation.runs.executors import Serial, processes, threads
from kpa_model.simulation.runs.run import CHUNK, run, run_all
from kpa_model.simulation.weather import scenario_file
from kpa_model.simulation.weather.scenario_file import WrongScenario
from tests.simulation.conftest import HOURS, small

ROOT = Path(__file__).parents[2]


def _plans(names, rules, replicates=600):
    scenarios = {name: small(start=4 + at, places=9) for at, name in enumerate(("est", "nord", "sud"))}
    kept = {name: scenarios[name] for name in names}
    return network.plans(kept, rules, policies=("volontaires",), seed=3, replicates=replicates, floor=50_00)


def _digests(found):
    return {name: each.digest() for name, each in found.items()}


@pytest.fixture(scope="module")
def plans(hours):
    return _plans(("est", "nord", "sud"), (hours,))


@pytest.fixture(scope="module")
def found(plans):
    return run_all(plans)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "reseau"
    place.mkdir()
    for at, name in enumerate(("nord", "sud")):
        (place / f"{name}.yaml").write_text(scenario_file.dumps(small(start=5 + at)), encoding="utf-8")
    (tmp_path / "regle.yaml").write_text(HOURS, encoding="utf-8")
    return place


# --- the same bits ----------------------------------------------------------------------------------------------------


def test_each_kpa_is_an_ordinary_run_with_its_own_seed(plans, found):
    assert _digests(found) == {name: run(plan).digest() for name, plan in plans.items()}
    assert len({plan.seed for plan in plans.values()}) == 3
    assert len(set(_digests(found).values())) == 3


@pytest.mark.parametrize(("make", "chunk"), [(threads(3), 1), (threads(2), 2), (processes(2), 1), (Serial, CHUNK)])
def test_the_same_bits_whatever_the_executor(plans, found, make, chunk):
    assert _digests(run_all(plans, make, chunk=chunk)) == _digests(found)


def test_one_more_kpa_changes_nothing_for_the_others(hours, found):
    fewer = run_all(_plans(("est", "sud"), (hours,)))
    assert _digests(fewer) == {name: each for name, each in _digests(found).items() if name != "nord"}


def test_the_seed_follows_the_run_and_what_is_supposed_never_the_name(hours):
    scenario = small()
    first = network.seed_of(1, scenario)
    assert first == network.seed_of(1, replace(scenario, title="Autre titre"))
    others = {network.seed_of(2, scenario), network.seed_of(1, small(months=9))}
    assert first not in others
    assert len(others) == 2
    assert 0 <= first < 2**63


# --- stop and resume --------------------------------------------------------------------------------------------------


def test_chunks_are_interleaved_and_progress_counts_the_whole_network(plans):
    steps = []
    found = run_all(plans, on_progress=steps.append, should_stop=lambda: len(steps) >= 3, chunk=1)
    assert {name: each.replicates for name, each in found.items()} == dict.fromkeys(plans, 256)
    assert [step.done for step in steps] == [256, 512, 768]
    assert steps[0].total == 1_800


def test_a_stopped_network_gives_what_it_has_and_resumes(plans, found, tmp_path):
    kept, steps = {name: tmp_path / f"{name}.npz" for name in plans}, []
    part = run_all(plans, should_stop=lambda: True, resume=kept, chunk=1)
    assert list(part) == ["est"]
    whole = run_all(plans, threads(2), on_progress=steps.append, resume=kept, chunk=1)
    assert steps[0].done > 256
    assert len(steps) == 3 * 3 - 1
    assert _digests(whole) == _digests(found)


def test_one_more_kpa_resumes_without_computing_the_others_again(hours, found, tmp_path):
    kept, steps = {name: tmp_path / f"{name}.npz" for name in found}, []
    run_all(_plans(("est", "sud"), (hours,)), resume=kept)
    more = run_all(_plans(("est", "nord", "sud"), (hours,)), on_progress=steps.append, resume=kept)
    assert steps[0].done > 1_200
    assert _digests(more) == _digests(found)
    with pytest.raises(OtherRun, match="autre simulation"):
        run_all(_plans(("est",), (hours,), replicates=500), resume=kept)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_on_a_terminal_keeps_what_is_done(folder, tmp_path):
    """The terminal sends the signal to the workers too: they must not die of it."""
    words = ["simuler", str(folder), "--tirages", "400000"]
    words += ["--regles", str(tmp_path / "regle.yaml"), "--calcul", "processus", "--sortie", str(tmp_path / "sortie")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    program = "import sys; from kpa_model.simulation.runs import run; run.CHUNK = 64\n"
    program += "from kpa_model.command import program\nstep = run._Course._take\n"
    program += "import itertools\ntaken = itertools.count(1)\n"
    program += "def take(self, *given):\n    step(self, *given)\n    print('morceau', flush=True)\n"
    program += "    if next(taken) == 4: self.should_stop.__self__.wait(60)\n"  # until the signal is heard
    program += "run._Course._take = take\nif __name__ == '__main__': sys.exit(program.main(sys.argv[1:]))\n"
    path = tmp_path / "lance.py"
    path.write_text(program, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(path), *words], env=environment, cwd=ROOT, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        guard = threading.Timer(60, process.kill)
        guard.start()
        for _ in range(4):
            process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        said, error = process.communicate()
        guard.cancel()
    assert process.returncode == 0, error
    assert "Arrêté avec" in said
    table = pq.read_table(tmp_path / "sortie" / "reseau_1.parquet").to_pydict()
    assert set(table["kpa"]) <= {"nord", "sud"}
    assert all(256 <= done < 400_000 for done in table["tirages"])


# --- what is read -----------------------------------------------------------------------------------------------------


def test_the_table_holds_the_counts_of_each_kpa(plans, found):
    table = network.table(plans, found)
    assert table["kpa"] == ["est", "nord", "sud"]
    assert table["graine"] == [plan.seed for plan in plans.values()]
    assert table["empreinte_resultats"] == [each.digest() for each in found.values()]
    assert table["a_sec"] == [int(each.tallies[0]["ever_dry"]) for each in found.values()]
    promises = network.promise_table(plans, found)
    assert len(promises["kpa"]) == 3 * 2
    assert promises["mois"] == [600 * 8] * 6
    assert all(0 <= hits <= 4_800 for hits in promises["mois_tenus"])


def test_a_promise_near_the_limit_is_not_called():
    assert network.verdict(chance(9_500, 10_000)) == "yes"
    assert network.verdict(chance(905, 1_000)) == network.verdict(chance(895, 1_000)) == "close"
    assert network.verdict(chance(2_000, 10_000)) == "no"
    assert network.verdict(chance(1, 1)) == "close"


def test_the_overview_counts_whole_kpas(plans, found, hours):
    seen = network.overview(found, hours, 0)
    for promise in seen.promises:
        assert sorted((*promise.yes, *promise.no, *promise.close)) == ["est", "nord", "sud"]
    assert seen.keep_all == len(set.intersection(*(set(promise.yes) for promise in seen.promises)))
    years = sum(int(each.tallies[0]["years"]) for each in found.values())
    assert seen.low_years == (sum(int(each.tallies[0]["most_under"]) for each in found.values()), years)


# --- the command ------------------------------------------------------------------------------------------------------


def test_a_folder_is_a_network(folder, tmp_path, capsys):
    asked = ["simuler", str(folder), "--regles", str(tmp_path / "regle.yaml"), "--tirages", "300", "--graine", "5"]
    kept, out = tmp_path / "reprise", tmp_path / "sortie"
    assert main([*asked, "--reprise", str(kept), "--sortie", str(out)]) == 0
    said = capsys.readouterr().out
    assert "Un réseau de 2 KPA" in said
    assert "toutes les promesses" in " ".join(said.split())
    assert sorted(path.name for path in kept.iterdir()) == ["nord.npz", "sud.npz"]
    table = pq.read_table(out / "reseau_5.parquet")
    origin = json.loads(table.schema.metadata[b"kpa_model"])
    assert origin["Graine"] == "5"
    assert "numpy" in origin["Versions"]
    first = (out / "reseau_5.csv").read_bytes()
    assert main([*asked, "--calcul", "ici", "--sortie", str(out)]) == 0
    assert (out / "reseau_5.csv").read_bytes() == first
    assert (out / "reseau_promesses_5.csv").read_text(encoding="utf-8-sig").count("\n") == 1 + 2 * 2


def test_the_report_tells_what_the_terminal_tells_and_where_it_comes_from(folder, tmp_path, capsys):
    rules, out = [str(tmp_path / "regle.yaml"), "parts_egales"], tmp_path / "sortie"
    assert main(["simuler", str(folder), "--regles", *rules, "--tirages", "300", "--sortie", str(out)]) == 0
    page = unescape((out / "reseau_reseau_1.html").read_text(encoding="utf-8"))
    for said in re.findall(r"^   (\S.*(?:\n   \S.*)*)", capsys.readouterr().out, re.M):
        assert " ".join(said.split()).split(". ")[0] in " ".join(page.split())
    assert page.count("<svg") == 2
    table = pq.read_table(out / "reseau_1.parquet").to_pydict()
    for name in ("nord", "sud"):
        assert page.count(f'<th scope="row">{name}</th>') == 2 + 1
    for seed, digest in zip(table["graine"], table["empreinte_resultats"], strict=True):
        assert f"<td>{seed}</td>" in page
        assert digest[:12] in page
    assert "numpy" in page


def test_a_stopped_network_reports_what_it_has(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(threading.Event, "is_set", lambda _: True)
    out = tmp_path / "sortie"
    asked = ["simuler", str(folder), "--regles", "heures", "--tirages", "60000", "--calcul", "ici"]
    assert main([*asked, "--sortie", str(out)]) == 0
    page = (out / "reseau_reseau_1.html").read_text(encoding="utf-8")
    assert "1\xa0KPA manque encore" in page
    assert "1 KPA sur 2" in page


def test_every_problem_of_a_folder_is_said_at_once(folder):
    (folder / "nord.yml").write_text("groupe: {}\n", encoding="utf-8")
    (folder / "ouest.yaml").write_text("titre: O\ngrupe: {}\n", encoding="utf-8")
    (folder / "._nord.yaml").write_bytes(b"\x00")
    with pytest.raises(WrongScenario) as error:
        network.load(folder)
    wheres = [problem.where for problem in error.value.problems]
    assert wheres == ["Dossier reseau", "Fichier nord.yml", "Fichier ouest.yaml"]


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(WrongScenario, match="aucun scénario"):
        network.load(tmp_path)
