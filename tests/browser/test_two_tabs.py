"""One booklet in two tabs: each writes, nothing of either is lost, nothing is said saved that is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_booklet import NOTEBOOK, PHRASE, go, make


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("deux_onglets") / "pages"
    made.mkdir()
    shutil.copy(NOTEBOOK, made / NOTEBOOK.name)
    return made


def enter(page: Page) -> None:
    page.get_by_role("textbox", name="Ma phrase secrète").first.fill(PHRASE)
    page.get_by_role("button", name="Ouvrir mon livret").click()
    expect(page.get_by_role("heading", name="Livret de Zéphyrine")).to_be_visible()


def talents(page: Page) -> None:
    go(page, "Mon portrait")
    page.get_by_role("button", name="Ajouter un talent").click()


def talent(page: Page, said: str, keep: bool = True) -> None:
    page.get_by_label("Ce que je sais faire").fill(said)
    page.get_by_label("Ce que je sais faire").press("Tab")
    if keep:
        page.get_by_role("button", name="Garder", exact=True).first.click()
        expect(page.get_by_role("listitem").filter(has_text=said)).to_be_visible()
        expect(page.get_by_text("C’est gardé.").first).to_be_visible()


def test_two_tabs_on_one_booklet_lose_nothing(page_at: Callable[..., Page], folder: Path) -> None:
    one = page_at("11_mon_livret", (1280, 800), folder)
    make(one)
    other = page_at("11_mon_livret", (360, 780), folder)
    enter(other)
    for each in (one, other):
        talents(each)
    talent(one, "Coudre un ourlet")
    talent(other, "Tenir une caisse")
    talent(one, "Animer une réunion")
    talent(other, "Réparer un vélo", keep=False)  # begun, not kept
    other.get_by_role("button", name="Fermer mon livret").click()
    expect(other.get_by_role("button", name="Ouvrir mon livret")).to_be_visible()
    one.get_by_role("button", name="Fermer mon livret").click()
    expect(one.get_by_role("button", name="Ouvrir mon livret")).to_be_visible()
    enter(one)
    talents(one)
    for said in ("Coudre un ourlet", "Tenir une caisse", "Animer une réunion"):
        expect(one.get_by_text(said).first).to_be_visible()
    expect(one.get_by_label("Ce que je sais faire")).to_have_value("Réparer un vélo")
