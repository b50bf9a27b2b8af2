"""The locks name no machine, fix every file by its hash, and contain what the project asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"execution.txt": [], "tests.txt": ["tests"]}
# Each would load in every page, or in JupyterLab, for everybody.
UNWANTED = {"jupyter-collaboration", "jupyterlite", "jupyterlite-core", "jupyter-ai", "nbdime", "notebook"}


def packages(lock: str) -> dict[str, str]:
    """Name of each package of a lock → its whole entry."""
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements" / lock).read_text(encoding="utf-8").strip())
    return {_normal(re.split(r"[=<>!~ ;\[]", entry)[0]): entry for entry in entries}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_folder(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    for forbidden in ("http:", "https:", "://", "file:", "--index-url", "--extra-index-url", "--find-links", " @ "):
        assert forbidden not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_an_exact_version_and_hashes(lock: str) -> None:
    for name, entry in packages(lock).items():
        assert re.match(r"[\w.\-\[\]]+==\S+", entry), name
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), name


@pytest.mark.parametrize(("lock", "extras"), LOCKS.items())
def test_everything_the_project_asks_for_is_there(lock: str, extras: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for extra in extras:
        asked += project["project"]["optional-dependencies"][extra]
    names = {_normal(re.split(r"[<>=!~\[; ]", each)[0]) for each in asked}
    assert names <= packages(lock).keys()


def test_whoever_tests_runs_the_same_versions() -> None:
    tests = packages("tests.txt")
    for name, entry in packages("execution.txt").items():
        assert tests[name].split()[0] == entry.split()[0]


def test_no_extension_slows_every_page() -> None:
    assert not UNWANTED & packages("execution.txt").keys()
