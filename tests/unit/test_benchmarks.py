"""Each benchmark runs on tiny sizes, and the peers it compares agree to the cent. No time is asserted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(module: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=300, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_settling_agrees_with_plain_python_and_pandas(tmp_path: Path) -> None:
    said = run("benchmarks.settle", "--replicates", "40", "--sample", "40", "--runs", "1", "--write", str(tmp_path))
    assert "les trois façons disent pareil sur 40 mois" in said
    found = json.loads((tmp_path / "settle.json").read_text(encoding="utf-8"))
    assert set(found["regle_entiere_us"]) == {
        "kpa_model, par blocs de 256", "kpa_model, en une fois", "pandas", "Python seul"
    }  # fmt: skip
    assert str(ROOT) not in json.dumps(found)


@pytest.mark.browser
@pytest.mark.nightly
def test_each_move_of_a_slider_is_shown(tmp_path: Path) -> None:
    run("benchmarks.slider", "--moves", "3", "--drags", "1", "--months", "3", "--write", str(tmp_path))
    found = json.loads((tmp_path / "slider.json").read_text(encoding="utf-8"))
    assert found["un_par_un_ms"]["p50"] > 0
    assert found["glisse_ms"]["p50"] > 0
    assert str(ROOT) not in json.dumps(found)


@pytest.mark.parametrize("path", sorted((ROOT / "benchmarks" / "resultats").glob("*.json")), ids=lambda path: path.stem)
def test_results_kept_name_no_machine(path: Path) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))
    assert {"versions", "taille"} <= set(found)
    assert "/" not in path.read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.nightly
def test_each_page_is_opened_and_timed(tmp_path: Path) -> None:
    run("benchmarks.pages", "--rounds", "1", "--rest", "0", "--pages", "23_marge", "--write", str(tmp_path))
    found = json.loads((tmp_path / "pages.json").read_text(encoding="utf-8"))["cette version"]
    assert found["pret_ms"]["23_marge"]["p50"] > 0
    assert found["scripts_demandes"]["23_marge"] < 20
