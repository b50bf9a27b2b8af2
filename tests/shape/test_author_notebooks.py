"""The author's notebooks keep their outputs, on purpose: see docs/choix/carnets-auteur.md."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parents[2] / "notebooks" / "comprendre"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
COMPARED = "# NBVAL_CHECK_OUTPUT"


def test_there_are_six_numbered_from_40() -> None:
    assert [int(path.stem[:2]) for path in NOTEBOOKS] == list(range(40, 46))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_author_s_notebook_is_saved_whole(path: Path) -> None:
    cells = nbformat.read(path, 4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert not any(each.output_type == "error" or each.get("name") == "stderr" for each in outputs)
    assert sum(COMPARED in cell.source for cell in code) >= (0 if path.stem.startswith("43") else 1)
    assert all(len(cell.source.splitlines()) <= 10 for cell in code)
    assert cells[0].source.startswith("# ")
    assert len(cells) > len(code) * 1.3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_author_s_notebook_is_light_and_names_no_machine(path: Path) -> None:
    assert path.stat().st_size < 150_000
    text = re.sub(r'"image/png": "[^"]*"', "", path.read_text(encoding="utf-8"))
    assert not re.search(r"/(home|tmp|root|Users|work|opt)/|[A-Z]:\\\\", text)
