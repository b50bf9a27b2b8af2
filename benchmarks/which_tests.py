"""Which tests run which line of the package? For `python -m benchmarks.mutations`.

One whole run of the quick tests, watched by `coverage`. A test stands here for all its cases. What runs when a module
is read belongs to no test.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import coverage
import hypothesis
import pytest

ROOT = Path(__file__).parents[1]
QUICK = ("told", "unit", "cases", "contract", "literature", "messages", "simulation", "openfisca")
SLOW = ("test_serve", "test_executors", "test_dask", "test_network", "test_kept", "test_runs", "test_calibration")
"""Tests that start other programs, which `coverage` does not follow, or that run for long."""


def near(parts: Iterable[str]) -> list[str]:
    """Return the quick tests that speak of some parts of the package: `pay`, `money`…"""
    spoken = re.compile(rf"kpa_model(\.| import )({'|'.join(parts)})\b")
    found = [path for folder in QUICK for path in sorted((ROOT / "tests" / folder).glob("test_*.py"))]
    return [str(path) for path in found if path.stem not in SLOW and spoken.search(path.read_text(encoding="utf-8"))]


class FewCases:
    """A plugin of pytest: a few cases for each law are enough to see most changes."""

    def pytest_collection_finish(self) -> None:
        """Called by pytest once the project's own profile is loaded."""
        hypothesis.settings.register_profile("few", max_examples=10, derandomize=True, deadline=None, database=None)
        hypothesis.settings.load_profile("few")


class Watched(FewCases):
    """A plugin of pytest: tells `coverage` which test runs, and how long it took."""

    def __init__(self, seen: coverage.Coverage) -> None:
        self.seen, self.took, self.begun = seen, defaultdict[str, float](float), 0.0
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest after each part of a test: one that fails before any change shows nothing."""
        if report.failed:
            self.failed.add(report.nodeid.split("[")[0])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Called by pytest before a test."""
        self.begun = time.process_time()
        self.seen.switch_context(nodeid.split("[")[0])

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Called by pytest after a test."""
        self.took[nodeid.split("[")[0]] += time.process_time() - self.begun
        self.seen.switch_context("")


def made(kept: Path, parts: Sequence[str]) -> None:
    """Run the tests near some parts once; keep which lines each one runs, what each takes, and what they load."""
    where = [f"{ROOT}/kpa_model/{each}*" for each in parts]
    seen = coverage.Coverage(data_file=None, include=where, config_file=False)
    watched = Watched(seen)
    seen.start()
    pytest.main(["-q", "-p", "no:cacheprovider", *near(parts)], plugins=[watched])
    seen.stop()
    data = seen.get_data()
    lines = {
        str(Path(each).relative_to(ROOT)): {
            line: sorted({*filter(None, tests)} - watched.failed)
            for line, tests in data.contexts_by_lineno(each).items()
        }
        for each in data.measured_files()
    }
    loaded = [name for name in sys.modules if name.split(".")[0] not in ("kpa_model", "tests", "benchmarks")]
    kept.write_text(json.dumps({"lines": lines, "took": watched.took, "loaded": sorted(loaded)}), encoding="utf-8")


class Tests:
    """Which tests run a line, the quickest first."""

    def __init__(self, kept: Path) -> None:
        told = json.loads(kept.read_text(encoding="utf-8"))
        self.lines: Mapping[str, Mapping[str, list[str]]] = told["lines"]
        self.took: Mapping[str, float] = told["took"]
        self.loaded: list[str] = told["loaded"]

    def of(self, path: Path, line: int) -> tuple[str, ...]:
        """Return the tests that run a line of a file, or the whole statement it stands in."""
        known = self.lines.get(str(path.relative_to(ROOT)), {})
        found = {test for each in statement(path, line) for test in known.get(str(each), ())}
        return tuple(sorted(found, key=lambda test: self.took.get(test, 0.0)))


def statement(path: Path, line: int) -> range:
    """Return the lines of the smallest statement that holds a line: the head alone of a block."""
    around = [each for each in _spans(ast.parse(path.read_bytes())) if line in each]
    return min(around, key=len, default=range(line, line + 1))


def _spans(tree: ast.AST) -> Iterator[range]:
    for each in ast.walk(tree):
        if isinstance(each, ast.stmt):
            body = getattr(each, "body", None)
            end = body[0].lineno if isinstance(body, list) and body else (each.end_lineno or each.lineno) + 1
            yield range(each.lineno, max(end, each.lineno + 1))
