"""Names tell things apart, and an activity answers for itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "kpa_model"


def trees(holding: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules whose text holds some words: only those are read as Python reads them."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if holding in (text := path.read_text(encoding="utf-8")):
            yield path.relative_to(PACKAGE).as_posix(), ast.parse(text)


def test_no_code_asks_which_activity_it_has() -> None:
    asked = [
        f"{path}:{node.lineno}"
        for path, tree in trees(".activity,")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance"
        if isinstance(node.args[0], ast.Attribute) and node.args[0].attr == "activity"
        if not (isinstance(node.args[1], ast.Name) and node.args[1].id.islower())  # a kind that the caller gives
    ]
    assert asked == []


LIKE = {
    "files/book": "the words of spreadsheets, which no other room imports under these names",
    "declare/part": "what a line of a file holds, as the fields of a form hold what a person types",
}
"""Rooms or modules whose public classes may bear a name met elsewhere, and why."""


def test_no_two_public_classes_share_a_name() -> None:
    """A protocol bears the name of the class it stands for: it only says what is read of it."""
    found: dict[str, list[str]] = {}
    for path, tree in trees("class "):
        for node in tree.body:
            protocol = isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Protocol" for base in node.bases)
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not protocol:
                found.setdefault(node.name, []).append(path)
    twice = {name: paths for name, paths in found.items() if len(paths) > 1}
    reasoned = {name for name, paths in twice.items() if sum(not path.startswith(tuple(LIKE)) for path in paths) <= 1}
    assert {name: twice[name] for name in twice.keys() - reasoned} == {}
