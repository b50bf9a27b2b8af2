"""HTML is made of elements (`declare.markup`): no text of the package writes a tag."""

from __future__ import annotations

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "kpa_model"
TAG = re.compile(
    r"(?<!\?P)</?[a-z][a-z0-9]*(\s[^<]*)?/?>|(?<!\?P)<[a-z][a-z0-9]*\s([\w-]+=|$)|<!doctype|</\w", re.IGNORECASE
)
PENS = {"declare/markup.py"}


def texts(path: Path) -> list[tuple[int, str]]:
    """Every text of a module that is not documentation, with its line."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source if "<" in source else "")
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]


def test_no_text_writes_a_tag() -> None:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        written = [f"line {line}: {text!r}" for line, text in texts(path) if TAG.search(text)]
        if written:
            found[path.relative_to(PACKAGE).as_posix()] = written
    assert set(found) == PENS, {name: written for name, written in found.items() if name not in PENS}
