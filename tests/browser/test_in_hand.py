"""What stays in hand, in a real browser: readable by everyone, and private where it says so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RealServer, until

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "07_en_main.ipynb"
SIZES = [(1280, 800), (360, 780)]
TYPED = {"Paie nette, mois 1": "137,41", "Paie nette, mois 2": "246,83", "Paie nette, mois 3": "351,97"}


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of its own, so that the server can be stopped and searched."""
    made = tmp_path_factory.mktemp("prive") / "pages"
    made.mkdir()
    shutil.copy(NOTEBOOK, made / "07_en_main.ipynb")
    return made


def fill(page: Page) -> None:
    """Open the private part and type the marked amounts."""
    page.locator(".jupyter-widget-Collapse-header").filter(has_text="Ouvrir ma partie privée").click()
    for label, typed in TYPED.items():
        page.get_by_label(label, exact=True).fill(typed)
        page.keyboard.press("Tab")
    expect(page.get_by_text("736,21")).not_to_have_count(0)


def test_the_private_part_is_closed_then_usable_by_everyone(
    page_at: Callable[..., Page], everyone: Callable[[Page], None], size: tuple[int, int]
) -> None:
    page = page_at("07_en_main", size)
    expect(page.get_by_label("Paie nette, mois 1")).to_be_hidden()
    fill(page)
    page.get_by_label("Mon aide principale", exact=True).select_option("ASS")
    page.get_by_label("Mois de paie déjà comptés par l’ASS", exact=True).select_option("2")
    alarm = page.get_by_role("alert").filter(has_text="Une seule petite paie suffit.")
    expect(alarm).to_contain_text("L’ASS s’arrête. Parlez-en à votre conseiller avant.")
    everyone(page)


def test_nothing_typed_in_the_private_part_is_found_afterwards(
    page_at: Callable[..., Page], serve: Callable, folder: Path
) -> None:
    """Personal folder, Jupyter's own folders, logs, notebooks, what the server says: no mark anywhere."""
    page = page_at("07_en_main", folder=folder)
    fill(page)
    page.get_by_label("Paie nette, mois 2", exact=True).fill("secret9182")
    page.keyboard.press("Tab")
    expect(page.get_by_text("ce n’est pas un montant possible")).to_be_visible()
    page.get_by_label("Nos notes").fill("témoin 4455")  # what is meant to be kept is, so the search is a real one
    expect(page.get_by_text("Noté.")).to_be_visible()
    kept = str(page.context.cookies()) + page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert [mark for mark in (*TYPED.values(), "secret9182") if mark in kept] == []
    page.context.close()
    running = serve(folder)
    running.process.terminate()
    said = running.said + running.process.communicate(timeout=60)[0]
    places = (running.home, folder.parent)
    found = {path: path.read_bytes() for root in places for path in root.rglob("*") if path.is_file()}
    assert any("témoin 4455".encode() in content for content in found.values())
    forms = [each.replace(",", sign) for each in TYPED.values() for sign in (",", ".", "")]
    marks = [*forms, "secret9182", "736,21"]
    for mark in marks:  # alone: the same digits inside a longer number or a random name were not typed by anybody
        alone = re.compile(rb"(?<![0-9A-Za-z])" + re.escape(mark.encode()) + rb"(?![0-9A-Za-z])")
        assert not alone.search(said.encode())
        assert [path for path, content in found.items() if alone.search(content)] == []


def _outputs(notebook: Path) -> list[object]:
    """Return what the second cell of a notebook shows; nothing while it is being written."""
    try:
        return list(nbformat.read(notebook, 4).cells[1].outputs)
    except nbformat.reader.NotJSONError:
        return []


def test_nothing_typed_is_stored_in_the_notebook_that_jupyterlab_saves(
    page_at: Callable[..., Page], run_all: Callable[[Page], None], folder: Path, serve: Callable[..., RealServer]
) -> None:
    lone = nbformat.v4.new_notebook(metadata=nbformat.read(NOTEBOOK, 4).metadata)
    code = "import kpa_model as kpa\n\nkpa.my_lens()"
    lone.cells = [nbformat.v4.new_markdown_cell("# Seul"), nbformat.v4.new_code_cell(code)]
    running = serve(folder)
    kept = running.personal / "carnets" / "seul.ipynb"  # where JupyterLab writes; the workbook's pages are only read
    kept.parent.mkdir(exist_ok=True)
    nbformat.write(lone, kept)
    page = page_at(NOTEBOOK.stem, folder=folder, lab=True)
    page.goto(f"{running.base}lab/tree/seul.ipynb?token={running.token}", wait_until="domcontentloaded")
    expect(page.get_by_role("heading", name="Seul")).to_be_visible()
    run_all(page)
    fill(page)
    page.keyboard.press("Control+s")
    until(page, lambda: _outputs(kept), "the screen was not saved")
    saved = nbformat.read(kept, 4)  # the typed amounts were not
    assert "widgets" not in saved.metadata
    assert [mark for mark in (*TYPED.values(), "736,21") if mark in kept.read_text(encoding="utf-8")] == []
