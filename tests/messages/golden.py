"""What every message about a file keeps: the whole text as it was read aloud, and three parts."""

from __future__ import annotations

import os
from pathlib import Path

from kpa_model.errors import KpaError


def check(error: KpaError, path: Path, said: str = "") -> None:
    """Compare an answer (or `said`, what is kept of it) with the one beside its file, and look at its three parts."""
    golden, said = path.with_suffix(".txt"), said or f"{error}\n"
    if os.environ.get("KPA_RECRIRE"):
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")
    for problem in error.problems:
        assert problem.where.startswith(f"Fichier {path.name}")
        assert problem.what.endswith(".")
        assert problem.todo.endswith((".", "?"))
