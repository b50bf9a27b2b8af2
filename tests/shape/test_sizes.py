"""The code keeps its size: modules one can read at once, functions one can hold in the head."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "kpa_model"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION, MEDIAN_FUNCTION, LONGEST_STEP = 300, 40, 15, 30
MOST_MODULES, MOST_AT_THE_ROOT, MOST_WITH_A_PREFIX = 24, 7, 2
ROOMS = sorted({path.parent for path in MODULES})
IMPORTS = """
import sys
opened = []
sys.addaudithook(lambda name, args: opened.append(str(args[0])) if name in ("open", "socket.bind") else None)
import kpa_model, kpa_model.pay.engine, kpa_model.pay.rule_file, kpa_model.cooperative.facts
read = [each for each in opened if each.endswith((".yaml", ".csv", ".json")) and "site-packages" not in each]
assert not read, read
"""
KIND = ast.FunctionDef | ast.AsyncFunctionDef


def length(node: ast.stmt) -> int:
    """Lines of a definition, its docstring left out."""
    first = node.body[0]
    text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    documented = first.end_lineno - first.lineno + 1 if text else 0
    return node.end_lineno - node.lineno + 1 - documented


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_can_be_read_at_once(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, KIND):
            assert length(node) <= LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(PACKAGE)))
def test_a_room_holds_one_subject(room):
    """A file-name prefix that three files share is a folder that waits to exist."""
    names = [path.stem for path in room.glob("*.py") if path.stem not in ("__init__", "__main__")]
    assert len(names) <= (MOST_AT_THE_ROOT if room == PACKAGE else MOST_MODULES)
    prefixes = Counter(name.split("_")[0].removesuffix("s") for name in names)
    assert {each: times for each, times in prefixes.items() if times > MOST_WITH_A_PREFIX} == {}


def test_most_functions_are_short():
    lengths = [
        length(node)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, KIND)
    ]
    assert statistics.median(lengths) < MEDIAN_FUNCTION


def test_a_step_fits_in_thirty_lines():
    for path in (PACKAGE / "pay" / "steps").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.decorator_list:
                assert length(node) <= LONGEST_STEP, node.name


def test_importing_the_package_reads_nothing():
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, cwd=PACKAGE.parent)
