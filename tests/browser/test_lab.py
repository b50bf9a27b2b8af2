"""JupyterLab as a place to work: a copy of one's own with a way back, a card for a new notebook, no error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE

pytestmark = pytest.mark.browser


def test_a_page_is_opened_with_its_code_as_a_copy_and_one_comes_back(
    page_at: Callable[..., Page],
) -> None:
    page = page_at("00_bienvenue")
    with page.context.expect_page(timeout=PATIENCE) as opening:
        page.get_by_role("link", name="Voir cette page avec son code").click()
    lab = opening.value
    errors: list[str] = []
    lab.on("pageerror", lambda error: errors.append(str(error)))
    lab.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    back = lab.get_by_role("link", name="Revenir à la page")
    expect(back).to_be_visible()
    assert "/lab/tree/00_bienvenue.ipynb" in lab.url
    listed = lab.evaluate("fetch('/api/contents').then((answer) => answer.json())")
    assert [each["name"] for each in listed["content"]] == ["00_bienvenue.ipynb"]
    assert "/voila/render/notebooks/00_bienvenue.ipynb" in str(back.get_attribute("href"))
    assert errors == []


def test_the_launcher_has_a_card_for_a_notebook_whose_first_cell_is_filled(page_at: Callable[..., Page]) -> None:
    page = page_at("00_bienvenue")
    page.set_viewport_size({"width": 360, "height": 780})  # nothing beside the notebook takes the width of a phone
    page.goto("/".join(page.url.split("/")[:3]) + "/lab?reset", wait_until="domcontentloaded")
    card = page.locator(".jp-LauncherCard", has_text="Nouveau carnet KPA")
    expect(card).to_be_visible()
    expect(card).to_be_in_viewport(ratio=1)
    expect(page.locator(".jp-LauncherCard", has_text="Une classe de vingt")).to_be_attached()
    card.click()
    cell = page.locator(".jp-Notebook .jp-Cell").first
    expect(cell).to_contain_text("import kpa_model as kpa")
    expect(cell).to_be_in_viewport(ratio=1)
    assert page.troubles == []  # type: ignore[attr-defined]
