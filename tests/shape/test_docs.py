"""The pages say what the program does: generated pages are up to date, links lead somewhere, the example works."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kpa_model.pay.step import known_steps

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md"), ROOT / "benchmarks" / "README.md"]
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)")


def generator():
    spec = importlib.util.spec_from_file_location("generer", ROOT / "docs" / "generer.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", generator().pages(), ids=lambda path: path.name)
def test_a_generated_page_is_up_to_date(path: Path) -> None:
    assert path.read_bytes() == generator().pages()[path], "lancez : python docs/generer.py"


def test_the_schema_names_every_step() -> None:
    schema = json.loads((ROOT / "data" / "regles" / "schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["etapes"]["items"]["anyOf"][0]["enum"] == list(known_steps())


def test_steps_come_in_one_order_whichever_is_imported_first() -> None:
    said = "import kpa_model.pay.steps.counted; from kpa_model.pay.step import known_steps; print(*known_steps())"
    told = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    )
    assert told.stdout.split() == list(known_steps())


@pytest.mark.parametrize("written", PAGES, ids=lambda written: str(written.relative_to(ROOT)))
def test_every_link_leads_somewhere(written: Path) -> None:
    broken = [
        link for link in LINK.findall(written.read_text(encoding="utf-8")) if not (written.parent / link).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("written", PAGES, ids=lambda written: str(written.relative_to(ROOT)))
def test_every_page_has_one_title(written: Path) -> None:
    text = re.sub(r"```.*?```", "", written.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(re.findall(r"^# ", text, flags=re.MULTILINE)) == 1


def test_each_page_has_its_picture_and_no_picture_is_left_behind() -> None:
    kept = {path.stem for path in ROOT.glob("docs/images/**/*.png")}
    assert kept == {path.stem for path in ROOT.glob("notebooks/*.ipynb")}


def test_the_classes_told_in_the_page_of_screens_are_in_the_stylesheet() -> None:
    told = set(re.findall(r"`(kpa-[a-z-]+)`", (ROOT / "docs" / "ecrans.md").read_text(encoding="utf-8")))
    style = (ROOT / "kpa_model" / "ui" / "style.css").read_text(encoding="utf-8")
    assert told
    assert [name for name in sorted(told) if f".{name}" not in style] == []


def test_the_step_of_the_worked_example_is_found_read_shared_and_told(tmp_path: Path) -> None:
    """The code blocks of docs/architecture.md are really put in a module, in a process of its own."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    module, rule, check = re.findall(r"```(?:python|yaml)\n(.*?)```", text, flags=re.DOTALL)[:3]
    assert len([line for line in module.splitlines() if line.strip()]) < 40
    (tmp_path / "repas.py").write_text(module, encoding="utf-8")
    (tmp_path / "regle.yaml").write_text(rule, encoding="utf-8")
    before = f"from kpa_model.pay import steps\nsteps.__path__.append({str(tmp_path)!r})\n"
    done = subprocess.run(
        [sys.executable, "-c", before + check], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_activity_of_the_worked_example_asks_and_tells(tmp_path: Path) -> None:
    """The code block is put in a module of its own, then answered by five people, in a process of its own."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    module = next(each for each in re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL) if "@activity" in each)
    (tmp_path / "prenons_l_air.py").write_text(module, encoding="utf-8")
    check = (
        "from prenons_l_air import Break\nfrom kpa_model.workshop.activity import Room\n"
        "given = {f'p{at}': {'oui_ou_non': 'oui' if at else 'non'} for at in range(5)}\n"
        "told = [part.text for part in Break().page('reponse', Room(dict.fromkeys(given, 'x'), {'reponse': given}))]\n"
        "assert told[0] == 'Oui : 4. Non : 1.', told\n"
        "assert Break().form('reponse', Room(), 'p0').read({'oui_ou_non': 'oui'}) == ({'oui_ou_non': 'oui'}, {})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
