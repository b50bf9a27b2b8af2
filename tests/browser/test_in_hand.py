"""What stays in hand, in a real browser: readable by everyone, and private where it says so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

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
    page.get_by_role("button", name="Ouvrir ma partie privée").click()
    for label, typed in TYPED.items():
        page.get_by_label(label, exact=True).fill(typed)
        page.keyboard.press("Tab")
    expect(page.get_by_text("736,21")).not_to_have_count(0, timeout=30_000)


@pytest.mark.parametrize("size", SIZES, ids=["projecteur", "telephone"])
def test_the_private_part_is_closed_then_usable_by_everyone(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], size: tuple[int, int]
) -> None:
    page = page_at("07_en_main", size)
    expect(page.get_by_label("Paie nette, mois 1")).to_be_hidden()
    fill(page)
    page.get_by_label("Mon aide principale", exact=True).select_option("ASS")
    page.get_by_label("Mois de paie déjà comptés par l'ASS", exact=True).select_option("2")
    alarm = page.get_by_role("alert").filter(has_text="Une seule petite paie suffit.")
    expect(alarm).to_contain_text("L'ASS s'arrête. Parlez-en à votre conseiller avant.")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert axe(page) == []
    assert page.foreign == []  # type: ignore[attr-defined]
    assert page.troubles == []  # type: ignore[attr-defined]


def test_nothing_typed_in_the_private_part_is_found_afterwards(
    page_at: Callable[..., Page], serve: Callable, folder: Path
) -> None:
    """Personal folder, Jupyter's own folders, logs, notebooks, what the server says: no mark anywhere."""
    page = page_at("07_en_main", folder=folder)
    fill(page)
    page.get_by_label("Paie nette, mois 2", exact=True).fill("secret9182")
    page.keyboard.press("Tab")
    expect(page.get_by_text("ce n'est pas un montant possible")).to_be_visible()
    page.get_by_label("Nos notes").fill("témoin 4455")  # what is meant to be kept is, so the search is a real one
    expect(page.get_by_text("Noté.")).to_be_visible()
    assert page.context.cookies() == [each for each in page.context.cookies() if "137" not in each["value"]]
    assert "137,41" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    page.context.close()
    running = serve(folder)
    running.process.terminate()
    said = running.said + running.process.communicate(timeout=20)[0]
    found = {path: path.read_bytes() for root in (running.home, folder.parent) for path in root.rglob("*") if path.is_file()}
    assert any("témoin 4455".encode() in content for content in found.values())
    marks = [*TYPED.values(), *(each.replace(",", ".") for each in TYPED.values()), "13741", "24683", "35197", "secret9182", "736,21"]
    for mark in marks:
        assert mark not in said
        assert [path for path, content in found.items() if mark.encode() in content] == []


def test_nothing_typed_is_stored_in_the_notebook_that_jupyterlab_saves(
    page_at: Callable[..., Page], folder: Path
) -> None:
    page = page_at("07_en_main", folder=folder, lab=True)
    expect(page.get_by_role("heading", name="Combien reste-t-il")).to_be_visible(timeout=60_000)
    page.get_by_role("menuitem", name="Exécuter").click()
    page.get_by_role("menuitem", name=re.compile("Exécuter toutes les cellules")).click()
    page.get_by_role("button", name="Ouvrir ma partie privée").wait_for(timeout=60_000)
    fill(page)
    before = (folder / "07_en_main.ipynb").read_bytes()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(3_000)
    after = (folder / "07_en_main.ipynb").read_bytes()
    assert after != before  # outputs are there, the typed amounts are not
    for mark in (*TYPED.values(), "736,21"):
        assert mark.encode() not in after
