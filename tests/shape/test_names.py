"""Names tell things apart, and an activity answers for itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "kpa_model"


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_no_code_asks_which_activity_it_has() -> None:
    asked = [
        f"{path}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance"
        if isinstance(node.args[0], ast.Attribute) and node.args[0].attr == "activity"
        if not (isinstance(node.args[1], ast.Name) and node.args[1].id.islower())  # a kind that the caller gives
    ]
    assert asked == []
