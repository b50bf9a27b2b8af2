"""conda users get what pip users get: environment.yml and pyproject.toml say the same."""

from __future__ import annotations

import tomllib
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}  # without the desktop windows
CONDA_ONLY = {"pip"}


def test_environment_and_project_ask_for_the_same_things() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {
        f"python{project['project']['requires-python']}",
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["tests"],
    }
    listed = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(each["pip"] for each in listed if isinstance(each, dict))
    by_conda = [each for each in listed if isinstance(each, str)]
    assert {_pip_name(each) for each in by_conda + by_pip} - CONDA_ONLY == declared


def _pip_name(line: str) -> str:
    name, sign, version = line.partition(">=")
    return CONDA_NAMES.get(name, name) + sign + version
