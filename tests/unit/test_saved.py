"""A notebook that is saved keeps a table and a picture; a page, which is live, sends nothing twice."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from kpa_model import places

CELL = "import kpa_model as kpa\nkpa.break_even(kpa.open_store())"


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Play one cell in a folder, and return what the notebook keeps of it."""
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))

    def play(folder: Path) -> dict[str, str]:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
        return dict(notebook.cells[0].outputs[-1].data)

    return play


def test_a_saved_notebook_keeps_a_table_and_a_picture_beside_the_live_screen(played, tmp_path: Path) -> None:
    kept = played(tmp_path)
    assert "application/vnd.jupyter.widget-view+json" in kept
    assert "<table" in kept["text/html"]
    assert "<svg" in kept["text/html"]
    assert "ne rien perdre" in kept["text/html"]


def test_a_page_sends_its_screens_once(played) -> None:
    assert "text/html" not in played(places.notebooks())
