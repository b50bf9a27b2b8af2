"""The documentation site is built by one command, without a warning; what its tutorials say works."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREENS = (".py", ".js", ".j2", ".html", ".ipynb", ".yaml")
TUTORIALS = sorted((ROOT / "docs" / "tutoriels").glob("*.md"))


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("furo")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    home = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'lang="fr"' in home
    assert "In English" in home
    assert "«\xa0Ouvrir l’atelier\xa0»" in (tmp_path / "tutoriels" / "animer.html").read_text(encoding="utf-8")
    assert "kpa_model.api.share" in (tmp_path / "reference" / "modele-ouvert.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_the_python_of_a_tutorial_runs_to_the_letter(path: Path, tmp_path: Path) -> None:
    blocks = re.findall(r"^ *```python\n(.*?)^ *```", path.read_text(encoding="utf-8"), re.M | re.S)
    code = "\n".join(re.sub(r"^   ", "", block, flags=re.M) if block.startswith("   ") else block for block in blocks)
    if not code:
        pytest.skip("no Python in this one")
    environ = {**os.environ, "MPLBACKEND": "Agg", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_what_a_tutorial_names_on_a_screen_is_written_there() -> None:
    folders = [ROOT / each for each in ("kpa_model", "notebooks", "data/ateliers", "data/tilleuls")]
    files = (path for each in folders for path in each.rglob("*") if path.suffix in SCREENS)
    written = plain(" ".join(path.read_text(encoding="utf-8") for path in files))
    pages = [*TUTORIALS, *(ROOT / "docs" / "pratique").glob("*.md")]
    named = {name for path in pages for name in re.findall("« ([^»]+) »", plain(path.read_text(encoding="utf-8")))}
    assert len(named) >= 30
    assert {name for name in named if name not in written} == set()


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("\\n", " ").split())


def test_every_command_of_the_tutorials_is_understood() -> None:
    from kpa_model.command.french import in_french
    from kpa_model.command.program import make_parser

    folders = [*TUTORIALS, *(ROOT / "docs" / "pratique").glob("*.md")]
    said = [line for path in folders for line in re.findall(r"kpa ([a-z]+ [^`\n]+)", path.read_text(encoding="utf-8"))]
    assert len(said) >= 10
    for each in said:
        words = shlex.split(each)
        with in_french():
            make_parser(words[0]).parse_args(words)
