"""A light installation: what is left out is asked for in French, where it is used, and nothing else stops."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

import kpa_model as kpa
from kpa_model.command import main
from kpa_model.errors import MissingPackage
from kpa_model.files.log.events import EventLog
from kpa_model.files.results import parquet
from kpa_model.simulation.runs.executors import at_address

ROOT = Path(__file__).resolve().parents[2]


LEFT_OUT = ("pyarrow", "SALib", "distributed", "psycopg")


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in sys.modules if each.split(".")[0] in LEFT_OUT]:
        monkeypatch.delitem(sys.modules, name)
    for name in LEFT_OUT:
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.usefixtures("light")
def test_a_package_that_is_missing_is_named_with_what_to_do() -> None:
    with pytest.raises(MissingPackage, match="pip install pyarrow"):
        parquet({"a": [1]}, {})
    with pytest.raises(kpa.KpaError, match="pip install SALib"):
        kpa.sensitivity("annee_ordinaire", "heures", effort=1)
    with pytest.raises(MissingPackage, match="pip install distributed"):
        at_address("tcp://127.0.0.1:1")()
    with pytest.raises(MissingPackage) as said:
        EventLog("postgresql://personne@127.0.0.1/base")
    assert f'{sys.executable} -m pip install "psycopg[binary]"' in str(said.value)  # never the pip of something else


@pytest.mark.usefixtures("light")
def test_a_simulation_is_written_all_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["simuler", "annee_ordinaire", "--regles", "heures", "--tirages", "20", "--sortie", str(tmp_path)]
    assert main(asked) == 0
    assert len([*tmp_path.glob("*.csv")]) == 2
    assert not [*tmp_path.glob("*.parquet")]
    assert capsys.readouterr().out.count("il manque le paquet pyarrow") == 1


def test_what_is_left_out_is_an_extra_and_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras, usual = project["optional-dependencies"], " ".join(project["dependencies"])
    for extra, package in {"parquet": "pyarrow", "sensibilite": "SALib"}.items():
        assert [each.split(">")[0] for each in extras[extra]] == [package]
        assert package not in usual
        assert any(each.startswith(package) for each in extras["tests"])


def test_one_number_of_version_is_told_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
